import { DAY_MS, dayNumberOf, startOfDay } from "#domain/shanghai-day.ts";
import type { ShowSlices } from "../session/show-slices.ts";

/** From where to where a show is looked at. Pure. */

export type ReviewSpan = {
  /** `null`: the show has not begun; there is the warm-up alone. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly warmedUpAt: number | null;
  /** First and last second of the axis. */
  readonly from: number;
  readonly to: number;
  /** First second of the days of warm-up that lie before the axis, pressed together beside it; `null`: there were none. */
  readonly daysFrom: number | null;
};

/** A little of what was before the start can be looked at too, where nobody marked a warm-up. */
const LEAD_IN_MS = 30_000;
/** What comes in long after the end (refunds, files, improvements) changes figures, but is nothing to play. */
const TAIL_MS = 10 * 60_000;
/** A warm-up of days would leave the show itself a few pixels. */
const WARMUP_MAX_MS = 6 * 3_600_000;
const WARMUP_LEAST_MS = 30 * 60_000;
/** A show of half an hour has no six hours of warm-up beside it: it would be a stroke at the right. */
const WARMUP_PER_SHOW = 1.5;
/** What was planned longer before is nobody's memory of this show. */
const DAYS_MAX_MS = 30 * DAY_MS;
/** Less than this before the axis is not worth a stretch of its own. */
const DAYS_MIN_MS = 3_600_000;

const SECOND_MS = 1_000;
export const floorSecond = (at: number): number => Math.floor(at / SECOND_MS) * SECOND_MS;
/** A step lands on the whole second in which an act is known; acts of the same second are one stop. */
export const ceilSecond = (at: number): number => Math.ceil(at / SECOND_MS) * SECOND_MS;

type SpanSlices = Pick<ShowSlices, "session"> & Partial<Pick<ShowSlices, "waveCells" | "signups">>;

/** `lastAt`: of the last event there is. */
export function spanOf(slices: SpanSlices, lastAt: number): ReviewSpan {
  const { session } = slices;
  const { startedAt, endedAt, warmedUpAt } = session;
  const to = endedAt === null ? lastAt : Math.min(Math.max(endedAt, lastAt), endedAt + TAIL_MS);
  const start = startedAt ?? to;
  const kept = Math.min(WARMUP_MAX_MS, Math.max(WARMUP_LEAST_MS, WARMUP_PER_SHOW * (to - start)));
  // Before it begins there is the warm-up alone.
  const from = Math.max(
    Math.min(warmedUpAt ?? start - LEAD_IN_MS, start),
    start - (startedAt === null ? WARMUP_MAX_MS : kept),
  );
  return {
    startedAt,
    endedAt,
    warmedUpAt,
    daysFrom: daysBefore(slices, floorSecond(from)),
    from: floorSecond(from),
    to: Math.max(ceilSecond(to), floorSecond(from) + SECOND_MS),
  };
}

/** From the first thing that was done for the show, as far as it lies before the axis. */
function daysBefore({ session, waveCells, signups }: SpanSlices, from: number): number | null {
  const first = Math.min(
    session.warmedUpAt ?? from,
    ...[...(waveCells?.values() ?? [])].map(({ at }) => at),
    ...(signups?.byHour ?? []).map(({ at }) => at),
  );
  if (first > from - DAYS_MIN_MS) return null;
  return Math.max(startOfDay(dayNumberOf(first)), from - DAYS_MAX_MS);
}
