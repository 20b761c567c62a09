import { findRef, type BagState } from "../bag/state.ts";
import type { OrderRecorded } from "../ops/order.ts";

/**
 * What orders did to each SKU, in time. Kept by the ids that orders name and turned into Kaibo's at the end: a product may get its platform id after
 * its orders came in.
 */

/** A change of what could be bought: minus where units were ordered. */
export type StockMove = { readonly at: number; readonly units: number };
/** What one order placed of the SKU; sums of signed postings, so a corrected order stands once. */
export type PlacedLine = {
  readonly orderId: string;
  at: number;
  units: number;
  paidFen: number;
  discountFen: number;
};
export type SkuOrders = { readonly moves: StockMove[]; readonly placed: Map<string, PlacedLine> };

export type OrdersBySku = {
  record(recorded: OrderRecorded): void;
  /** By Kaibo's SKU id. Orders that name none of a product's several SKUs are in none. */
  bySku(bag: BagState): ReadonlyMap<string, SkuOrders>;
};

type Named = SkuOrders & { readonly productId: string | null; readonly skuId: string | null };

export function createLedgerOfOrders(): OrdersBySku {
  const named = new Map<string, Named>();
  const of = (productId: string | null, skuId: string | null): Named => {
    const key = `${productId ?? ""} ${skuId ?? ""}`;
    const known = named.get(key);
    if (known) return known;
    const fresh: Named = { productId, skuId, moves: [], placed: new Map() };
    named.set(key, fresh);
    return fresh;
  };
  return {
    record({ orderId, postings }) {
      for (const { kind, at, productId, skuId, units, fen, discountFen } of postings) {
        if (productId === null && skuId === null) continue;
        const sku = of(productId, skuId);
        if (units !== 0 && kind === "placed") sku.moves.push({ at, units: -units });
        if (units !== 0 && kind === "cancelled") sku.moves.push({ at, units });
        if (kind !== "placed" || (units === 0 && fen === 0)) continue;
        const line = sku.placed.get(orderId) ?? { orderId, at, units: 0, paidFen: 0, discountFen: 0 };
        line.units += units;
        line.paidFen += fen;
        line.discountFen += discountFen;
        if (units > 0) line.at = at;
        sku.placed.set(orderId, line);
      }
    },
    bySku(bag) {
      const found = new Map<string, SkuOrders>();
      for (const { productId, skuId, moves, placed } of named.values()) {
        const ref = findRef(bag, productId, skuId);
        if (!ref || ref.skuId === null) continue;
        const into = found.get(ref.skuId) ?? { moves: [], placed: new Map<string, PlacedLine>() };
        found.set(ref.skuId, into);
        for (const move of moves) into.moves.push(move);
        // The same order may name the SKU by either id, in reports of two sources.
        for (const line of placed.values()) if (line.units > 0) into.placed.set(line.orderId, line);
      }
      return found;
    },
  };
}
