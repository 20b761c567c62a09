import { explainedMs, missing, perExplainMinute, type Figure } from "#domain/metrics/figure.ts";
import type { ProductFiguresRow, RoundRow, ShowSlices } from "../../session/show-slices.ts";

/** Products by what they brought. Money of products is without freight. Pure; also for the meeting. */

export type ProductLine = {
  readonly productId: string;
  /** `null`: orders that name no product of the show. */
  readonly linkNo: number | null;
  readonly name: string;
  readonly role: string;
  readonly paidFen: number | null;
  readonly orders: number | null;
  readonly units: number | null;
  readonly refundedFen: number | null;
  readonly netFen: number | null;
  /** Of what was paid. */
  readonly refundShare: number | null;
  readonly plannedUnits: number | null;
  readonly rounds: number;
  readonly explainedMs: number;
  readonly perExplainMinute: Figure;
  readonly clickToPay: Figure;
};

type Slices = Pick<ShowSlices, "products" | "productFigures" | "roundFigures" | "figures">;

export const UNMATCHED_ID = "unmatched";

/** Best paid first. `now`: until when a round counts that still runs. */
export function productLines(slices: Slices, now: number): readonly ProductLine[] {
  const known = slices.figures.headline.source === "orders";
  const rounds = Map.groupBy(slices.roundFigures.values(), ({ productId }) => productId);
  const seen = new Set<string>();
  const lines = [...slices.products.values()].map((product): ProductLine => {
    const figures = product.platformId === null ? undefined : slices.productFigures.get(product.platformId);
    if (figures && product.platformId !== null) seen.add(product.platformId);
    const own = rounds.get(product.productId) ?? [];
    return {
      productId: product.productId,
      linkNo: product.linkNo,
      name: product.name,
      role: product.role,
      plannedUnits: product.plannedUnits,
      ...moneyOf(figures, known),
      ...explainingOf(own, now, known),
      clickToPay: figures?.clickToPay ?? missing("noClicks"),
    };
  });
  const loose = [...slices.productFigures.entries()].filter(([id]) => !seen.has(id)).map(([, row]) => row);
  return [...lines, ...unmatched(loose)].toSorted(
    (a, b) => (b.paidFen ?? -1) - (a.paidFen ?? -1) || (a.linkNo ?? Infinity) - (b.linkNo ?? Infinity),
  );
}

function moneyOf(figures: ProductFiguresRow | undefined, known: boolean) {
  if (!known) {
    return { paidFen: null, orders: null, units: null, refundedFen: null, netFen: null, refundShare: null };
  }
  const paidFen = figures?.paid.fen ?? 0;
  const refundedFen = figures?.refunded.fen ?? 0;
  return {
    paidFen,
    orders: figures?.paid.orders ?? 0,
    units: figures?.paid.units ?? 0,
    refundedFen,
    netFen: figures?.net.fen ?? 0,
    refundShare: paidFen > 0 ? refundedFen / paidFen : null,
  };
}

function explainingOf(rounds: readonly RoundRow[], now: number, known: boolean) {
  const paidFen = rounds.reduce((sum, round) => sum + round.paidFen, 0);
  return {
    rounds: rounds.length,
    explainedMs: explainedMs(rounds, now),
    perExplainMinute: known || rounds.length === 0 ? perExplainMinute(paidFen, rounds, now) : missing("noOrders"),
  };
}

/** Orders of products that are not in the sheet, in one line: their money is in the totals. */
function unmatched(rows: readonly ProductFiguresRow[]): readonly ProductLine[] {
  const sum = (of: (row: ProductFiguresRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  const paidFen = sum(({ paid }) => paid.fen);
  const refundedFen = sum(({ refunded }) => refunded.fen);
  if (rows.length === 0 || (paidFen === 0 && refundedFen === 0 && sum(({ placed }) => placed.units) === 0)) return [];
  return [
    {
      productId: UNMATCHED_ID,
      linkNo: null,
      name: "",
      role: "",
      plannedUnits: null,
      paidFen,
      // An order with two such products would count twice.
      orders: rows.length === 1 ? (rows[0]?.paid.orders ?? 0) : null,
      units: sum(({ paid }) => paid.units),
      refundedFen,
      netFen: sum(({ net }) => net.fen),
      refundShare: paidFen > 0 ? refundedFen / paidFen : null,
      rounds: 0,
      explainedMs: 0,
      perExplainMinute: missing("notExplained"),
      clickToPay: missing("noClicks"),
    },
  ];
}
