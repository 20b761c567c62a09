import { expect, test } from "vitest";
import { axisTicks, bringing, linePath, moved, shareOf, stepsPath, zoomed } from "./time-axis.shape.ts";

const MINUTE = 60_000;
const whole = { from: 0, to: 240 * MINUTE };

test("zooming keeps what stands under the pointer, stops at a minute and at the whole", () => {
  const at = 100 * MINUTE;
  const near = zoomed(whole, whole, { at, factor: 0.1 });
  expect(near.to - near.from).toBe(24 * MINUTE);
  expect(shareOf(near, at)).toBeCloseTo(shareOf(whole, at), 6);
  const nearest = zoomed(near, whole, { at, factor: 1e-6 });
  expect(nearest.to - nearest.from).toBe(MINUTE);
  expect(zoomed(near, whole, { at, factor: 1_000 })).toEqual(whole);
});

test("moving stops at either end, and what is stepped to comes into sight", () => {
  const window = { from: 10 * MINUTE, to: 20 * MINUTE };
  expect(moved(window, whole, -60 * MINUTE)).toEqual({ from: 0, to: 10 * MINUTE });
  expect(moved(window, whole, 1e12)).toEqual({ from: 230 * MINUTE, to: 240 * MINUTE });
  expect(bringing(window, whole, 15 * MINUTE)).toBe(window);
  const shown = bringing(window, whole, 100 * MINUTE);
  expect(shareOf(shown, 100 * MINUTE)).toBeCloseTo(0.9, 6);
});

test("labels of time are round, and tell seconds where minutes are too far apart", () => {
  expect(axisTicks({ from: 5_000, to: 240 * MINUTE }, 8)).toEqual({
    at: [30, 60, 90, 120, 150, 180, 210, 240].map((minutes) => minutes * MINUTE),
    seconds: false,
  });
  expect(axisTicks({ from: 0, to: MINUTE }, 4)).toEqual({ at: [0, 15_000, 30_000, 45_000, 60_000], seconds: true });
});

test("sums are steps as wide as their minute; counts break where nobody counted, and one alone is a dot", () => {
  const box = { widthPx: 100, heightPx: 10, window: { from: 0, to: 2 * MINUTE }, top: 10 };
  expect(stepsPath(new Map([[MINUTE, 5]]), box)).toContain("V10H50V5H100");
  const counted = new Map([
    [0, 10],
    [2 * MINUTE, 5],
  ]);
  expect(linePath(counted, box)).toBe("M25,0h0M125,5h0");
});
