import { z } from "zod";
import { FenAmount, Id, Instant, text, type Instant as InstantType } from "../units.ts";
import type { Product, Sku } from "./product.ts";

/** A wrong price that was live; the orders at it are listed by `skuId`, price and time (rule BAG12). `to: null`: it still is. */
export const WrongPrice = z.object({
  markId: Id,
  productId: Id,
  skuId: Id,
  priceFen: FenAmount,
  from: Instant,
  to: Instant.nullable(),
  note: text(400),
});
export type WrongPrice = z.infer<typeof WrongPrice>;

/** Changes of stock, signed. */
export type StockDelta = { readonly sellable: number; readonly unpaidHold: number; readonly sold: number };

export type BagState = {
  /** Rows are replaced, the map is changed in place by orders: copying 500 entries an order would make replay slow. */
  readonly products: ReadonlyMap<string, Product>;
  readonly explained: { readonly productId: string; readonly round: number; readonly since: InstantType } | null;
  /** The round that ran when the show ended. */
  readonly cutByEnd: { readonly productId: string; readonly round: number } | null;
  readonly wrongPrices: ReadonlyMap<string, WrongPrice>;
  /** Kaibo's and the platform's ids of products (`p:`) and SKUs (`s:`). */
  readonly index: ReadonlyMap<string, SkuRef>;
  /** Rows that left the plan, as they were: an undo brings back what was known of them. */
  readonly gone: {
    readonly products: ReadonlyMap<string, Product>;
    readonly skus: ReadonlyMap<string, { readonly sku: Sku; readonly index: number }>;
  };
  /**
   * What orders did without naming a known SKU, by "product sku" as the orders name them: it stands at the product, or at its only SKU, or nowhere
   * yet, and finds its place anew with each change of the plan.
   */
  readonly loose: ReadonlyMap<string, StockDelta>;
};

export type SkuRef = { readonly productId: string; readonly skuId: string | null };

export const emptyBag = (): BagState => ({
  products: new Map(),
  explained: null,
  cutByEnd: null,
  wrongPrices: new Map(),
  index: new Map(),
  gone: { products: new Map(), skus: new Map() },
  loose: new Map(),
});

/** Finds product and SKU by Kaibo's or the platform's ids. Without a known SKU: the only one, or `skuId: null`. */
export function findRef(
  bag: Pick<BagState, "index" | "products">,
  productId: string | null,
  skuId: string | null,
): SkuRef | undefined {
  const bySku = skuId === null ? undefined : bag.index.get(`s:${skuId}`);
  if (bySku) return bySku;
  const byProduct = productId === null ? undefined : bag.index.get(`p:${productId}`);
  const product = byProduct && bag.products.get(byProduct.productId);
  if (!product) return undefined;
  const only = product.skus.length === 1 ? product.skus[0] : undefined;
  return { productId: product.productId, skuId: only?.skuId ?? null };
}

export function findSku(bag: BagState, productId: string, skuId: string): Sku | undefined {
  return bag.products.get(productId)?.skus.find((sku) => sku.skuId === skuId);
}

export const byPosition = (products: ReadonlyMap<string, Product>): Product[] =>
  [...products.values()].toSorted((a, b) => a.position - b.position);

/** The state with these rows in place of the old ones. */
export function withProducts(bag: BagState, changed: readonly Product[]): BagState {
  if (changed.length === 0) return bag;
  const products = new Map(bag.products);
  for (const product of changed) products.set(product.productId, product);
  return { ...bag, products };
}

export function withProduct(bag: BagState, productId: string, change: (product: Product) => Product): BagState {
  const product = bag.products.get(productId);
  return product ? withProducts(bag, [change(product)]) : bag;
}

export function mapSkus(product: Product, change: (sku: Sku) => Sku): Product {
  return { ...product, skus: product.skus.map(change) };
}
