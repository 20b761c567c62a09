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
    seal: (plain) => sealWith(key, plain, NOWHERE),
    open: (sealed) => openWith(key, sealed, NOWHERE),
  };
}

/** Seals texts for the place where they are kept: moved into another row or column, they can't be opened. */
export type BoundVault = {
  seal(plain: string, place: string): string;
  /** Throws when it was sealed with another secret, for another place, or changed. */
  open(sealed: string, place: string): string;
};

export function createBoundVault(secret: string, purpose: string): BoundVault {
  const key = derivedKey(secret, `bound vault v1 ${purpose}`);
  return {
    seal: (plain, place) => sealWith(key, Buffer.from(plain, "utf8"), Buffer.from(place, "utf8")),
    open: (sealed, place) => openWith(key, sealed, Buffer.from(place, "utf8")).toString("utf8"),
  };
}

const NOWHERE = new Uint8Array();

function sealWith(key: Buffer, plain: Uint8Array, place: Uint8Array): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(place);
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64url");
}

function openWith(key: Buffer, sealed: string, place: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new Error("not a sealed value");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES)).setAAD(place);
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}
