/**
 * When the latest of those who count for somebody had done it, after that latest was taken back. Who brought a hundred thousand may lose all of them one
 * by one, so they are not looked through each time: from the first loss on they lie in a heap, of which what holds no more is dropped from the top.
 * Beside the book, not in it: it can be made from the book at any time, and no snapshot carries it.
 */

/** `since * N_LIMIT + n`, the greatest first. A seq is below 2^28, a number below 2^24: both fit a whole double. */
type Heap = { keys: number[] };
const N_LIMIT = 2 ** 24;
const SLACK = 1_024;

const known = new WeakMap<object, Map<number, Heap>>();

/** Somebody counts for `inviterN` since `since` from now on. */
export function noteLatest(book: object, inviterN: number, n: number, since: number): void {
  const heap = known.get(book)?.get(inviterN);
  if (heap) push(heap.keys, since * N_LIMIT + n);
}

/** What is known of these is to be made anew: they were counted otherwise, or have other friends. */
export function forgetLatest(book: object, inviterNs: readonly number[] | "all"): void {
  if (inviterNs === "all") known.delete(book);
  else for (const n of inviterNs) known.get(book)?.delete(n);
}

type Friends = {
  /** Since when one counts now; 0: does not. */
  readonly sinceOf: (n: number) => number;
  readonly all: () => Iterable<number>;
  readonly counted: number;
};

/** 0: nobody counts. */
export function latestOf(book: object, inviterN: number, { sinceOf, all, counted }: Friends): number {
  const heaps = known.get(book) ?? new Map<number, Heap>();
  known.set(book, heaps);
  let heap = heaps.get(inviterN);
  // Of one who comes and goes each time leaves a key behind.
  if (!heap || heap.keys.length > 2 * counted + SLACK) {
    heap = { keys: [] };
    heaps.set(inviterN, heap);
    for (const n of all()) {
      const since = sinceOf(n);
      if (since > 0) push(heap.keys, since * N_LIMIT + n);
    }
  }
  for (let top = heap.keys[0]; top !== undefined; top = heap.keys[0]) {
    const since = Math.floor(top / N_LIMIT);
    if (sinceOf(top % N_LIMIT) === since) return since;
    pop(heap.keys);
  }
  return 0;
}

function push(keys: number[], key: number): void {
  let at = keys.length;
  keys.push(key);
  while (at > 0) {
    const above = (at - 1) >> 1;
    const other = keys[above] ?? 0;
    if (other >= key) break;
    keys[at] = other;
    at = above;
  }
  keys[at] = key;
}

function pop(keys: number[]): void {
  const key = keys.pop();
  if (key === undefined || keys.length === 0) return;
  let at = 0;
  for (;;) {
    let below = 2 * at + 1;
    if (below + 1 < keys.length && (keys[below + 1] ?? 0) > (keys[below] ?? 0)) below += 1;
    const other = keys[below];
    if (other === undefined || other <= key) break;
    keys[at] = other;
    at = below;
  }
  keys[at] = key;
}

/** Of two seqs, of which 0 is none. */
export const earlier = (a: number, b: number): number => (a === 0 || b === 0 ? Math.max(a, b) : Math.min(a, b));
