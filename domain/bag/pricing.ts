import { z } from "zod";
import { handEvidence, Evidence } from "../evidence.ts";
import { netPrice, type Discount } from "../net-price.ts";
import { reject, type Ctx, type Rejection } from "../op.ts";
import { guardPrice } from "../price-guard.ts";
import { FenAmount, Id, text, type Fen } from "../units.ts";
import type { Product, Sku } from "./product.ts";
import { mapSkus, withProduct, type BagState } from "./state.ts";

/** Prices by SKU, all of them through the price guard (rules PRG1–PRG8). */

/** One price as asked for; `confirmFen`: the same, typed again. */
export const NewPrice = z.object({ skuId: Id, priceFen: FenAmount, confirmFen: FenAmount.optional() });
export type NewPrice = z.infer<typeof NewPrice>;

export const PriceChange = z.object({ skuId: Id, from: FenAmount.nullable(), to: FenAmount.nullable() });
export type PriceChange = z.infer<typeof PriceChange>;

export const PricesSet = z.object({
  productId: Id,
  prices: z.array(PriceChange).min(1),
  evidence: Evidence,
  reason: text(400),
});
export type PricesSet = z.infer<typeof PricesSet>;

/** The changes of price, or the first refusal of the guard. A price that stands already is no change. */
export function priceChanges(product: Product, asked: readonly NewPrice[], running: readonly Discount[]): PriceChange[] | Rejection {
  const changes: PriceChange[] = [];
  for (const { skuId, priceFen, confirmFen } of asked) {
    const sku = product.skus.find((other) => other.skuId === skuId);
    if (!sku) return reject("bag.skuNotFound", { productId: product.productId, skuId });
    const refused = guardPrice({
      priceFen,
      confirmFen,
      plannedFen: sku.plannedFen,
      usualFen: sku.usualFen,
      floorFen: sku.floorFen,
      productId: product.productId,
      subject: subjectOf(product, sku),
      running,
    });
    if (refused) return refused;
    if (sku.liveFen !== priceFen) changes.push({ skuId, from: sku.liveFen, to: priceFen });
  }
  return changes;
}

function subjectOf(product: Product, sku: Sku) {
  return { productId: product.productId, linkNo: product.linkNo, product: product.name, skuId: sku.skuId, sku: sku.name };
}

type SetPrice = { readonly productId: string; readonly skuId?: string | undefined; readonly priceFen: Fen; readonly confirmFen?: Fen | undefined; readonly ago: number; readonly reason: string };

/** Without `skuId`: all SKUs of the product. */
export function decideSetPrice(bag: BagState, input: SetPrice, running: readonly Discount[], ctx: Ctx) {
  const product = bag.products.get(input.productId);
  if (!product) return reject("bag.notFound", { productId: input.productId });
  const { priceFen, confirmFen } = input;
  const skuIds = input.skuId === undefined ? product.skus.map(({ skuId }) => skuId) : [input.skuId];
  const changes = priceChanges(product, skuIds.map((skuId) => ({ skuId, priceFen, confirmFen })), running);
  if ("status" in changes) return changes;
  if (changes.length === 0) return [];
  const data = { productId: product.productId, prices: changes, evidence: handEvidence(ctx, input.ago), reason: input.reason };
  return [{ type: "bag.pricesSet.v1" as const, data }];
}

/** Folds new prices; a wrong price that is replaced ends here. */
export function foldPrices(bag: BagState, { productId, prices, evidence }: Pick<PricesSet, "productId" | "prices" | "evidence">): BagState {
  const to = new Map(prices.map((price) => [price.skuId, price.to]));
  const state = withProduct(bag, productId, (product) =>
    mapSkus(product, (sku) => {
      const liveFen = to.get(sku.skuId);
      if (liveFen === undefined) return sku;
      return { ...sku, liveFen, priceEvidence: liveFen === null ? null : evidence, placedAtPrice: 0 };
    }),
  );
  const ended = [...bag.wrongPrices.values()].filter((mark) => mark.to === null && to.has(mark.skuId) && to.get(mark.skuId) !== mark.priceFen);
  if (ended.length === 0) return state;
  const wrongPrices = new Map(bag.wrongPrices);
  for (const mark of ended) wrongPrices.set(mark.markId, { ...mark, to: evidence.happenedAt });
  return { ...state, wrongPrices };
}

/** Why prices can't be taken back: set again since, or orders were placed at them. */
export function refuseUndoPrices(product: Product | undefined, prices: readonly PriceChange[]): Rejection | undefined {
  for (const { skuId, to } of prices) {
    const sku = product?.skus.find((other) => other.skuId === skuId);
    if (!sku || sku.liveFen !== to) {
      return reject("undo.superseded", { skuId, ...(sku?.priceEvidence && { by: sku.priceEvidence.by, at: sku.priceEvidence.doneAt }) });
    }
    if (sku.placedAtPrice !== 0) return reject("undo.hasConsequences", { skuId, units: sku.placedAtPrice });
  }
  return undefined;
}

export const takenBack = (prices: readonly PriceChange[]): PriceChange[] => prices.map(({ skuId, from, to }) => ({ skuId, from: to, to: from }));

/** A coupon that would bring the net price of something on sale under its floor is confirmed by typing the lowest such price (PRG8). */
export function guardCouponPush(bag: BagState, running: readonly Discount[], added: Discount, confirmFen: Fen | undefined): Rejection | undefined {
  const cases = [...bag.products.values()]
    .filter(({ saleState }) => saleState.value === "onSale")
    .flatMap((product) => product.skus.flatMap((sku) => underFloor(product, sku, [...running, added])));
  const worst = cases.toSorted((a, b) => a.netFen - b.netFen)[0];
  if (!worst || confirmFen === worst.netFen) return undefined;
  return reject("price.retype", { ...worst, belowFloor: true, others: cases.length - 1 });
}

function underFloor(product: Product, sku: Sku, running: readonly Discount[]) {
  const priceFen = sku.liveFen ?? sku.plannedFen;
  const { plannedFen, floorFen } = sku;
  if (floorFen === null) return [];
  const netFen = netPrice(priceFen, product.productId, running);
  return netFen < floorFen ? [{ ...subjectOf(product, sku), priceFen, plannedFen, floorFen, netFen }] : [];
}
