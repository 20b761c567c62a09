import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { TaskCode } from "#domain/push/shapes.ts";
import { normalCode } from "#domain/short-code.ts";
import { readInviterCode } from "#domain/warmup/inviter-code.ts";
import { RateWindow } from "../../lib/rate-window.ts";
import type { ApiContext, ApiInstance } from "../context.ts";
import { Done, failures, IdParams } from "../shapes.ts";
import { type Devices, devicesOf } from "./devices.ts";
import { serveForgetting } from "./forget-routes.ts";
import type { LinkOpens } from "./link-opens.ts";
import { encodingFor } from "./packed.ts";
import { type BoardAnswer, createPublicBoards, PublicBoard } from "./public-leaderboard.ts";
import { serveSignups } from "./signup-routes.ts";
import { enterAsViewer, holdPace, SourceCode } from "./viewer-entry.ts";
import type { ViewerView } from "./viewer-view.ts";

const tags = ["viewers"];
const InviterCode = z.string().min(1).max(24);
/** One phone opens few links, but many phones stand behind one address. */
const TOUCHES = { limit: 1_200, windowMs: 60_000 };

type Parts = {
  readonly context: ApiContext;
  readonly viewOf: (sessionId: string) => Promise<ViewerView>;
  readonly pushOpens: LinkOpens;
  readonly sourceOpens: LinkOpens;
};

/** What viewers do before a show: come by somebody's link, sign up, think better of it. */
export function serveViewersWarmup(app: ApiInstance, parts: Parts): void {
  const devices = devicesOf(parts.context);
  serveTouch(app, parts, devices);
  serveSignups(app, parts.context, devices);
  serveForgetting(app, parts.context, devices);
  serveBoard(app, parts);
}

function serveBoard(app: ApiInstance, { context }: Parts): void {
  const boardOf = createPublicBoards(context);
  app.get(
    "/api/v1/viewer/sessions/:id/leaderboard",
    {
      schema: {
        tags,
        summary: "The invite leaderboard, with masked names",
        description: "The first twenty, once it is published. Nothing personal; may be cached by anyone for a second.",
        security: [],
        params: IdParams,
        response: { 200: PublicBoard, 304: z.null().describe("Not changed since"), ...failures },
      },
    },
    async (request, reply) => {
      const board = await boardOf(request.params.id);
      return sendPacked(request, reply, board);
    },
  );
}

async function sendPacked(request: FastifyRequest, reply: FastifyReply, board: BoardAnswer): Promise<FastifyReply> {
  const encoding = encodingFor(request.headers["accept-encoding"]);
  const packed = encoding && board.packed(encoding);
  const known = board.etag.slice(0, -1);
  void reply
    .header("etag", packed ? `${known}-${encoding}"` : board.etag)
    .header("vary", "accept-encoding")
    .header("cache-control", "public, max-age=0, s-maxage=1");
  if (request.headers["if-none-match"]?.includes(known)) return reply.code(304).send();
  void reply.type("application/json; charset=utf-8");
  if (packed) return reply.header("content-encoding", encoding).send((await packed).bytes);
  return reply.serializer(String).send(board.json);
}

function serveTouch(app: ApiInstance, { context, viewOf, pushOpens, sourceOpens }: Parts, devices: Devices): void {
  const rate = new RateWindow(TOUCHES);
  app.post(
    "/api/v1/viewer/sessions/:id/touch",
    {
      schema: {
        tags,
        summary: "Say by which link the page was opened",
        description:
          "Once when the page opens, with what stands in its address: `i` the inviter's code, `s` the source's, `p` the push's task. Of inviters the first one that a person or their phone came by is kept; codes of nobody count nowhere. While the show is live, it also says that the person watched.",
        params: IdParams,
        body: z.strictObject({ i: InviterCode.optional(), s: SourceCode.optional(), p: TaskCode.optional() }).nullish(),
        response: { 200: Done, ...failures },
      },
    },
    async (request, reply) => {
      holdPace(request, rate);
      const { principal: viewer } = await enterAsViewer(request, request.params.id, context);
      const { sessionId, personId } = viewer;
      const { i, s, p } = request.body ?? {};
      const device = devices.know(request, reply);
      void reply.header("cache-control", "no-store");
      if (p !== undefined) pushOpens.note({ sessionId, code: p, visitor: personId });
      if (s !== undefined) sourceOpens.note({ sessionId, code: s.toLowerCase(), visitor: personId });
      const view = await viewOf(sessionId);
      const at = view.showNow(Date.now());
      if (i !== undefined) await noteTouch(context, { sessionId, personId, deviceId: device.id, at }, i);
      if (view.phase === "live") context.warmup.watched.note(sessionId, personId);
      return { status: "ok" as const };
    },
  );
}

async function noteTouch(
  { warmup }: ApiContext,
  came: { readonly sessionId: string; readonly personId: string; readonly deviceId: string; readonly at: number },
  typed: string,
): Promise<void> {
  const { salt, touchWindowMs: windowMs } = await warmup.rulesOf(came.sessionId);
  // A code of nobody must not stand in the way of a friend's.
  if (readInviterCode(salt, typed) === undefined) return;
  await warmup.touches.note({ ...came, inviterCode: normalCode(typed), windowMs });
}
