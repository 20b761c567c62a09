import { z } from "zod";
import { Evidence, fromData, handEvidence } from "../evidence.ts";
import { netPrice, type Discount } from "../net-price.ts";
import { reject, type Ctx, type Rejection } from "../op.ts";
import { guardPlannedPrice, guardPrice, type PriceAsked } from "../price-guard.ts";
import { FenAmount, Id, Instant, instant, text, type Fen } from "../units.ts";
import type { PlanChange } from "./plan.ts";
import { shopPrice, type Product, type Sku } from "./product.ts";
import { mapSkus, withProduct, type BagState } from "./state.ts";

/** Prices by SKU, all of them through the price guard (rules PRG1–PRG8). */

/** One price as asked for; `confirmFen`: the same, typed again. */
export const NewPrice = z.object({ skuId: Id, priceFen: FenAmount, confirmFen: FenAmount.optional() });
export type NewPrice = z.infer<typeof NewPrice>;
type AskedPrice = NewPrice & Pick<PriceAsked, "stoodBefore">;

/** A price, what it rests on, and units placed at it. Events carry both sides, so that an undo brings back what was known before. */
const PricePoint = z.object({ fen: FenAmount.nullable(), evidence: Evidence.nullable(), placed: z.int() });
export const PriceChange = z.object({
  skuId: Id,
  from: PricePoint,
  to: PricePoint,
  /** The price that a hand set in the shop, and that taking it back here left there (BAG19). */
  left: FenAmount.optional(),
});
export type PriceChange = z.infer<typeof PriceChange>;
/** What contradicts a price that came back by an undo, in place of a look into the shop. */
const LEFT_BY_UNDO = "undo";
/** A wrong price ends when the price is changed; `from`, `to`: its end before and after. */
const MarkChange = z.object({ markId: Id, from: Instant.nullable(), to: Instant.nullable() });

export const Prices = z.object({ prices: z.array(PriceChange), marks: z.array(MarkChange) });
export type Prices = z.infer<typeof Prices>;
export const PricesSet = Prices.extend({ productId: Id, reason: text(400) });

type Asking = { readonly product: Product; readonly running: readonly Discount[]; readonly evidence: Evidence };

/** The changes of price, or the first refusal of the guard. A price that stands already is no change. */
export function priceChanges(
  bag: BagState,
  { product, running, evidence }: Asking,
  asked: readonly AskedPrice[],
): Prices | Rejection {
  const prices: PriceChange[] = [];
  for (const price of asked) {
    const { skuId, priceFen } = price;
    const sku = product.skus.find((other) => other.skuId === skuId);
    if (!sku) return reject("bag.skuNotFound", { productId: product.productId, skuId });
    const refused = guardSku(product, sku, price, running);
    if (refused) return refused;
    const { liveFen, priceEvidence, placedAtPrice } = sku;
    const from = { fen: liveFen, evidence: priceEvidence, placed: placedAtPrice };
    // Told anew after data or an undo said otherwise, the same price is news.
    if (liveFen !== priceFen || priceEvidence?.seen?.agrees === false)
      prices.push({ skuId, from, to: { fen: priceFen, evidence, placed: 0 } });
  }
  const to = new Map(prices.map((price) => [price.skuId, price.to.fen]));
  const marks = [...bag.wrongPrices.values()]
    .filter((mark) => mark.to === null && to.has(mark.skuId) && to.get(mark.skuId) !== mark.priceFen)
    .map(({ markId, from }) => ({ markId, from: null, to: instant(Math.max(from, evidence.happenedAt)) }));
  return { prices, marks };
}

function guardSku(
  product: Product,
  sku: Sku,
  { priceFen, confirmFen, stoodBefore = false }: Omit<AskedPrice, "skuId">,
  running: readonly Discount[],
): Rejection | undefined {
  const { plannedFen, usualFen, floorFen } = sku;
  const { productId } = product;
  const subject = subjectOf(product, sku);
  return guardPrice({
    priceFen,
    confirmFen,
    plannedFen,
    usualFen,
    floorFen,
    running,
    productId,
    subject,
    stoodBefore,
  });
}

function subjectOf(product: Product, sku: Sku) {
  return {
    productId: product.productId,
    linkNo: product.linkNo,
    product: product.name,
    skuId: sku.skuId,
    sku: sku.name,
  };
}

type SetPrice = {
  readonly productId: string;
  readonly skuId?: string | undefined;
  readonly priceFen: Fen;
  readonly confirmFen?: Fen | undefined;
  readonly ago: number;
  readonly reason: string;
};

/** Without `skuId`: all SKUs of the product. */
export function decideSetPrice(bag: BagState, input: SetPrice, running: readonly Discount[], ctx: Ctx) {
  const product = bag.products.get(input.productId);
  if (!product) return reject("bag.notFound", { productId: input.productId });
  const { priceFen, confirmFen } = input;
  const skuIds = input.skuId === undefined ? product.skus.map(({ skuId }) => skuId) : [input.skuId];
  const evidence = handEvidence(ctx, input.ago);
  const changes = priceChanges(
    bag,
    { product, running, evidence },
    skuIds.map((skuId) => ({ skuId, priceFen, confirmFen })),
  );
  if ("status" in changes) return changes;
  if (changes.prices.length === 0) return [];
  return [
    { type: "bag.pricesSet.v1" as const, data: { ...changes, productId: product.productId, reason: input.reason } },
  ];
}

