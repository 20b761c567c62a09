import { z } from "zod";
import { Evidence, handEvidence } from "../evidence.ts";
import { reject, type Ctx } from "../op.ts";
import { Id } from "../units.ts";
import { currentExplained, endOf } from "./explain.ts";
import { SaleFact, type Product } from "./product.ts";
import { withProduct, type BagState } from "./state.ts";

/** Facts that a hand sets: in the bag (上架到购物袋), sale state, listed in the shop. Each carries what it was before, for undo. */

const InBag = z.object({ value: z.boolean(), evidence: Evidence.nullable() });
export const InBagSet = z.object({ productId: Id, from: InBag, evidence: Evidence });
export const InBagRestored = z.object({ productId: Id, to: InBag });
export const SaleStateSet = z.object({ productId: Id, from: SaleFact, to: SaleFact });

export function setInBag(own: BagState, productId: string, inBag: Product["inBag"]): BagState {
  return withProduct(own, productId, (product) => ({ ...product, inBag }));
}

/** 移入购物袋; a hand that puts in what is there already is told so. */
export function decideAdd(own: BagState, productId: string, evidence: Evidence) {
  const product = own.products.get(productId);
  if (!product) return reject("bag.notFound", { productId });
  if (product.inBag.value) return reject("bag.alreadyInBag", { productId });
  return [{ type: "bag.added.v1" as const, data: { productId, from: product.inBag, evidence } }];
}

/** 移出购物袋; what is explained ends with it. */
export function decideRemove(own: BagState, productId: string, ago: number, ctx: Ctx) {
  const product = own.products.get(productId);
  if (!product) return reject("bag.notFound", { productId });
  if (!product.inBag.value) return reject("bag.notInBag", { productId });
  const explained = currentExplained(own);
  return [
    ...(explained?.productId === productId ? [endOf(explained, ago, ctx)] : []),
    { type: "bag.removed.v1" as const, data: { productId, from: product.inBag, evidence: handEvidence(ctx, ago) } },
  ];
}

export function undoInBag(own: BagState, { productId, from }: z.infer<typeof InBagSet>, became: boolean) {
  const product = own.products.get(productId);
  if (product?.inBag.value !== became) return reject("undo.superseded", { productId });
  if (became && product.explained) return reject("undo.hasConsequences", { productId });
  return [{ type: "bag.inBagRestored.v1" as const, data: { productId, to: from } }];
}

/** The two ways that a sale goes back and forth; it begins with `openSale`. */
const TURNS = {
  soldOut: { from: "onSale", to: "soldOut", refusal: "bag.notOnSale" },
  reopen: { from: "soldOut", to: "onSale", refusal: "bag.notSoldOut" },
} as const;

export function turnSale(own: BagState, productId: string, turn: keyof typeof TURNS, evidence: Evidence) {
  const product = own.products.get(productId);
  if (!product) return reject("bag.notFound", { productId });
  const { from, to, refusal } = TURNS[turn];
  const now = product.saleState;
  if (now.value !== from) return reject(refusal, { productId, saleState: now.value });
  return [{ type: "bag.saleStateSet.v1" as const, data: { productId, from: now, to: { value: to, evidence } } }];
}

export function undoSaleState(own: BagState, { productId, from, to }: z.infer<typeof SaleStateSet>) {
  const now = own.products.get(productId)?.saleState;
  if (now?.value !== to.value) return reject("undo.superseded", { productId });
  return [{ type: "bag.saleStateSet.v1" as const, data: { productId, from: now, to: from } }];
}

export function setListing(own: BagState, productId: string, to: "listed" | "delisted", evidence: Evidence) {
  const product = own.products.get(productId);
  if (!product) return reject("bag.notFound", { productId });
  const from = product.shopListing.value;
  if (from === to) return reject(to === "listed" ? "bag.alreadyListed" : "bag.alreadyDelisted", { productId });
  return [{ type: "bag.listingSet.v1" as const, data: { productId, from, to, evidence } }];
}
