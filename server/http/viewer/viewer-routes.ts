import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { PROOF_FORMAT } from "#domain/draw-proof.ts";
import { TaskCode } from "#domain/push/shapes.ts";
import { Id } from "#domain/units.ts";
import { newId } from "../../auth/ids.ts";
import { VIEWER_TOKEN_MS } from "../../auth/viewer-token.ts";
import { RateWindow } from "../../lib/rate-window.ts";
import type { ApiContext, ApiInstance } from "../context.ts";
import { HttpError, notFound } from "../failures.ts";
import { sendViewerCommand } from "../send-command.ts";
import { At, Done, failures, IdParams, OkBody, RejectedBody } from "../shapes.ts";
import { sendAnswer } from "../staff/command-routes.ts";
import { type AskedOf, atOnce, readBodiesAhead } from "./at-once.ts";
import { createDrawProofs } from "./draw-proofs.ts";
import { withFriends } from "./friends.ts";
import type { LinkOpens } from "./link-opens.ts";
import { CLOCK_HEADER, sendAtHand, sendView } from "./send-view.ts";
import { enterAsViewer, holdPace, knownViewer } from "./viewer-entry.ts";
import { createViewerViews, type ViewerViews } from "./viewer-view.ts";
import { serveViewersWarmup } from "./warmup-routes.ts";

const tags = ["viewers"];
const IdempotencyKey = z.object({ "idempotency-key": Id.optional() });
const Token = z.object({ token: z.string(), personId: z.string(), expiresAt: At });
const PublicView = z.object({
  sessionId: z.string(),
  seq: z.int(),
  at: At,
  now: At,
  showNow: At.describe("The show's clock at `now`, by which coupons and draws close; a rehearsal has its own"),
  showPace: z.number().min(0).describe("How fast the show's clock goes: 1 in a real show, 0 while a rehearsal stands"),
  nextPollMs: z.int(),
  slices: z.record(z.string(), z.unknown()),
});
const Asking = z.object({
  in: z
    .enum(["web", "miniProgram"])
    .optional()
    .describe("Where the page stands. On the web no reward for inviting is told but honour"),
});
const Unchanged = z.null().describe("Not changed since the view that If-None-Match names");
/** What the page adds to an entry (the phrase that was commented, …); the rules know what they take. */
const Extra = z.record(z.string().max(40), z.unknown()).nullish();

/** Many phones stand behind one address of a carrier. */
const MINTS = { limit: 600, windowMs: 60_000 };
/** One phone opens few links, but many phones stand behind one address. */
const OPENS = { limit: 600, windowMs: 60_000 };

type Opens = { readonly push: LinkOpens; readonly source: LinkOpens };

export function serveViewers(app: ApiInstance, context: ApiContext, opens: Opens): void {
  const viewOf = createViewerViews(context.directory);
  readBodiesAhead(app);
  servePublicView(app, { viewOf });
  serveMyself(app, context);
  serveActs(app, { context, viewOf });
  serveProofs(app, { context, viewOf });
  serveOpens(app, context, opens.push);
  serveViewersWarmup(app, { context, viewOf, pushOpens: opens.push, sourceOpens: opens.source });
}

type Viewing = { readonly context: ApiContext; readonly viewOf: ViewerViews };

/** Asked before anything was checked. */
const isPlace = (said: unknown): boolean => said === undefined || said === "web" || said === "miniProgram";

