import { missing, type Figure } from "./figure.ts";

/** Figures that move with the clock. Screens compute them from the slices with the show's time; the log knows no now. */

export const MINUTE_MS = 60_000;

export const minuteOf = (at: number): number => at - (at % MINUTE_MS);

/** Key of a row of the slice `series`. */
export const minuteKey = (at: number): string => String(minuteOf(at));

/** 每分钟还需: (target − paid) ÷ minutes to the planned end, in whole fen, rounded up; 0 once the target is reached. */
export function neededPerMinute(input: {
  readonly targetFen: number | null;
  readonly paidFen: number | null;
  readonly now: number;
  readonly plannedEndAt: number | null;
}): Figure {
  const { targetFen, paidFen, now, plannedEndAt } = input;
  if (targetFen === null) return missing("noTarget");
  if (paidFen === null) return missing("noOrders");
  if (paidFen >= targetFen) return { value: 0 };
  if (plannedEndAt === null) return missing("noEnd");
  if (now >= plannedEndAt) return missing("timeUp");
  // In the last minute the rest is needed in this minute, not sixty times in a second.
  return { value: Math.ceil((targetFen - paidFen) / Math.max(1, (plannedEndAt - now) / MINUTE_MS)) };
}

/** Paid money of a minute by its key; 0 where nothing was paid. */
export type PaidIn = (key: string) => number;

/** `null`: no order source has reported. A typed total says nothing of single minutes. */
type Reported = PaidIn | null;

/** Sum over the whole minutes from that of `from` to before that of `to`. */
export function paidBetween(paidIn: PaidIn, from: number, to: number): number {
  let sum = 0;
  for (let minute = minuteOf(from); minute < minuteOf(to); minute += MINUTE_MS) sum += paidIn(String(minute));
  return sum;
}

type Clock = { readonly startedAt: number | null; readonly now: number };

/** Last whole minutes, at most `minutes`, per minute: the running minute is left out, it would always look low. */
export function recentPerMinute(paidIn: Reported, { startedAt, now }: Clock, minutes: number): Figure {
  if (startedAt === null) return missing("notStarted");
  if (paidIn === null) return missing("noOrders");
  const to = minuteOf(now);
  const from = Math.max(to - minutes * MINUTE_MS, minuteOf(startedAt));
  if (to <= from) return missing("tooSoon");
  return { value: Math.round(paidBetween(paidIn, from, to) / ((to - from) / MINUTE_MS)) };
}

/** 近 10 分: money of the last `minutes` whole minutes against as many before, as a share: 0.12 is 12 % more. */
export function recentChange(paidIn: Reported, { startedAt, now }: Clock, minutes: number): Figure {
  if (startedAt === null) return missing("notStarted");
  if (paidIn === null) return missing("noOrders");
  const to = minuteOf(now);
  const middle = to - minutes * MINUTE_MS;
  const from = middle - minutes * MINUTE_MS;
  if (from < minuteOf(startedAt)) return missing("tooSoon");
  const prior = paidBetween(paidIn, from, middle);
  if (prior <= 0) return missing("noPrior");
  return { value: Math.round(((paidBetween(paidIn, middle, to) - prior) / prior) * 1_000_000) / 1_000_000 };
}
