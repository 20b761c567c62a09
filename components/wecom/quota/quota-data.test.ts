import { expect, it } from "vitest";
import { leftParts, pushNames } from "./quota-data.ts";

it("counts who is left with nothing, with little and with more, each of them once", () => {
  expect(leftParts([2, 0, 0, 4, 1, 7])).toEqual([
    { key: "leftNone", count: 2, over: 0 },
    { key: "leftFew", count: 4, over: 0 },
    { key: "leftMore", count: 8, over: 4 },
  ]);
  expect(leftParts([0, 0])).toEqual([]);
});

it("names pushes of one name once, with how many they are", () => {
  const push = (title: string | null) => ({ pushId: "p", sessionId: "s", title, showTitle: null, mayOpen: true });
  expect(pushNames({ pushes: [push("开播提醒"), push(null), push("开播提醒")] }, "其他")).toEqual([
    "开播提醒 ×2",
    "其他",
  ]);
});
