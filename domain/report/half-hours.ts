import { minuteOf, MINUTE_MS } from "../metrics/pace.ts";
import type { shownMinute } from "../metrics/series.ts";

/**
 * The show in half hours from its start, by the show's clock. Pure. Sums of whole minutes: what happened in a half hour is the same whenever it is
 * asked for, but for orders that were reported late.
 */

export const HALF_HOUR_MS = 30 * MINUTE_MS;

export type HalfHour = {
  /** The first minute, and the end: a whole minute, which it does not hold any more. */
  readonly from: number;
  readonly at: number;
  /** From the start to its end. */
  readonly sinceStartMs: number;
  /** The show ended before it was full. */
  readonly cut: boolean;
  readonly paidFen: number;
  readonly orders: number;
  readonly buyers: number;
  readonly privateFen: number;
  readonly publicFen: number;
  /** All paid money until its end, warm-up included. */
  readonly totalFen: number;
  /** Of the half hour before, as a share: 0.12 is 12 % more. `null`: there was none, or it sold nothing, or this one is cut. */
  readonly change: number | null;
  readonly best: { readonly at: number; readonly fen: number } | null;
  readonly peakOnline: { readonly at: number; readonly value: number } | null;
};

/** A row of the slice `series`. */
export type Minute = NonNullable<ReturnType<typeof shownMinute>>;

export type HalfHourSlices = {
  /** By the start of the minute as text. */
  readonly series: ReadonlyMap<string, Minute>;
  readonly session: { readonly startedAt: number | null; readonly endedAt: number | null };
};

/** When the last full half hour was full; `null`: none is yet. */
export function lastMark({ startedAt, endedAt }: HalfHourSlices["session"], now: number): number | null {
  if (startedAt === null) return null;
  const start = minuteOf(startedAt);
  const full = Math.floor((Math.min(now, endedAt ?? now) - start) / HALF_HOUR_MS);
  return full < 1 ? null : start + full * HALF_HOUR_MS;
}

/** All that are full at `now`; after the end also the last one, as long as it was. In the order of time. */
export function halfHoursOf({ series, session }: HalfHourSlices, now: number): readonly HalfHour[] {
  const { startedAt, endedAt } = session;
  if (startedAt === null) return [];
  const start = minuteOf(startedAt);
  const until = lastMark(session, now) ?? start;
  // A minute that was begun belongs to the show.
  const end = endedAt === null || endedAt > now ? null : minuteOf(endedAt + MINUTE_MS - 1);
  const marks: number[] = [];
  for (let at = start + HALF_HOUR_MS; at <= until; at += HALF_HOUR_MS) marks.push(at);
  if (end !== null && end > (marks.at(-1) ?? start)) marks.push(end);
  const rows = [...series.values()].toSorted((a, b) => a.at - b.at);
  let totalFen = sumOf(rows, -Infinity, start, ({ paidFen }) => paidFen);
  let before: HalfHour | null = null;
  return marks.map((at) => {
    const from = before?.at ?? start;
    const within = rows.filter((row) => row.at >= from && row.at < at);
    const paidFen = within.reduce((sum, row) => sum + row.paidFen, 0);
    totalFen += paidFen;
    const cut = at - from < HALF_HOUR_MS;
    const half: HalfHour = {
      from,
      at,
      sinceStartMs: at - start,
      cut,
      paidFen,
      orders: within.reduce((sum, row) => sum + row.orders, 0),
      buyers: within.reduce((sum, row) => sum + row.buyers, 0),
      privateFen: within.reduce((sum, row) => sum + row.privateFen, 0),
      publicFen: within.reduce((sum, row) => sum + row.publicFen, 0),
      totalFen,
      change: cut || before === null || before.paidFen <= 0 ? null : (paidFen - before.paidFen) / before.paidFen,
      best: bestMinute(within),
      peakOnline: peakOnline(within),
    };
    before = half;
    return half;
  });
}

export function bestMinute(rows: Iterable<Minute>): { readonly at: number; readonly fen: number } | null {
  let best: { readonly at: number; readonly fen: number } | null = null;
  for (const { at, paidFen } of rows) {
    if (paidFen > 0 && (best === null || paidFen > best.fen || (paidFen === best.fen && at < best.at)))
      best = { at, fen: paidFen };
  }
  return best;
}

export function peakOnline(rows: Iterable<Minute>): { readonly at: number; readonly value: number } | null {
  let peak: { readonly at: number; readonly value: number } | null = null;
  for (const { at, online } of rows) {
    if (
      online !== null &&
      online > 0 &&
      (peak === null || online > peak.value || (online === peak.value && at < peak.at))
    )
      peak = { at, value: online };
  }
  return peak;
}

function sumOf(rows: readonly Minute[], from: number, to: number, of: (row: Minute) => number): number {
  return rows.reduce((sum, row) => (row.at >= from && row.at < to ? sum + of(row) : sum), 0);
}
