import type { Fen } from "../units.ts";
import { poolOf, sellableOf, type Product, type Sku } from "./product.ts";

/** What each audience sees of a product. */

/** Without what only rules ask for: 500 products of four SKUs make most of a control room's snapshot. */
export function controlRow({ noSku, ...product }: Product) {
  return {
    ...product,
    skus: product.skus.map(controlSku),
    sellable: sellableOf({ ...product, noSku }),
    pool: poolOf(product),
    unpaidHold: noSku.unpaidHold + product.skus.reduce((sum, sku) => sum + sku.unpaidHold, 0),
    sold: noSku.sold + product.skus.reduce((sum, sku) => sum + sku.sold, 0),
    oversold: sellableOf({ ...product, noSku }) < 0 || product.skus.some((sku) => sku.sellable < 0),
  };
}

/** What was never seen is not there: most SKUs never are. */
function controlSku({ placedAtPrice: _placed, seenFenAt: _at, seenFen, seenUnits, ...sku }: Sku) {
  return {
    ...sku,
    ...(seenFen === null ? {} : { seenFen }),
    ...(seenUnits === null ? {} : { seenUnits }),
  };
}

/** What a host says and needs to know; no floors, no notes between operators, no unpaid orders. */
export function hostRow(product: Product) {
  const { productId, linkNo, position, name, pictureUrl, mechanism, role, sellingPoints, explainMs } = product;
  return {
    productId,
    linkNo,
    position,
    name,
    pictureUrl,
    mechanism,
    netPriceFen: netPriceTold(product),
    role,
    sellingPoints,
    explainMs,
    inBag: product.inBag.value,
    saleState: product.saleState.value,
    explained: product.explained && { round: product.explained.round, since: product.explained.since },
    sellable: sellableOf(product),
    pool: poolOf(product),
    skus: product.skus.map(({ skuId, name: sku, liveFen, plannedFen, usualFen, sellable }) => ({
      skuId,
      name: sku,
      liveFen,
      plannedFen,
      usualFen,
      sellable,
    })),
  };
}

/** Only what is in the bag, and its price only once it is on sale. */
export function viewerRow(product: Product) {
  if (!product.inBag.value) return undefined;
  const { productId, linkNo, position, name, pictureUrl, mechanism } = product;
  const shown = product.saleState.value !== "notYet";
  return {
    productId,
    linkNo,
    position,
    name,
    pictureUrl,
    mechanism,
    priceFen: shown ? least(product.skus.map((sku) => sku.liveFen)) : null,
    usualFen: shown ? least(product.skus.map((sku) => sku.usualFen)) : null,
    netPriceFen: shown ? netPriceTold(product) : null,
    saleState: product.saleState.value,
    explained: product.explained !== null,
  };
}

/** 到手价 is planned, and the price may have been lowered to it since: then it would say that the goods cost more (PRG11). */
function netPriceTold({ netPriceFen, skus }: Pick<Product, "netPriceFen" | "skus">): Fen | null {
  const priceFen = least(skus.map((sku) => sku.liveFen));
  return netPriceFen !== null && (priceFen === null || netPriceFen < priceFen) ? netPriceFen : null;
}

function least(prices: readonly (Fen | null)[]): Fen | null {
  return prices.reduce((low, price) => (price !== null && (low === null || price < low) ? price : low), null);
}
