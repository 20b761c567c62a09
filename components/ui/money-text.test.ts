import fc from "fast-check";
import { expect, test } from "vitest";
import { fenFromText, textFromFen } from "./money-text.ts";

test("an amount survives being shown and typed back, to the fen", () => {
  fc.assert(
    fc.property(fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }), (fen) => {
      expect(fenFromText(textFromFen(fen))).toBe(fen);
    }),
  );
});

test.each([
  ["¥1,299", 129_900],
  ["３９９．５元", 39_950],
  ["0.1", 10],
  ["120万", 120_000_000],
  ["84.6 万", 84_600_000],
  ["", null],
  ["12.345", undefined],
  ["1e3", undefined],
  ["abc", undefined],
])("%s is read as %s fen", (text, fen) => {
  expect(fenFromText(text)).toBe(fen);
});
