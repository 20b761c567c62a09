import { z } from "zod";
import { Evidence, handEvidence } from "../evidence.ts";
import { reject, type Ctx, type Rejection } from "../op.ts";
import { Id, text } from "../units.ts";
import { poolOf, type Product } from "./product.ts";
import { spreadByPool } from "./stock.ts";
import { findSku, mapSkus, withProduct, type BagState } from "./state.ts";

/** Stock that goes from the pool on sale (放单), and counts set right by hand. */

export const StockChange = z.object({ skuId: Id, units: z.int() });
export type StockChange = z.infer<typeof StockChange>;

/** Negative units go back to the pool: a release taken back. */
export const Released = z.object({ productId: Id, stock: z.array(StockChange).min(1), evidence: Evidence });

const Counts = z.object({ sellable: z.int(), pool: z.int() });
/** `from` and `to` as the hand saw and set them; orders in between keep their effect. */
export const StockSet = z.object({
  productId: Id,
  skuId: Id,
  from: Counts,
  to: Counts,
  evidence: Evidence,
  reason: text(400),
});

export type ReleaseAsked = { readonly skuId?: string | undefined; readonly units: number };

/** How many units go on sale of which SKU; without `skuId` spread in proportion to what each SKU has in its pool. */
export function stockChanges(product: Product, { skuId, units }: ReleaseAsked): StockChange[] | Rejection {
  const { productId } = product;
  if (skuId === undefined) {
    const pool = poolOf(product);
    return units > pool ? reject("bag.poolTooSmall", { productId, pool, units }) : spreadByPool(product.skus, units);
  }
  const sku = product.skus.find((other) => other.skuId === skuId);
  if (!sku) return reject("bag.skuNotFound", { productId, skuId });
  return units > sku.pool
    ? reject("bag.poolTooSmall", { productId, skuId, pool: sku.pool, units })
    : [{ skuId, units }];
}

type OfSku = { readonly productId: string; readonly skuId?: string | undefined };

/** Refuses a release on a screen that showed another pool. */
export function stalePool(bag: BagState, { productId, skuId }: OfSku, seen: { readonly pool: number } | undefined) {
  const product = bag.products.get(productId);
  const pool = skuId === undefined ? product && poolOf(product) : findSku(bag, productId, skuId)?.pool;
  return seen && pool !== undefined && pool !== seen.pool ? reject("state.changed", { pool }) : undefined;
}

type SeenCounts = { readonly sellable?: number | undefined; readonly pool?: number | undefined };

/** Refuses counts set right on a screen that showed other ones. */
export function staleCounts(
  bag: BagState,
  { productId, skuId }: { readonly productId: string; readonly skuId: string },
  seen: SeenCounts | undefined,
) {
  const sku = findSku(bag, productId, skuId);
  const moved = (was: number | undefined, now: number) => was !== undefined && was !== now;
  if (!sku || !seen || !(moved(seen.sellable, sku.sellable) || moved(seen.pool, sku.pool))) return undefined;
  return reject("state.changed", { sellable: sku.sellable, pool: sku.pool });
}

export function decideRelease(bag: BagState, productId: string, asked: ReleaseAsked, evidence: Evidence) {
  const product = bag.products.get(productId);
  if (!product) return reject("bag.notFound", { productId });
  const stock = stockChanges(product, asked);
  if ("status" in stock) return stock;
  return [{ type: "bag.released.v1" as const, data: { productId, stock, evidence } }];
}

export function foldRelease(bag: BagState, productId: string, stock: readonly StockChange[]): BagState {
  const units = new Map(stock.map((change) => [change.skuId, change.units]));
  return withProduct(bag, productId, (product) =>
    mapSkus(product, (sku) => {
      const released = units.get(sku.skuId);
      return released === undefined ? sku : { ...sku, sellable: sku.sellable + released, pool: sku.pool - released };
    }),
  );
}

/** What was released can go back as long as it has not been bought. */
export function refuseUndoRelease(product: Product | undefined, stock: readonly StockChange[]): Rejection | undefined {
  for (const { skuId, units } of stock) {
    const sku = product?.skus.find((other) => other.skuId === skuId);
    if (!sku) return reject("undo.superseded", { skuId });
    if (units > 0 ? sku.sellable < units : sku.pool < -units)
      return reject("undo.hasConsequences", { skuId, sellable: sku.sellable, units });
  }
  return undefined;
}

export const stockTakenBack = (stock: readonly StockChange[]): StockChange[] =>
  stock.map(({ skuId, units }) => ({ skuId, units: 0 - units }));

export function undoReleased(bag: BagState, { productId, stock }: z.infer<typeof Released>, evidence: Evidence) {
  const refused = refuseUndoRelease(bag.products.get(productId), stock);
  const data = { productId, stock: stockTakenBack(stock), evidence };
  return refused ?? [{ type: "bag.released.v1" as const, data }];
}

type SetStock = {
  readonly productId: string;
  readonly skuId: string;
  readonly sellable?: number | undefined;
  readonly pool?: number | undefined;
  readonly ago: number;
  readonly reason: string;
};

export function decideSetStock(bag: BagState, input: SetStock, ctx: Ctx) {
  const { productId, skuId } = input;
  const product = bag.products.get(productId);
  if (!product) return reject("bag.notFound", { productId });
  const sku = product.skus.find((other) => other.skuId === skuId);
  if (!sku) return reject("bag.skuNotFound", { productId, skuId });
  const from = { sellable: sku.sellable, pool: sku.pool };
  const to = { sellable: input.sellable ?? from.sellable, pool: input.pool ?? from.pool };
  if (from.sellable === to.sellable && from.pool === to.pool) return [];
  const data = { productId, skuId, from, to, evidence: handEvidence(ctx, input.ago), reason: input.reason };
  return [{ type: "bag.stockSet.v1" as const, data }];
}

export function foldStockSet(bag: BagState, { productId, skuId, from, to }: z.infer<typeof StockSet>): BagState {
  return withProduct(bag, productId, (product) =>
    mapSkus(product, (sku) =>
      sku.skuId === skuId
        ? { ...sku, sellable: sku.sellable + to.sellable - from.sellable, pool: sku.pool + to.pool - from.pool }
        : sku,
    ),
  );
}

export function undoStockSet(
  bag: BagState,
  { productId, skuId, from, to }: z.infer<typeof StockSet>,
  evidence: Evidence,
) {
  const sku = findSku(bag, productId, skuId);
  if (!sku) return reject("undo.superseded", { productId, skuId });
  const worse = (now: number, by: number) => by < 0 && now + by < 0;
  if (worse(sku.sellable, from.sellable - to.sellable) || worse(sku.pool, from.pool - to.pool)) {
    return reject("undo.hasConsequences", { productId, skuId });
  }
  return [{ type: "bag.stockSet.v1" as const, data: { productId, skuId, from: to, to: from, evidence, reason: "" } }];
}
