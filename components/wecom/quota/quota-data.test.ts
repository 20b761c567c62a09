import { expect, it } from "vitest";
import { leftParts } from "./quota-data.ts";

it("counts who is left with nothing, with little and with more, each of them once", () => {
  expect(leftParts([2, 0, 0, 4, 1, 7])).toEqual([
    { key: "leftNone", count: 2, over: 0 },
    { key: "leftFew", count: 4, over: 0 },
    { key: "leftMore", count: 8, over: 3 },
  ]);
  expect(leftParts([0, 0])).toEqual([]);
});
