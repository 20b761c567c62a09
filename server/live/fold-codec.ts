import { deserialize, serialize } from "node:v8";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { FoldData } from "./fold.ts";

/** A fold as bytes. Only bytes with the right digest and the fingerprint of this code come back here, so their shape is this code's. */
export function encodeFold(fold: FoldData): Buffer {
  return zstdCompressSync(serialize(fold));
}

export function decodeFold(bytes: Buffer): FoldData {
  return deserialize(zstdDecompressSync(bytes)) as FoldData;
}
