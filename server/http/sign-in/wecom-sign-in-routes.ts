import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { listCorps } from "#db/queries/wecom-corps.ts";
import { Id } from "#domain/units.ts";
import { createWecomStates, STATE_COOKIE, type WayOut, type WecomStates } from "../../auth/wecom-state.ts";
import { addressGroup } from "../../lib/address-group.ts";
import { RateWindow } from "../../lib/rate-window.ts";
import type { Wecom } from "../../wecom/wecom.ts";
import type { ApiContext, ApiInstance } from "../context.ts";
import { HttpError, notFound } from "../failures.ts";
import { readPart } from "../forward/forward-list.ts";
import { failures } from "../shapes.ts";
import { canSignIn } from "./can-sign-in.ts";
import { arrive, type Arrival } from "./wecom-arrival.ts";

/** Sign-in by WeCom: of staff, as the person a manager said they are; and of who forwards, for one list alone. Passwords stay. */

export type WecomSignIn = { readonly context: ApiContext; readonly wecom: Wecom };
type Parts = WecomSignIn & { readonly states: WecomStates; readonly limit: (request: FastifyRequest) => void };

const tags = ["sign-in"];
const BACK = "/api/v1/sign-in/wecom/callback";
const COOKIE_PATH = "/api/v1/";
/** Nobody goes out and back more often. */
const TRIES = { limit: 60, windowMs: 60_000 };
const INSIDE = /wxwork/i;
/** Only ways inside this site. */
const NEXT = /^\/(?![/\\])[!-~]{0,500}$/;
const Away = z.null().describe("Leads on");

export function serveWecomSignIn(app: ApiInstance, deps: WecomSignIn): void {
  const tries = new RateWindow(TRIES);
  const limit = (request: FastifyRequest) => {
    const retryAfterMs = tries.take(addressGroup(request.ip), performance.now());
    if (retryAfterMs > 0) throw new HttpError(429, "auth.tooMany", { retryAfterMs });
  };
  const parts = { ...deps, states: createWecomStates(deps.context.secret), limit };
  serveOffer(app, parts);
  serveStaffStart(app, parts);
  serveForwardStart(app, parts);
  serveBack(app, parts);
}

function serveOffer(app: ApiInstance, { context, wecom }: Parts): void {
  app.get(
    "/api/v1/sign-in/wecom",
    {
      schema: {
        tags,
        summary: "By which companies' WeCom one can sign in",
        security: [],
        response: { 200: z.object({ corps: z.array(z.object({ id: z.string(), name: z.string() })) }), ...failures },
      },
    },
    async () => {
      const corps = await listCorps(context.db);
      const offered = await Promise.all(corps.map(({ id }) => canSignIn(wecom, id)));
      return { corps: corps.filter((_corp, at) => offered[at]).map(({ id, name }) => ({ id, name })) };
    },
  );
}

function serveStaffStart(app: ApiInstance, parts: Parts): void {
  app.get(
    "/api/v1/sign-in/wecom/start",
    {
      schema: {
        tags,
        summary: "Go to WeCom to sign in",
        security: [],
        querystring: z.object({ corp: Id, next: z.string().max(600).default("/shows") }),
        response: { 302: Away, ...failures },
      },
    },
    async (request, reply) => {
      const { corp, next } = request.query;
      const to = NEXT.test(next) ? next : "/shows";
      return leave(parts, { request, reply }, { corpRow: corp, purpose: "staff", to });
    },
  );
}

function serveForwardStart(app: ApiInstance, parts: Parts): void {
  const { context } = parts;
  app.get(
    "/api/v1/forward/sign-in",
    {
      schema: {
        tags: ["forward"],
        summary: "Go to WeCom to say who forwards",
        security: [],
        querystring: z.object({ token: z.string().max(1_000) }),
        response: { 302: Away, ...failures },
      },
    },
    async (request, reply) => {
      const { token } = request.query;
      const link = context.forwardTokens.read(token, Date.now());
      if (!link) throw notFound("forward");
      const { push, show } = await readPart(context, link);
      // A rehearsal's people are of a stand-in, which has no door to sign in by.
      if (push.corpId === null || show.rehearsal) throw notFound("forward");
      return leave(parts, { request, reply }, { corpRow: push.corpId, purpose: "forward", to: token });
    },
  );
}

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply };

