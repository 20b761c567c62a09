import { DAY_MS } from "../shanghai-day.ts";

/**
 * Which days the times of a file lie on that tells a clock alone ("23:50", "0:10"). Rows go forward or, newest first, backward; a jump of half a day
 * or more against their direction has passed midnight.
 */

const HALF_DAY_MS = DAY_MS / 2;
/** How long before the start a file may begin: a warm-up. What looks earlier lies after the next midnight. */
const BEFORE_START_MS = 6 * 3_600_000;

/** Whether a cell says a time of day and no day. */
export const isBareClock = (text: string): boolean =>
  /^(?:上午|早上|中午|下午|晚上|晚|[ap]m)?\s*\d{1,2}[:点时]/i.test(text);

/** `clocks`: instants on any one day, in the order of the rows; they come back moved by whole days, the earliest beside `startedAt`. */
export function datedClocks(clocks: readonly number[], startedAt: number): number[] {
  const direction = directionOf(clocks);
  const dated: number[] = [];
  let shift = 0;
  for (const clock of clocks) {
    const last = dated.at(-1);
    if (last !== undefined && (last - clock - shift) * direction >= HALF_DAY_MS) shift += direction * DAY_MS;
    dated.push(clock + shift);
  }
  const earliest = dated.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const days = Math.ceil((startedAt - BEFORE_START_MS - earliest) / DAY_MS);
  return dated.map((at) => at + days * DAY_MS);
}

/** By which way most steps are shorter, round the clock. */
function directionOf(clocks: readonly number[]): 1 | -1 {
  let forward = 0;
  for (const [index, clock] of clocks.entries()) {
    const step = (((clock - (clocks[index - 1] ?? clock)) % DAY_MS) + DAY_MS) % DAY_MS;
    if (step > 0) forward += step < HALF_DAY_MS ? 1 : -1;
  }
  return forward < 0 ? -1 : 1;
}
