import type { FastifyRequest } from "fastify";
import { z } from "zod";
import {
  insertShareLink,
  listShareLinks,
  revokeShareLink,
  shareLinkByHash,
  useShareLink,
} from "#db/queries/share-links.ts";
import { roomsById } from "#db/queries/rooms.ts";
import { showRow } from "#db/queries/show-row.ts";
import { Id } from "#domain/units.ts";
import { newId, randomLetters, sha256Hex } from "../auth/ids.ts";
import { SHARE_TOKEN } from "../auth/principals.ts";
import { addressGroup } from "../lib/address-group.ts";
import { RateWindow } from "../lib/rate-window.ts";
import { mayShare } from "./access.ts";
import { enterShow, principalOf, type ApiContext, type ApiInstance, type Entry } from "./context.ts";
import { denied, HttpError, notFound, rejected } from "./failures.ts";
import { shareTokenOf } from "./share-guard.ts";
import { At, Done, failures, IdParams, RejectedBody, ShowShape } from "./shapes.ts";

const tags = ["shows"];
const DAY_MS = 86_400_000;
const WHAT = z.enum(["report", "review"]);
const ShareShape = z.object({
  id: z.string(),
  what: WHAT,
  createdAt: At,
  createdByName: z.string().nullable().describe("null: a person who was deleted"),
  expiresAt: At,
  lastUsedAt: At.nullable().describe("To the minute; null: never yet"),
});
const ShareParams = IdParams.extend({ shareId: Id });
/** Links that hold at a time, for one show. */
const LINKS_MAX = 50;
/** Links that don't hold, of one address. */
const WRONG = { limit: 60, windowMs: 60_000 };

/** Links by which somebody without a sign-in reads one show afterwards: its report alone, or its review. */
export function serveShares(app: ApiInstance, context: ApiContext): void {
  serveLinks(app, context);
  serveHolder(app, context);
}

function serveLinks(app: ApiInstance, context: ApiContext): void {
  const { db, principals } = context;

  app.get(
    "/api/v1/sessions/:id/shares",
    {
      schema: {
        tags,
        summary: "Links that share the show and still hold",
        params: IdParams,
        response: { 200: z.object({ shares: z.array(ShareShape) }), ...failures },
      },
    },
    async (request) => {
      const { id } = request.params;
      requireSharer(await enterShow(request, id, context));
      return { shares: await listShareLinks(db, id, Date.now()) };
    },
  );

  app.post(
    "/api/v1/sessions/:id/shares",
    {
      schema: {
        tags,
        summary: "Share the show by a link; its token is shown once",
        params: IdParams,
        body: z.object({ what: WHAT, days: z.literal([1, 7, 30]) }),
        response: { 201: ShareShape.extend({ token: z.string(), path: z.string() }), ...failures, 409: RejectedBody },
      },
    },
    async (request, reply) => {
      const sessionId = request.params.id;
      const staff = requireSharer(await enterShow(request, sessionId, context));
      const { what, days } = request.body;
      const now = Date.now();
      if ((await listShareLinks(db, sessionId, now)).length >= LINKS_MAX)
        throw rejected("share.tooMany", { max: LINKS_MAX });
      const token = `${SHARE_TOKEN}${randomLetters(24)}`;
      const row = { id: newId("h"), what, createdAt: now, expiresAt: now + days * DAY_MS };
      await insertShareLink(db, { ...row, sessionId, createdBy: staff.personId, hash: sha256Hex(token) });
      void reply.header("cache-control", "no-store");
      return reply.code(201).send({ ...row, createdByName: staff.name, lastUsedAt: null, token, path: `/r/${token}` });
    },
  );

  app.delete(
    "/api/v1/sessions/:id/shares/:shareId",
    {
      schema: {
        tags,
        summary: "Revoke a link; pages opened by it close",
        params: ShareParams,
        response: { 200: Done, ...failures },
      },
    },
    async (request) => {
      const { id: sessionId, shareId } = request.params;
      requireSharer(await enterShow(request, sessionId, context));
      if (!(await revokeShareLink(db, { sessionId, id: shareId, now: Date.now() }))) throw notFound("share");
      principals.forget();
      return { status: "ok" as const };
    },
  );
}

/** What a page that was opened by a link is told of it; asked again and again, so that it closes when the link holds no more. */
function serveHolder(app: ApiInstance, context: ApiContext): void {
  const { db } = context;
  const wrong = new RateWindow(WRONG);

  /** A link that holds no more says why, unlike any other credential: whoever has it was meant to read. */
  const refuse = async (request: FastifyRequest): Promise<never> => {
    const token = shareTokenOf(request.headers);
    if (token === undefined) throw denied();
    const retryAfterMs = wrong.take(addressGroup(request.ip), performance.now());
    if (retryAfterMs > 0) throw new HttpError(429, "http.tooMany", { retryAfterMs });
    const was = await shareLinkByHash(db, sha256Hex(token));
    if (!was) throw notFound("share");
    throw was.revokedAt === null ? new HttpError(401, "share.expired") : new HttpError(401, "share.revoked");
  };

  app.get(
    "/api/v1/share",
    {
      schema: {
        tags,
        summary: "Which show this link shares, how much of it and until when",
        response: {
          200: z.object({ what: WHAT, expiresAt: At, roomName: z.string(), show: ShowShape }),
          ...failures,
        },
      },
    },
    async (request, reply) => {
      void reply.header("cache-control", "no-store");
      const principal = await principalOf(request, context).catch((error: unknown) => {
        if (error instanceof HttpError && error.status === 401) return null;
        throw error;
      });
      if (principal === null) return refuse(request);
      if (principal.kind !== "share") throw denied();
      const { shareId, sessionId, what } = principal;
      const [expiresAt, show] = await Promise.all([useShareLink(db, shareId, Date.now()), showRow(db, sessionId)]);
      if (expiresAt === undefined || !show) throw notFound("share");
      const [room] = await roomsById(db, [show.roomId]);
      const { seq: _seq, createdAt: _createdAt, ...shown } = show;
      const phase = ShowShape.shape.phase.parse(show.phase);
      return { what, expiresAt, roomName: room?.name ?? "", show: { ...shown, phase } };
    },
  );
}

function requireSharer({ principal, place }: Entry) {
  if (principal.kind !== "staff" || !mayShare(principal, place.roomId)) throw denied();
  return principal;
}
