import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { derivedHmacKey } from "../lib/vault.ts";

/** Ids and tokens that this server makes. The first letters tell what an id names, so that names can be joined to it anywhere. */

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/**
 * `p` staff, `r` room, `s` show, `t` program (API token), `k` screen link, `h` link that shares a show, `u` picture, `v` viewer or buyer, `c` comment, `i` import;
 * of WeCom: `w` corp, `a` app, `b` robot, `m` member, `g` customer group, `x` contact, `q` code, `y` identity, `f` what joins its keys; of WeChat: `o` app; `d` domain
 * of links.
 */
export type IdKind =
  | "p"
  | "r"
  | "s"
  | "t"
  | "k"
  | "h"
  | "u"
  | "v"
  | "c"
  | "i"
  | "w"
  | "a"
  | "b"
  | "m"
  | "g"
  | "x"
  | "q"
  | "y"
  | "f"
  | "o"
  | "d";

export function newId(kind: IdKind): string {
  return `${kind}_${letters(randomBytes(16))}`;
}

/** The same words give the same id: for requests that may come twice. */
export function idFrom(kind: IdKind, secret: string, ...words: readonly string[]): string {
  const digest = createHmac("sha256", derivedHmacKey(secret, "ids v1"))
    .update(JSON.stringify([kind, ...words]))
    .digest();
  return `${kind}_${letters(digest.subarray(0, 16))}`;
}

export function randomLetters(count: number): string {
  return letters(randomBytes(count));
}

/** 22 letters hold 130 bits; taken from a big number, so that every letter is as likely as the next. */
function letters(bytes: Uint8Array): string {
  let rest = BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
  let text = "";
  const count = Math.ceil((bytes.length * 8) / Math.log2(alphabet.length));
  for (let at = 0; at < count; at += 1) {
    text += alphabet[Number(rest % 62n)] ?? "";
    rest /= 62n;
  }
  return text;
}

export function sha256Hex(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());
}