function servePublicView(app: ApiInstance, { viewOf }: Pick<Viewing, "viewOf">): void {
  app.get(
    "/api/v1/viewer/sessions/:id",
    {
      schema: {
        tags,
        summary: "The public view of a show",
        security: [],
        description: `Nothing personal; may be cached by anyone for a second. Ask again after \`nextPollMs\`, with If-None-Match. The header \`${CLOCK_HEADER}\` holds the server's clock, also with a 304.`,
        params: IdParams,
        querystring: Asking,
        response: { 200: PublicView, 304: Unchanged, ...failures },
      },
      // Thousands a second ask: what is at hand is sent at once.
      onRequest: (request, reply, done) => {
        const { method, params, query } = request;
        const view = method === "GET" && isPlace(query.in) ? viewOf.atHand(params.id, query.in) : undefined;
        if (!view || !sendAtHand(request, reply, view)) done();
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const place = request.query.in;
      return sendView(request, reply, viewOf.atHand(id, place) ?? (await viewOf(id, place)));
    },
  );
}

function serveMyself(app: ApiInstance, context: ApiContext): void {
  const mints = new RateWindow(MINTS);
  app.post(
    "/api/v1/viewer/sessions/:id/visitor",
    {
      schema: {
        tags,
        summary: "Become an anonymous person of this show",
        security: [],
        params: IdParams,
        response: { 200: Token, ...failures },
      },
    },
    async (request, reply) => {
      const sessionId = request.params.id;
      const now = Date.now();
      holdPace(request, mints);
      if (!(await context.places.find(sessionId))) throw notFound("session");
      const claim = { sessionId, personId: newId("v"), anonymous: true, expiresAt: now + VIEWER_TOKEN_MS };
      void reply.header("cache-control", "no-store");
      return { token: context.viewerTokens.sign(claim), personId: claim.personId, expiresAt: claim.expiresAt };
    },
  );

  app.get(
    "/api/v1/viewer/sessions/:id/me",
    {
      schema: {
        tags,
        summary: "What this person claimed, entered and won, whether they signed up, and whom they brought",
        params: IdParams,
        response: {
          200: z.object({ personId: z.string(), anonymous: z.boolean(), me: z.record(z.string(), z.unknown()) }),
          ...failures,
        },
      },
    },
    async (request, reply) => {
      const { principal: viewer } = await enterAsViewer(request, request.params.id, context);
      void reply.header("cache-control", "private, no-store");
      const { sessionId, personId, anonymous } = viewer;
      const me = await context.directory.me(sessionId, personId);
      return { personId, anonymous, me: await withFriends(context.db, sessionId, me) };
    },
  );
}

type Act = { readonly id: string; readonly type: string; readonly input: Record<string, unknown> };

function serveActs(app: ApiInstance, { context, viewOf }: Viewing): void {
  const act = async (request: FastifyRequest, sessionId: string, command: Act) => {
    const entry = await enterAsViewer(request, sessionId, context);
    if (entry.principal.anonymous && !(await viewOf(sessionId)).anonymousClaims)
      throw new HttpError(403, "viewer.anonymous");
    return sendViewerCommand(command, entry, context);
  };
  /** Of somebody known in a known show nothing has to be waited for but the answer: they come by the thousand a second. */
  const actIfKnown = (request: FastifyRequest, sessionId: string, command: Act) => {
    const entry = knownViewer(request, sessionId, context);
    return entry && !entry.principal.anonymous ? sendViewerCommand(command, entry, context) : undefined;
  };
  /** Without a key of the sender, the person is the key: a command id belongs to its sender. */
  const idOf = (headers: z.infer<typeof IdempotencyKey>, otherwise: string) => headers["idempotency-key"] ?? otherwise;
  const response = { 200: OkBody, ...failures, 409: RejectedBody };

  const claimShapes = { params: IdParams.extend({ couponId: Id }), headers: IdempotencyKey, body: Extra };
  const claimOf = ({ params: { couponId }, headers, body }: AskedOf<typeof claimShapes>): Act => ({
    id: idOf(headers, `claim:${couponId}`),
    type: "coupon.claim",
    input: { ...body, couponId },
  });
  app.post(
    "/api/v1/viewer/sessions/:id/coupons/:couponId/claim",
    {
      schema: { tags, summary: "Claim an own coupon", ...claimShapes, response },
      ...atOnce(claimShapes, (asked, request) => actIfKnown(request, asked.params.id, claimOf(asked))),
    },
    async (request, reply) => sendAnswer(reply, await act(request, request.params.id, claimOf(request))),
  );

  const enterShapes = { params: IdParams.extend({ lotteryId: Id }), headers: IdempotencyKey, body: Extra };
  const enterOf = ({ params: { lotteryId }, headers, body }: AskedOf<typeof enterShapes>): Act => ({
    id: idOf(headers, `enter:${lotteryId}`),
    type: "lottery.enter",
    input: { ...body, lotteryId },
  });
  app.post(
    "/api/v1/viewer/sessions/:id/lotteries/:lotteryId/enter",
    {
      schema: { tags, summary: "Enter an own draw", ...enterShapes, response },
      ...atOnce(enterShapes, (asked, request) => actIfKnown(request, asked.params.id, enterOf(asked))),
    },
    async (request, reply) => sendAnswer(reply, await act(request, request.params.id, enterOf(request))),
  );
}

function serveProofs(app: ApiInstance, { context, viewOf }: Viewing): void {
  const proofs = createDrawProofs(context.eventLog);
  app.get(
    "/api/v1/viewer/sessions/:id/lotteries/:lotteryId/proof",
    {
      schema: {
        tags,
        summary: "The proof of an own draw, once it is drawn",
        security: [],
        description:
          "A file by which anybody can check the draw: `npm run verify-draw -- --file FILE`, or in the viewer's page.",
        params: IdParams.extend({ lotteryId: Id }),
        response: { 200: z.looseObject({ format: z.literal(PROOF_FORMAT) }), ...failures },
      },
    },
    async (request, reply) => {
      const { id: sessionId, lotteryId } = request.params;
      const redraws = (await viewOf(sessionId)).redraws.get(lotteryId);
      const file = redraws === undefined ? null : await proofs({ sessionId, lotteryId, redraws });
      if (file === null) throw new HttpError(404, "lottery.notDrawn");
      void reply.header("cache-control", "public, max-age=0, s-maxage=10");
      void reply.header("content-disposition", `attachment; filename="kaibo-draw-${lotteryId}.json"`);
      return sendJson(reply, file);
    },
  );
}

function serveOpens(app: ApiInstance, { places }: ApiContext, opens: LinkOpens): void {
  const rate = new RateWindow(OPENS);
  app.post(
    "/api/v1/viewer/sessions/:id/opens",
    {
      schema: {
        tags,
        summary: "Say that the link of a push was opened",
        security: [],
        description:
          "`code` stands in the link (`?p=`). A visitor counts once for a link; a code that no push has counts nowhere.",
        params: IdParams,
        body: z.object({ code: TaskCode, visitor: Id.describe("Made up by the page and kept on the phone") }),
        response: { 200: Done, ...failures },
      },
    },
    async (request, reply) => {
      const sessionId = request.params.id;
      holdPace(request, rate);
      if (!(await places.find(sessionId))) throw notFound("session");
      opens.note({ sessionId, ...request.body });
      void reply.header("cache-control", "no-store");
      return { status: "ok" as const };
    },
  );
}

/** Written already; the schema of the answer has nothing to do with bytes. */
function sendJson(reply: FastifyReply, json: Buffer): FastifyReply {
  return reply.type("application/json; charset=utf-8").send(json);
}
