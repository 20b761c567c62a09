import { expect, test } from "vitest";
import { delayMs } from "./show-poll.ts";

test("a page that is answered asks as often as the server says, spread by 15 percent", () => {
  expect(delayMs(0, 2_000, 0.5)).toBe(2_000);
  expect([delayMs(0, 2_000, 0), delayMs(0, 2_000, 1)]).toEqual([1_700, 2_300]);
});

test("a page that is not answered asks twice as rarely each time, and never more rarely than every half minute", () => {
  expect([1, 2, 3, 4, 5, 50].map((failures) => delayMs(failures, 2_000, 0.5))).toEqual([
    2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
  ]);
});
