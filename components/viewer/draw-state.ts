import { couponStand } from "./coupon-state.ts";
import {
  isOwnDraw,
  type Me,
  type MyDraw,
  type OwnDraw,
  type ViewerCoupon,
  type ViewerLottery,
  type ViewerShow,
} from "./viewer-data.ts";

/** Where a draw stands for one person. */

export type DrawStand = "open" | "closing" | "closed" | "drawn" | "cancelled";

export function drawStand({ state, closesAt }: ViewerLottery, now: number): DrawStand {
  if (state === "open" && closesAt !== null && now >= closesAt) return "closing";
  return state;
}

export const myDraw = (me: Me | null, lotteryId: string): MyDraw | null =>
  me?.me.lottery.find((mine) => mine.lotteryId === lotteryId) ?? null;

/** Chance of one entry, as people read it. */
export function chanceText(winners: number, entries: number): string {
  const chance = Math.min(1, winners / Math.max(1, entries));
  if (chance === 1) return "100%";
  const percent = chance * 100;
  return `${percent >= 10 ? percent.toFixed(0) : percent >= 0.1 ? percent.toFixed(1) : percent.toPrecision(1)}%`;
}

export type FirstAct =
  | { readonly kind: "claim"; readonly coupon: ViewerCoupon }
  | { readonly kind: "draw"; readonly draw: OwnDraw };

/** The one thing to do on the page now: what can be had at once before what may be won. */
export function firstAct({ slices }: ViewerShow, me: Me | null, now: number): FirstAct | null {
  for (const [, coupon] of slices.coupons) {
    if (
      coupon.carrier === "own" &&
      couponStand(coupon, me?.me.coupon ?? [], now) === "claimable" &&
      !holdsOne(me, coupon)
    )
      return { kind: "claim", coupon };
  }
  for (const [lotteryId, draw] of slices.lotteries) {
    if (isOwnDraw(draw) && drawStand(draw, now) === "open" && (myDraw(me, lotteryId)?.n ?? null) === null)
      return { kind: "draw", draw };
  }
  return null;
}

const holdsOne = (me: Me | null, { couponId }: ViewerCoupon) =>
  me?.me.coupon.some((mine) => mine.couponId === couponId) ?? false;
