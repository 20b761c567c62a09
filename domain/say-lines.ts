/** Lines worth saying on air, as rules and screens share them; say-sources.ts draws them from the figures. */

/** More than a host can take in at a glance. */
export const LINES_MAX = 4;

export const SAY_KINDS = ["target", "overtaking", "stock", "unpaid", "coupon"] as const;
export type SayKind = (typeof SAY_KINDS)[number];

export type SayLine = {
  readonly kind: SayKind;
  readonly productId: string | null;
  readonly linkNo: number | null;
  readonly couponId: string | null;
  /** `overtaking`: number of the sign-up of who rose; the edge knows their masked name. */
  readonly signupN: number | null;
  /** Of the product or the coupon. */
  readonly name: string | null;
  /** `stock`: units left; `unpaid`: orders; `target`: fen paid; `coupon`: coupons left; `overtaking`: the rank they rose to. */
  readonly value: number;
  /** What `value` is measured against: units put on sale, the target in fen, all coupons; how many were passed; `null`: nothing. */
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
export const sayKey = ({ kind, productId, couponId, signupN }: SayLine): string =>
  [kind, productId ?? couponId ?? signupN ?? ""].join(":");
