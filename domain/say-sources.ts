import { sellableOf, type Product } from "./bag/product.ts";
import { leftOf } from "./coupon/rows.ts";
import type { Coupon } from "./coupon/state.ts";
import type { SayLine } from "./say-lines.ts";
import type { BoardState } from "./warmup/board.ts";

/** What makes a line worth saying, from the figure behind it. Rules SAY1–SAY4, SAY7 in SPEC.md. */

/** Stock is nearly gone at this many units, or at this share of what was put on sale. */
export const STOCK_LOW = { units: 20, share: 0.1 } as const;
/** Orders that wait for their payment, from this many on. */
export const UNPAID_FROM = 10;
/** A coupon is nearly out at this share of its total. */
export const COUPON_LOW_SHARE = 0.1;
/** How long a target that was passed is worth saying, ms. */
export const TARGET_SAID_MS = 2 * 60_000;
/** How long it is worth saying that somebody overtook others, ms. */
export const OVERTAKING_SAID_MS = 2 * 60_000;
const BARE = {
  productId: null,
  linkNo: null,
  couponId: null,
  signupN: null,
  name: null,
  of: null,
  at: null,
  until: null,
} as const;

/** Products on sale that were explained in this show and of which little is left: the one explained now first, then the least. */
export function stockLines(
  products: Iterable<Product>,
  explainedId: string | null,
  ordersAt: number | null,
): readonly SayLine[] {
  const low = [...products].flatMap((product): SayLine[] => {
    const { productId, linkNo, name, rounds, saleState } = product;
    if (saleState.value !== "onSale" || rounds.length === 0) return [];
    const value = sellableOf(product);
    const placed = placedOf(product);
    const of = value + placed;
    if (value <= 0 || placed <= 0 || (value > STOCK_LOW.units && value > of * STOCK_LOW.share)) return [];
    return [{ ...BARE, kind: "stock", productId, linkNo, name, value, of, at: ordersAt }];
  });
  const isNow = (line: SayLine) => Number(line.productId === explainedId);
  return low.toSorted((a, b) => isNow(b) - isNow(a) || a.value - b.value || (a.linkNo ?? 0) - (b.linkNo ?? 0));
}

function placedOf({ skus, noSku }: Product): number {
  return skus.reduce((sum, { unpaidHold, sold }) => sum + unpaidHold + sold, noSku.unpaidHold + noSku.sold);
}

export function unpaidLine(orders: number, ordersAt: number | null): readonly SayLine[] {
  return orders >= UNPAID_FROM ? [{ ...BARE, kind: "unpaid", value: orders, at: ordersAt }] : [];
}

/** `passedAt`: when money passed this target and has not fallen under it since. */
export function targetLine(
  paidFen: number | null,
  targetFen: number | null,
  passedAt: number | null,
): readonly SayLine[] {
  if (paidFen === null || targetFen === null || passedAt === null || targetFen <= 0 || paidFen < targetFen) return [];
  return [{ ...BARE, kind: "target", value: paidFen, of: targetFen, at: passedAt, until: passedAt + TARGET_SAID_MS }];
}

/** Who rose last on a board that viewers see. */
export function overtakingLine(board: Pick<BoardState, "published" | "overtakes">): readonly SayLine[] {
  const [last] = board.overtakes;
  if (!board.published || !last) return [];
  const { n: signupN, rank: value, passed, at } = last;
  return [{ ...BARE, kind: "overtaking", signupN, value, of: passed.length, at, until: at + OVERTAKING_SAID_MS }];
}

export function couponLines(coupons: Iterable<Coupon>): readonly SayLine[] {
  return [...coupons]
    .flatMap((coupon): SayLine[] => {
      const { couponId, title: name, state, carrier, shop } = coupon;
      const value = leftOf(coupon);
      const of = carrier === "own" ? coupon.total : (shop?.issued ?? coupon.total);
      if (state !== "running" || value === null || value <= 0 || value > of * COUPON_LOW_SHARE) return [];
      return [{ ...BARE, kind: "coupon", couponId, name, value, of, at: shop?.at ?? null }];
    })
    .toSorted((a, b) => a.value - b.value);
}
