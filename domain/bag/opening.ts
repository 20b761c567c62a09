import { z } from "zod";
import { handEvidence } from "../evidence.ts";
import type { Discount } from "../net-price.ts";
import { reject, type Ctx } from "../op.ts";
import { Ago } from "../ops/session.ts";
import { SKUS_MAX } from "../plan-limits.ts";
import { Id } from "../units.ts";
import { foldPrices, NewPrice, priceChanges, Prices, refuseUndoPrices, takenBack } from "./pricing.ts";
import { SaleFact } from "./product.ts";
import { foldRelease, refuseUndoRelease, StockChange, stockChanges, stockTakenBack } from "./releasing.ts";
import { withProduct, type BagState } from "./state.ts";
import { ORDER_SOURCE } from "./stock.ts";

/** 上链接: price and stock in one act (rule BAG7). */

export const OpenSaleInput = z.object({
  productId: Id,
  /** Prices other than planned. SKUs that are not named get their planned price, or keep the one that a hand has set. */
  prices: z
    .array(NewPrice)
    .max(SKUS_MAX)
    .refine((prices) => new Set(prices.map(({ skuId }) => skuId)).size === prices.length, { error: "skuTwice" })
    .default([]),
  /** Units from the pool; what stood as sellable goes on sale anyway. */
  release: z.object({ skuId: Id.optional(), units: z.int().min(1).max(1_000_000) }).optional(),
  ago: Ago,
});

export const SaleOpened = Prices.extend({ productId: Id, from: SaleFact, to: SaleFact, stock: z.array(StockChange) });
type SaleOpened = z.infer<typeof SaleOpened>;

export function decideOpenSale(
  bag: BagState,
  input: z.infer<typeof OpenSaleInput>,
  running: readonly Discount[],
  ctx: Ctx,
) {
  const { productId } = input;
  const product = bag.products.get(productId);
  if (!product) return reject("bag.notFound", { productId });
  const from = product.saleState;
  if (from.value === "onSale") return reject("bag.alreadyOnSale", { productId });
  const named = new Set(input.prices.map(({ skuId }) => skuId));
  const others = product.skus
    .filter(({ skuId }) => !named.has(skuId))
    .map(({ skuId, plannedFen, liveFen, priceEvidence }) =>
      priceEvidence?.via === "hand" && liveFen !== null
        ? { skuId, priceFen: liveFen, stoodBefore: true }
        : { skuId, priceFen: plannedFen },
    );
  const evidence = handEvidence(ctx, input.ago);
  const changes = priceChanges(bag, { product, running, evidence }, [...input.prices, ...others]);
  if ("status" in changes) return changes;
  const stock = input.release ? stockChanges(product, input.release) : [];
  if ("status" in stock) return stock;
  const to = { value: "onSale" as const, evidence };
  return [
    ...(product.inBag.value
      ? []
      : [{ type: "bag.added.v1" as const, data: { productId, from: product.inBag, evidence } }]),
    { type: "bag.saleOpened.v1" as const, data: { ...changes, productId, from, to, stock } },
  ];
}

export function foldSaleOpened(bag: BagState, opened: SaleOpened): BagState {
  const { productId, to, stock } = opened;
  const onSale = withProduct(bag, productId, (product) => ({ ...product, saleState: to }));
  return foldRelease(foldPrices(onSale, opened), productId, stock);
}

export function undoSaleOpened(bag: BagState, opened: SaleOpened, running: readonly Discount[], ctx: Ctx) {
  const { productId, from, to, prices, stock } = opened;
  const product = bag.products.get(productId);
  const now = product?.saleState;
  if (now?.value !== "onSale") return reject("undo.superseded", { productId });
  if (now.evidence?.seen?.source === ORDER_SOURCE) return reject("undo.hasConsequences", { productId });
  const refused = refuseUndoPrices(product, prices, running) ?? refuseUndoRelease(product, stock);
  if (refused) return refused;
  const pricesBack = { ...takenBack(product, opened, ctx), productId, reason: "" };
  return [
    { type: "bag.saleStateSet.v1" as const, data: { productId, from: to, to: from } },
    ...(prices.length > 0 ? [{ type: "bag.pricesSet.v1" as const, data: pricesBack }] : []),
    ...(stock.length > 0
      ? [
          {
            type: "bag.released.v1" as const,
            data: { productId, stock: stockTakenBack(stock), evidence: handEvidence(ctx, 0) },
          },
        ]
      : []),
  ];
}
