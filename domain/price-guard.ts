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
};

/** Rules PRG1–PRG4: the planned price passes; any other, or a net price under the floor, is typed again; an implausible one never passes. */
export function guardPrice(asked: PriceAsked): Rejection | undefined {
  const { priceFen, plannedFen, floorFen, confirmFen } = asked;
  const netFen = netPrice(priceFen, asked.productId, asked.running);
  const planned = priceFen === plannedFen;
  const belowFloor = floorFen !== null && netFen < floorFen;
  if (planned && !belowFloor) return undefined;
  const data = { ...asked.subject, priceFen, plannedFen, floorFen, netFen, belowFloor };
  if (!planned && implausible(priceFen, plannedFen || asked.usualFen || null)) return reject("price.implausible", data);
  return confirmFen === priceFen ? undefined : reject("price.retype", data);
}

/** Why it is asked again shows in `belowFloor`; the words are chosen by the screen. */
function implausible(priceFen: number, againstFen: number | null): boolean {
  if (againstFen === null || againstFen === 0) return false;
  return priceFen >= againstFen * IMPLAUSIBLE_TIMES || priceFen * IMPLAUSIBLE_TIMES <= againstFen;
}
