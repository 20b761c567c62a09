import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { Id } from "#domain/units.ts";
import { WECHAT_COOKIE, type SignedInUser, type WechatWay } from "../../auth/wechat-state.ts";
import { isWechatFailure, WechatError } from "../../wechat/wechat-error.ts";
import type { ApiContext, ApiInstance } from "../context.ts";
import { notFound } from "../failures.ts";
import { failures } from "../shapes.ts";
import { aPage, sendPlainPage } from "../plain-page.ts";
import { isRehearsal, placeOf, type SignInParts } from "./sign-in-parts.ts";

/** The way of a browser out to WeChat's page and back to ours. */

const tags = ["viewers"];
export const START = "/api/v1/viewer/sign-in/wechat/start";
const BACK = "/api/v1/viewer/sign-in/wechat/callback";
const COOKIE_PATH = "/api/v1/viewer/sign-in/";
const Away = z.null().describe("Leads on");

export function serveStart(app: ApiInstance, parts: SignInParts): void {
  const { context, wechat, domains, states, hold } = parts;
  app.get(
    START,
    {
      schema: {
        tags,
        summary: "Go to WeChat to say who one is",
        security: [],
        querystring: z.object({
          session: Id,
          scope: z.enum(["base", "userinfo"]).default("base"),
          nonce: z
            .string()
            .regex(/^[0-9a-f]{64}$/)
            .describe("SHA-256 of what the page keeps"),
          origin: z.string().max(200),
          to: z
            .string()
            .regex(/^[\w.~%&=-]{0,300}$/)
            .default(""),
        }),
        response: { 302: Away, ...failures },
      },
    },
    async (request, reply) => {
      hold(request);
      const { session: sessionId, scope, nonce: nonceHash, origin, to } = request.query;
      const { roomId } = await placeOf(context, sessionId);
      const app = (await isRehearsal(context, sessionId)) ? null : await wechat.apps.appFor(roomId, "official");
      if (!app) throw notFound("wechatApp");
      // Nobody is led to a page that is not ours.
      if (!(await domains.isOurs(origin))) throw notFound("linkDomain");
      const way = { sessionId, appRow: app.row.id, scope, origin, to, nonceHash };
      const { state, cookie } = states.begin(way, Date.now());
      const back = new URL(BACK, context.publicUrl).href;
      void reply.header("set-cookie", cookieOf(context, cookie, 300)).header("cache-control", "no-store");
      return reply.redirect(wechat.authorizePage({ appId: app.row.appId, back, scope, state }));
    },
  );
}

type Why = "refused" | "away" | "snapshot" | "stale" | "limited";

export function serveBack(app: ApiInstance, parts: SignInParts): void {
  const { context, states, completions, hold } = parts;
  app.get(
    BACK,
    {
      schema: {
        tags,
        summary: "Come back from WeChat",
        security: [],
        querystring: z.object({ code: z.string().max(512).default(""), state: z.string().max(128).default("") }),
        response: { 302: Away, 410: aPage("The sign-in is over"), ...failures },
      },
    },
    async (request, reply) => {
      hold(request);
      const now = Date.now();
      void reply.header("cache-control", "no-store").header("referrer-policy", "no-referrer");
      void reply.header("set-cookie", cookieOf(context, "", 0));
      const { code, state } = request.query;
      const way = states.end(cookieIn(request), state, now);
      // Whose way it was stands in the cookie alone: there is no page to lead back to.
      if (!way) {
        return sendPlainPage(reply.code(410), {
          title: "请重新打开页面",
          text: "这次微信登录已结束或超时。请回到聊天里重新打开链接。This sign-in is over; open the link again.",
        });
      }
      const user = await userOf(parts, way, code);
      const page = `${way.origin}/v/${encodeURIComponent(way.sessionId)}${way.to === "" ? "" : `?${way.to}`}`;
      if (typeof user === "string") return reply.redirect(`${page}#e=${user}`);
      return reply.redirect(`${page}#c=${completions.seal(user, way.nonceHash, now)}`);
    },
  );
}

/** A code is asked for once, whatever becomes of it. */
async function userOf({ wechat }: SignInParts, way: WechatWay, code: string): Promise<SignedInUser | Why> {
  if (code === "") return "refused";
  const row = (await wechat.apps.list()).find(({ id }) => id === way.appRow);
  const app = row && (await wechat.apps.appById(row.appId));
  if (!app) return "refused";
  try {
    const user = await app.client.userOfPageCode(code, way.scope);
    if (user === "snapshot") return user;
    const { openid, unionid, nickname: name, pictureUrl } = user;
    return { sessionId: way.sessionId, appId: app.row.appId, openid, unionid, name, pictureUrl };
  } catch (error) {
    if (!isWechatFailure(error)) throw error;
    return whyOf(error);
  }
}

function whyOf(error: unknown): Why {
  if (!(error instanceof WechatError)) return "away";
  switch (error.trouble) {
    case "code":
      return "stale";
    case "busy":
      return "away";
    case "limited":
      return "limited";
    case "setup":
    case "token":
    case "refused":
      return "refused";
  }
}

function cookieIn({ headers }: FastifyRequest): string | undefined {
  const name = `${WECHAT_COOKIE}=`;
  const found = headers.cookie?.split("; ").find((part) => part.startsWith(name));
  return found?.slice(name.length);
}

/** Sent back when WeChat leads here again, which is a way from another site: `Lax` lets that one pass. */
function cookieOf({ publicUrl }: ApiContext, value: string, seconds: number): string {
  const secure = publicUrl.startsWith("https:") ? "; Secure" : "";
  return `${WECHAT_COOKIE}=${value}; Path=${COOKIE_PATH}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}
