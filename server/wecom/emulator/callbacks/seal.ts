import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

/** §14: padded to 32 bytes, not to the 16 of the cipher. */
const BLOCK = 32;

type Key = { readonly aesKey: string };

function keyBytes({ aesKey }: Key): Buffer {
  return Buffer.from(`${aesKey}=`, "base64");
}

/** 16 random bytes, length of the message, the message, whom it is for. */
export function seal(message: string, receiveId: string, key: Key): string {
  const body = Buffer.from(message, "utf8");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const plain = Buffer.concat([randomBytes(16), length, body, Buffer.from(receiveId, "utf8")]);
  const padding = BLOCK - (plain.length % BLOCK);
  const bytes = keyBytes(key);
  const cipher = createCipheriv("aes-256-cbc", bytes, bytes.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(padding, padding)), cipher.final()]).toString(
    "base64",
  );
}

/** For replies and for tests of this stand-in; the receiver has code of its own. */
export function unseal(sealed: string, key: Key): { message: string; receiveId: string } {
  const bytes = keyBytes(key);
  const decipher = createDecipheriv("aes-256-cbc", bytes, bytes.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(Buffer.from(sealed, "base64")), decipher.final()]);
  const padding = padded.at(-1) ?? 0;
  const plain = padded.subarray(16, padded.length - padding);
  const length = plain.readUInt32BE(0);
  return {
    message: plain.subarray(4, 4 + length).toString("utf8"),
    receiveId: plain.subarray(4 + length).toString("utf8"),
  };
}

export function signature(parts: { token: string; timestamp: string; nonce: string; sealed: string }): string {
  const { token, timestamp, nonce, sealed } = parts;
  const joined = [token, timestamp, nonce, sealed].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)).join("");
  return createHash("sha1").update(joined).digest("hex");
}
