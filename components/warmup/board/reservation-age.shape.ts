import { usualGapMs } from "../../live/usual-gap.ts";

/** A hand that types does so now and then; sooner nobody is late. */
const TYPED_LEAST_MS = 30 * 60_000;

/** Whether a count was told longer ago than twice the usual gap between the last readings. Pure. */
export function isOldReading(times: readonly number[], now: number): boolean {
  const sorted = times.toSorted((a, b) => a - b);
  const lastAt = sorted.at(-1) ?? null;
  if (lastAt === null) return false;
  const gaps = sorted.slice(1).map((at, index) => at - (sorted[index] ?? at));
  return now - lastAt > 2 * Math.max(TYPED_LEAST_MS, usualGapMs({ lastAt, gaps }));
}
