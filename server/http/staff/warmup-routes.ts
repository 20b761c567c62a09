import { z } from "zod";
import { boardSize, invitersPage } from "#db/queries/inviters-page.ts";
import { countSignups, SIGNUP_STATES, signupsOfShow, type SignupRow } from "#db/queries/signups-of-show.ts";
import { METRICS } from "#domain/warmup/board.ts";
import { STANDINGS } from "#domain/warmup/invites.ts";
import { Id } from "#domain/units.ts";
import { numberInQuery } from "../number-in-query.ts";
import { maySee } from "../access.ts";
import { enterShow, requireSight, type ApiContext, type ApiInstance } from "../context.ts";
import { COUNT_MAX, readPageCursor, writePageCursor } from "../page-cursor.ts";
import { maskName } from "../personal.ts";
import { At, failures, IdParams } from "../shapes.ts";

const tags = ["warm-up"];
const Suspicion = z.object({ kind: z.string(), evidence: z.record(z.string(), z.number()) });
const Name = z.string().nullable().describe("Masked; null: none is known");
const Paging = z.object({
  cursor: z.string().max(200).optional(),
  limit: numberInQuery(z.int().min(1).max(500).default(100)),
});

/** Lists of the warm-up, from the tables that follow the log by about a second. Names are masked. */
export function serveWarmupLists(app: ApiInstance, context: ApiContext): void {
  serveBoard(app, context);
  serveSignups(app, context);
  serveHeld(app, context);
}

function serveBoard(app: ApiInstance, context: ApiContext): void {
  const Row = z.object({
    rank: z.int(),
    n: z.int().describe("Number of their sign-up, as in the view's slice `leaderboard`"),
    personId: z.string().nullable().describe("Null for hosts and screens"),
    name: Name,
    count: z.int().describe("By the board's metric"),
    valid: z.int(),
    held: z.int(),
    watched: z.int(),
    claimed: z.int(),
    paid: z.int(),
  });
  app.get(
    "/api/v1/sessions/:id/leaderboard",
    {
      schema: {
        tags,
        summary: "The invite leaderboard with masked names (everybody of the show, also its screens)",
        description:
          "`watched`, `claimed`, `paid`: of those whom they brought and who count. The view's slice `leaderboard` is of now, this follows by a second.",
        params: IdParams,
        querystring: z.object({
          offset: numberInQuery(z.int().min(0).max(1_000_000).default(0)),
          limit: numberInQuery(z.int().min(1).max(200).default(50)),
        }),
        response: {
          200: z.object({ metric: z.enum(METRICS), inviters: z.int(), total: z.int(), rows: z.array(Row) }),
          ...failures,
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { offset, limit } = request.query;
      const entry = await enterShow(request, id, context);
      requireSight(entry, "host");
      const mayKnowIds = maySee(entry.grants, "crew");
      const [size, found] = await Promise.all([
        boardSize(context.db, id),
        invitersPage(context.db, id, { offset, limit }),
      ]);
      void reply.header("cache-control", "no-store");
      const rows = found.map(({ personId, name, ...row }, at) => ({
        ...row,
        rank: offset + at + 1,
        personId: mayKnowIds ? personId : null,
        name: masked(name),
      }));
      return { ...size, metric: z.enum(METRICS).catch("valid").parse(size.metric), rows };
    },
  );
}

const Signup = z.object({
  n: z.int(),
  personId: z.string(),
  name: Name,
  at: At,
  state: z.enum(SIGNUP_STATES),
  via: z.string().nullable(),
  sourceCode: z.string().nullable(),
  remindBy: z.array(z.string()),
  watchedAt: At.nullable(),
  greetedAt: At.nullable(),
  greetedBy: z.string().nullable(),
  invite: z
    .object({
      inviterN: z.int().describe("Number of the inviter's sign-up"),
      inviterId: z.string().nullable(),
      inviterName: Name,
      standing: z.enum(STANDINGS),
      why: z.string().nullable(),
      suspicions: z.array(Suspicion),
      decidedAt: At.nullable(),
      decidedBy: z.string().nullable(),
      note: z.string().nullable(),
    })
    .nullable()
    .describe("Null: nobody brought them"),
});

function serveSignups(app: ApiInstance, context: ApiContext): void {
  app.get(
    "/api/v1/sessions/:id/signups",
    {
      schema: {
        tags,
        summary: "Who signed up, the newest first",
        params: IdParams,
        querystring: Paging.extend({
          state: z.enum(SIGNUP_STATES).optional(),
          standing: z.enum(STANDINGS).optional().describe("Only the brought, by how their invite stands"),
          inviter: Id.optional().describe("Only whom this person brought"),
          source: z.string().max(32).optional().describe("Code of the source"),
        }),
        response: {
          200: z.object({ signups: z.array(Signup), cursor: z.string().nullable(), total: z.int() }),
          ...failures,
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { state, standing, inviter: inviterId, source: sourceCode, cursor, limit } = request.query;
      requireSight(await enterShow(request, id, context), "crew");
      void reply.header("cache-control", "no-store");
      const filter = { state, standing, inviterId, sourceCode };
      const after = readPageCursor(cursor, COUNT_MAX)?.value ?? null;
      const [rows, total] = await Promise.all([
        signupsOfShow(context.db, id, filter, { after, limit, newestFirst: true }),
        countSignups(context.db, id, filter),
      ]);
      return { signups: rows.map(shown), cursor: cursorAfter(rows, limit), total };
    },
  );
}

function serveHeld(app: ApiInstance, context: ApiContext): void {
  app.get(
    "/api/v1/sessions/:id/held-invites",
    {
      schema: {
        tags,
        summary: "Invites that wait for a decision, with what made them suspicious, the oldest first",
        description:
          "Decided by `invite.decide` and `invite.decideHeld`. The evidence holds counts alone. `odd`: only those at whom something looks odd, or only the others.",
        params: IdParams,
        querystring: Paging.extend({ odd: z.enum(["true", "false"]).optional() }),
        response: {
          200: z.object({ invites: z.array(Signup), cursor: z.string().nullable(), total: z.int() }),
          ...failures,
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { cursor, limit, odd } = request.query;
      requireSight(await enterShow(request, id, context), "crew");
      void reply.header("cache-control", "no-store");
      const after = readPageCursor(cursor, COUNT_MAX)?.value ?? null;
      const filter = { standing: "held", odd: odd === undefined ? undefined : odd === "true" };
      const [rows, total] = await Promise.all([
        signupsOfShow(context.db, id, filter, { after, limit, newestFirst: false }),
        countSignups(context.db, id, filter),
      ]);
      return { invites: rows.map(shown), cursor: cursorAfter(rows, limit), total };
    },
  );
}

const masked = (name: string | null): string | null => (name === null ? null : maskName(name));

function shown(row: SignupRow): z.infer<typeof Signup> {
  const { inviterN, inviterId, inviterName, standing, why, suspicions, decidedAt, decidedBy, note, ...signup } = row;
  const judged = z.enum(STANDINGS).safeParse(standing).data;
  const invite =
    inviterN === null || judged === undefined
      ? null
      : {
          inviterN,
          inviterId,
          inviterName: masked(inviterName),
          standing: judged,
          why,
          suspicions: suspicions ?? [],
          decidedAt,
          decidedBy,
          note,
        };
  return { ...signup, name: masked(signup.name), invite };
}

function cursorAfter(rows: readonly SignupRow[], limit: number): string | null {
  const last = rows.at(-1);
  return last && rows.length === limit ? writePageCursor({ value: last.n, id: last.personId }) : null;
}
