import { expect, test } from "vitest";
import { wrappedLines } from "./wrapped-lines.ts";

/** A Chinese letter is twice as wide as a Latin one. */
const wide = (line: string) =>
  Array.from(line).reduce((sum, letter) => sum + (/[\u3000-\uffef…]/.test(letter) ? 2 : 1), 0);
const within = (width: number) => (line: string) => wide(line) <= width;

test("a poster's lines break between Chinese letters, and Latin words and prices stay whole", () => {
  expect(wrappedLines("秋冬上新前三件直降 ¥300", 3, within(16))).toEqual(["秋冬上新前三件直", "降 ¥300"]);
  expect(wrappedLines("Autumn sale, first three", 3, within(12))).toEqual(["Autumn sale,", "first three"]);
});

test("what is too long for a poster ends in an ellipsis and never runs over its edge", () => {
  const lines = wrappedLines("非常长的名字".repeat(20), 2, within(20));
  expect(lines).toHaveLength(2);
  expect(lines[1]?.endsWith("…")).toBe(true);
  expect(lines.every(within(20))).toBe(true);
  expect(wrappedLines("Donaudampfschifffahrtsgesellschaft", 2, within(10)).every(within(10))).toBe(true);
});

test("nothing gives no lines", () => {
  expect(wrappedLines("  ", 3, within(10))).toEqual([]);
});
