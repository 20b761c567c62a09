import { MINUTE_MS, minuteOf } from "#domain/metrics/pace.ts";
import type { Minute, ShowSlices } from "../session/show-slices.ts";

/** A show minute by minute from its start, so that shows of different days lie on one axis. Pure. */

export const MEASURES = ["paid", "perMinute", "online", "orders"] as const;
export type Measure = (typeof MEASURES)[number];

/** By minute from the start; `paid` and `orders` are added up. `null`: no source counted it. */
export type Course = { readonly [M in Measure]: readonly (number | null)[] };

/** Beyond a day nobody lays shows side by side by the minute. */
const MINUTES_MAX = 1_440;
/** A source that samples every five minutes still makes a line; what is away for longer is a gap. */
const SAMPLE_GAP_MIN = 5;

export function courseOf(
  { session, series, figures }: Pick<ShowSlices, "session" | "series" | "figures">,
  until: number,
): Course {
  const from = minuteOf(session.startedAt ?? until);
  const to = minuteOf(session.endedAt ?? until);
  const count = Math.min(MINUTES_MAX, Math.max(0, Math.round((to - from) / MINUTE_MS)) + 1);
  const rows = new Map([...series.values()].map((row) => [row.at, row]));
  const minutes = Array.from({ length: count }, (_, index) => rows.get(from + index * MINUTE_MS));
  const online = bridged(minutes);
  // Without orders nobody knows the minutes: a line at 0 would be a lie.
  if (figures.headline.source !== "orders") {
    const unknown = minutes.map(() => null);
    return { perMinute: unknown, paid: unknown, orders: unknown, online };
  }
  const perMinute = minutes.map((row) => row?.paidFen ?? 0);
  return { perMinute, paid: addedUp(perMinute), orders: addedUp(minutes.map((row) => row?.orders ?? 0)), online };
}

function addedUp(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => (sum += value));
}

function bridged(minutes: readonly (Minute | undefined)[]): (number | null)[] {
  let last: number | null = null;
  let since = Number.POSITIVE_INFINITY;
  return minutes.map((row) => {
    const now = row?.online ?? null;
    since = now === null ? since + 1 : 0;
    last = now ?? last;
    return since <= SAMPLE_GAP_MIN ? last : null;
  });
}

/** One row a minute with the value of each show under its key, for drawing; a show has none after its end. */
export type CoursePoint = { readonly minute: number; readonly [key: string]: number | null };

export function pointsOf(
  courses: readonly { readonly key: string; readonly course: Course }[],
  measure: Measure,
): CoursePoint[] {
  const count = Math.max(0, ...courses.map(({ course }) => course[measure].length));
  return Array.from({ length: count }, (_, minute) => ({
    ...Object.fromEntries(courses.map(({ key, course }) => [key, course[measure][minute] ?? null])),
    minute,
  }));
}
