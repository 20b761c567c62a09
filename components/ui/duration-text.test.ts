import fc from "fast-check";
import { expect, test } from "vitest";
import { durationFromText, textFromDuration } from "./duration-text.ts";

test("a length of time survives being shown and typed back, to the second", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 12 * 3_600 }), (seconds) => {
      expect(durationFromText(textFromDuration(seconds * 1_000))).toBe(seconds * 1_000);
    }),
  );
});

test.each([
  ["12", 720_000],
  ["12分钟", 720_000],
  ["1.5", 90_000],
  ["1:30", 90_000],
  ["90:00", 5_400_000],
  ["1:02:00", 3_720_000],
  ["", null],
  ["1:75", undefined],
  ["soon", undefined],
])("%s is read as %s ms", (text, ms) => {
  expect(durationFromText(text)).toBe(ms);
});
