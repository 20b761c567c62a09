import type { ShowHistory } from "#domain/history/show-history.ts";
import type { Standing } from "#domain/history/standings.ts";
import { netFenOf, type Totals } from "#domain/metrics/totals.ts";

/** Provisional and settled: what was known when, and which parts changed it since (docs/figures.md). Pure; also for the meeting. */

export const KNOWN_AT = ["night", "day", "week", "settled"] as const;
export type KnownAt = (typeof KNOWN_AT)[number];

export type KnownTotals = {
  readonly id: KnownAt;
  readonly at: number;
  readonly totals: Totals;
  readonly netFen: number;
  readonly change: ChangeParts;
};

export type KnownColumn =
  | KnownTotals
  | {
      readonly id: KnownAt;
      /** `toCome`: not reached. `unknown`: Kaibo did not know of the show then. `none`: nobody settled it. */
      readonly missing: "toCome" | "unknown" | "none";
    };

/** What changed 退后成交 since; the parts add up to `netFen`. */
export type ChangeParts = {
  readonly netFen: number;
  /** Orders that came in late, were paid or corrected, without imports. */
  readonly ordersFen: number;
  readonly refundsFen: number;
  readonly importsFen: number;
  /** Orders cancelled unpaid since: they change no net, but what was placed. */
  readonly cancelledOrders: number;
  readonly paidOrders: number;
  readonly refundedOrders: number;
};

/** `null`: the show is not over, or no order is known. */
export function knownColumns(history: Pick<ShowHistory, "standings">, now: number): readonly KnownColumn[] | null {
  const { standings } = history;
  if (!standings) return null;
  return KNOWN_AT.map((id): KnownColumn => {
    const standing = standings[id];
    if (!standing) return { id, missing: id === "settled" ? "none" : "unknown" };
    if (standing.at > now) return { id, missing: "toCome" };
    return {
      id,
      at: standing.at,
      totals: standing.totals,
      netFen: netFenOf(standing.totals),
      change: changeParts(standing),
    };
  });
}

export function changeParts({ later: { reported, imported } }: Pick<Standing, "later">): ChangeParts {
  const importsFen = netFenOf(imported);
  return {
    netFen: netFenOf(reported) + importsFen,
    ordersFen: reported.paid.fen,
    refundsFen: 0 - reported.refunded.fen,
    importsFen,
    cancelledOrders: reported.cancelled.orders + imported.cancelled.orders,
    paidOrders: reported.paid.orders + imported.paid.orders,
    refundedOrders: reported.refunded.orders + imported.refunded.orders,
  };
}

/** Whether anything moved since. */
export const hasChanged = (parts: ChangeParts): boolean => Object.values(parts).some((value) => value !== 0);
