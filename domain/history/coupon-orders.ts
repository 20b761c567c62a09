import { couponOfCode, type CouponState } from "../coupon/state.ts";
import type { OrderRecorded } from "../ops/order.ts";
import type { Ordered } from "./price-course.ts";

/** What was paid with orders that use an own coupon (HIS7). An order with codes of two coupons counts for both. */
export type CouponOrders = Ordered & { readonly couponId: string; readonly refundedFen: number };

type Paid = { orders: number; units: number; fen: number; refundedFen: number };

export type CouponPass = {
  record(recorded: OrderRecorded): void;
  result(coupon: CouponState): CouponOrders[];
};

export function createCouponOrders(): CouponPass {
  const paid = new Map<string, Paid>();
  const users = new Map<string, Set<string>>();
  return {
    record({ orderId, postings, couponsUsed, couponsReleased }) {
      const order = paid.get(orderId) ?? { orders: 0, units: 0, fen: 0, refundedFen: 0 };
      for (const { kind, orders, units, fen, freightFen } of postings) {
        if (kind === "refunded") order.refundedFen += fen + freightFen;
        if (kind !== "paid") continue;
        order.orders += orders;
        order.units += units;
        order.fen += fen + freightFen;
      }
      paid.set(orderId, order);
      for (const code of couponsUsed) {
        const of = users.get(code) ?? new Set<string>();
        users.set(code, of.add(orderId));
      }
      for (const code of couponsReleased) users.get(code)?.delete(orderId);
    },
    result(coupon) {
      const byCoupon = new Map<string, Set<string>>();
      for (const [code, orderIds] of users) {
        const found = couponOfCode(coupon, code);
        if (!found) continue;
        const { couponId } = found.coupon;
        byCoupon.set(couponId, new Set([...(byCoupon.get(couponId) ?? []), ...orderIds]));
      }
      return [...byCoupon].map(([couponId, orderIds]) => {
        const orders = [...orderIds].flatMap((orderId) => paid.get(orderId) ?? []);
        const sum = (of: keyof Paid) => orders.reduce((total, order) => total + order[of], 0);
        return {
          couponId,
          orders: sum("orders"),
          units: sum("units"),
          fen: sum("fen"),
          refundedFen: sum("refundedFen"),
        };
      });
    },
  };
}
