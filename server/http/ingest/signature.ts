import { createHmac, timingSafeEqual } from "node:crypto";
import { derivedHmacKey } from "../../lib/vault.ts";

/** Signed requests: who signs never sends the secret, and what was signed can't be changed, sent again later, or sent to another show. */

/** How far the sender's clock may be off. */
export const SIGNATURE_MS = 5 * 60_000;

/** Made from the server's secret, so that no table holds it. */
export function signingSecret(secret: string, tokenId: string): string {
  return createHmac("sha256", derivedHmacKey(secret, "request signature v1")).update(tokenId).digest("base64url");
}

/** `timestamp`: ms since 1970 UTC; `path`: as it was asked for, without host and query; `body`: the bytes as they were sent. */
export type SignedParts = { readonly timestamp: string; readonly path: string; readonly body: Uint8Array };

/** Hex HMAC-SHA256 over `<timestamp>.<path>.<body>`: digits, what ends in the word of a route, and JSON, so that no other three make the same text. */
export function signRequest(key: string, { timestamp, path, body }: SignedParts): string {
  return createHmac("sha256", key).update(`${timestamp}.${path}.`).update(body).digest("hex");
}

export function isSignedNow(key: string, signature: string, parts: SignedParts, now: number): boolean {
  const { timestamp } = parts;
  if (!/^\d{13}$/.test(timestamp) || Math.abs(Number(timestamp) - now) > SIGNATURE_MS) return false;
  const given = Buffer.from(signature, "hex");
  const wanted = Buffer.from(signRequest(key, parts), "hex");
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
