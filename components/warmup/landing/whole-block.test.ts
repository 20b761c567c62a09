import { expect, test } from "vitest";
import type { Block } from "#domain/landing/blocks.ts";
import { wholeBlock } from "./whole-block.ts";

const at = { blockId: "b", part: "opening", title: "" } as const;

test("rows that nobody has written yet keep nothing from being saved", () => {
  const typed: Block = {
    ...at,
    kind: "benefits",
    items: [
      { title: "直播价", text: "" },
      { title: "", text: "" },
    ],
  };
  expect(wholeBlock(typed)).toEqual({ ...typed, items: [{ title: "直播价", text: "" }] });
  expect(wholeBlock({ ...at, kind: "how", steps: ["", "点预约"] })).toMatchObject({ steps: ["点预约"] });
});

test("a row that is half written waits", () => {
  expect(wholeBlock({ ...at, kind: "faq", items: [{ question: "几点播", answer: "" }] })).toBeNull();
  expect(wholeBlock({ ...at, kind: "rules", text: "" })).toBeNull();
  expect(wholeBlock({ ...at, kind: "products", productIds: [] })).toBeNull();
});
