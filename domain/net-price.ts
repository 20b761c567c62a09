import { z } from "zod";
import { FenAmount, fen, Id, type Fen } from "./units.ts";

/** What a coupon takes off (rules PRG5–PRG7). `productIds: null`: every product. */
const scope = { productIds: z.array(Id).min(1).max(500).nullable() };

export const Discount = z.discriminatedUnion("kind", [
  /** 满减: `offFen` off when the order reaches `thresholdFen`. */
  z.object({ kind: z.literal("moneyOff"), thresholdFen: FenAmount, offFen: FenAmount, ...scope }),
  /** 直减: `offFen` off, without a threshold. */
  z.object({ kind: z.literal("direct"), offFen: FenAmount, ...scope }),
  /** 折扣: `payPercent` 85 is 八五折. `maxOffFen` caps what it takes off. */
  z.object({
    kind: z.literal("percent"),
    payPercent: z.int().min(1).max(99),
    maxOffFen: FenAmount.nullable(),
    ...scope,
  }),
]);
export type Discount = z.infer<typeof Discount>;

/**
 * The least that one unit can cost a buyer who stacks coupons as well as the platform may allow: the guard asks for the worst case.
 * One coupon of each kind: percent, then direct, then money-off. A threshold is tested on the price before the others.
 * A money-off that one unit doesn't reach counts by the share of the fewest units that do.
 */
export function netPrice(priceFen: Fen, productId: string, running: readonly Discount[]): Fen {
  return lessBest(priceFen, productId, running, moneyOffShareFen);
}

/** Rule PRG11: 到手价 as people are told it. Who takes one unit must be able to pay it: a money-off that one unit doesn't reach takes nothing off. */
export function priceOfOne(priceFen: Fen, productId: string, running: readonly Discount[]): Fen {
  return lessBest(priceFen, productId, running, (price, threshold, off) => (price < threshold ? 0 : off));
}

type MoneyOff = (priceFen: number, thresholdFen: number, offFen: number) => number;

function lessBest(priceFen: Fen, productId: string, running: readonly Discount[], moneyOffFen: MoneyOff): Fen {
  const applying = running.filter(({ productIds }) => productIds === null || productIds.includes(productId));
  const best = (of: (discount: Discount) => number) =>
    applying.reduce((most, discount) => Math.max(most, of(discount)), 0);
  const percentOff = best((d) => (d.kind === "percent" ? percentOffFen(priceFen, d.payPercent, d.maxOffFen) : 0));
  const directOff = best((d) => (d.kind === "direct" ? d.offFen : 0));
  const moneyOff = best((d) => (d.kind === "moneyOff" ? moneyOffFen(priceFen, d.thresholdFen, d.offFen) : 0));
  return fen(Math.max(0, priceFen - percentOff - directOff - moneyOff));
}

function percentOffFen(priceFen: number, payPercent: number, maxOffFen: number | null): number {
  const off = Math.ceil((priceFen * (100 - payPercent)) / 100);
  return maxOffFen === null ? off : Math.min(off, maxOffFen);
}

function moneyOffShareFen(priceFen: number, thresholdFen: number, offFen: number): number {
  if (priceFen <= 0) return 0;
  const units = Math.max(1, Math.ceil(thresholdFen / priceFen));
  return Math.ceil(offFen / units);
}
