import { hash } from "node:crypto";

/**
 * HMAC-SHA256 (RFC 2104) as two one-shot digests, for what runs with every request: the object that `createHmac` makes each time costs twice as much as
 * the hashing. `key`: at most 64 bytes.
 */
export function oneShotHmac(key: Uint8Array): (text: string) => Buffer {
  if (key.length > BLOCK_BYTES) throw new RangeError("a key of this length would have to be hashed first");
  const inner = padded(key, 0x36);
  const outer = padded(key, 0x5c);
  const digest = (pad: Buffer, message: Buffer) => hash("sha256", Buffer.concat([pad, message]), "buffer");
  return (text) => digest(outer, digest(inner, Buffer.from(text)));
}

const BLOCK_BYTES = 64;

function padded(key: Uint8Array, pad: number): Buffer {
  return Buffer.from(Uint8Array.from({ length: BLOCK_BYTES }, (_, at) => (key[at] ?? 0) ^ pad));
}
