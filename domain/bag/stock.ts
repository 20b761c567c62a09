import { withSeen } from "../evidence.ts";
import { inPlace } from "../in-place.ts";
import type { Posting } from "../order-postings.ts";
import { isAtPrice } from "../order-price.ts";
import { poolOf, type Product, type Sku } from "./product.ts";
import { findRef, mapSkus, type BagState, type SkuRef, type StockDelta } from "./state.ts";

/** Stock follows the ledger of orders (rules BAG9–BAG11): sums of signed postings, so their order does not matter. */

/** The source of what orders prove. */
export const ORDER_SOURCE = "order";

/** The part of an order's posting that stock needs. */
export type StockPosting = Pick<Posting, "kind" | "at" | "productId" | "skuId" | "units" | "fen" | "discountFen">;

/** Placing holds, paying sells, cancelling gives back. A refund returns no stock by itself: the goods are still away. */
function deltaOf({ kind, units }: StockPosting): StockDelta {
  if (kind === "placed") return { sellable: -units, unpaidHold: units, sold: 0 };
  if (kind === "paid") return { sellable: 0, unpaidHold: -units, sold: units };
  if (kind === "cancelled") return { sellable: units, unpaidHold: -units, sold: 0 };
  return { sellable: 0, unpaidHold: 0, sold: 0 };
}

const plus = (a: StockDelta, b: StockDelta): StockDelta => ({
  sellable: a.sellable + b.sellable,
  unpaidHold: a.unpaidHold + b.unpaidHold,
  sold: a.sold + b.sold,
});

/** Folds an order's postings. Changes the maps in place (see `BagState`). */
export function foldPostings(bag: BagState, postings: readonly StockPosting[]): BagState {
  const products = inPlace(bag.products);
  for (const posting of postings) {
    if (!exactRef(bag, posting.skuId)) keepLoose(bag, posting);
    const ref = findRef(bag, posting.productId, posting.skuId);
    const product = ref && products.get(ref.productId);
    if (ref && product)
      products.set(ref.productId, confirmedBy(withStock(product, ref, deltaOf(posting)), ref, posting));
  }
  return bag;
}

const exactRef = ({ index }: BagState, skuId: string | null): SkuRef | undefined =>
  skuId === null ? undefined : index.get(`s:${skuId}`);

function keepLoose(bag: BagState, posting: StockPosting): void {
  if (posting.productId === null && posting.skuId === null) return;
  const loose = inPlace(bag.loose);
  const key = `${posting.productId ?? ""} ${posting.skuId ?? ""}`;
  const sum = plus(loose.get(key) ?? { sellable: 0, unpaidHold: 0, sold: 0 }, deltaOf(posting));
  if (sum.sellable === 0 && sum.unpaidHold === 0 && sum.sold === 0) loose.delete(key);
  else loose.set(key, sum);
}

/** The products without what is loose, before the plan changes. */
export function withoutLoose(bag: BagState): Map<string, Product> {
  const products = new Map(bag.products);
  for (const [key, { sellable, unpaidHold, sold }] of bag.loose) {
    const ref = refOfKey(bag, key);
    const product = ref && products.get(ref.productId);
    const delta = { sellable: 0 - sellable, unpaidHold: 0 - unpaidHold, sold: 0 - sold };
    if (ref && product) products.set(ref.productId, withStock(product, ref, delta));
  }
  return products;
}

/** Gives what is loose its place in the changed plan; what names a known SKU now is loose no more. Changes the maps in place. */
export function placeLoose(bag: BagState): BagState {
  const products = inPlace(bag.products);
  for (const [key, delta] of bag.loose) {
    const ref = refOfKey(bag, key);
    const product = ref && products.get(ref.productId);
    if (!ref || !product) continue;
    products.set(ref.productId, withStock(product, ref, delta));
    if (exactRef(bag, key.split(" ")[1] || null)) inPlace(bag.loose).delete(key);
  }
  return bag;
}

function refOfKey(bag: BagState, key: string): SkuRef | undefined {
  const [productId, skuId] = key.split(" ");
  return findRef(bag, productId || null, skuId || null);
}

function withStock(product: Product, { skuId }: SkuRef, delta: StockDelta): Product {
  if (skuId === null) {
    const { unpaidHold, sold } = product.noSku;
    return { ...product, noSku: { unpaidHold: unpaidHold + delta.unpaidHold, sold: sold + delta.sold } };
  }
  return mapSkus(product, (sku) => (sku.skuId === skuId ? { ...sku, ...plus(sku, delta) } : sku));
}

/** An order that was placed is evidence: the product was in the bag, on sale, and at this price. */
function confirmedBy(product: Product, { skuId }: SkuRef, posting: StockPosting): Product {
  if (posting.kind !== "placed" || posting.units === 0) return product;
  const seen = { at: posting.at, source: ORDER_SOURCE, agrees: true };
  const confirm = <T extends Product["inBag"] | Product["saleState"]>(fact: T, holds: boolean): T => {
    if (!holds || !fact.evidence || posting.units < 0) return fact;
    const evidence = withSeen(fact.evidence, seen);
    return evidence === fact.evidence ? fact : { ...fact, evidence };
  };
  const confirmed = {
    ...product,
    inBag: confirm(product.inBag, product.inBag.value),
    saleState: confirm(product.saleState, product.saleState.value === "onSale"),
  };
  return mapSkus(confirmed, (sku) => (sku.skuId === skuId ? pricedBy(sku, posting) : sku));
}

function pricedBy(sku: Sku, posting: StockPosting): Sku {
  const { priceEvidence } = sku;
  if (!priceEvidence || posting.at < priceEvidence.happenedAt) return sku;
  const placedAtPrice = sku.placedAtPrice + posting.units;
  const { units, fen: paidFen, discountFen } = posting;
  if (sku.liveFen === null || !isAtPrice({ units, paidFen, discountFen }, sku.liveFen))
    return { ...sku, placedAtPrice };
  return {
    ...sku,
    placedAtPrice,
    priceEvidence: withSeen(priceEvidence, { at: posting.at, source: ORDER_SOURCE, agrees: true }),
  };
}

/** Spreads `units` over SKUs by what each has in its pool (largest remainder, ties to the first). Never more than a pool holds. */
export function spreadByPool(
  skus: readonly Pick<Sku, "skuId" | "pool">[],
  units: number,
): { skuId: string; units: number }[] {
  const total = poolOf({ skus });
  if (total <= 0) return [];
  const shares = skus
    .filter(({ pool }) => pool > 0)
    .map(({ skuId, pool }) => ({
      skuId,
      units: Math.floor((units * pool) / total),
      rest: (units * pool) % total,
    }));
  let left = units - shares.reduce((sum, share) => sum + share.units, 0);
  for (const share of shares.toSorted((a, b) => b.rest - a.rest)) {
    if (left === 0) break;
    share.units += 1;
    left -= 1;
  }
  return shares.filter((share) => share.units > 0).map(({ skuId, units: given }) => ({ skuId, units: given }));
}
