import { deserialize, serialize } from "node:v8";
import { promisify } from "node:util";
import { zstdCompressSync, zstdDecompress } from "node:zlib";
import type { FoldData } from "./fold.ts";
import { assembly, piecesOf, WEIGHT_MAX, type Piece } from "./fold-pieces.ts";

/**
 * A fold as bytes, in pieces of a few milliseconds: opening a very large show must not hold up the others on its node. Only bytes with the right digest
 * and the fingerprint of this code come back here, so their shape is this code's.
 */
const decompress = promisify(zstdDecompress);

/** Reads the fold while it goes: it must not change before the last piece was taken. */
export function* encodeFold(fold: FoldData): Generator<Buffer> {
  for (const piece of piecesOf(fold, WEIGHT_MAX)) yield zstdCompressSync(serialize(piece));
}

/** Lets the event loop turn after every piece, because each is decompressed by a thread of Node's pool. */
export async function decodeFold(pieces: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<FoldData> {
  const assembled = assembly();
  for await (const bytes of pieces) assembled.add(deserialize(await decompress(bytes)) as Piece);
  return assembled.root as FoldData;
}
