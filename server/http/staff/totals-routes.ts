import { z } from "zod";
import { showTotals, TOTALS_COLUMNS, type TotalsFilter, type TotalsRow } from "#db/queries/show-totals.ts";
import { roomsById } from "#db/queries/rooms.ts";
import { SHOW_FIGURE_NAMES } from "#domain/metrics/show-totals.ts";
import { Instant } from "#domain/units.ts";
import { csvFile } from "../../lib/csv.ts";
import { grantsIn, maySee } from "../access.ts";
import { principalOf, type ApiContext, type ApiInstance } from "../context.ts";
import { denied, notFound } from "../failures.ts";
import { numberInQuery } from "../number-in-query.ts";
import { At, failures, IdParams } from "../shapes.ts";
import { localTime } from "./export-cells.ts";
import { totalsCells, TOTALS_HEADER } from "./totals-cells.ts";
import type { FastifyRequest } from "fastify";

/** More shows than a room holds in three years; a bound for one download. */
const CSV_ROWS_MAX = 5_000;
/** Bars of the trend beside the table. */
const COURSE_MAX = 120;

const columns = z.enum(Object.keys(TOTALS_COLUMNS) as [keyof typeof TOTALS_COLUMNS]);
const Query = z.object({
  from: numberInQuery(Instant).optional(),
  to: numberInQuery(Instant).optional(),
  rehearsal: z.enum(["true", "false"]).default("false"),
  sort: columns.default("startedAt"),
  order: z.enum(["asc", "desc"]).default("desc"),
  figure: z.enum(SHOW_FIGURE_NAMES).default("paidFen"),
  page: numberInQuery(z.int().min(1).max(1_000).default(1)),
  limit: numberInQuery(z.int().min(1).max(100).default(30)),
});
type Query = z.infer<typeof Query>;

const Row = z.object({
  sessionId: z.string(),
  title: z.string(),
  phase: z.string(),
  rehearsal: z.boolean(),
  startedAt: At,
  endedAt: At.nullable(),
  /** By figure; where null, `missing` has the reason. */
  figures: z.record(z.enum(SHOW_FIGURE_NAMES), z.number().nullable()),
  missing: z.record(z.string(), z.string()),
  bestMinuteAt: At.nullable(),
  targets: z.object({ set: z.int(), reached: z.int(), unknown: z.int() }),
  mean: z.number().nullable(),
});

/** All shows of a room that have started, each in one line, from one table. */
export function serveTotals(app: ApiInstance, context: ApiContext): void {
  const tags = ["rooms"];
  const { db } = context;
  app.get(
    "/api/v1/rooms/:id/shows",
    {
      schema: {
        tags,
        summary: "Shows of a room with their figures and the trend of one of them",
        description:
          "`mean` and `course` are of `figure`: the mean over this show and the three before it that are over; the course has the last shows of the period, oldest first.",
        params: IdParams,
        querystring: Query,
        response: {
          200: z.object({
            shows: z.array(Row),
            total: z.int(),
            course: z.array(
              z.object({
                sessionId: z.string(),
                startedAt: At,
                value: z.number().nullable(),
                mean: z.number().nullable(),
              }),
            ),
          }),
          ...failures,
        },
      },
    },
    async (request, reply) => {
      const room = await roomOf(request, request.params.id, context);
      const { page, limit, figure } = request.query;
      const filter = filterOf(room.id, request.query);
      const [shows, course] = await Promise.all([
        showTotals(db, { ...filter, limit, offset: (page - 1) * limit }),
        showTotals(db, { ...filter, sort: "startedAt", descending: true, limit: COURSE_MAX, offset: 0 }),
      ]);
      void reply.header("cache-control", "no-store");
      return {
        shows: shows.map(describe),
        total: course[0]?.total ?? 0,
        course: course
          .map((row) => ({ sessionId: row.sessionId, startedAt: row.startedAt, value: row[figure], mean: row.mean }))
          .toReversed(),
      };
    },
  );

  app.get(
    "/api/v1/rooms/:id/shows.csv",
    {
      schema: {
        tags,
        summary: "CSV: shows of a room with their figures",
        description: "UTF-8 with a mark, safe in Excel. Money in yuan, times on the room's clock.",
        params: IdParams,
        querystring: Query.omit({ page: true, limit: true }),
        produces: ["text/csv"],
        response: { 200: z.string(), ...failures },
      },
    },
    async (request, reply) => {
      const room = await roomOf(request, request.params.id, context);
      const rows = await showTotals(db, { ...filterOf(room.id, request.query), limit: CSV_ROWS_MAX, offset: 0 });
      const time = localTime(room.timeZone);
      const file = [
        ...csvFile(
          TOTALS_HEADER,
          rows.map((row) => totalsCells(row, time)),
        ),
      ].join("");
      return reply
        .header("cache-control", "no-store")
        .header("content-disposition", `attachment; filename="shows-${room.id}.csv"`)
        .type("text/csv; charset=utf-8")
        .send(file);
    },
  );
}

/** The room, for who may see the reviews of its shows. */
async function roomOf(request: FastifyRequest, id: string, context: ApiContext) {
  const principal = await principalOf(request, context);
  if (!maySee(grantsIn(principal, { sessionId: "", roomId: id }), "review")) throw denied();
  const [room] = await roomsById(context.db, [id]);
  if (!room) throw notFound("room");
  return room;
}

function filterOf(
  roomId: string,
  { from, to, rehearsal, sort, order, figure }: Omit<Query, "page" | "limit">,
): Omit<TotalsFilter, "limit" | "offset"> {
  return { roomId, rehearsal: rehearsal === "true", from, to, sort, descending: order === "desc", meanOf: figure };
}

function describe(row: TotalsRow) {
  const { sessionId, title, phase, rehearsal, startedAt, endedAt, missing, bestMinuteAt, mean } = row;
  const figures = Object.fromEntries(SHOW_FIGURE_NAMES.map((name) => [name, row[name]])) as Pick<
    TotalsRow,
    (typeof SHOW_FIGURE_NAMES)[number]
  >;
  const targets = { set: row.targetsSet, reached: row.targetsReached, unknown: row.targetsUnknown };
  return { sessionId, title, phase, rehearsal, startedAt, endedAt, figures, missing, bestMinuteAt, targets, mean };
}
