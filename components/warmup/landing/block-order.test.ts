import { expect, test } from "vitest";
import type { Block, Part } from "#domain/landing/blocks.ts";
import { endOfPart, partAt } from "./block-order.ts";

const act = (blockId: string, part: Part): Block => ({ blockId, part, kind: "act", title: "", text: "" });
const blocks = [act("a", "opening"), act("b", "opening"), act("c", "proof"), act("d", "closing")];
const byId = new Map(blocks.map((block) => [block.blockId, block]));

test("a block that is moved among those of another part belongs to that part", () => {
  expect(partAt(["b", "c", "a", "d"], "a", byId)).toBe("proof");
  expect(partAt(["b", "c", "d", "a"], "a", byId)).toBe("closing");
  expect(partAt(["d", "a", "b", "c"], "d", byId)).toBe("opening");
});

test("between two parts it stays with its own where that fits", () => {
  expect(partAt(["a", "b", "d", "c"], "d", byId)).toBe("proof");
  expect(partAt(["a", "c", "b", "d"], "c", byId)).toBe("opening");
  expect(partAt(["a", "b", "c", "d"], "c", byId)).toBe("proof");
});

test("a new block stands behind the last one of its part, also where the part is empty", () => {
  expect(endOfPart(blocks, "opening")).toBe(2);
  expect(endOfPart(blocks, "closing")).toBe(4);
  expect(endOfPart([act("a", "opening"), act("d", "closing")], "proof")).toBe(1);
  expect(endOfPart(blocks, "proof", "a")).toBe(2);
  expect(endOfPart([], "closing")).toBe(0);
});
