import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { PHASES } from "#domain/ops/session.ts";
import { PUSH_STATUSES, TaskCode } from "#domain/push/shapes.ts";
import { Id } from "#domain/units.ts";
import type { ForwardPrincipal } from "../../auth/principal.ts";
import { addressGroup } from "../../lib/address-group.ts";
import { RateWindow } from "../../lib/rate-window.ts";
import { enterShow, entryOf, principalOf, type ApiContext, type ApiInstance } from "../context.ts";
import { denied, HttpError, notFound } from "../failures.ts";
import { sendForwardTick } from "../send-command.ts";
import { At, failures, OkBody, RejectedBody } from "../shapes.ts";
import { sendAnswer } from "../staff/command-routes.ts";
import type { Wecom } from "../../wecom/wecom.ts";
import { canSignIn } from "../sign-in/can-sign-in.ts";
import { forwardTokenOf } from "./forward-guard.ts";
import { readPart, shownGroups, shownList } from "./forward-list.ts";

const tags = ["forward"];
const List = z.object({
  now: At.describe("The show's clock"),
  show: z.object({
    title: z.string(),
    phase: z.enum(PHASES),
    rehearsal: z.boolean(),
    plannedStartAt: At,
    startedAt: At.nullable(),
    endedAt: At.nullable(),
    roomName: z.string(),
  }),
  push: z.object({
    title: z.string(),
    status: z.enum(PUSH_STATUSES),
    closed: z.enum(["useBy", "ended", "hand"]).nullable(),
    handedOverAt: At.nullable().describe("null: not yet"),
    lateAt: At.nullable().describe("Whoever is not through by then is late"),
    expiresAt: At.nullable(),
  }),
  members: z.array(
    z.object({
      memberId: z.string(),
      name: z.string(),
      targets: z.int(),
      ticks: z.int(),
      lastTickAt: At.nullable(),
      late: z.boolean(),
    }),
  ),
  me: z.string().nullable().describe("The member whom WeCom named; null: whoever asks has to say who they are"),
  signIn: z.boolean().describe("Inside WeCom it can be asked who this is: /api/v1/forward/sign-in"),
});
const Groups = z.object({
  taskId: z.string(),
  words: z.string().nullable().describe("To copy, with the member's own link; null: not handed over yet"),
  link: z.string().nullable(),
  groups: z.array(z.object({ groupId: z.string(), name: z.string(), tickedAt: At.nullable() })),
});
const MemberParams = z.object({ memberId: Id });
const Tick = z.object({
  id: Id.describe("A repeat of the same press carries the same"),
  taskId: TaskCode,
  groupId: Id,
  ticked: z.boolean(),
  agoMs: z.int().min(0).max(3_600_000).default(0).describe("How long ago it was done"),
});
/** Links that don't hold, of one address. */
const WRONG = { limit: 60, windowMs: 60_000 };

export type ForwardRoutes = { readonly context: ApiContext; readonly wecom: Wecom };

/** The phone page of 员工转发: its list, one member's groups, and their ticks. Looking changes nothing. */
export function serveForward(app: ApiInstance, { context, wecom }: ForwardRoutes): void {
  serveList(app, { context, wecom });
  serveMember(app, context);
}

function serveList(app: ApiInstance, { context, wecom }: ForwardRoutes): void {
  const wrong = new RateWindow(WRONG);
  /** A link that holds no more says so: whoever has it was meant to forward. */
  const refuse = (request: FastifyRequest): never => {
    const token = forwardTokenOf(request.headers);
    if (token === undefined) throw denied();
    const retryAfterMs = wrong.take(addressGroup(request.ip), performance.now());
    if (retryAfterMs > 0) throw new HttpError(429, "http.tooMany", { retryAfterMs });
    const { forwardTokens } = context;
    const ranOut = forwardTokens.read(token, 0) ?? forwardTokens.readMember(token, 0);
    throw ranOut ? new HttpError(401, "forward.expired") : notFound("forward");
  };
  app.get(
    "/api/v1/forward",
    {
      schema: {
        tags,
        summary: "The list of a 员工转发 that this link opens",
        response: { 200: List, ...failures },
      },
    },
    async (request, reply) => {
      void reply.header("cache-control", "no-store");
      const principal = await principalOf(request, context).catch((error: unknown) => {
        if (error instanceof HttpError && error.status === 401) return null;
        throw error;
      });
      if (principal === null) return refuse(request);
      if (principal.kind !== "forward") throw denied();
      const { corpId, ...list } = await shownList(context, principal);
      const signIn = corpId !== null && !list.show.rehearsal && (await canSignIn(wecom, corpId));
      return { ...list, me: principal.memberId, signIn };
    },
  );
}

function serveMember(app: ApiInstance, context: ApiContext): void {
  app.get(
    "/api/v1/forward/members/:memberId",
    {
      schema: {
        tags,
        summary: "Whom one member forwards to, and with which words",
        params: MemberParams,
        response: { 200: Groups, ...failures },
      },
    },
    async (request, reply) => {
      void reply.header("cache-control", "no-store");
      const { memberId } = request.params;
      return shownGroups(context, await forwarderOf(request, memberId, context), memberId);
    },
  );

  app.post(
    "/api/v1/forward/members/:memberId/ticks",
    {
      schema: {
        tags,
        summary: "Tick a group as forwarded to, or take the tick back",
        params: MemberParams,
        body: Tick,
        response: { 200: OkBody, ...failures, 409: RejectedBody },
      },
    },
    async (request, reply) => {
      const { memberId } = request.params;
      const { id, taskId, groupId, ticked, agoMs } = request.body;
      const forwarder = await forwarderOf(request, memberId, context);
      const { groups } = await readPart(context, forwarder, memberId);
      if (!groups?.some((group) => group.taskId === taskId && group.groupId === groupId)) throw notFound("forwarder");
      const { place } = await enterShow(request, forwarder.sessionId, context);
      const target = { taskId, targetId: groupId };
      const command = ticked
        ? ({ id, type: "push.tick", input: { ...target, ago: agoMs } } as const)
        : ({ id, type: "push.untick", input: target } as const);
      return sendAnswer(reply, await sendForwardTick(command, entryOf(forwarder, place), context));
    },
  );
}

/** Whom WeCom named is nobody else; by the link alone one is who one says. */
async function forwarderOf(request: FastifyRequest, memberId: string, context: ApiContext): Promise<ForwardPrincipal> {
  const principal = await principalOf(request, context);
  if (principal.kind !== "forward") throw denied();
  if (principal.memberId !== null && principal.memberId !== memberId) throw denied();
  return { ...principal, memberId };
}