async function leave(parts: Parts, { request, reply }: Exchange, way: WayOut): Promise<FastifyReply> {
  const { context, wecom, states, limit } = parts;
  limit(request);
  const client = await wecom.secrets.clientFor(way.corpRow, "sign_in");
  if (!client || client.agentId === null) throw notFound("wecomCorp");
  const { state, cookie } = states.begin(way, Date.now());
  const back = new URL(BACK, context.publicUrl).href;
  const inside = INSIDE.test(request.headers["user-agent"] ?? "");
  const { corpId, agentId } = client;
  void reply.header("set-cookie", cookieOf(context, cookie, 300)).header("cache-control", "no-store");
  return reply.redirect(wecom.signInPages.address({ inside, corpId, agentId, back, state }));
}

function serveBack(app: ApiInstance, parts: Parts): void {
  const { context, states, limit } = parts;
  app.get(
    BACK,
    {
      schema: {
        tags,
        summary: "Come back from WeCom",
        security: [],
        querystring: z.object({ code: z.string().max(512).default(""), state: z.string().max(128).default("") }),
        response: { 302: Away, ...failures },
      },
    },
    async (request, reply) => {
      limit(request);
      void reply.header("cache-control", "no-store").header("referrer-policy", "no-referrer");
      const { code, state } = request.query;
      const way = states.end(cookieIn(request), state, Date.now());
      // Used up, whatever comes of it.
      const spent = cookieOf(context, "", 0);
      if (!way) return reply.header("set-cookie", spent).redirect("/sign-in?wecom=stale");
      const arrival: Arrival = code === "" ? { is: "refused", why: "refused" } : await arrive(parts, way, code);
      const { to, cookies } = await admit(context, { request, way }, arrival);
      return reply.header("set-cookie", [spent, ...cookies]).redirect(to);
    },
  );
}

type Coming = { readonly request: FastifyRequest; readonly way: WayOut };

async function admit(context: ApiContext, { request, way }: Coming, arrival: Arrival) {
  if (way.purpose === "forward") {
    const page = `/forward/${encodeURIComponent(way.to)}`;
    if (arrival.is === "forwarder") return { to: `${page}#m=${arrival.token}`, cookies: [] };
    return { to: `${page}#e=${arrival.is === "refused" ? arrival.why : "refused"}`, cookies: [] };
  }
  const turnedAway = (why: string) => ({
    to: `/sign-in?wecom=${why}&next=${encodeURIComponent(way.to)}`,
    cookies: [],
  });
  if (arrival.is !== "person") return turnedAway(arrival.is === "refused" ? arrival.why : "refused");
  const headers = new Headers({ "x-kaibo-ip": request.ip, "user-agent": request.headers["user-agent"] ?? "" });
  const { personId } = arrival;
  const answer = await context.signIn.api.signInAs({ body: { personId }, headers, asResponse: true });
  if (!answer.ok) return turnedAway("disabled");
  return { to: way.to, cookies: answer.headers.getSetCookie() };
}

function cookieIn({ headers }: FastifyRequest): string | undefined {
  const name = `${STATE_COOKIE}=`;
  const found = headers.cookie?.split("; ").find((part) => part.startsWith(name));
  return found?.slice(name.length);
}

/** Sent back when WeCom leads here again, which is a way from another site: `Lax` lets that one pass. */
function cookieOf({ publicUrl }: ApiContext, value: string, seconds: number): string {
  const secure = publicUrl.startsWith("https:") ? "; Secure" : "";
  return `${STATE_COOKIE}=${value}; Path=${COOKIE_PATH}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}
