import { randomBytes } from "node:crypto";

/**
 * Where in the log each command's events begin: 64-bit keyed hash → seq, 12 bytes an entry. A Map of a million ids costs 53 MB and 640 ms in a snapshot;
 * this one is three typed arrays. A hit is a hint and is checked in the log. The key is drawn for each show, so that nobody can choose ids that collide.
 */
export type CommandTableData = {
  readonly key: Uint32Array;
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  readonly seqs: Uint32Array;
  readonly count: number;
};

const SMALLEST = 1 << 10;

export class CommandTable {
  #data: CommandTableData;
  #count: number;
  /** The text that was hashed last: the writer looks for a command and adds it right after. */
  #last = "";
  #lastHash: readonly [number, number];

  constructor(data?: CommandTableData) {
    this.#data = data ?? emptyTable(new Uint32Array(new Uint8Array(randomBytes(8)).buffer), SMALLEST);
    this.#count = this.#data.count;
    this.#lastHash = halfSipHash(this.#data.key, this.#last);
  }

  get size(): number {
    return this.#count;
  }

  /** For a snapshot. */
  get data(): CommandTableData {
    return { ...this.#data, count: this.#count };
  }

  /** Seqs at which this command may begin; mostly none, or the one. */
  find(text: string): number[] {
    const { low, high, seqs } = this.#data;
    const [lo, hi] = this.#hash(text);
    const mask = seqs.length - 1;
    const found: number[] = [];
    for (let at = lo & mask; seqs[at] !== 0; at = (at + 1) & mask) {
      if (low[at] === lo && high[at] === hi) found.push(seqs[at] ?? 0);
    }
    return found;
  }

  add(text: string, seq: number): void {
    if (this.#count * 3 > this.#data.seqs.length * 2) this.#grow();
    const [lo, hi] = this.#hash(text);
    insert(this.#data, { lo, hi, seq });
    this.#count += 1;
  }

  #hash(text: string): readonly [number, number] {
    if (text !== this.#last) {
      this.#last = text;
      this.#lastHash = halfSipHash(this.#data.key, text);
    }
    return this.#lastHash;
  }

  #grow(): void {
    const old = this.#data;
    const grown = emptyTable(old.key, old.seqs.length * 2);
    for (let at = 0; at < old.seqs.length; at += 1) {
      const seq = old.seqs[at] ?? 0;
      if (seq !== 0) insert(grown, { lo: old.low[at] ?? 0, hi: old.high[at] ?? 0, seq });
    }
    this.#data = grown;
  }
}

function emptyTable(key: Uint32Array, capacity: number): CommandTableData {
  return {
    key,
    low: new Uint32Array(capacity),
    high: new Uint32Array(capacity),
    seqs: new Uint32Array(capacity),
    count: 0,
  };
}

function insert({ low, high, seqs }: CommandTableData, entry: { lo: number; hi: number; seq: number }): void {
  const mask = seqs.length - 1;
  let at = entry.lo & mask;
  while (seqs[at] !== 0) at = (at + 1) & mask;
  low[at] = entry.lo;
  high[at] = entry.hi;
  seqs[at] = entry.seq;
}

/** HalfSipHash-1-3 with 64 bits out, over UTF-16 units: needs no bytes and no native call, which a million replayed commands would feel. */
function halfSipHash(key: Uint32Array, text: string): [number, number] {
  const k0 = key[0] ?? 0;
  const k1 = key[1] ?? 0;
  const v: Sip = { a: k0, b: k1 ^ 0xee, c: 0x6c796765 ^ k0, d: 0x74656462 ^ k1 };
  const even = text.length & ~1;
  for (let at = 0; at < even; at += 2) absorb(v, text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16));
  absorb(v, (text.length << 16) | (even < text.length ? text.charCodeAt(even) : 0));
  v.c ^= 0xee;
  for (let n = 0; n < 3; n += 1) round(v);
  const low = (v.b ^ v.d) >>> 0;
  v.b ^= 0xdd;
  for (let n = 0; n < 3; n += 1) round(v);
  return [low, (v.b ^ v.d) >>> 0];
}

type Sip = { a: number; b: number; c: number; d: number };

function absorb(v: Sip, word: number): void {
  v.d ^= word;
  round(v);
  v.a ^= word;
}

function round(v: Sip): void {
  v.a = (v.a + v.b) | 0;
  v.b = rotate(v.b, 5) ^ v.a;
  v.a = rotate(v.a, 16);
  v.c = (v.c + v.d) | 0;
  v.d = rotate(v.d, 8) ^ v.c;
  v.a = (v.a + v.d) | 0;
  v.d = rotate(v.d, 7) ^ v.a;
  v.c = (v.c + v.b) | 0;
  v.b = rotate(v.b, 13) ^ v.c;
  v.c = rotate(v.c, 16);
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
