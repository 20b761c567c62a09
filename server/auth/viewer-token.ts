import { oneShotHmac } from "../lib/one-shot-hmac.ts";
import { derivedKey } from "../lib/vault.ts";

/**
 * A viewer's token: HMAC-SHA256 over key id, session, person and expiry. Nothing is stored; it holds until it expires.
 * `kv.<key id>.<session>.<person>.<expiry, seconds, base36>.<a = anonymous | k = known>.<signature, base64url>`
 */

/** Changes when the way the key is derived changes; tokens of an unknown key id are refused. */
const KEY_ID = "1";
const PREFIX = "kv";

/** A show with warm-up and a few days to redeem. */
export const VIEWER_TOKEN_MS = 14 * 24 * 3_600_000;

export type ViewerClaim = {
  readonly sessionId: string;
  readonly personId: string;
  readonly anonymous: boolean;
  /** ms UTC; kept in whole seconds. */
  readonly expiresAt: number;
};

export type ViewerTokens = {
  sign(claim: ViewerClaim): string;
  /** `undefined` when forged, damaged or expired. */
  read(token: string, now: number): ViewerClaim | undefined;
};

export function createViewerTokens(secret: string): ViewerTokens {
  const signature = oneShotHmac(derivedKey(secret, `viewer token v${KEY_ID}`));
  return {
    sign({ sessionId, personId, anonymous, expiresAt }) {
      const expiry = Math.floor(expiresAt / 1000).toString(36);
      const words = [PREFIX, KEY_ID, encode(sessionId), encode(personId), expiry, anonymous ? "a" : "k"];
      const body = words.join(".");
      return `${body}.${signature.of(body)}`;
    },
    read(token, now) {
      if (token.length > 600) return undefined;
      const end = token.lastIndexOf(".");
      const body = token.slice(0, Math.max(0, end));
      if (!signature.proves(body, token.slice(end + 1))) return undefined;
      const [prefix, keyId, session = "", person = "", expiry = "", kind] = body.split(".");
      const expiresAt = Number.parseInt(expiry, 36) * 1000;
      if (prefix !== PREFIX || keyId !== KEY_ID || !(expiresAt > now)) return undefined;
      return { sessionId: decode(session), personId: decode(person), anonymous: kind === "a", expiresAt };
    },
  };
}

/** Ids may hold dots, the separator here. */
const encode = (id: string) => Buffer.from(id, "utf8").toString("base64url");
const decode = (text: string) => Buffer.from(text, "base64url").toString("utf8");
