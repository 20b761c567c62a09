import { PRODUCTS_MAX, SHEET_SKUS_MAX, SKUS_MAX } from "../plan-limits.ts";
import type { ImportedLine, ImportedOrder } from "./imported-order.ts";
import { known } from "./known.ts";
import { DEFAULT_SKU, type SheetProduct, type SheetSku } from "./product-sheet.ts";

/**
 * The products that an order export tells of, for a show of which there is no sheet: what sold most is link 1. The price is the one that most
 * units were paid at; the stock is what was ordered, so that nothing is left to sell.
 */

type Sku = {
  readonly id: string | undefined;
  readonly name: string;
  units: number;
  readonly prices: Map<number, number>;
};
type Product = {
  readonly id: string | undefined;
  readonly name: string;
  paidFen: number;
  readonly skus: Map<string, Sku>;
};

export function productsOfOrders(orders: readonly ImportedOrder[]): SheetProduct[] {
  const products = new Map<string, Product>();
  for (const order of orders) {
    const isPaid = order.paidAt !== undefined || order.status === "paid";
    // What was cancelled before it was paid took nothing from the stock; what is still to be paid holds it.
    if (!isPaid && order.status === "cancelled") continue;
    for (const line of order.lines) count(products, line, isPaid);
  }
  const sorted = [...products.values()].toSorted((a, b) => b.paidFen - a.paidFen).slice(0, PRODUCTS_MAX);
  const taken = new Set<string>();
  let room = SHEET_SKUS_MAX;
  return sorted.flatMap((product, index): SheetProduct[] => {
    const skus = skusOf(product, taken).slice(0, Math.min(SKUS_MAX, room));
    room -= skus.length;
    const { id: platformId, name } = product;
    return skus.length === 0 ? [] : [{ linkNo: index + 1, ...known({ platformId }), name, sellingPoints: [], skus }];
  });
}

function count(products: Map<string, Product>, line: ImportedLine, isPaid: boolean): void {
  const { productId, productName, skuId, skuName, units, paidFen } = line;
  const key = productId ?? productName;
  if (key === undefined || units === 0) return;
  const product = products.get(key) ?? {
    id: productId,
    name: nameOf(productName, key),
    paidFen: 0,
    skus: new Map<string, Sku>(),
  };
  products.set(key, product);
  product.paidFen += isPaid ? paidFen : 0;
  const skuKey = skuId ?? skuName ?? "";
  const sku = product.skus.get(skuKey) ?? {
    id: skuId,
    name: nameOf(skuName, DEFAULT_SKU),
    units: 0,
    prices: new Map<number, number>(),
  };
  product.skus.set(skuKey, sku);
  sku.units += units;
  const price = Math.round(paidFen / units);
  sku.prices.set(price, (sku.prices.get(price) ?? 0) + units);
}

const NAME_MAX = 120;
const nameOf = (name: string | undefined, otherwise: string): string => (name?.trim() || otherwise).slice(0, NAME_MAX);

/** `taken`: SKU ids of the products before; an id can stand in one product only. */
function skusOf({ skus }: Product, taken: Set<string>): SheetSku[] {
  const names = new Set<string>();
  return [...skus.values()].map(({ id, name: told, units, prices }) => {
    const name = names.has(told) ? `${told.slice(0, NAME_MAX - 20)} ${(id ?? String(names.size)).slice(-16)}` : told;
    names.add(name);
    const platformId = id === undefined || taken.has(id) ? undefined : id;
    if (platformId !== undefined) taken.add(platformId);
    const [liveFen] = [...prices].reduce((best, price) => (price[1] > best[1] ? price : best), [0, 0] as [
      number,
      number,
    ]);
    return { ...known({ platformId }), name, liveFen, sellable: units, pool: 0 };
  });
}
