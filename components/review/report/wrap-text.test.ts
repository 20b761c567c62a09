import { expect, test } from "vitest";
import { wrapText } from "./wrap-text.ts";

/** Chinese characters are twice as wide as Latin ones, as in most fonts. */
const widthOf = (text: string) =>
  Array.from(text).reduce((sum, char) => sum + (/[\u0020-\u024f]/.test(char) ? 1 : 2), 0);
const wrap = (text: string, width: number) => wrapText(text, width, widthOf);

test("breaks Chinese anywhere and Latin between words, within the width", () => {
  expect(wrap("轻暖羽绒服女士长款", 10)).toEqual(["轻暖羽绒服", "女士长款"]);
  expect(wrap("Down coat light", 10)).toEqual(["Down coat", "light"]);
  expect(wrap("新款 Nike 鞋 ¥1,299", 10)).toEqual(["新款 Nike", "鞋 ¥1,299"]);
});

test("loses nothing of a long name, and cuts a word only when it is longer than a line", () => {
  const name = "示例·超级无敌长的商品名称(加绒加厚)2026年冬季新款ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const lines = wrap(name, 14);
  expect(lines.join("")).toBe(name);
  for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(14);
});

test("puts no comma or closing bracket at the head of a line, and no opening one at the end", () => {
  for (let width = 6; width < 30; width += 1) {
    for (const line of wrap("累计成交 ¥248,310,完成目标(已含运费)41%。好!", width)) {
      expect(line).not.toMatch(/^[,。!)%]/);
      if (width > 12) expect(line).not.toMatch(/[(¥]$/);
    }
  }
});

test("keeps an emoji of several code points whole", () => {
  expect(
    wrap("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", 12)
      .join("|")
      .split("|")
      .every((line) => !line.startsWith("\u200d")),
  ).toBe(true);
});

test("an empty text is one empty line", () => {
  expect(wrap("", 10)).toEqual([""]);
});
