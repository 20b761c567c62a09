import { expect, test } from "vitest";
import { emsOf, fittingSize } from "./text-fit.ts";

test("Chinese is as wide as it is high, Latin about half", () => {
  expect(emsOf("再报一次尺码")).toBe(6);
  expect(emsOf("size")).toBeLessThan(2.5);
});

test("the largest size that fits is taken, the smallest for what fits in none", () => {
  const sizes = [120, 90, 60] as const;
  expect(fittingSize("准备过款", sizes, { width: 1_800, lines: 1 })).toBe(120);
  expect(fittingSize("字".repeat(18), sizes, { width: 1_800, lines: 1 })).toBe(90);
  expect(fittingSize("字".repeat(18), sizes, { width: 1_800, lines: 2 })).toBe(120);
  expect(fittingSize("字".repeat(200), sizes, { width: 1_800, lines: 2 })).toBe(60);
});
