import { createHmac, timingSafeEqual } from "node:crypto";
import { derivedHmacKey } from "../../lib/vault.ts";

/** Signed requests: who signs never sends the secret, and what was signed can't be changed or sent again later. */

/** How far the sender's clock may be off. */
export const SIGNATURE_MS = 5 * 60_000;

/** Made from the server's secret, so that no table holds it. */
export function signingSecret(secret: string, tokenId: string): string {
  return createHmac("sha256", derivedHmacKey(secret, "request signature v1")).update(tokenId).digest("base64url");
}

/** Hex HMAC-SHA256 over `<timestamp>.<raw body>`. */
export function signBody(key: string, timestamp: string, body: Uint8Array): string {
  return createHmac("sha256", key).update(`${timestamp}.`).update(body).digest("hex");
}

export type SignedParts = { readonly timestamp: string; readonly signature: string; readonly body: Uint8Array };

/** `timestamp`: ms since 1970 UTC. */
export function isSignedNow(key: string, { timestamp, signature, body }: SignedParts, now: number): boolean {
  if (!/^\d{13}$/.test(timestamp) || Math.abs(Number(timestamp) - now) > SIGNATURE_MS) return false;
  const given = Buffer.from(signature, "hex");
  const wanted = Buffer.from(signBody(key, timestamp, body), "hex");
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
