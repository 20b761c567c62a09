import { yuan } from "../format/money.ts";
import type { MyCoupon, ViewerCoupon } from "./viewer-data.ts";
import type { Words } from "./viewer-strings.ts";

/** What a person can do with an own coupon, and how its worth reads. */

export type CouponStand = "claimable" | "held" | "gone" | "notYet" | "stopped" | "over";

export function couponStand(coupon: ViewerCoupon, mine: readonly MyCoupon[], now: number): CouponStand {
  const held = mine.filter(({ couponId }) => couponId === coupon.couponId).length;
  if (held >= coupon.perPerson) return "held";
  const closed = closedStand(coupon, now);
  if (closed) return held > 0 ? "held" : closed;
  if ("left" in coupon && coupon.left !== null && coupon.left <= 0) return held > 0 ? "held" : "gone";
  return "claimable";
}

function closedStand({ state, claimFrom, claimTo }: ViewerCoupon, now: number): CouponStand | null {
  if (state === "ended" || (claimTo !== null && now >= claimTo)) return "over";
  if (state !== "running") return "stopped";
  return claimFrom !== null && now < claimFrom ? "notYet" : null;
}

export type Worth = { readonly big: string; readonly small: string };

export function worthOf({ discount }: Pick<ViewerCoupon, "discount">, words: Words): Worth {
  switch (discount.kind) {
    case "moneyOff":
      return { big: yuan(discount.offFen), small: words.moneyOff(yuan(discount.thresholdFen)) };
    case "direct":
      return { big: yuan(discount.offFen), small: words.direct };
    case "percent":
      return {
        big: words.percent(discount.payPercent),
        small: discount.maxOffFen === null ? words.percentAll : words.percentCap(yuan(discount.maxOffFen)),
      };
    default:
      return discount satisfies never;
  }
}
