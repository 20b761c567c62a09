import { afterEach, expect, it, vi } from "vitest";
import { askTogether } from "./ask-together.ts";
import { DeadlineError } from "./lifecycle.ts";

afterEach(() => void vi.useRealTimers());

it("asks at once for the first, together for whoever comes meanwhile, and answers each by their own", async () => {
  const asked: number[][] = [];
  const answers: PromiseWithResolvers<void>[] = [];
  const ask = askTogether<number, string>(
    async (keys) => {
      asked.push([...keys]);
      const answer = Promise.withResolvers<void>();
      answers.push(answer);
      await answer.promise;
      return keys.map((key) => `a${key}`);
    },
    { atOnceMax: 3, answerMsMax: 10_000, underWayMax: 1 },
  );
  const first = ask(1);
  await Promise.resolve();
  const others = [2, 3, 4, 5].map((key) => ask(key));
  expect(asked).toEqual([[1]]);
  answers[0]?.resolve();
  expect(await first).toBe("a1");
  await Promise.resolve();
  expect(asked).toEqual([[1], [2, 3, 4]]);
  answers[1]?.resolve();
  await others[0];
  await Promise.resolve();
  answers[2]?.resolve();
  expect(await Promise.all(others)).toEqual(["a2", "a3", "a4", "a5"]);
});

it("tells a failure to all whom it was asked for, and goes on", async () => {
  let fails = true;
  const ask = askTogether<number, number>(
    async (keys) => {
      if (fails) throw new Error("away");
      return keys;
    },
    { atOnceMax: 10, answerMsMax: 10_000 },
  );
  const both = await Promise.allSettled([ask(1), ask(2)]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  fails = false;
  expect(await ask(3)).toBe(3);
});

it("tells who waits as well when no answer comes in time, and asks again for whoever comes then", async () => {
  let isAway = true;
  let asked = 0;
  const ask = askTogether<number, number>(
    (keys) => {
      asked += 1;
      return isAway ? new Promise(() => undefined) : Promise.resolve(keys);
    },
    { atOnceMax: 1, answerMsMax: 20, underWayMax: 1 },
  );
  const all = await Promise.allSettled([ask(1), ask(2), ask(3)]);
  expect(all.map((one) => one.status === "rejected" && one.reason instanceof DeadlineError)).toEqual([
    true,
    true,
    true,
  ]);
  expect(asked).toBe(1);
  isAway = false;
  expect(await ask(4)).toBe(4);
});

it("keeps questions apart while one follows the other, and lets nobody wait who comes after a pause", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  const asked: { readonly at: number; readonly keys: number }[] = [];
  const ask = askTogether<number, number>(
    (keys) => {
      asked.push({ at: performance.now(), keys: keys.length });
      return Promise.resolve(keys);
    },
    { atOnceMax: 4, answerMsMax: 10_000, underWayMax: 1, apartMs: 60 },
  );
  const began = performance.now();
  expect(await ask(1)).toBe(1);
  const both = Promise.all([ask(2), ask(3)]);
  await vi.advanceTimersByTimeAsync(59);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await both).toEqual([2, 3]);
  // As many as go at once go at once.
  await Promise.all([4, 5, 6, 7].map(ask));
  expect(asked.map(({ at, keys }) => [at - began, keys])).toEqual([
    [0, 1],
    [60, 2],
    [60, 4],
  ]);
});
