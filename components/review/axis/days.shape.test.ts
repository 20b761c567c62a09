import { expect, test } from "vitest";
import { barsOf, dayMarks, daysIn, daysWidth } from "./days.shape.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** 2026-11-18 00:00 in Shanghai. */
const MIDNIGHT = Date.UTC(2026, 10, 17, 16);
const span = { from: MIDNIGHT, to: MIDNIGHT + 3 * DAY_MS + 14 * HOUR_MS };

test("each day of Shanghai that begins inside has its mark", () => {
  expect(dayMarks(span).map(({ label }) => label)).toEqual(["11-18", "11-19", "11-20", "11-21"]);
  expect(dayMarks({ from: MIDNIGHT + 1, to: MIDNIGHT + DAY_MS })).toEqual([]);
  expect(daysIn(span)).toBe(4);
});

test("bars hold every sign-up of their time once, and none from outside", () => {
  const hours = Array.from({ length: 100 }, (_, hour) => ({ at: MIDNIGHT + (hour - 5) * HOUR_MS, count: 2 }));
  for (const widthPx of [96, 160, 320, 2_000]) {
    const bars = barsOf(hours, span, widthPx);
    expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(86 * 2);
    for (const [index, bar] of bars.entries())
      expect(bar.from).toBeGreaterThanOrEqual(bars[index - 1]?.to ?? span.from);
  }
  expect(barsOf([], span, 160)).toEqual([]);
});

test("many days take no more than leaves the show most of the axis", () => {
  const long = 4 * HOUR_MS;
  expect(daysWidth(span, 1_400, long)).toBe(176);
  expect(daysWidth({ from: 0, to: 30 * DAY_MS }, 1_400, long)).toBe(320);
  expect(daysWidth(span, 358, long)).toBe(100);
});

test("beside a short show the days have room to be read, and the show has most of it still", () => {
  expect(daysWidth(span, 1_400, HOUR_MS)).toBe(440);
  expect(daysWidth({ from: 0, to: 30 * DAY_MS }, 1_400, HOUR_MS)).toBe(630);
  expect(daysWidth(span, 358, HOUR_MS)).toBe(161);
});
