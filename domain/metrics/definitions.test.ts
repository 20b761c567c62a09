import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FIGURES, figuresPage } from "./definitions.ts";

test("[FIG5] docs/figures.md says what the screens say, each figure once, none called conversion", () => {
  expect(readFileSync(new URL("../../docs/figures.md", import.meta.url), "utf8")).toBe(figuresPage());
  const names = Object.values(FIGURES).flatMap(({ zh, en }) => [zh.name, en.name]);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => name.includes("转化率") || /conversion/i.test(name))).toEqual([]);
});
