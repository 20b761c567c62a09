import { randomUUID } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { TaskCode } from "#domain/push/shapes.ts";
import { normalCode } from "#domain/short-code.ts";
import { Id } from "#domain/units.ts";
import { readInviterCode } from "#domain/warmup/inviter-code.ts";
import { Reminders } from "#domain/warmup/signups.ts";
import { RateWindow } from "../../lib/rate-window.ts";
import type { ApiContext, ApiInstance } from "../context.ts";
import { sendViewerCommand, sendViewerSignup } from "../send-command.ts";
import { Done, failures, IdParams, OkBody, RejectedBody } from "../shapes.ts";
import { sendAnswer } from "../staff/command-routes.ts";
import { type AskedOf, atOnce } from "./at-once.ts";
import { type Devices, devicesOf } from "./devices.ts";
import { serveForgetting } from "./forget-routes.ts";
import type { LinkOpens } from "./link-opens.ts";
import { encodingFor } from "./packed.ts";
import { type BoardAnswer, createPublicBoards, PublicBoard } from "./public-leaderboard.ts";
import { addressOf, enterAsViewer, holdPace, knownViewer, type ViewerEntry } from "./viewer-entry.ts";
import type { ViewerView } from "./viewer-view.ts";

const tags = ["viewers"];
const SourceCode = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/);
const InviterCode = z.string().min(1).max(24);
const IdempotencyKey = z.object({ "idempotency-key": Id.optional() });
/** What a person may say of their sign-up. Strict: facts are the server's own, and a body that brings some is refused. */
const SignupBody = z
  .strictObject({ via: TaskCode.optional(), sourceCode: SourceCode.optional(), remindBy: Reminders.optional() })
  .nullish();
const Cancel = z.strictObject({}).nullish();
/** One phone opens few links, but many phones stand behind one address. */
const TOUCHES = { limit: 1_200, windowMs: 60_000 };
/** Each asks the tables; of one token far fewer pass (`send-command.ts`). */
const SIGNUPS = { limit: 1_200, windowMs: 60_000 };

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
  serveSignup(app, parts, devices);
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

function serveSignup(app: ApiInstance, { context }: Parts, devices: Devices): void {
  const rate = new RateWindow(SIGNUPS);
  const response = { 200: OkBody, ...failures, 409: RejectedBody };
  const keyOf = (request: { readonly headers: { readonly "idempotency-key"?: string | undefined } }) =>
    request.headers["idempotency-key"] ?? randomUUID();

  const shapes = { params: IdParams, headers: IdempotencyKey, body: SignupBody };
  type SigningUp = { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly entry: ViewerEntry };
  const signUp = async ({ headers, body }: AskedOf<typeof shapes>, { request, reply, entry }: SigningUp) => {
    const { warmup } = context;
    const command = { id: keyOf({ headers }), type: "signup.signUp" as const, input: { ...body } };
    const { answer, found } = await sendViewerSignup(command, entry, context, () =>
      warmup.findFacts(whoIs(request, reply, entry)),
    );
    const { seen, earlier } = found;
    // It made the others too many, and does so once: when it comes again it is no new one.
    if (answer.status === "ok" || answer.status === "retry") warmup.tellSuspects(seen.sessionId, earlier);
    if (answer.status === "ok") {
      const code = CodeOf.safeParse(answer.result).data?.code;
      if (code !== undefined) warmup.suspicions.signedUp(seen, code);
      warmup.watched.signedUp(seen.sessionId, seen.personId);
    }
    return answer;
  };
  app.post(
    "/api/v1/viewer/sessions/:id/signup",
    {
      schema: {
        tags,
        summary: "Sign up for a show (预约登记)",
        description:
          "Who brought the person, to whom they are new, and what looks odd about it, the server finds out itself. 409 `signup.already` tells number and code again.",
        ...shapes,
        response,
      },
      ...atOnce(shapes, (asked, request, reply) => {
        const entry = knownViewer(request, asked.params.id, context);
        if (!entry) return undefined;
        holdPace(request, rate);
        return signUp(asked, { request, reply, entry });
      }),
    },
    async (request, reply) => {
      holdPace(request, rate);
      const entry = await enterAsViewer(request, request.params.id, context);
      return sendAnswer(reply, await signUp(request, { request, reply, entry }));
    },
  );
  const whoIs = (request: FastifyRequest, reply: FastifyReply, { principal }: ViewerEntry) => {
    const { sessionId, personId, anonymous } = principal;
    const device = devices.know(request, reply);
    return { sessionId, personId, known: !anonymous, device, address: addressOf(request), at: Date.now() };
  };

  app.post(
    "/api/v1/viewer/sessions/:id/signup/cancel",
    {
      schema: {
        tags,
        summary: "Take the own sign-up back",
        params: IdParams,
        headers: IdempotencyKey,
        body: Cancel,
        response,
      },
    },
    async (request, reply) => {
      const entry = await enterAsViewer(request, request.params.id, context);
      const command = { id: keyOf(request), type: "signup.cancel", input: {} };
      return sendAnswer(reply, await sendViewerCommand(command, entry, context));
    },
  );

  app.put(
    "/api/v1/viewer/sessions/:id/signup/reminders",
    {
      schema: {
        tags,
        summary: "By which working channels the person wants to be reminded",
        params: IdParams,
        headers: IdempotencyKey,
        body: z.strictObject({ remindBy: Reminders }),
        response,
      },
    },
    async (request, reply) => {
      const entry = await enterAsViewer(request, request.params.id, context);
      const command = { id: keyOf(request), type: "signup.remind", input: request.body };
      return sendAnswer(reply, await sendViewerCommand(command, entry, context));
    },
  );
}

const CodeOf = z.object({ code: z.string() });
