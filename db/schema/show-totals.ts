import { bigint, boolean, doublePrecision, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";

const number = (name: string) => bigint(name, { mode: "number" });

/**
 * One row a show that has started: what the review shows of it, for tables over many shows. Written by the follower, made again from the logs at
 * any time. A figure that can't be told is null, and `missing` says why.
 */
export const reportShows = pgTable(
  "report_shows",
  {
    sessionId: text("session_id").primaryKey(),
    roomId: text("room_id").notNull(),
    title: text("title").notNull(),
    phase: text("phase").notNull(),
    rehearsal: boolean("rehearsal").notNull(),
    startedAt: number("started_at").notNull(),
    endedAt: number("ended_at"),
    durationMs: number("duration_ms"),
    paidFen: number("paid_fen"),
    refundedFen: number("refunded_fen"),
    netFen: number("net_fen"),
    orders: number("orders"),
    buyers: number("buyers"),
    perOrderFen: number("per_order_fen"),
    gpmFen: number("gpm_fen"),
    watchToPay: doublePrecision("watch_to_pay"),
    perExplainMinuteFen: number("per_explain_minute_fen"),
    privateShare: doublePrecision("private_share"),
    firstHourFen: number("first_hour_fen"),
    bestMinuteFen: number("best_minute_fen"),
    bestMinuteAt: number("best_minute_at"),
    viewers: number("viewers"),
    targetsSet: integer("targets_set").notNull(),
    targetsReached: integer("targets_reached").notNull(),
    targetsUnknown: integer("targets_unknown").notNull(),
    /** Reasons by the name of the figure. */
    missing: jsonb("missing").$type<Readonly<Record<string, string>>>().notNull(),
  },
  (table) => [index("report_shows_room_start").on(table.roomId, table.rehearsal, table.startedAt)],
);
