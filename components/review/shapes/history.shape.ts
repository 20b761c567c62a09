import type { ShowHistory } from "#domain/history/show-history.ts";
import type { ShowSlices } from "../../session/show-slices.ts";

/** What the history of the show says, with the names of its products. Pure; also for the meeting. */

type Named = {
  readonly linkNo: number | null;
  readonly name: string;
  readonly skus: readonly string[];
  readonly skuCount: number;
};

export type StockOutLine = ShowHistory["stockOuts"][number] & Named;
export type PriceLine = ShowHistory["prices"][number] &
  Named & {
    /** Against the plan; of SKUs that were planned differently the largest distance. */
    readonly offFen: number;
    readonly lastedMs: number;
    /** Somebody marked it as a price that should not have been. */
    readonly isWrong: boolean;
  };

type Products = Pick<ShowSlices, "products">;

export function stockOutLines(history: Pick<ShowHistory, "stockOuts">, slices: Products): readonly StockOutLine[] {
  return history.stockOuts.map((row) => ({ ...row, ...named(slices, row.productId, [row.skuId]) }));
}

/** `until`: how long a price counts that still stands. */
export function priceLines(
  history: Pick<ShowHistory, "prices">,
  slices: Products & Pick<ShowSlices, "wrongPrices">,
  until: number,
): readonly PriceLine[] {
  const marks = [...slices.wrongPrices.values()];
  return history.prices.map((row) => {
    const offs = [row.fen - row.plannedLowFen, row.fen - row.plannedHighFen];
    return {
      ...row,
      ...named(slices, row.productId, row.skuIds),
      offFen: offs.reduce((far, off) => (Math.abs(off) > Math.abs(far) ? off : far)),
      lastedMs: Math.max(0, (row.to ?? until) - row.from),
      isWrong: marks.some(
        (mark) => row.skuIds.includes(mark.skuId) && mark.priceFen === row.fen && overlaps(mark, row),
      ),
    };
  });
}

type Span = { readonly from: number; readonly to: number | null };
const overlaps = (a: Span, b: Span): boolean => a.from < (b.to ?? Infinity) && b.from < (a.to ?? Infinity);

function named({ products }: Products, productId: string, skuIds: readonly string[]): Named {
  const product = products.get(productId);
  const skus = product?.skus ?? [];
  return {
    linkNo: product?.linkNo ?? null,
    name: product?.name ?? "",
    skus: skus.filter(({ skuId }) => skuIds.includes(skuId)).map(({ name }) => name),
    skuCount: skus.length,
  };
}
