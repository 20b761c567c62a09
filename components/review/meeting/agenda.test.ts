import { expect, test } from "vitest";
import { keyPage, pageOf, turned } from "./agenda.ts";

test("a meeting goes by keys, and neither past its end nor before its beginning", () => {
  expect(keyPage("goals", "ArrowRight")).toBe("goods");
  expect(keyPage("goods", "PageUp")).toBe("goals");
  expect(keyPage("goals", "Digit6")).toBe("next");
  expect(keyPage("goals", "Numpad3")).toBe("course");
  expect(keyPage("goals", "KeyA")).toBeNull();
  expect(keyPage("goals", "Digit7")).toBeNull();
  expect(turned("next", 1)).toBe("next");
  expect(turned("goals", -1)).toBe("goals");
});

test("an address that names no page opens the first", () => {
  expect(pageOf("#people")).toBe("people");
  expect(pageOf("#nobody")).toBe("goals");
  expect(pageOf("")).toBe("goals");
});
