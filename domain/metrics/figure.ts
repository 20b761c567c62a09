/**
 * Figures that are quotients. What can't be computed is `null` with the reason, never 0 (FIG2). One function, one definition; SPEC.md and
 * docs/figures.md say the same in words.
 */

export const MISSING = [
  /** No order source has reported, and nobody has typed a total. */
  "noOrders",
  "noBuyers",
  "noViewers",
  "noViews",
  "noClicks",
  "notExplained",
  "noTarget",
  "noEnd",
  "timeUp",
  "notStarted",
  "tooSoon",
  "noPrior",
] as const;
export type Missing = (typeof MISSING)[number];

export type Figure = { readonly value: number } | { readonly value: null; readonly reason: Missing };

export const missing = (reason: Missing): Figure => ({ value: null, reason });

/** A share, to six digits: 0.029104 is 2.91 %. */
function share(part: number, of: number, reason: Missing): Figure {
  return of > 0 ? { value: Math.round((part / of) * 1_000_000) / 1_000_000 } : missing(reason);
}

/** Money for each, in whole fen. */
function each(fen: number, count: number, reason: Missing): Figure {
  return count > 0 ? { value: Math.round(fen / count) } : missing(reason);
}

/** 客单价: paid money of orders that name their buyer ÷ distinct buyers. */
export const perBuyer = (namedFen: number, buyers: number): Figure => each(namedFen, buyers, "noBuyers");

/** 笔单价: paid money ÷ paid orders. */
export const perOrder = (paidFen: number, orders: number): Figure => each(paidFen, orders, "noOrders");

/** 看播成交率: distinct buyers ÷ 场观 (persons). */
export function watchToPay(buyers: number, viewers: number | null): Figure {
  if (viewers === null) return missing("noViewers");
  return buyers > 0 ? share(buyers, viewers, "noViewers") : missing("noBuyers");
}

/** 点击成交率: paid orders with the product ÷ clicks on the product. */
export function clickToPay(productOrders: number, clicks: number | null): Figure {
  return clicks === null ? missing("noClicks") : share(productOrders, clicks, "noClicks");
}

/** 千次观看成交 (GPM): paid money ÷ views × 1,000. By 观看次数, not by persons. */
export function gpm(paidFen: number, views: number | null): Figure {
  return views !== null && views > 0 ? { value: Math.round((paidFen / views) * 1_000) } : missing("noViews");
}

/** A stretch of time; `to` null while it lasts. */
export type Span = { readonly from: number; readonly to: number | null };

/** A round of explaining. `gaps`: the parts of it, in order, in which the stream was down: nobody explains then. */
export type ExplainSpan = Span & { readonly gaps?: readonly Span[] };

export const explainedMs = (rounds: readonly ExplainSpan[], now: number): number =>
  rounds.flatMap(runsOf).reduce((sum, { from, to }) => sum + Math.max(0, (to ?? now) - from), 0);

/** The stretches of a round without its gaps. */
export function runsOf({ from, to, gaps = [] }: ExplainSpan): readonly Span[] {
  const runs: Span[] = [];
  let begin: number | null = from;
  for (const gap of gaps) {
    if (begin !== null && gap.from > begin) runs.push({ from: begin, to: gap.from });
    begin = gap.to;
  }
  return begin === null || begin === to ? runs : [...runs, { from: begin, to }];
}

/** Of all rounds; `openSince`: one runs, and its sales are counted already. */
export type Explained = { readonly paidFen: number; readonly closedMs: number; readonly openSince: number | null };

/** The show's mean per explain minute. `until` null: nobody says what time it is, so nothing can be said while a round runs. */
export function meanPerExplainMinute({ paidFen, closedMs, openSince }: Explained, until: number | null): Figure {
  if (openSince !== null && until === null) return missing("tooSoon");
  const ms = closedMs + (openSince === null || until === null ? 0 : Math.max(0, until - openSince));
  return perExplainMinute(paidFen, ms > 0 ? [{ from: 0, to: ms }] : [], ms);
}

/** 讲解分钟产出: paid money of the explained ÷ minutes explained. Under half a minute it says nothing yet. */
export function perExplainMinute(paidFen: number, rounds: readonly ExplainSpan[], now: number): Figure {
  if (rounds.length === 0) return missing("notExplained");
  const ms = explainedMs(rounds, now);
  return ms < 30_000 ? missing("tooSoon") : { value: Math.round((paidFen / ms) * 60_000) };
}
