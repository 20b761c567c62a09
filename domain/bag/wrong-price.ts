import { z } from "zod";
import { reject, type Ctx } from "../op.ts";
import { FenAmount, Id, Instant, text } from "../units.ts";
import { findSku, type BagState, type WrongPrice } from "./state.ts";

/** Marking a price that should not have been live (rule BAG12). Without `to`: it still is, or ended now. */

export const WrongPriceInput = z.object({
  productId: Id,
  skuId: Id,
  priceFen: FenAmount,
  from: Instant,
  to: Instant.optional(),
  note: text(400).default(""),
});

export function decideMarkWrongPrice(bag: BagState, input: z.infer<typeof WrongPriceInput>, ctx: Ctx) {
  const { productId, skuId, priceFen, from, to, note } = input;
  const sku = findSku(bag, productId, skuId);
  if (!sku) return reject("bag.skuNotFound", { productId, skuId });
  const until = to ?? (sku.liveFen === priceFen ? null : ctx.now);
  if (from > ctx.now || (until !== null && until < from)) return reject("bag.wrongPriceTimes");
  const mark = { markId: ctx.newId(), productId, skuId, priceFen, from, to: until, note };
  return [{ type: "bag.wrongPriceMarked.v1" as const, data: mark }];
}

export function foldMarked(bag: BagState, mark: WrongPrice): BagState {
  return { ...bag, wrongPrices: new Map(bag.wrongPrices).set(mark.markId, mark) };
}

export function foldUnmarked(bag: BagState, { markId }: WrongPrice): BagState {
  return { ...bag, wrongPrices: new Map([...bag.wrongPrices].filter(([id]) => id !== markId)) };
}

export function undoMarked(bag: BagState, { markId }: WrongPrice) {
  const now = bag.wrongPrices.get(markId);
  return now ? [{ type: "bag.wrongPriceUnmarked.v1" as const, data: now }] : reject("undo.superseded", { markId });
}
