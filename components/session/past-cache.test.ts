import { expect, test } from "vitest";
import { createPastCache, type PastCacheOptions } from "./past-cache.ts";

const MINUTE = 60_000;
const value = (n: number) => ({ count: { kind: "value", value: n } }) as const;

type Asked = { readonly from: number; readonly step: number };

/** Each second of the show counts one on; a stretch of whole minutes knows the whole minutes. */
const load =
  (asked: Asked[]): PastCacheOptions["load"] =>
  ({ from, to, step }) => {
    asked.push({ from, step });
    const frames = Array.from({ length: (to - from) / step }, (_, index) => {
      const until = from + (index + 1) * step;
      return { frame: index + 1, seq: 1, at: until, until, slices: { count: { value: until / 1_000 } } };
    });
    const snapshot = { frame: 0, seq: 1, at: from, slices: value(from / 1_000) };
    return Promise.resolve({ snapshot, frames, names: {}, comments: {} });
  };

function cacheOf(asked: Asked[], minutes = 60) {
  const cache = createPastCache({
    from: 500,
    to: minutes * MINUTE,
    load: load(asked),
    whole: true,
    changed: () => undefined,
  });
  return { cache, countAt: (at: number) => cache.viewAt(at)?.view.slices["count"] };
}

const quiet = () => new Promise((resume) => setTimeout(resume, 20));

test("a second shows what was known by then; until it is held, the minute before it, and says so", async () => {
  const { cache, countAt } = cacheOf([]);
  expect(cache.viewAt(11_000)).toBe(null);
  cache.want(90_000, 0);
  await quiet();
  expect([60_000, 60_999, 61_000, 119_000].map(countAt)).toEqual([60, 60, 61, 119]);
  expect(cache.viewAt(90_000)?.at).toBe(90_000);
  expect(countAt(45 * MINUTE + 30_000)).toBe(45 * 60);
  expect(cache.viewAt(45 * MINUTE + 30_000)?.at).toBe(45 * MINUTE);
});

test("the second that is looked at comes first, then every minute of the show, nearest first", async () => {
  const asked: Asked[] = [];
  const { cache } = cacheOf(asked);
  cache.want(35 * MINUTE, 0);
  await quiet();
  expect(asked).toEqual([
    { from: 35 * MINUTE, step: 1_000 },
    ...[30, 40, 20, 50, 10, 0].map((minute) => ({ from: minute * MINUTE, step: MINUTE })),
  ]);
});

test("a clock that runs has its next minutes fetched ahead; one that stands has not", async () => {
  const asked: Asked[] = [];
  const { cache } = cacheOf(asked, 10);
  cache.want(0, 8);
  await quiet();
  const fine = asked.filter(({ step }) => step === 1_000).map(({ from }) => from / MINUTE);
  expect(fine).toEqual([0, 1, 2, 3]);
});

test("seconds that a drag left behind are not fetched any more", async () => {
  const asked: Asked[] = [];
  const { cache } = cacheOf(asked, 10);
  for (let minute = 0; minute < 10; minute += 1) cache.want(minute * MINUTE, 0);
  await quiet();
  expect(asked.filter(({ step }) => step === 1_000).map(({ from }) => from / MINUTE)).toEqual([0, 9]);
});

test("of more minutes than are held, the one that was looked at longest ago is let go, not the one that was fetched first", async () => {
  const asked: Asked[] = [];
  const { cache } = cacheOf(asked, 60);
  for (let minute = 0; minute < 40; minute += 1) {
    cache.want(minute * MINUTE, 0);
    await quiet();
    cache.viewAt(0);
  }
  cache.want(0, 0);
  cache.want(1 * MINUTE, 0);
  await quiet();
  const fine = asked.filter(({ step }) => step === 1_000).map(({ from }) => from / MINUTE);
  expect(fine.filter((minute) => minute < 2)).toEqual([0, 1, 1]);
});

test("a piece that was on its way while the show went on is fetched again: it may be short of what came since", async () => {
  let known = 19 * 60 + 30;
  const answers: (() => void)[] = [];
  const cache = createPastCache({
    from: 0,
    to: known * 1_000,
    whole: false,
    changed: () => undefined,
    load: async ({ from, to, step }) => {
      const by = known;
      await new Promise<void>((answer) => answers.push(answer));
      const frames = Array.from({ length: (to - from) / step }, (_, index) => {
        const until = from + (index + 1) * step;
        return {
          frame: index + 1,
          seq: 1,
          at: until,
          until,
          slices: { count: { value: Math.min(by, until / 1_000) } },
        };
      });
      return { snapshot: { frame: 0, seq: 1, at: from, slices: value(from / 1_000) }, frames, names: {}, comments: {} };
    },
  });
  const answerAll = async () => {
    for (let round = 0; round < 10; round += 1) {
      for (const answer of answers.splice(0)) answer();
      await Promise.resolve();
      await quiet();
    }
  };
  const at = 19 * MINUTE + 50_000;
  cache.want(at, 0);
  known = 25 * 60;
  cache.extend(25 * MINUTE);
  await answerAll();
  expect(cache.viewAt(at)?.view.slices["count"]).toBe(at / 1_000);
  cache.close();
});
