import fc from "fast-check";
import { expect, test } from "vitest";
import { instantFromText, isSameDay, monthOf, onDay, textFromInstant } from "./date-time-text.ts";

const at = Date.UTC(2026, 10, 21, 12, 0);

test("what is shown reads back as the same minute, in Asia/Shanghai", () => {
  expect(textFromInstant(at)).toBe("2026-11-21 20:00");
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 66_000_000 }), (minutes) => {
      const instant = minutes * 60_000;
      expect(instantFromText(textFromInstant(instant), 0)).toBe(instant);
    }),
  );
});

test.each([
  ["20:30", at + 30 * 60_000],
  ["11-22 08:05", Date.UTC(2026, 10, 22, 0, 5)],
  ["11月22日 8:05", Date.UTC(2026, 10, 22, 0, 5)],
  ["2027/1/2", Date.UTC(2027, 0, 2, 12, 0)],
  ["20:30", at + 30 * 60_000],
  ["2-30 20:00", undefined],
  ["25:00", undefined],
  ["tomorrow", undefined],
  ["", undefined],
])("%s is read near the instant that stood there", (text, expected) => {
  expect(instantFromText(text, at)).toBe(expected);
});

test("a day without a year is the nearest one: in December a show of January is planned", () => {
  const december = Date.UTC(2026, 11, 20, 12, 0);
  expect(instantFromText("1-5 20:00", december)).toBe(Date.UTC(2027, 0, 5, 12, 0));
  expect(instantFromText("12-28", Date.UTC(2027, 0, 3, 12, 0))).toBe(Date.UTC(2026, 11, 28, 12, 0));
  expect(instantFromText("2-29 20:00", Date.UTC(2027, 11, 1, 12, 0))).toBe(Date.UTC(2028, 1, 29, 12, 0));
  expect(instantFromText("2-29 20:00", december)).toBeUndefined();
});

test("a month is six weeks from Monday, and a day chosen keeps the time of day", () => {
  const { year, month, days } = monthOf(at);
  expect([year, month, days.length]).toEqual([2026, 11, 42]);
  expect(days.slice(0, 7).map(({ day }) => day)).toEqual([26, 27, 28, 29, 30, 31, 1]);
  const first = days.find(({ inMonth }) => inMonth);
  expect(textFromInstant(onDay(first?.at ?? 0, at))).toBe("2026-11-01 20:00");
  expect(isSameDay(at, at + 3 * 3_600_000)).toBe(true);
  expect(isSameDay(at, at + 4 * 3_600_000)).toBe(false);
});
