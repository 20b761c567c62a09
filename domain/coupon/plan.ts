import type { Discount } from "../net-price.ts";
import { reject, type Rejection } from "../op.ts";
import type { Coupon, CouponPlan, CouponState, Planned } from "./state.ts";

export function newCoupon(planned: Planned): Coupon {
  return {
    ...planned,
    state: "planned",
    pushes: 0,
    pushed: null,
    issued: 0,
    claimed: 0,
    used: 0,
    usedTwice: 0,
    shop: null,
  };
}

/** What may still be mended of a coupon that people have been promised (COU2). */
const LOOSE = ["title", "rules", "link"];

export const promisedFields = (fields: readonly string[]): string[] => fields.filter((field) => !LOOSE.includes(field));

export function refusePlan({
  claimFrom,
  claimTo,
  discount,
}: Pick<CouponPlan, "claimFrom" | "claimTo" | "discount">): Rejection | undefined {
  if (claimFrom !== null && claimTo !== null && claimTo <= claimFrom) return reject("coupon.endsBeforeStart");
  if (discount.kind !== "percent" && discount.offFen === 0) return reject("coupon.takesNothingOff");
  if (discount.kind === "moneyOff" && discount.offFen > discount.thresholdFen)
    return reject("coupon.offAboveThreshold");
  return undefined;
}

/** What running coupons take off, for the price guard. */
export function runningDiscounts(own: CouponState, now: number): Discount[] {
  return [...own.coupons.values()]
    .filter(({ state, claimTo }) => state === "running" && (claimTo === null || now < claimTo))
    .map(({ discount }) => discount);
}
