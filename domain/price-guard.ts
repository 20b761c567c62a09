import { netPrice, type Discount } from "./net-price.ts";
import { reject, type Json, type Rejection } from "./op.ts";
import type { Fen } from "./units.ts";

/** A price that is this many times the plan, or this fraction of it, is a slip of the hand (PRG2). */
export const IMPLAUSIBLE_TIMES = 10;

export type PriceAsked = {
  readonly priceFen: Fen;
  /** The price typed a second time. */
  readonly confirmFen: Fen | undefined;
  readonly plannedFen: Fen | null;
  /** What the price is measured against where the plan has none or ¥0. */
  readonly usualFen: Fen | null;
  readonly floorFen: Fen | null;
  readonly productId: string;
  /** What the words of a refusal name. */
  readonly subject: { readonly [key: string]: Json };
  readonly running: readonly Discount[];
  /** It stood before and passed then (a price that stays, one that is taken back): it need not be typed again, but the floor is asked anew. */
  readonly stoodBefore?: boolean;
};

/** Rules PRG1–PRG4, PRG9: the planned price passes; any other, or a net price under the floor, is typed again; an implausible one never passes. */
export function guardPrice(asked: PriceAsked): Rejection | undefined {
  const { priceFen, plannedFen, floorFen, confirmFen } = asked;
  const netFen = netPrice(priceFen, asked.productId, asked.running);
  const planned = priceFen === plannedFen;
  const belowFloor = floorFen !== null && netFen < floorFen;
  if (planned && !belowFloor) return undefined;
  const data = { ...asked.subject, priceFen, plannedFen, floorFen, netFen, belowFloor };
  if (!planned && implausible(priceFen, plannedFen || asked.usualFen || null)) return reject("price.implausible", data);
  if (asked.stoodBefore && !belowFloor) return undefined;
  return confirmFen === priceFen ? undefined : reject("price.retype", data);
}

/** PRG10: during the show a plan that moves ten times at once is a slip too; it would let the wrong price pass as planned. */
export function guardPlannedPrice(asked: {
  readonly fromFen: Fen;
  readonly toFen: Fen;
  readonly subject: PriceAsked["subject"];
}): Rejection | undefined {
  const { fromFen, toFen, subject } = asked;
  if (!implausible(toFen, fromFen)) return undefined;
  return reject("price.implausible", { ...subject, priceFen: toFen, plannedFen: fromFen });
}

/** Why it is asked again shows in `belowFloor`; the words are chosen by the screen. */
function implausible(priceFen: number, againstFen: number | null): boolean {
  if (againstFen === null || againstFen === 0) return false;
  return priceFen >= againstFen * IMPLAUSIBLE_TIMES || priceFen * IMPLAUSIBLE_TIMES <= againstFen;
}
