import { expect, test } from "vitest";
import { keptAnswers } from "./kept-answers.ts";

/** What is asked takes `tookMs` of the test's clock, once it is let through. */
function world(tookMs: number) {
  let clock = 1_000;
  let made = 0;
  const waiting: (() => void)[] = [];
  const ask = keptAnswers<number>(10, () => clock);
  const make = async (): Promise<number> => {
    made += 1;
    const value = made;
    await new Promise<void>((resolve) => waiting.push(resolve));
    clock += tookMs;
    return value;
  };
  return {
    ask: () => ask("a", make),
    make: () => made,
    through: () => waiting.shift()?.(),
    pass: (ms: number) => (clock += ms),
    settled: () => new Promise<void>((resolve) => setImmediate(resolve)),
  };
}

test("what took long is given at once as it was, and is made anew behind it, by one of all who ask", async () => {
  const { ask, make, through, pass, settled } = world(700);
  const first = [ask(), ask()];
  await settled();
  through();
  expect(await Promise.all(first)).toMatchObject([
    { at: 1_000, value: 1 },
    { at: 1_000, value: 1 },
  ]);
  pass(5_000);
  expect(await ask()).toMatchObject({ value: 1 });
  expect(make()).toBe(1);
  pass(5_000);
  expect(await Promise.all([ask(), ask()])).toMatchObject([{ value: 1 }, { value: 1 }]);
  expect(make()).toBe(2);
  through();
  await settled();
  expect(await ask()).toMatchObject({ at: 11_700, value: 2 });
});

test("what is made quickly, or is too old, is waited for", async () => {
  for (const [tookMs, later] of [
    [20, 1],
    [700, 120_001],
    // The clock was set back: how old it is nobody knows.
    [700, -3_600_000],
  ] as const) {
    const { ask, through, pass, settled } = world(tookMs);
    const first = ask();
    await settled();
    through();
    expect(await first).toMatchObject({ value: 1 });
    pass(later);
    const second = ask();
    await settled();
    through();
    expect(await second).toMatchObject({ value: 2 });
  }
});

test("one that fails is told to who waits for it, and spoils nothing that was made before", async () => {
  let fails = true;
  let clock = 0;
  const ask = keptAnswers<string>(10, () => clock);
  const make = () => {
    clock += 500;
    return fails ? Promise.reject(new Error("away")) : Promise.resolve("made");
  };
  await expect(ask("a", make)).rejects.toThrow("away");
  fails = false;
  expect(await ask("a", make)).toMatchObject({ value: "made" });
  fails = true;
  clock += 10_000;
  expect(await ask("a", make)).toMatchObject({ value: "made" });
  expect(await ask("a", make)).toMatchObject({ value: "made" });
});
