import { z } from "zod";
import { reject } from "../op.ts";
import { same } from "../same.ts";
import { Id } from "../units.ts";
import { byPosition, withProducts, type BagState } from "./state.ts";

/** The order in which products stand; link numbers stay with their products (rule BAG3). */

export const Reordered = z.object({ from: z.array(Id), to: z.array(Id) });
type Reordered = z.infer<typeof Reordered>;

const idsOf = (bag: BagState): string[] => byPosition(bag.products).map(({ productId }) => productId);

export function decideReorder(bag: BagState, to: string[]) {
  const from = idsOf(bag);
  const named = new Set(to);
  if (to.length !== from.length || from.some((productId) => !named.has(productId))) {
    return reject("state.changed", { productIds: from });
  }
  return same(from, to) ? [] : [{ type: "bag.reordered.v1" as const, data: { from, to } }];
}

export function foldReorder(bag: BagState, { to }: Reordered): BagState {
  const moved = to.flatMap((productId, position) => {
    const product = bag.products.get(productId);
    return product && product.position !== position ? [{ ...product, position }] : [];
  });
  return withProducts(bag, moved);
}

export function undoReorder(bag: BagState, { from, to }: Reordered) {
  if (!same(idsOf(bag), to)) return reject("undo.superseded", { field: "order" });
  return [{ type: "bag.reordered.v1" as const, data: { from: to, to: from } }];
}
