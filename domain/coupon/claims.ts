import { inPlace } from "../in-place.ts";
import { reject, type Rejection } from "../op.ts";
import { couponOfCode, ordinalsIn, withCoupon, type ClaimBook, type Coupon, type CouponState } from "./state.ts";

/** Folds of claims and uses. They work without the claim books too, and count the same (COU10). */

type Claim = { readonly couponId: string; readonly personId: string; readonly n: number; readonly claimed: number };

export function foldClaimed(own: CouponState, { couponId, personId, n, claimed }: Claim): CouponState {
  const coupon = own.coupons.get(couponId);
  if (!coupon) return own;
  // Claims come by the thousand a second.
  inPlace(own.coupons).set(couponId, { ...coupon, issued: n, claimed });
  if (own.books) enter(inPlace(own.books), couponId, personId, n);
  return own;
}

function enter(books: Map<string, ClaimBook>, couponId: string, personId: string, n: number): void {
  let book = books.get(couponId);
  if (!book) {
    book = { persons: [], byPerson: new Map() };
    books.set(couponId, book);
  }
  book.persons[n - 1] = personId;
  const held = book.byPerson.get(personId);
  if (typeof held === "object") held.push(n);
  else book.byPerson.set(personId, held === undefined ? n : [held, n]);
}

/** What both sides claimed stays theirs, together (COU14). */
export function foldMergedClaims(
  own: CouponState,
  { from, into }: { readonly from: string; readonly into: string },
): CouponState {
  for (const book of own.books?.values() ?? []) {
    const { persons, byPerson } = book;
    const theirs = ordinalsIn(book, from);
    if (theirs.length === 0) continue;
    byPerson.delete(from);
    byPerson.set(
      into,
      [...ordinalsIn(book, into), ...theirs].toSorted((a, b) => a - b),
    );
    for (const n of theirs) persons[n - 1] = into;
  }
  return own;
}

export function foldVoided(
  own: CouponState,
  { couponId, code, claimed }: { readonly couponId: string; readonly code: string; readonly claimed: number },
): CouponState {
  return { ...withCoupon(own, couponId, (coupon) => ({ ...coupon, claimed })), voided: new Set(own.voided).add(code) };
}

/** `where`: the order, or `""` for the counter. A code that was never given out, or voided, counts nowhere. */
export function foldUsed(own: CouponState, typed: string, where: string): CouponState {
  const found = couponOfCode(own, typed);
  if (!found || own.voided.has(found.code)) return own;
  const before = own.uses.get(found.code) ?? [];
  return before.includes(where) ? own : withUses(own, found.coupon.couponId, found.code, [...before, where]);
}

export function foldReleased(own: CouponState, typed: string, where: string): CouponState {
  const found = couponOfCode(own, typed);
  const before = found ? (own.uses.get(found.code) ?? []) : [];
  if (!found || !before.includes(where)) return own;
  return withUses(
    own,
    found.coupon.couponId,
    found.code,
    before.filter((other) => other !== where),
  );
}

function withUses(own: CouponState, couponId: string, code: string, now: readonly string[]): CouponState {
  const before = own.uses.get(code) ?? [];
  // A show may see ten thousand, and no view looks at them.
  const uses = inPlace(own.uses);
  if (now.length > 0) uses.set(code, now);
  else uses.delete(code);
  const counted = (list: readonly string[], from: number) => (list.length >= from ? 1 : 0);
  return withCoupon(own, couponId, (coupon) => ({
    ...coupon,
    used: coupon.used + counted(now, 1) - counted(before, 1),
    usedTwice: coupon.usedTwice + counted(now, 2) - counted(before, 2),
  }));
}

/** The claim behind a code, or why it is none. */
export function ownCode(
  own: CouponState,
  typed: string,
): { readonly coupon: Coupon; readonly n: number; readonly code: string } | Rejection {
  const found = couponOfCode(own, typed);
  if (!found) return reject("coupon.codeUnknown");
  return own.voided.has(found.code) ? reject("coupon.voided", { couponId: found.coupon.couponId }) : found;
}
