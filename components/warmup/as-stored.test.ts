import { expect, test } from "vitest";
import { asStored } from "./as-stored.ts";

test("[MTH5] what was only shown in other words is sent as it is stored, what was written as it was written", () => {
  const stored = { title: "预告", goal: "点预约" };
  const shown = { title: "Notice", goal: "reserve" };
  expect(asStored({ title: "Notice" }, shown, stored)).toEqual({ title: "预告" });
  expect(asStored({ title: "Ours", goal: "reserve" }, shown, stored)).toEqual({ title: "Ours", goal: "点预约" });
  expect(asStored({ title: "Ours" }, undefined, undefined)).toEqual({ title: "Ours" });
});
