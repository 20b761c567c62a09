import { expect, test } from "vitest";
import { turned, turnOf } from "./paging.ts";

test("pedals and clickers turn pages, other keys do not", () => {
  expect(["PageDown", "Space", "ArrowRight", "ArrowDown"].map(turnOf)).toEqual(["next", "next", "next", "next"]);
  expect(["PageUp", "ArrowLeft", "ArrowUp"].map(turnOf)).toEqual(["back", "back", "back"]);
  expect(turnOf("KeyM")).toBeNull();
});

test("turning stops at the first and the last page, also after there are fewer", () => {
  expect(turned(0, "back", 3)).toBe(0);
  expect(turned(2, "next", 3)).toBe(2);
  expect(turned(5, "next", 2)).toBe(1);
  expect(turned(0, "last", 3)).toBe(2);
});
