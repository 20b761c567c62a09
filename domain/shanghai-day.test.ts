import fc from "fast-check";
import { expect, test } from "vitest";
import {
  civilOf,
  dayNumber,
  dayOf,
  dayText,
  isCalendarDay,
  minuteOfDay,
  numberOfDay,
  startOfDay,
} from "./shanghai-day.ts";

const instants = fc.integer({ min: Date.UTC(1999, 11, 31), max: Date.UTC(2101, 0, 1) });
/** What the platform's clock shows in Shanghai. */
const clock = (at: number) => new Date(at + 8 * 3_600_000);

test("days agree with the platform's calendar, and their numbers, texts and starts lead back", () => {
  fc.assert(
    fc.property(instants, (at) => {
      const day = dayOf(at);
      expect(day).toBe(clock(at).toISOString().slice(0, 10));
      const n = dayNumber(day);
      expect(dayText(n)).toBe(day);
      expect(numberOfDay(civilOf(n))).toBe(n);
      expect(startOfDay(n)).toBeLessThanOrEqual(at);
      expect(startOfDay(n + 1)).toBeGreaterThan(at);
      expect(minuteOfDay(at)).toBe(clock(at).getUTCHours() * 60 + clock(at).getUTCMinutes());
    }),
  );
});

test("a day that no month has is none", () => {
  const is = (y: number, m: number, d: number) => isCalendarDay({ y, m, d });
  expect([is(2028, 2, 29), is(2026, 12, 31), is(2026, 1, 1)]).toEqual([true, true, true]);
  expect([is(2026, 2, 29), is(2026, 4, 31), is(2026, 13, 1), is(2026, 0, 1), is(2026, 1, 0)]).toEqual(
    Array.from({ length: 5 }, () => false),
  );
});
