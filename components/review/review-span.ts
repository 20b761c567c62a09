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
};

/** A little of what was before the start can be looked at too, where nobody marked a warm-up. */
const LEAD_IN_MS = 30_000;
/** What comes in long after the end (refunds, files, improvements) changes figures, but is nothing to play. */
const TAIL_MS = 10 * 60_000;
/** A warm-up of days would leave the show itself a few pixels. */
const WARMUP_MAX_MS = 6 * 3_600_000;

const SECOND_MS = 1_000;
export const floorSecond = (at: number): number => Math.floor(at / SECOND_MS) * SECOND_MS;
/** A step lands on the whole second in which an act is known; acts of the same second are one stop. */
export const ceilSecond = (at: number): number => Math.ceil(at / SECOND_MS) * SECOND_MS;

/** `lastAt`: of the last event there is. */
export function spanOf({ session }: Pick<ShowSlices, "session">, lastAt: number): ReviewSpan {
  const { startedAt, endedAt, warmedUpAt } = session;
  const to = endedAt === null ? lastAt : Math.min(Math.max(endedAt, lastAt), endedAt + TAIL_MS);
  const start = startedAt ?? to;
  const from = Math.max(Math.min(warmedUpAt ?? start - LEAD_IN_MS, start), start - WARMUP_MAX_MS);
  return {
    startedAt,
    endedAt,
    warmedUpAt,
    from: floorSecond(from),
    to: Math.max(ceilSecond(to), floorSecond(from) + SECOND_MS),
  };
}
