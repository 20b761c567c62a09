import { priceOfOne } from "#domain/net-price.ts";
import { fen } from "#domain/units.ts";
import type { CouponRow, ProductRow } from "../session/show-slices.ts";

/** What the shelf says of a product, read from its row alone. Pure. */

/** What is asked of an SKU here; the host's rows have it too. */
type PricedSku = Pick<ProductRow["skus"][number], "name" | "liveFen" | "plannedFen" | "usualFen" | "sellable">;
type Priced = { readonly skus: readonly PricedSku[] };

export type PriceRange = { readonly lowFen: number; readonly highFen: number; readonly planned: boolean };

/** Live prices, lowest to highest; before anything is priced the planned ones (`planned`). */
export function priceRange({ skus }: Priced): PriceRange {
  const live = skus.flatMap(({ liveFen }) => (liveFen === null ? [] : [liveFen]));
  const prices: readonly number[] = live.length > 0 ? live : skus.map(({ plannedFen }) => plannedFen);
  return { lowFen: Math.min(...prices), highFen: Math.max(...prices), planned: live.length === 0 };
}

export function usualFen({ skus }: Priced): number | null {
  const usual = skus.flatMap(({ usualFen: fen }) => (fen === null ? [] : [fen]));
  return usual.length === 0 ? null : Math.max(...usual);
}

/**
 * 到手价 as things stand (PRG11): the sheet's while the price is the planned one; else the live price less what running coupons take off
 * one unit, and `null` where that is the price itself.
 */
export function netNow(
  row: Priced & Pick<ProductRow, "productId" | "netPriceFen">,
  coupons: Iterable<Pick<CouponRow, "state" | "discount">>,
): number | null {
  const { lowFen, planned } = priceRange(row);
  const plannedFen = Math.min(...row.skus.map((sku) => sku.plannedFen));
  const running = [...coupons].filter(({ state }) => state === "running").map(({ discount }) => discount);
  const withCoupons = priceOfOne(fen(lowFen), row.productId, running);
  const sheetFen = planned || lowFen === plannedFen ? row.netPriceFen : null;
  const told = Math.min(sheetFen ?? withCoupons, withCoupons);
  return told < lowFen ? told : null;
}

/** 断码: SKUs that are gone while others can still be bought. */
export function brokenSizes({ skus, sellable }: Priced & Pick<ProductRow, "sellable">): readonly string[] {
  if (sellable <= 0 || skus.length < 2) return [];
  return skus.filter((sku) => sku.sellable <= 0).map(({ name }) => name);
}

/** Few enough to say so while it sells: a fifth of what was put on sale, and never over 50. */
export function isLow({ skus, sellable, saleState }: Pick<ProductRow, "skus" | "sellable" | "saleState">): boolean {
  if (saleState.value !== "onSale") return false;
  const planned = skus.reduce((sum, sku) => sum + sku.plannedSellable, 0);
  return sellable < Math.min(50, Math.max(5, Math.ceil(planned / 5)));
}

/** A price of which data say otherwise; the shop's own when it was seen. */
export function contradictedPrice({ skus }: Pick<ProductRow, "skus">): { readonly seenFen: number | null } | null {
  const wrong = skus.find(({ priceEvidence }) => priceEvidence?.seen?.agrees === false);
  return wrong ? { seenFen: wrong.seenFen ?? null } : null;
}

export type ShelfState =
  | { readonly kind: "explained"; readonly round: number }
  | { readonly kind: "priceWrong"; readonly seenFen: number | null }
  | { readonly kind: "oversold" }
  | { readonly kind: "contradicted" }
  | { readonly kind: "delisted" }
  | { readonly kind: "notInBag" }
  | { readonly kind: "notYet" }
  | { readonly kind: "soldOut" }
  | { readonly kind: "onSale"; readonly confirmed: boolean };

/** The one state that a row shows: danger first, then what runs, then what is. */
export function shelfState(row: ProductRow): ShelfState {
  const price = contradictedPrice(row);
  if (price) return { kind: "priceWrong", ...price };
  if (row.oversold) return { kind: "oversold" };
  if (row.explained) return { kind: "explained", round: row.explained.round };
  if (row.shopListing.value === "delisted") return { kind: "delisted" };
  const wrong = [row.inBag, row.saleState].some(({ evidence }) => evidence?.seen?.agrees === false);
  if (wrong) return { kind: "contradicted" };
  if (!row.inBag.value) return { kind: "notInBag" };
  if (row.saleState.value === "notYet") return { kind: "notYet" };
  if (row.saleState.value === "soldOut") return { kind: "soldOut" };
  return { kind: "onSale", confirmed: row.saleState.evidence?.seen?.agrees === true };
}
