import { expect, test } from "vitest";
import { isOldReading } from "./reservation-age.shape.ts";

const MINUTE = 60_000;
const NOW = 10_000 * MINUTE;
const ago = (...minutes: number[]) => minutes.map((minute) => NOW - minute * MINUTE);

test("a count is old after twice its usual gap, and never within the hour after it was typed", () => {
  expect(isOldReading([], NOW)).toBe(false);
  expect(isOldReading(ago(59), NOW)).toBe(false);
  expect(isOldReading(ago(61), NOW)).toBe(true);
  // Two typed at once say nothing about the next.
  expect(isOldReading(ago(50, 51), NOW)).toBe(false);
  // Every four hours: old after eight.
  expect(isOldReading(ago(460, 700, 940), NOW)).toBe(false);
  expect(isOldReading(ago(490, 730, 970), NOW)).toBe(true);
});
