import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from "node:crypto";

/**
 * Seals small secrets that stand in the log (seeds of draws) with AES-256-GCM under a key derived from KAIBO_SECRET.
 * Sealed form: base64url of nonce (12 bytes), tag (16) and cipher text.
 */
export type Vault = {
  seal(plain: Uint8Array): string;
  /** Throws when it was sealed with another secret, or changed. */
  open(sealed: string): Uint8Array;
};

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A key for one purpose; keys for different purposes say nothing about one another. */
export function derivedKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", `kaibo ${purpose}`, 32));
}

/** For HMACs on hot paths: deriving a key and taking it in from bytes costs ten times the HMAC itself. One secret, a handful of purposes. */
const hmacKeys = new Map<string, KeyObject>();

export function derivedHmacKey(secret: string, purpose: string): KeyObject {
  const name = `${purpose}\n${secret}`;
  const known = hmacKeys.get(name);
  if (known) return known;
  const key = createSecretKey(derivedKey(secret, purpose));
  hmacKeys.set(name, key);
  return key;
}

export function createVault(secret: string): Vault {
  const key = derivedKey(secret, "vault v1");
  return {
    seal(plain) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const text = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64url");
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, "base64url");
      if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new Error("not a sealed value");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    },
  };
}
