import { z } from "zod";
import type { Evidence } from "../evidence.ts";
import { Discount } from "../net-price.ts";
import { normalCode } from "../short-code.ts";
import { Id, Instant, PlatformId, text, type Instant as InstantType } from "../units.ts";
import { codeOf, readCode } from "./code.ts";

/** 店铺券 are claimed and used inside WeChat, Kaibo records them; 自有券 are claimed here and redeemed by code. */
export const CARRIERS = ["shop", "own"] as const;
export const COUPON_STATES = ["planned", "running", "stopped", "ended"] as const;
export type CouponPhase = (typeof COUPON_STATES)[number];

const Link = z
  .string()
  .max(500)
  .regex(/^(https:\/\/|weixin:\/\/)[^\s"'<>]+$/);

export const CouponPlan = z.object({
  carrier: z.enum(CARRIERS),
  title: text(60, 1),
  discount: Discount,
  total: z.int().min(1).max(10_000_000),
  perPerson: z.int().min(1).max(20),
  claimFrom: Instant.nullable(),
  claimTo: Instant.nullable(),
  /** Codes can't be redeemed after this. */
  useUntil: Instant.nullable(),
  /** The shop's id of a shop coupon, and where viewers get it. */
  platformId: PlatformId.nullable(),
  link: Link.nullable(),
  /** Conditions in words (到店可用 …), shown before claiming. */
  rules: text(1000),
});
export type CouponPlan = z.infer<typeof CouponPlan>;

export const Planned = CouponPlan.extend({
  couponId: Id,
  /** Stands in the coupon's codes. */
  no: z.int().min(0),
  /** Hex; makes codes that can't be guessed. Never leaves the server. */
  salt: z.string().regex(/^[0-9a-f]{32}$/),
});
export type Planned = z.infer<typeof Planned>;

export type ShopCounts = {
  readonly issued: number | null;
  readonly received: number | null;
  readonly used: number | null;
  readonly at: InstantType;
  readonly source: string;
};

export type Coupon = Planned & {
  readonly state: CouponPhase;
  readonly pushes: number;
  /** The last push. */
  readonly pushed: Evidence | null;
  /** Claims ever made, and those that stand. */
  readonly issued: number;
  readonly claimed: number;
  readonly used: number;
  /** Codes that more than one order or counter used. */
  readonly usedTwice: number;
  readonly shop: ShopCounts | null;
};

/** Where a code was used: orders, or the counter (`""`). Kept in replays too: far fewer than claims. */
export type Uses = ReadonlyMap<string, readonly string[]>;

/**
 * Who claimed, by ordinal; what only `decide` needs. Changed in place. Most persons hold one claim, which stands there as it is: a list for each of a
 * million would be what memory and its cleaning are spent on.
 */
export type ClaimBook = { readonly persons: string[]; readonly byPerson: Map<string, number | number[]> };

export type CouponState = {
  /** Rows are replaced, the map is changed in place by claims. */
  readonly coupons: ReadonlyMap<string, Coupon>;
  readonly nextNo: number;
  readonly uses: Uses;
  readonly voided: ReadonlySet<string>;
  readonly books: ReadonlyMap<string, ClaimBook> | null;
};

export function bookOf(own: CouponState, couponId: string): ClaimBook {
  if (!own.books) throw new Error("claims are asked of a state that was made for views only");
  return own.books.get(couponId) ?? { persons: [], byPerson: new Map() };
}

/** All that a person claimed, as ordinals. */
export function ordinalsIn({ byPerson }: ClaimBook, personId: string): readonly number[] {
  const held = byPerson.get(personId);
  if (held === undefined) return NONE;
  return typeof held === "number" ? [held] : held;
}

const NONE: readonly number[] = [];

/** Claims of a person that stand, as ordinals. */
export function claimsOf(own: CouponState, coupon: Coupon, personId: string): readonly number[] {
  const ordinals = ordinalsIn(bookOf(own, coupon.couponId), personId);
  return own.voided.size === 0 ? ordinals : ordinals.filter((n) => !own.voided.has(codeOf(coupon, n)));
}

/** Whether the person holds a claim of this own coupon: a condition of draws (LOT4). */
export function hasClaimed(own: CouponState, couponId: string, personId: string): boolean {
  const coupon = own.coupons.get(couponId);
  return coupon !== undefined && claimsOf(own, coupon, personId).length > 0;
}

/** The coupon that a code belongs to; `undefined` for a code that was never given out. */
export function couponOfCode(
  own: CouponState,
  typed: string,
): { readonly coupon: Coupon; readonly n: number; readonly code: string } | undefined {
  const code = normalCode(typed);
  const read = readCode(code);
  if (!read || read.n < 1) return undefined;
  for (const coupon of own.coupons.values()) {
    if (coupon.no !== read.no) continue;
    return read.n <= coupon.issued && codeOf(coupon, read.n) === code ? { coupon, n: read.n, code } : undefined;
  }
  return undefined;
}

/** Why nothing can be claimed now, or `undefined`. */
export function closedReason(
  { claimFrom, claimTo, state }: Coupon,
  now: number,
): { readonly code: string; readonly data: Record<string, number | string> } | undefined {
  if (state === "ended" || (claimTo !== null && now >= claimTo))
    return { code: "coupon.over", data: claimTo === null ? {} : { claimTo } };
  if (state !== "running") return { code: "coupon.notRunning", data: { state } };
  if (claimFrom !== null && now < claimFrom) return { code: "coupon.notYet", data: { claimFrom } };
  return undefined;
}

export function withCoupon(own: CouponState, couponId: string, change: (coupon: Coupon) => Coupon): CouponState {
  const coupon = own.coupons.get(couponId);
  return coupon ? { ...own, coupons: new Map(own.coupons).set(couponId, change(coupon)) } : own;
}
