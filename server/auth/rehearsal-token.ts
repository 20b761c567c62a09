import { createHmac } from "node:crypto";
import { derivedKey } from "../lib/vault.ts";
import { sameText } from "./ids.ts";

/**
 * The token of a rehearsal's simulator: HMAC-SHA256 over show and expiry. It lets its bearer act as program and operator of that one show.
 * Only made for rehearsals (server/rehearsal); `kr.<session, base64url>.<expiry, seconds, base36>.<signature>`.
 */

const PREFIX = "kr";
const LIFE_MS = 24 * 3_600_000;

export type RehearsalTokens = {
  sign(sessionId: string, now: number): string;
  /** `undefined` when forged, damaged or expired. */
  read(token: string, now: number): { readonly sessionId: string; readonly expiresAt: number } | undefined;
};

export function createRehearsalTokens(secret: string): RehearsalTokens {
  const key = derivedKey(secret, "rehearsal token v1");
  const signature = (body: string) => createHmac("sha256", key).update(body).digest("base64url");
  return {
    sign(sessionId, now) {
      const expiry = Math.floor((now + LIFE_MS) / 1000).toString(36);
      const body = [PREFIX, Buffer.from(sessionId).toString("base64url"), expiry].join(".");
      return `${body}.${signature(body)}`;
    },
    read(token, now) {
      const [prefix, session = "", expiry = "", given = ""] = token.split(".");
      if (prefix !== PREFIX || !sameText(given, signature([prefix, session, expiry].join(".")))) return undefined;
      const expiresAt = Number.parseInt(expiry, 36) * 1000;
      return expiresAt > now ? { sessionId: Buffer.from(session, "base64url").toString(), expiresAt } : undefined;
    },
  };
}
