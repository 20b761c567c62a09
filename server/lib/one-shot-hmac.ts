import { hash, timingSafeEqual } from "node:crypto";

/**
 * HMAC-SHA256 (RFC 2104) as two one-shot digests, for what runs with every request: the object that `createHmac` makes each time costs more than ten times the
 * hashing, and every Buffer that is made on the way as much as a digest.
 */
export type OneShotHmac = {
  /** The first `bytes` of it, base64url. */
  of(text: string): string;
  /** Whether `given` is what `of` says; takes as long for any that has its length. */
  proves(text: string, given: string): boolean;
};

/** `key`: at most 64 bytes; `bytes`: at most 32, and without padding where it is less. */
export function oneShotHmac(key: Uint8Array, bytes = DIGEST_BYTES): OneShotHmac {
  if (key.length > BLOCK_BYTES) throw new RangeError("a key of this length would have to be hashed first");
  if (bytes > DIGEST_BYTES || (bytes < DIGEST_BYTES && bytes % 3 > 0)) throw new RangeError("no part of a digest");
  const length = Math.ceil((bytes * 4) / 3);
  const inner = Buffer.alloc(BLOCK_BYTES + TEXT_BYTES_MAX, padded(key, 0x36));
  const outer = Buffer.concat([padded(key, 0x5c), Buffer.alloc(DIGEST_BYTES)]);
  const [one, other] = [Buffer.alloc(length), Buffer.alloc(length)];
  const of = (text: string): string => {
    // A sign takes three bytes at most; what does not fit is nobody's token.
    if (text.length * 3 > TEXT_BYTES_MAX) throw new RangeError("a text of this length is not for here");
    const end = BLOCK_BYTES + inner.write(text, BLOCK_BYTES);
    outer.write(hash("sha256", inner.subarray(0, end), "binary"), BLOCK_BYTES, "binary");
    return hash("sha256", outer, "base64url").slice(0, length);
  };
  return {
    of,
    proves(text, given) {
      if (given.length !== length) return false;
      one.write(of(text));
      // A sign of several bytes that has no room any more would leave what another token left there.
      return other.write(given) === length && timingSafeEqual(one, other);
    },
  };
}

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
const TEXT_BYTES_MAX = 2_048;

function padded(key: Uint8Array, pad: number): Buffer {
  return Buffer.from(Uint8Array.from({ length: BLOCK_BYTES }, (_, at) => (key[at] ?? 0) ^ pad));
}
