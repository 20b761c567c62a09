import { oneShotHmac } from "../lib/one-shot-hmac.ts";
import { derivedKey } from "../lib/vault.ts";

/**
 * A viewer's token: HMAC-SHA256 over key id, session, person and expiry. Nothing is stored; it holds until it expires.
 * `kv.<key id>.<session>.<person>.<expiry, seconds, base36>.<a = anonymous | k = known>.<signature, base64url>`
 */

/** Changes when the way the key is derived changes; tokens of an unknown key id are refused. */
const KEY_ID = "1";
const PREFIX = "kv";
const TOKEN_SIGNS_MAX = 600;

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
      if (token.length > TOKEN_SIGNS_MAX) return undefined;
      const end = token.lastIndexOf(".");
      const body = token.slice(0, Math.max(0, end));
      if (!signature.proves(body, token.slice(end + 1))) return undefined;
      const [prefix, keyId, session = "", person = "", expiry = "", kind] = body.split(".");
      const expiresAt = Number.parseInt(expiry, 36) * 1000;
      if (prefix !== PREFIX || keyId !== KEY_ID || !(expiresAt > now)) return undefined;
      return { sessionId: decodedShow(session), personId: decode(person), anonymous: kind === "a", expiresAt };
    },
  };
}

/** Ids may hold dots, the separator here. */
const encode = (id: string) => Buffer.from(id, "utf8").toString("base64url");

/** Longer than what any token holds; reused, as tokens come by the thousand a second. */
const decoded = Buffer.alloc(TOKEN_SIGNS_MAX);

function decode(text: string): string {
  const bytes = decoded.write(text, "base64url");
  return decoded.toString("utf8", 0, bytes);
}

/** A crowd comes to one show. */
let lastShow = { text: "", id: "" };

function decodedShow(text: string): string {
  if (text !== lastShow.text) lastShow = { text, id: decode(text) };
  return lastShow.id;
}
