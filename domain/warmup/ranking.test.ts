import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  atRank,
  BLOCK_MAX,
  countOf,
  emptyRanking,
  rankedFrom,
  rankOf,
  reachedOf,
  setCount,
  topOf,
  type Ranking,
} from "./ranking.ts";

type Set = { readonly n: number; readonly count: number; readonly reached: number };

const sorted = (sets: readonly Set[]): number[] => {
  const last = new Map(sets.map((set) => [set.n, set]));
  return [...last.values()]
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count || a.reached - b.reached || a.n - b.n)
    .map(({ n }) => n);
};

function expectSorted(own: Ranking, truth: readonly number[]): void {
  expect(own.size).toBe(truth.length);
  expect(topOf(own, truth.length + 1)).toEqual(truth);
  for (const [index, n] of truth.entries())
    if (index % 97 === 0) expect([rankOf(own, n), atRank(own, index + 1)]).toEqual([index + 1, n]);
  expect([atRank(own, 0), atRank(own, truth.length + 1)]).toEqual([undefined, undefined]);
}

describe("ranking", () => {
  it("[LDB2] equals a sort after any changes, through splits of blocks and their end", () => {
    const set = fc.record({
      n: fc.integer({ min: 1, max: 60 }),
      count: fc.nat({ max: 4 }),
      reached: fc.nat({ max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(set, { maxLength: 200, size: "max" }), (sets) => {
        const own = emptyRanking();
        for (const { n, count, reached } of sets) setCount(own, n, count, reached);
        expectSorted(own, sorted(sets));
      }),
      { seed: 20_261_122, numRuns: 100 },
    );
  });

  it("[LDB2] stays exact over many blocks, and equals one that is made in one go", () => {
    const own = emptyRanking();
    const sets: Set[] = [];
    let state = 7;
    const draw = (below: number) => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) % below;
    for (let step = 0; step < 20_000; step += 1) {
      const set = { n: 1 + draw(5_000), count: draw(40), reached: step };
      sets.push(set);
      setCount(own, set.n, set.count, set.reached);
    }
    const truth = sorted(sets);
    expect(own.blocks.length).toBeGreaterThan(truth.length / BLOCK_MAX);
    expectSorted(own, truth);
    const fresh = rankedFrom(own.counts, own.reached);
    expectSorted(fresh, truth);
    expect(fresh.total).toBe(own.total);
    for (const n of truth) setCount(own, n, 0, 0);
    expectSorted(own, []);
    expect([own.total, countOf(own, 1), reachedOf(own, 1), rankOf(own, 1)]).toEqual([0, 0, 0, null]);
  });
});
