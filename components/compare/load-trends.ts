import * as z from "zod/mini";
import { SHOW_FIGURE_NAMES, type ShowFigure, type TotalMissing } from "#domain/metrics/show-totals.ts";
import { dayNumberOf, startOfDay } from "#domain/shanghai-day.ts";
import { MISSING } from "#domain/metrics/figure.ts";
import { request, type Reply } from "../http/request.ts";
import { PHASES } from "../shows/phases.ts";

/** Shows of a room in one line each, as `GET /api/v1/rooms/{id}/shows` tells them. */

const REASONS = [...MISSING, "stillRunning", "noTraffic"] as const satisfies readonly TotalMissing[];

const Row = z.object({
  sessionId: z.string(),
  title: z.string(),
  phase: z.enum(PHASES),
  rehearsal: z.boolean(),
  startedAt: z.number(),
  endedAt: z.nullable(z.number()),
  figures: z.record(z.enum(SHOW_FIGURE_NAMES), z.nullable(z.number())),
  missing: z.partialRecord(z.enum(SHOW_FIGURE_NAMES), z.enum(REASONS)),
  bestMinuteAt: z.nullable(z.number()),
  targets: z.object({ set: z.number(), reached: z.number(), unknown: z.number() }),
  mean: z.nullable(z.number()),
});
export type TrendRow = z.infer<typeof Row>;

const CoursePart = z.object({
  sessionId: z.string(),
  startedAt: z.number(),
  value: z.nullable(z.number()),
  mean: z.nullable(z.number()),
});
export type CoursePart = z.infer<typeof CoursePart>;

const Trends = z.object({ shows: z.array(Row), total: z.number(), course: z.array(CoursePart) });
export type Trends = z.infer<typeof Trends>;

export const PERIODS = ["month", "quarter", "year", "all"] as const;
export type Period = (typeof PERIODS)[number];
const DAYS: Readonly<Record<Period, number | null>> = { month: 30, quarter: 90, year: 365, all: null };

export type TrendSort = ShowFigure | "startedAt" | "title";

export type TrendFilter = {
  readonly period: Period;
  readonly rehearsal: boolean;
  readonly sort: TrendSort;
  readonly descending: boolean;
  /** Of which the trend is drawn. */
  readonly figure: ShowFigure;
  readonly page: number;
};

export const PAGE_ROWS = 30;

export function trendsQuery({ period, rehearsal, sort, descending, figure }: TrendFilter, now: number): string {
  const query = new URLSearchParams({ rehearsal: String(rehearsal), sort, order: descending ? "desc" : "asc", figure });
  const days = DAYS[period];
  if (days !== null) query.set("from", String(startOfDay(dayNumberOf(now) - days)));
  return query.toString();
}

export function loadTrends(
  roomId: string,
  filter: TrendFilter,
  { now, signal }: { readonly now: number; readonly signal: AbortSignal },
): Promise<Reply<Trends>> {
  const query = `${trendsQuery(filter, now)}&page=${filter.page}&limit=${PAGE_ROWS}`;
  return request(`/api/v1/rooms/${encodeURIComponent(roomId)}/shows?${query}`, { shape: Trends, signal });
}
