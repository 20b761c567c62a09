import { leftOf } from "./coupon/rows.ts";
import type { Coupon } from "./coupon/state.ts";
import { sellableOf, type Product } from "./bag/product.ts";

/** Lines worth saying on air, each from the figure behind it. Rules SAY1–SAY6 in SPEC.md. */

/** Stock is nearly gone at this many units, or at this share of what was put on sale. */
export const STOCK_LOW = { units: 20, share: 0.1 } as const;
/** Orders that wait for their payment, from this many on. */
export const UNPAID_FROM = 10;
/** A coupon is nearly out at this share of its total. */
export const COUPON_LOW_SHARE = 0.1;
/** How long a target that was passed is worth saying, ms. */
export const TARGET_SAID_MS = 2 * 60_000;
/** More than a host can take in at a glance. */
export const LINES_MAX = 4;

export const SAY_KINDS = ["target", "stock", "unpaid", "coupon"] as const;
export type SayKind = (typeof SAY_KINDS)[number];

export type SayLine = {
  readonly kind: SayKind;
  readonly productId: string | null;
  readonly linkNo: number | null;
  readonly couponId: string | null;
  /** Of the product or the coupon. */
  readonly name: string | null;
  /** `stock`: units left; `unpaid`: orders; `target`: fen paid; `coupon`: coupons left. */
  readonly value: number;
  /** What `value` is measured against: units put on sale, the target in fen, all coupons; `null`: nothing. */
  readonly of: number | null;
  /** When the figure was last heard of, ms UTC of the show's clock; `null`: Kaibo counts it itself, it is true now. */
  readonly at: number | null;
  /** Until when it is worth saying; `null`: as long as it stands here. `sayLinesAt` looks at it. */
  readonly until: number | null;
};

/** What stands at `now`: what a screen shows. The rule knows no clock, so a line that ends by time carries its end. */
export function sayLinesAt(lines: readonly SayLine[], now: number): readonly SayLine[] {
  return lines.filter(({ until }) => until === null || now < until).slice(0, LINES_MAX);
}

/** The same line about the same thing, whatever its figure is by now: for lists and for what was sent already. */
export const sayKey = ({ kind, productId, couponId }: SayLine): string => [kind, productId ?? couponId ?? ""].join(":");

const BARE = { productId: null, linkNo: null, couponId: null, name: null, of: null, at: null, until: null } as const;

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

/** `passedAt`: since when the target has been reached without a break. */
export function targetLine(
  paidFen: number | null,
  targetFen: number | null,
  passedAt: number | null,
): readonly SayLine[] {
  if (paidFen === null || targetFen === null || passedAt === null || targetFen <= 0 || paidFen < targetFen) return [];
  return [{ ...BARE, kind: "target", value: paidFen, of: targetFen, at: passedAt, until: passedAt + TARGET_SAID_MS }];
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
