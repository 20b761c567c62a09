import { emptyColumn, grown } from "./column.ts";

/**
 * Who stands where among hundreds of thousands, after every change: more counts come first, of the same count whoever got there first, then the smaller
 * number. Entries lie in order, in blocks of a few hundred, so that a change moves no more than one block and a rank is a sum over blocks.
 * Plain data, changed in place; `n` are numbers of sign-ups.
 */
export type Ranking = {
  size: number;
  /** Sum of all counts. */
  total: number;
  readonly blocks: Uint32Array[];
  readonly lengths: number[];
  /** By number: what it stands by. */
  counts: Uint32Array;
  reached: Uint32Array;
};

export const BLOCK_MAX = 512;

export const emptyRanking = (): Ranking => ({
  size: 0,
  total: 0,
  blocks: [],
  lengths: [],
  counts: emptyColumn(),
  reached: emptyColumn(),
});

export const countOf = (own: Ranking, n: number): number => own.counts[n] ?? 0;
export const reachedOf = (own: Ranking, n: number): number => own.reached[n] ?? 0;

/** Sets what `n` stands by; a count of 0 takes it off. */
export function setCount(own: Ranking, n: number, count: number, reached: number): void {
  if (countOf(own, n) > 0) remove(own, n);
  own.counts = grown(own.counts, n);
  own.reached = grown(own.reached, n);
  own.counts[n] = count;
  own.reached[n] = reached;
  if (count > 0) insert(own, n);
}

/** From 1; `null`: not on the board. */
export function rankOf(own: Ranking, n: number): number | null {
  if (countOf(own, n) === 0) return null;
  const at = blockOf(own, n);
  let rank = placeIn(own, at, n) + 1;
  for (let before = 0; before < at; before += 1) rank += own.lengths[before] ?? 0;
  return rank;
}

/** Who stands at a rank, from 1. */
export function atRank(own: Ranking, rank: number): number | undefined {
  let left = rank - 1;
  if (left < 0) return undefined;
  for (const [at, length] of own.lengths.entries()) {
    if (left < length) return own.blocks[at]?.[left];
    left -= length;
  }
  return undefined;
}

/** The first `most`, in order. */
export function topOf(own: Ranking, most: number): number[] {
  const found: number[] = [];
  for (const [at, block] of own.blocks.entries()) {
    const length = own.lengths[at] ?? 0;
    for (let place = 0; place < length && found.length < most; place += 1) found.push(block[place] ?? 0);
    if (found.length === most) break;
  }
  return found;
}

/** A board from nothing, in one go. */
export function rankedFrom(counts: Uint32Array, reached: Uint32Array): Ranking {
  const own: Ranking = { size: 0, total: 0, blocks: [], lengths: [], counts, reached };
  const standing: number[] = [];
  let most = 0;
  for (let n = 0; n < counts.length; n += 1) {
    const count = counts[n] ?? 0;
    if (count === 0) continue;
    standing.push(n);
    own.total += count;
    most = Math.max(most, count);
  }
  own.size = standing.length;
  const byTime = sortedBy(Uint32Array.from(standing), (n) => reached[n] ?? 0);
  const ordered = sortedBy(byTime, (n) => most - (counts[n] ?? 0));
  const fill = BLOCK_MAX / 2;
  for (let from = 0; from < ordered.length; from += fill) {
    const block = new Uint32Array(BLOCK_MAX);
    const part = ordered.subarray(from, from + fill);
    block.set(part);
    own.blocks.push(block);
    own.lengths.push(part.length);
  }
  return own;
}

const DIGIT_BITS = 16;

/** By whole numbers of 32 bits, two digits of 16 each; those with the same key stay in their order. Ten times as fast as comparing. */
function sortedBy(ns: Uint32Array, keyOf: (n: number) => number): Uint32Array {
  let from = ns;
  let most = 0;
  for (const n of ns) most = Math.max(most, keyOf(n));
  for (let shift = 0; shift < 2 * DIGIT_BITS && most >>> shift > 0; shift += DIGIT_BITS) {
    const digitOf = (n: number): number => (keyOf(n) >>> shift) & (2 ** DIGIT_BITS - 1);
    const places = new Uint32Array(2 ** DIGIT_BITS + 1);
    for (const n of from) places[digitOf(n) + 1] = (places[digitOf(n) + 1] ?? 0) + 1;
    for (let digit = 0; digit < 2 ** DIGIT_BITS; digit += 1)
      places[digit + 1] = (places[digit + 1] ?? 0) + (places[digit] ?? 0);
    const to = new Uint32Array(from.length);
    for (const n of from) {
      const digit = digitOf(n);
      const place = places[digit] ?? 0;
      to[place] = n;
      places[digit] = place + 1;
    }
    from = to;
  }
  return from;
}

/** Negative: `a` stands above `b`. */
function compare(own: Ranking, a: number, b: number): number {
  return countOf(own, b) - countOf(own, a) || reachedOf(own, a) - reachedOf(own, b) || a - b;
}

/** The block that holds `n`, or would: the last that begins at or above it. */
function blockOf(own: Ranking, n: number): number {
  let low = 0;
  let high = own.blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (compare(own, own.blocks[middle]?.[0] ?? 0, n) <= 0) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** How many of a block stand above `n`. */
function placeIn(own: Ranking, at: number, n: number): number {
  const block = own.blocks[at];
  let low = 0;
  let high = own.lengths[at] ?? 0;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(own, block?.[middle] ?? 0, n) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function insert(own: Ranking, n: number): void {
  own.size += 1;
  own.total += countOf(own, n);
  if (own.blocks.length === 0) {
    own.blocks.push(new Uint32Array(BLOCK_MAX));
    own.lengths.push(0);
  }
  const at = blockOf(own, n);
  const block = own.blocks[at];
  const length = own.lengths[at] ?? 0;
  if (!block) throw new Error(`a board of ${own.blocks.length} blocks has none at ${at}`);
  const place = placeIn(own, at, n);
  block.copyWithin(place + 1, place, length);
  block[place] = n;
  own.lengths[at] = length + 1;
  if (length + 1 === BLOCK_MAX) split(own, at, block);
}

function split(own: Ranking, at: number, block: Uint32Array): void {
  const half = BLOCK_MAX / 2;
  const upper = new Uint32Array(BLOCK_MAX);
  upper.set(block.subarray(half));
  block.fill(0, half);
  own.blocks.splice(at + 1, 0, upper);
  own.lengths.splice(at, 1, half, half);
}

function remove(own: Ranking, n: number): void {
  const at = blockOf(own, n);
  const block = own.blocks[at];
  const length = own.lengths[at] ?? 0;
  const place = placeIn(own, at, n);
  if (block?.[place] !== n) throw new Error(`${n} does not stand where its count says`);
  own.size -= 1;
  own.total -= countOf(own, n);
  block.copyWithin(place, place + 1, length);
  block[length - 1] = 0;
  own.lengths[at] = length - 1;
  if (length > 1) return;
  own.blocks.splice(at, 1);
  own.lengths.splice(at, 1);
}
