import { base32, checkOf, number32 } from "../short-code.ts";

/**
 * Redeem codes of own coupons: which coupon (2 characters), the n-th claim (5), a check (7) that only the coupon's salt can make. A code so proves
 * itself: replays check it without the map of claims.
 */
const CHECK_LENGTH = 7;
export const COUPON_NO_MAX = 32 ** 2 - 1;

export function codeOf(coupon: { readonly no: number; readonly salt: string }, n: number): string {
  return base32(coupon.no, 2) + base32(n, 5) + checkOf(coupon.salt, n, CHECK_LENGTH);
}

/** What a code says of itself; its check has yet to be compared with `codeOf`. */
export function readCode(code: string): { readonly no: number; readonly n: number } | undefined {
  if (code.length !== 7 + CHECK_LENGTH) return undefined;
  const no = number32(code.slice(0, 2));
  const n = number32(code.slice(2, 7));
  return no === undefined || n === undefined ? undefined : { no, n };
}
