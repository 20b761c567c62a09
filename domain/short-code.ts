import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { hexToBytes } from "@noble/hashes/utils.js";

/** Parts of codes that prove themselves: numbers in 32 signs without I, L, O, U, so that they can be read out and typed, and a check by a salt. */

const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** As people type it: small letters, spaces, hyphens, O for 0, I and L for 1. */
export function normalCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
}

/** `length` signs that only who has the salt (hex) can make for `n`. */
export function checkOf(salt: string, n: number, length: number): string {
  keyedBy(salt)._cloneInto(worker).update(digitsOf(n)).digestInto(mac);
  let check = "";
  for (let index = 0; index < length; index += 1) check += SIGNS[(mac[index] ?? 0) % 32] ?? "";
  return check;
}

export function base32(value: number, length: number): string {
  let rest = value;
  let text = "";
  for (let index = 0; index < length; index += 1) {
    text = (SIGNS[rest % 32] ?? "") + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

export function number32(text: string): number | undefined {
  let value = 0;
  for (const sign of text) {
    const digit = SIGNS.indexOf(sign);
    if (digit < 0) return undefined;
    value = value * 32 + digit;
  }
  return value;
}

/** A number as it is written, in bytes. */
function digitsOf(n: number): Uint8Array {
  const text = String(n);
  for (let at = 0; at < text.length; at += 1) digits[at] = text.charCodeAt(at);
  return digits.subarray(0, text.length);
}

/** Longer than any number is written. */
const digits = new Uint8Array(32);

/** Reused from code to code: claims come by the thousand, and making these anew was half the work of a code. */
const worker = hmac.create(sha256, new Uint8Array(0));
const mac = new Uint8Array(sha256.outputLen);

/** Codes of one salt come by the thousand: its key is taken in once, which halves the work of each. */
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
