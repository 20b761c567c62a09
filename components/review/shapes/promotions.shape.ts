import type { CouponOrders } from "#domain/history/coupon-orders.ts";
import type { CouponRow, LotteryRow, ShowSlices } from "../../session/show-slices.ts";

/** Coupons and lotteries with what came of them. Shop coupons by what the shop said, `null` where it said nothing. Pure; also for the meeting. */

export type CouponLine = {
  readonly couponId: string;
  readonly title: string;
  readonly carrier: CouponRow["carrier"];
  readonly discount: CouponRow["discount"];
  readonly pushes: number;
  /** The last push. */
  readonly pushedAt: number | null;
  readonly total: number | null;
  readonly claimed: number | null;
  readonly used: number | null;
  /** Of the claimed. */
  readonly usedShare: number | null;
  /** Paid with orders that use it; `null`: a shop coupon, or the history is not there yet. */
  readonly orders: number | null;
  readonly paidFen: number | null;
  readonly refundedFen: number | null;
  /** What the counts rest on, and when it was said. `null`: nobody said it. */
  readonly source: "own" | { readonly name: string; readonly at: number } | null;
};

export function couponLines(
  { coupons }: Pick<ShowSlices, "coupons">,
  paid: readonly CouponOrders[] | null,
): readonly CouponLine[] {
  return [...coupons.values()]
    .filter(({ state }) => state !== "planned")
    .map((coupon) => {
      const { couponId, title, carrier, discount, pushes, pushed } = coupon;
      const counts = carrier === "own" ? ownCounts(coupon) : shopCounts(coupon);
      const orders = carrier === "own" && paid ? paid.find((row) => row.couponId === couponId) : undefined;
      const known = carrier === "own" && paid !== null;
      return {
        couponId,
        title,
        carrier,
        discount,
        pushes,
        pushedAt: pushed?.happenedAt ?? null,
        ...counts,
        usedShare: counts.claimed && counts.used !== null ? counts.used / counts.claimed : null,
        orders: known ? (orders?.orders ?? 0) : null,
        paidFen: known ? (orders?.fen ?? 0) : null,
        refundedFen: known ? (orders?.refundedFen ?? 0) : null,
      };
    })
    .toSorted((a, b) => (a.pushedAt ?? Infinity) - (b.pushedAt ?? Infinity));
}

const ownCounts = ({ total, claimed, used }: CouponRow) => ({ total, claimed, used, source: "own" as const });

const shopCounts = ({ total, shop }: CouponRow) => ({
  total: shop?.issued ?? total,
  claimed: shop?.received ?? null,
  used: shop?.used ?? null,
  source: shop ? { name: shop.source, at: shop.at } : null,
});

export type LotteryLine = {
  readonly lotteryId: string;
  readonly title: string;
  readonly carrier: LotteryRow["carrier"];
  readonly state: LotteryRow["state"];
  readonly openedAt: number | null;
  readonly closesAt: number | null;
  /** `null`: how many entered a 福袋 the platform alone knows. */
  readonly entries: number | null;
  readonly winnersPlanned: number;
  /** Drawn, or typed in. */
  readonly winners: number;
  readonly prizeFen: number;
};

export function lotteryLines({ lotteries }: Pick<ShowSlices, "lotteries">): readonly LotteryLine[] {
  return [...lotteries.values()]
    .filter(({ state }) => state !== "planned")
    .map(({ lotteryId, title, carrier, state, openedAt, closesAt, entries, odds, winners, prizes }) => ({
      lotteryId,
      title,
      carrier,
      state,
      openedAt,
      closesAt,
      entries: carrier === "ownDraw" || entries > 0 ? entries : null,
      winnersPlanned: odds.winners,
      winners: winners.length,
      prizeFen: prizes.reduce((sum, { count, valueFen }) => sum + count * valueFen, 0),
    }))
    .toSorted((a, b) => (a.openedAt ?? Infinity) - (b.openedAt ?? Infinity));
}
