import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hash,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";

/**
 * Messages of WeCom's callbacks as its document 90968 describes them: a SHA-1 signature over four sorted parts, and AES-256-CBC over
 * `16 random bytes, length (u32, big endian), message, receiver`, padded to 32 bytes.
 */

/** Kept by whoever uses it often: taking a key in costs many times what a message does. */
export type CallbackKey = { readonly key: KeyObject; readonly iv: Buffer };

/** EncodingAESKey: 43 characters of base64 without the closing `=`. null: not one. */
export function callbackKey(encodingAesKey: string): CallbackKey | null {
  if (!/^[A-Za-z0-9+/]{43}$/.test(encodingAesKey)) return null;
  const bytes = Buffer.from(`${encodingAesKey}=`, "base64");
  return { key: createSecretKey(bytes), iv: bytes.subarray(0, IV_BYTES) };
}

export type SignedParts = {
  readonly timestamp: string;
  readonly nonce: string;
  /** Base64, as it was sent. */
  readonly encrypted: string;
};

export function signatureOf(token: string, { timestamp, nonce, encrypted }: SignedParts): string {
  // By bytes, as everybody else sorts: JavaScript's own order of ASCII texts is the same.
  const sorted = [token, timestamp, nonce, encrypted].toSorted();
  return hash("sha1", sorted.join(""), "hex");
}

/** In constant time, whatever was given. */
export function isSigned(token: string, parts: SignedParts, signature: string): boolean {
  const wanted = Buffer.from(signatureOf(token, parts), "latin1");
  const given = Buffer.alloc(wanted.length);
  const fits = given.write(signature, "latin1") === wanted.length && signature.length === wanted.length;
  return timingSafeEqual(given, wanted) && fits;
}

const IV_BYTES = 16;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;
const PAD_BYTES = 32;

/**
 * The message, once its signature was found right. null: not encrypted with this key, padded or framed wrongly, or meant for another receiver.
 */
export function decryptMessage(key: CallbackKey, encrypted: string, receiveId: string): Buffer | null {
  const sealed = unsealed(key, encrypted);
  return sealed?.receiver.equals(Buffer.from(receiveId)) ? sealed.message : null;
}

/** For whom it was sealed, whoever that is. Only of what was found signed. null: nothing can be read of it. */
export function receiverOf(key: CallbackKey, encrypted: string): string | null {
  return unsealed(key, encrypted)?.receiver.toString() ?? null;
}

function unsealed(key: CallbackKey, encrypted: string): { readonly message: Buffer; readonly receiver: Buffer } | null {
  const bytes = Buffer.from(encrypted, "base64");
  if (bytes.length === 0 || bytes.length % PAD_BYTES !== 0) return null;
  // Node reads over whatever is no base64.
  if (bytes.toString("base64") !== encrypted) return null;
  // Whole blocks and no padding of the cipher's own: nothing is left for final().
  const content = withoutPadding(createDecipheriv("aes-256-cbc", key.key, key.iv).setAutoPadding(false).update(bytes));
  if (content === null || content.length < RANDOM_BYTES + LENGTH_BYTES) return null;
  const length = content.readUInt32BE(RANDOM_BYTES);
  const rest = content.subarray(RANDOM_BYTES + LENGTH_BYTES);
  if (length > rest.length) return null;
  return { message: rest.subarray(0, length), receiver: rest.subarray(length) };
}

/** PKCS#7 with blocks of 32 bytes: Node knows only those of the cipher, 16. */
function withoutPadding(padded: Buffer): Buffer | null {
  const pad = padded.at(-1) ?? 0;
  if (pad < 1 || pad > PAD_BYTES) return null;
  const content = padded.subarray(0, padded.length - pad);
  return padded.subarray(content.length).every((byte) => byte === pad) ? content : null;
}

export type Message = { readonly message: string | Uint8Array; readonly receiveId: string };

/** Base64. `random`: 16 bytes, fresh each time; given only where a known answer is wanted. */
export function encryptMessage(
  key: CallbackKey,
  { message, receiveId }: Message,
  random: Uint8Array = randomBytes(RANDOM_BYTES),
): string {
  if (random.length !== RANDOM_BYTES) throw new Error(`${RANDOM_BYTES} random bytes are wanted`);
  const body = Buffer.from(message);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(body.length);
  const content = Buffer.concat([random, length, body, Buffer.from(receiveId)]);
  const pad = PAD_BYTES - (content.length % PAD_BYTES);
  const cipher = createCipheriv("aes-256-cbc", key.key, key.iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(content), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]).toString(
    "base64",
  );
}
