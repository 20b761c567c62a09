import type { ProductFiguresRow, ProductRow } from "../session/show-slices.ts";

/** Which products the shelf lists, and in which order. Worked out when a person asks, never by itself: nothing jumps under the pointer. */

export const SHELF_SORTS = ["plan", "linkNo", "price", "sellable", "sold", "paid", "clickToPay"] as const;
export type ShelfSort = (typeof SHELF_SORTS)[number];
export const SHELF_FILTERS = ["all", "bag", "onSale", "notYet", "soldOut", "low"] as const;
export type ShelfFilter = (typeof SHELF_FILTERS)[number];

export type ShelfWish = {
  readonly sort: ShelfSort;
  readonly descending: boolean;
  readonly filter: ShelfFilter;
  readonly text: string;
};

export const FIRST_WISH: ShelfWish = { sort: "plan", descending: false, filter: "all", text: "" };

type Facts = { readonly row: ProductRow; readonly figures: ProductFiguresRow | undefined; readonly low: boolean };

export function shelfOrder(facts: readonly Facts[], wish: ShelfWish): string[] {
  const wanted = wish.text.trim().toLowerCase();
  const shown = facts.filter((one) => matches(one.row, wanted) && fits(one, wish.filter));
  const sign = wish.descending ? -1 : 1;
  return shown
    .toSorted((a, b) => sign * (valueOf(a, wish.sort) - valueOf(b, wish.sort)) || a.row.position - b.row.position)
    .map(({ row }) => row.productId);
}

/** By number ("12"), name, role, or a SKU's name. */
function matches({ linkNo, name, role, skus }: ProductRow, wanted: string): boolean {
  if (wanted === "") return true;
  if (/^\d+$/.test(wanted) && String(linkNo).startsWith(wanted)) return true;
  return [name, role, ...skus.map((sku) => sku.name)].some((text) => text.toLowerCase().includes(wanted));
}

function fits({ row, low }: Facts, filter: ShelfFilter): boolean {
  switch (filter) {
    case "all":
      return true;
    case "bag":
      return row.inBag.value;
    case "low":
      return low || row.oversold;
    case "onSale":
    case "notYet":
    case "soldOut":
      return row.saleState.value === filter;
    default:
      return filter satisfies never;
  }
}

function valueOf({ row, figures }: Facts, sort: ShelfSort): number {
  switch (sort) {
    case "plan":
      return row.position;
    case "linkNo":
      return row.linkNo;
    case "price":
      return Math.min(...row.skus.map(({ liveFen, plannedFen }) => liveFen ?? plannedFen));
    case "sellable":
      return row.sellable;
    case "sold":
      return row.sold;
    case "paid":
      return figures?.paid.fen ?? 0;
    case "clickToPay":
      return figures?.clickToPay.value ?? -1;
    default:
      return sort satisfies never;
  }
}
