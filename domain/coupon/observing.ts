import { z } from "zod";
import { defined } from "../partial.ts";
import { Id, Instant, PlatformId, text, type Instant as InstantType } from "../units.ts";
import type { CouponState } from "./state.ts";

/** What the shop says of its coupons (rule COU11). */

const Count = z.int().min(0).max(100_000_000);
const Counts = z.object({ issued: Count.nullable(), received: Count.nullable(), used: Count.nullable() });

/** Ids are Kaibo's or the shop's. `at`: when the source saw it; default now. */
export const CouponLooks = z.object({
  source: text(40, 1),
  at: Instant.optional(),
  coupons: z.array(Counts.partial().extend({ couponId: PlatformId })).max(200),
});

export const CouponSeen = Counts.extend({ couponId: Id, at: Instant, source: z.string() });

/** Only what tells something new makes an event; what an older look says counts no more. */
export function decideObserve(own: CouponState, looks: z.infer<typeof CouponLooks>, now: InstantType) {
  const { source, coupons } = looks;
  const at = looks.at !== undefined && looks.at < now ? looks.at : now;
  return coupons.flatMap(({ couponId, ...counts }) => {
    const coupon =
      own.coupons.get(couponId) ?? [...own.coupons.values()].find(({ platformId }) => platformId === couponId);
    if (!coupon || (coupon.shop && coupon.shop.at > at)) return [];
    const { shop } = coupon;
    const { issued, received, used } = { issued: null, received: null, used: null, ...shop, ...defined(counts) };
    if (shop && shop.issued === issued && shop.received === received && shop.used === used) return [];
    const data = { couponId: coupon.couponId, issued, received, used, at, source };
    return [{ type: "coupon.observed.v1" as const, data }];
  });
}
