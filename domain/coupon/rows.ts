import type { Coupon } from "./state.ts";

/** What each audience sees of a coupon. The salt of its codes is in none. */

export function controlRow({ salt: _salt, no: _no, ...row }: Coupon) {
  return { ...row, left: leftOf(row) };
}

export function hostRow(coupon: Coupon) {
  const { couponId, carrier, title, discount, state, claimTo, total } = coupon;
  return { couponId, carrier, title, discount, state, claimTo, total, left: leftOf(coupon) };
}

/** Not before it is pushed: what is coming is a surprise. */
export function viewerRow(coupon: Coupon) {
  const { couponId, carrier, title, discount, state, total, perPerson, claimFrom, claimTo, useUntil, rules, link } =
    coupon;
  if (state === "planned") return undefined;
  const shown = { couponId, carrier, title, discount, state, perPerson, claimFrom, claimTo, useUntil, rules, link };
  // How many of a shop coupon are left only the shop knows.
  return carrier === "own" ? { ...shown, total, left: leftOf(coupon) } : shown;
}

/** Own coupons: exact. Shop coupons: by what the shop said last, `null` when it said nothing. */
export function leftOf({
  carrier,
  total,
  claimed,
  shop,
}: Pick<Coupon, "carrier" | "total" | "claimed" | "shop">): number | null {
  if (carrier === "own") return total - claimed;
  return shop?.received == null ? null : Math.max(0, (shop.issued ?? total) - shop.received);
}
