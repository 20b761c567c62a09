import { expect, test } from "vitest";
import { heard, isLate, NO_GAPS, usualGapMs } from "./usual-gap.ts";

const every = (ms: number, times: number) => Array.from({ length: times }, (_, n) => n * ms).reduce(heard, NO_GAPS);

test("a source is late once it is silent for twice its usual gap", () => {
  const minutely = every(60_000, 5);
  expect(usualGapMs(minutely)).toBe(60_000);
  expect(isLate(minutely, 240_000 + 119_000)).toBe(false);
  expect(isLate(minutely, 240_000 + 121_000)).toBe(true);
});

test("the usual gap is the middle one, so that one long pause changes nothing, and a time told twice is no gap", () => {
  const at = [0, 20_000, 45_000, 345_000, 375_000, 400_000];
  expect(usualGapMs(at.reduce(heard, NO_GAPS))).toBe(25_000);
  expect(usualGapMs([...at, 400_000, 400_000, 400_000, 400_000, 390_000].reduce(heard, NO_GAPS))).toBe(25_000);
});

test("in a rehearsal that runs fast, silence counts in real seconds", () => {
  expect(isLate(every(5_000, 20), 95_000 + 60 * 20_000, 60)).toBe(false);
  expect(isLate(every(5_000, 20), 95_000 + 60 * 31_000, 60)).toBe(true);
});

test("a burst does not make the next pause late, and a source that never spoke is not late", () => {
  expect(usualGapMs(every(200, 20))).toBe(15_000);
  expect(isLate(NO_GAPS, 1e9)).toBe(false);
});
