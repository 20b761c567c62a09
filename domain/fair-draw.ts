import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson } from "./canonical-json.ts";
import type { Json } from "./op.ts";

/**
 * Own draws that anybody can check afterwards (design.md 7, docs/fair-draw.md):
 * before the first entry the hash of a secret seed and of the terms is published; each entry moves a hash chain whose head is published;
 * seed and last head alone decide who wins; after the draw the seed is published. This binds everyone but the holder of the server's secret.
 */

export const SEED_BYTES = 32;
const PSEUDONYM_HEX = 20;
const WORD = 2 ** 32;
const WORDS_A_BLOCK = 8;

const hash = (...parts: readonly Uint8Array[]) => sha256(concatBytes(...parts));

export function commitmentOf(seed: Uint8Array): string {
  return bytesToHex(hash(utf8ToBytes("kaibo-draw/1 seed\n"), seed));
}

export function termsHashOf(terms: Json): string {
  return bytesToHex(hash(utf8ToBytes("kaibo-draw/1 terms\n"), utf8ToBytes(canonicalJson(terms))));
}

/** The chain begins with what was promised, so that neither seed nor terms can be changed afterwards. */
export function firstHead(commitment: string, termsHash: string): string {
  return bytesToHex(hash(utf8ToBytes("kaibo-draw/1 head\n"), hexToBytes(commitment), hexToBytes(termsHash)));
}

/** The head after the n-th entry (n from 1). */
export function nextHead(head: string, n: number, pseudonym: string): string {
  return bytesToHex(hash(hexToBytes(head), utf8ToBytes(`${n}:${pseudonym}`)));
}

/** Under which a person stands in one draw. The key is never published, so that no list of known persons can be tried against a proof. */
export function pseudonymOf(nameKey: Uint8Array, personId: string): string {
  return bytesToHex(hmac(sha256, nameKey, utf8ToBytes(personId))).slice(0, PSEUDONYM_HEX);
}

export type Drawn = { readonly n: number; readonly cursor: number };

/** What decides a draw once entries are closed. */
export type Urn = { readonly seed: Uint8Array; readonly head: string; readonly entries: number };

/**
 * Draws from the stream HMAC-SHA256(seed, "kaibo-draw/1 win:" + head + ":" + block), read as 32-bit words from `cursor` on. Words beyond the last
 * multiple of `entries` are thrown away, so that all are equally likely; so is who has won already. `undefined` when nobody is left.
 */
export function drawOne({ seed, head, entries }: Urn, taken: ReadonlySet<number>, cursor: number): Drawn | undefined {
  if (taken.size >= entries) return undefined;
  const limit = Math.floor(WORD / entries) * entries;
  for (const { word, at } of words(seed, head, cursor)) {
    const n = (word % entries) + 1;
    if (word < limit && !taken.has(n)) return { n, cursor: at + 1 };
  }
  return undefined;
}

/** The first `count` winners, in order. */
export function drawMany(urn: Urn, count: number): { readonly winners: readonly number[]; readonly cursor: number } {
  const winners: number[] = [];
  const taken = new Set<number>();
  let cursor = 0;
  while (winners.length < count) {
    const drawn = drawOne(urn, taken, cursor);
    if (!drawn) break;
    winners.push(drawn.n);
    taken.add(drawn.n);
    cursor = drawn.cursor;
  }
  return { winners, cursor };
}

/** The endless stream, from word `from` on. */
function* words(
  seed: Uint8Array,
  head: string,
  from: number,
): Generator<{ readonly word: number; readonly at: number }> {
  for (let index = Math.floor(from / WORDS_A_BLOCK); ; index += 1) {
    const block = hmac(sha256, seed, utf8ToBytes(`kaibo-draw/1 win:${head}:${index}`));
    const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
    for (let at = Math.max(from, index * WORDS_A_BLOCK); at < (index + 1) * WORDS_A_BLOCK; at += 1) {
      yield { word: view.getUint32((at % WORDS_A_BLOCK) * 4), at };
    }
  }
}
