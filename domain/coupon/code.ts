import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * Redeem codes of own coupons: which coupon (2 characters), the n-th claim (5), a check (7) that only the coupon's salt can make. A code so proves
 * itself: replays check it without the map of claims. 32 signs without I, L, O, U, so that it can be read out and typed.
 */
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHECK_LENGTH = 7;
export const COUPON_NO_MAX = 32 ** 2 - 1;

export function codeOf(coupon: { readonly no: number; readonly salt: string }, n: number): string {
  return base32(coupon.no, 2) + base32(n, 5) + checkOf(coupon.salt, n);
}

/** What a code says of itself; its check has yet to be compared with `codeOf`. */
export function readCode(code: string): { readonly no: number; readonly n: number } | undefined {
  if (code.length !== 7 + CHECK_LENGTH) return undefined;
  const no = number32(code.slice(0, 2));
  const n = number32(code.slice(2, 7));
  return no === undefined || n === undefined ? undefined : { no, n };
}

/** As people type it: small letters, spaces, hyphens, O for 0, I and L for 1. */
export function normalCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
}

function checkOf(salt: string, n: number): string {
  keyedBy(salt)
    ._cloneInto(worker)
    .update(utf8ToBytes(String(n)))
    .digestInto(mac);
  let check = "";
  for (let index = 0; index < CHECK_LENGTH; index += 1) check += SIGNS[(mac[index] ?? 0) % 32] ?? "";
  return check;
}

/** Reused from code to code: claims come by the thousand, and making these anew was half the work of a code. */
const worker = hmac.create(sha256, new Uint8Array(0));
const mac = new Uint8Array(sha256.outputLen);

/** Claims of one coupon come by the thousand: its key is taken in once, which halves the work of each. */
const keyed = new Map<string, ReturnType<typeof hmac.create>>();
const KEYED_MAX = 256;

function keyedBy(salt: string): ReturnType<typeof hmac.create> {
  const known = keyed.get(salt);
  if (known) return known;
  if (keyed.size >= KEYED_MAX) keyed.clear();
  const fresh = hmac.create(sha256, hexToBytes(salt));
  keyed.set(salt, fresh);
  return fresh;
}

function base32(value: number, length: number): string {
  let rest = value;
  let text = "";
  for (let index = 0; index < length; index += 1) {
    text = (SIGNS[rest % 32] ?? "") + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function number32(text: string): number | undefined {
  let value = 0;
  for (const sign of text) {
    const digit = SIGNS.indexOf(sign);
    if (digit < 0) return undefined;
    value = value * 32 + digit;
  }
  return value;
}
