import { expect, test } from "vitest";
import { createStretchCache, STRETCH_MS } from "./stretch-cache.ts";

const value = (n: number) => ({ count: { kind: "value", value: n } }) as const;

function cacheOf(asked: number[]) {
  return createStretchCache({
    from: 10_500,
    to: 10_000 + 3 * STRETCH_MS,
    load: ({ from }) => {
      asked.push(from);
      return Promise.resolve({
        snapshot: { frame: 0, seq: 1, at: from, slices: value(0) },
        frames: [
          { frame: 1, seq: 2, at: from + 1_400, until: from + 2_000, slices: { count: { value: 1 } } },
          { frame: 2, seq: 3, at: from + 2_900, until: from + 3_000, slices: { count: { value: 2 } } },
        ],
        names: {},
        comments: {},
      });
    },
  });
}

const loaded = (cache: ReturnType<typeof cacheOf>, at: number, speed = 0) =>
  new Promise<void>((resolve) => cache.want(at, speed, () => resolve()));

test("a second shows what was known by then, not what came after it", async () => {
  const cache = cacheOf([]);
  expect(cache.viewAt(11_000)).toBe(null);
  await loaded(cache, 11_000);
  const countAt = (at: number) => cache.viewAt(at)?.view.slices["count"];
  expect([10_000, 11_999, 12_000, 12_999, 13_000, 60_000].map(countAt)).toEqual([0, 0, 1, 1, 2, 2]);
});

test("stretches begin on whole seconds; playing fetches ahead, standing still does not", async () => {
  const asked: number[] = [];
  const cache = cacheOf(asked);
  await loaded(cache, 12_000);
  expect(asked).toEqual([10_000]);
  cache.want(12_000, 1, () => undefined);
  expect(asked).toEqual([10_000, 10_000 + STRETCH_MS]);
});
