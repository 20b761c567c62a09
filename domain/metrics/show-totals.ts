import { keysOf } from "../keys-of.ts";
import type { ShownFigures } from "../ops/figures.ts";
import type { SessionState } from "../ops/session.ts";
import { meanPerExplainMinute, missing, type Missing } from "./figure.ts";
import { MINUTE_MS, minuteOf } from "./pace.ts";
import type { SeriesRow } from "./series.ts";

/**
 * A show in one line, for comparing shows: live, in the report table and on the compare page alike. Rules FIG17–FIG19 in SPEC.md. What
 * can't be told is `null` with the reason, as all figures are.
 */

/** In which unit each is: ms, fen, a number of, or a share from 0 to 1. In the order in which tables show them. */
export const SHOW_FIGURES = {
  paidFen: "fen",
  netFen: "fen",
  refundedFen: "fen",
  orders: "count",
  buyers: "count",
  perOrderFen: "fen",
  gpmFen: "fen",
  watchToPay: "share",
  perExplainMinuteFen: "fen",
  privateShare: "share",
  firstHourFen: "fen",
  bestMinuteFen: "fen",
  viewers: "count",
  durationMs: "ms",
} as const satisfies Record<string, "ms" | "fen" | "count" | "share">;
export type ShowFigure = keyof typeof SHOW_FIGURES;
export const SHOW_FIGURE_NAMES = keysOf(SHOW_FIGURES);

/** `stillRunning`: only the end will tell. `noTraffic`: no order is marked as private or public. */
export type TotalMissing = Missing | "stillRunning" | "noTraffic";
export type TotalValue = { readonly value: number } | { readonly value: null; readonly reason: TotalMissing };

export type ShowTotals = {
  readonly figures: { readonly [F in ShowFigure]: TotalValue };
  /** Start of the minute with the most paid money. */
  readonly bestMinuteAt: number | null;
  /** Targets that were set, those that are reached, and those of which nobody knows how far they are. */
  readonly targets: { readonly set: number; readonly reached: number; readonly unknown: number };
};

export type TotalsInput = {
  readonly session: Pick<SessionState, "startedAt" | "endedAt" | "targets">;
  readonly figures: ShownFigures;
  readonly minutes: readonly Pick<SeriesRow, "at" | "paidFen">[];
  /** 场观, persons. */
  readonly viewers: number | null;
  /** 视频号预约 as they were told last. */
  readonly reserved: number | null;
  /** Until when the show is known: now, or its last event. */
  readonly until: number;
};

const HOUR_MS = 60 * MINUTE_MS;

export function showTotals(input: TotalsInput): ShowTotals {
  const { session, figures, viewers } = input;
  const { headline, refunded, net, buyers, explained } = figures;
  const counted = headline.source === "orders";
  const ofOrders = (value: number): TotalValue => (counted ? { value } : missing("noOrders"));
  const best = bestMinute(input);
  return {
    figures: {
      durationMs: durationOf(session),
      paidFen: known(headline.paidFen, "noOrders"),
      refundedFen: ofOrders(refunded.fen),
      netFen: ofOrders(net.fen),
      orders: known(headline.orders, "noOrders"),
      buyers:
        counted && buyers.total === 0 && (headline.orders ?? 0) > 0 ? missing("noBuyers") : ofOrders(buyers.total),
      perOrderFen: figures.perOrder,
      gpmFen: figures.gpm,
      watchToPay: figures.watchToPay,
      perExplainMinuteFen: meanPerExplainMinute(explained, input.until),
      privateShare: counted ? privateShare(figures.traffic) : missing("noOrders"),
      firstHourFen: counted ? firstHour(input) : missing("noOrders"),
      bestMinuteFen: counted ? (best ? { value: best.paidFen } : missing("notStarted")) : missing("noOrders"),
      viewers: known(viewers, "noViewers"),
    },
    bestMinuteAt: counted && best && best.paidFen > 0 ? best.at : null,
    targets: targetsOf(input),
  };
}

const known = (value: number | null, reason: Missing): TotalValue => (value === null ? missing(reason) : { value });

/** From start to end, interruptions included: as long as the team sat there. */
function durationOf({ startedAt, endedAt }: TotalsInput["session"]): TotalValue {
  if (startedAt === null) return missing("notStarted");
  return endedAt === null ? { value: null, reason: "stillRunning" } : { value: endedAt - startedAt };
}

/** Of the money that is marked; the rest is unknown and not guessed. */
function privateShare(traffic: ShownFigures["traffic"]): TotalValue {
  const marked = traffic.private.paidFen + traffic.public.paidFen;
  if (marked <= 0) return { value: null, reason: "noTraffic" };
  return { value: Math.round((traffic.private.paidFen / marked) * 1_000_000) / 1_000_000 };
}

/** Paid in the 60 whole minutes from that of the start on; none while the hour is not over. */
function firstHour({ session, minutes, until }: TotalsInput): TotalValue {
  const { startedAt, endedAt } = session;
  if (startedAt === null) return missing("notStarted");
  const from = minuteOf(startedAt);
  if (endedAt === null && until < from + HOUR_MS) return { value: null, reason: "stillRunning" };
  let value = 0;
  for (const { at, paidFen } of minutes) if (at >= from && at < from + HOUR_MS) value += paidFen;
  return { value };
}

/** The first of the minutes on air with the most paid money. */
function bestMinute({
  session,
  minutes,
  until,
}: TotalsInput): { readonly at: number; readonly paidFen: number } | null {
  const { startedAt, endedAt } = session;
  if (startedAt === null) return null;
  const from = minuteOf(startedAt);
  let best = { at: from, paidFen: 0 };
  for (const { at, paidFen } of minutes) {
    if (at < from || at > (endedAt ?? until)) continue;
    if (paidFen > best.paidFen || (paidFen === best.paidFen && at < best.at)) best = { at, paidFen };
  }
  return best;
}

function targetsOf({ session: { targets }, figures, viewers, reserved }: TotalsInput): ShowTotals["targets"] {
  const { headline } = figures;
  const pairs = [
    [targets.paidFen, headline.paidFen],
    [targets.orders, headline.orders],
    [targets.audience, viewers],
    [targets.reservations, reserved],
  ] as const;
  const set = pairs.filter(([target]) => target !== null);
  return {
    set: set.length,
    reached: set.filter(([target, value]) => target !== null && value !== null && value >= target).length,
    unknown: set.filter(([, value]) => value === null).length,
  };
}
