import { explainedMs, missing, perExplainMinute, type Figure } from "#domain/metrics/figure.ts";
import type { ShowSlices } from "../../session/show-slices.ts";

/** Rounds of explaining compared: what the product sold in each, and against its first. Pure; also for the meeting. */

export type RoundLine = {
  readonly id: string;
  readonly productId: string;
  readonly linkNo: number | null;
  readonly name: string;
  readonly round: number;
  readonly from: number;
  readonly to: number | null;
  /** Without interruptions. */
  readonly ms: number;
  readonly paidFen: number | null;
  readonly perMinute: Figure;
  /** Per minute against the product's first round: 0.2 is a fifth more. `null` for the first, and where either is too short. */
  readonly againstFirst: number | null;
};

type Slices = Pick<ShowSlices, "products" | "roundFigures" | "figures">;

/** By link, then by round: rounds of a product stand below each other. */
export function roundLines({ products, roundFigures, figures }: Slices, now: number): readonly RoundLine[] {
  const known = figures.headline.source === "orders";
  const perMinute = (row: { readonly paidFen: number } & Parameters<typeof explainedMs>[0][number]): Figure =>
    known ? perExplainMinute(row.paidFen, [row], now) : missing("noOrders");
  return [...roundFigures.entries()]
    .map(([id, row]): RoundLine => {
      const product = products.get(row.productId);
      const own = perMinute(row);
      const first = roundFigures.get(`${row.productId}:1`);
      const base = first && row.round > 1 ? perMinute(first).value : null;
      return {
        id,
        productId: row.productId,
        linkNo: product?.linkNo ?? null,
        name: product?.name ?? "",
        round: row.round,
        from: row.from,
        to: row.to,
        ms: explainedMs([row], now),
        paidFen: known ? row.paidFen : null,
        perMinute: own,
        againstFirst: base !== null && base > 0 && own.value !== null ? own.value / base - 1 : null,
      };
    })
    .toSorted((a, b) => (a.linkNo ?? Infinity) - (b.linkNo ?? Infinity) || a.round - b.round);
}
