import { expect, test } from "vitest";
import { namesIn } from "./winner-names.ts";

test("names come one a line, with commas of both kinds, or from a table", () => {
  expect(namesIn("示例小明\r\n示例小红,阿May,Tom\n")).toEqual(["示例小明", "示例小红", "阿May", "Tom"]);
  expect(namesIn("示例小明\t示例小红\n\t")).toEqual(["示例小明", "示例小红"]);
});

test("a name keeps its spaces and is taken once, however it was typed", () => {
  expect(namesIn("  Tom Lee \nTom Lee\n\u200bTom Lee\ufeff")).toEqual(["Tom Lee"]);
  expect(namesIn("Zoe\u0301,Zo\u00e9")).toEqual(["Zo\u00e9"]);
});

test("nothing pasted is nobody", () => {
  expect(namesIn(" \n , ,\t")).toEqual([]);
});