export function foldPrices(
  bag: BagState,
  { productId, prices, marks }: Prices & { readonly productId: string },
): BagState {
  if (prices.length === 0) return bag;
  const changes = new Map(prices.map((price) => [price.skuId, price]));
  const state = withProduct(bag, productId, (product) =>
    mapSkus(product, (sku) => {
      const change = changes.get(sku.skuId);
      if (!change) return sku;
      const { to, left } = change;
      const priced = { ...sku, liveFen: to.fen, priceEvidence: to.evidence, placedAtPrice: to.placed };
      return left === undefined ? priced : { ...priced, seenFen: left, seenFenAt: to.evidence?.seen?.at ?? null };
    }),
  );
  if (marks.length === 0) return state;
  const wrongPrices = new Map(bag.wrongPrices);
  for (const { markId, to } of marks) {
    const mark = wrongPrices.get(markId);
    if (mark) wrongPrices.set(markId, { ...mark, to });
  }
  return { ...state, wrongPrices };
}

/** Why prices can't be taken back: set again since, orders were placed at them, or what would come back does not pass the guard (PRG9). */
export function refuseUndoPrices(
  product: Product | undefined,
  prices: readonly PriceChange[],
  running: readonly Discount[],
): Rejection | undefined {
  for (const { skuId, from, to } of prices) {
    const sku = product?.skus.find((other) => other.skuId === skuId);
    if (!product || !sku || sku.liveFen !== to.fen) return reject("undo.superseded", { skuId });
    if (sku.placedAtPrice !== 0) return reject("undo.hasConsequences", { skuId, units: sku.placedAtPrice });
    const back = { priceFen: from.fen ?? sku.plannedFen, stoodBefore: true };
    const refused = from.fen === null ? undefined : guardSku(product, sku, back, running);
    if (refused) return refused;
  }
  return undefined;
}

export function undoPrices(bag: BagState, data: z.infer<typeof PricesSet>, running: readonly Discount[], ctx: Ctx) {
  const { productId, prices } = data;
  const product = bag.products.get(productId);
  const refused = refuseUndoPrices(product, prices, running);
  if (refused) return refused;
  return [{ type: "bag.pricesSet.v1" as const, data: { ...takenBack(product, data, ctx), productId, reason: "" } }];
}

/** PRG10. `change` has been checked already, so what it names is there. */
export function guardPlan(bag: BagState, { changed }: PlanChange): Rejection | undefined {
  for (const { productId, skusChanged } of changed) {
    const product = bag.products.get(productId);
    for (const { skuId, from, to } of skusChanged) {
      const sku = product?.skus.find((other) => other.skuId === skuId);
      if (!product || !sku || from.plannedFen === undefined || to.plannedFen === undefined) continue;
      const prices = { fromFen: from.plannedFen, toFen: to.plannedFen };
      const refused = guardPlannedPrice({ ...prices, subject: subjectOf(product, sku) });
      if (refused) return refused;
    }
  }
  return undefined;
}

export function takenBack(product: Product | undefined, { prices, marks }: Prices, ctx: Ctx): Prices {
  return {
    prices: prices.map(({ skuId, from, to }) => {
      const sku = product?.skus.find((other) => other.skuId === skuId);
      return sku ? priceBack(sku, { skuId, from, to }, ctx) : { skuId, from: to, to: from };
    }),
    marks: marks.map(({ markId, from, to }) => ({ markId, from: to, to: from })),
  };
}

/** BAG19: nothing that is pressed here changes the shop. Where that is known to charge another price than the one that comes back, it stays so until somebody sets it there. */
function priceBack(sku: Sku, { skuId, from, to }: PriceChange, ctx: Ctx): PriceChange {
  const left = shopPrice(sku);
  if (left === null || left === (from.fen ?? sku.plannedFen)) return { skuId, from: to, to: from };
  const wanted = from.evidence?.via === "hand" ? handEvidence(ctx, 0) : fromData(ctx.by, ctx.now, LEFT_BY_UNDO);
  const evidence = { ...wanted, seen: { at: ctx.now, source: LEFT_BY_UNDO, agrees: false } };
  return { skuId, from: to, to: { ...from, evidence }, left };
}

/**
 * A coupon that would bring the net price of something on sale under its floor (or sold out: it goes on again by one press) is confirmed by typing the lowest such price (PRG8).
 */
export function guardCouponPush(
  bag: BagState,
  running: readonly Discount[],
  added: Discount,
  confirmFen: Fen | undefined,
): Rejection | undefined {
  const cases = [...bag.products.values()]
    .filter(({ saleState }) => saleState.value !== "notYet")
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

/** Refuses a price set on a screen that showed another one. Without `skuId`: of any SKU. */
export function stalePrice(
  bag: BagState,
  { productId, skuId }: { readonly productId: string; readonly skuId?: string | undefined },
  seen: { readonly liveFen: Fen | null } | undefined,
) {
  const skus = bag.products.get(productId)?.skus ?? [];
  const stale =
    seen && skus.find((sku) => (skuId === undefined || sku.skuId === skuId) && sku.liveFen !== seen.liveFen);
  return stale && reject("state.changed", { skuId: stale.skuId, liveFen: stale.liveFen });
}
