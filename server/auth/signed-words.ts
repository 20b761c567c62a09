import { createHmac } from "node:crypto";
import { derivedHmacKey } from "../lib/vault.ts";
import { sameText } from "./ids.ts";

/**
 * Short-lived tokens that need no table: words and an expiry, signed with HMAC-SHA256 under a key of their own purpose.
 * `<prefix>.<word, base64url>….<expiry, seconds, base36>.<signature, base64url>`
 */
export type SignedWords = {
  sign(words: readonly string[], expiresAt: number): string;
  /** `undefined` when forged, damaged or expired. `expiresAt` in ms, whole seconds. */
  read(token: string, now: number): { readonly words: readonly string[]; readonly expiresAt: number } | undefined;
};

export function signedWords(secret: string, prefix: string): SignedWords {
  const key = derivedHmacKey(secret, `signed words ${prefix} v1`);
  const signature = (body: string) => createHmac("sha256", key).update(body).digest("base64url");
  return {
    sign(words, expiresAt) {
      const expiry = Math.floor(expiresAt / 1000).toString(36);
      const encoded = words.map((word) => Buffer.from(word).toString("base64url"));
      const body = [prefix, ...encoded, expiry].join(".");
      return `${body}.${signature(body)}`;
    },
    read(token, now) {
      const end = token.lastIndexOf(".");
      const body = token.slice(0, Math.max(0, end));
      if (!token.startsWith(`${prefix}.`) || !sameText(token.slice(end + 1), signature(body))) return undefined;
      const [, ...parts] = body.split(".");
      const expiresAt = Number.parseInt(parts.pop() ?? "", 36) * 1000;
      if (!(expiresAt > now)) return undefined;
      return { words: parts.map((part) => Buffer.from(part, "base64url").toString()), expiresAt };
    },
  };
}
