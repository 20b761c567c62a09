import { expect, it } from "vitest";
import { COUNT_MAX, readPageCursor, writePageCursor } from "./page-cursor.ts";

const made = (text: string | Buffer) => Buffer.from(text).toString("base64url");

it("goes on where a list ended", () => {
  for (const place of [
    { value: 1_900_000_000_000, id: "s_1" },
    { value: -1, id: "g_1" },
  ]) {
    expect(readPageCursor(writePageCursor(place))).toEqual(place);
  }
  expect(readPageCursor(undefined)).toBeUndefined();
});

it("refuses what no list gave, and numbers that the column it is sorted by cannot hold", () => {
  const strange = ["", "x", made("1"), made("x s_1"), made("1 哈"), made("1 \u0000"), made(Buffer.from([255, 254]))];
  for (const cursor of strange) expect(() => readPageCursor(cursor), cursor).toThrow("input.invalid");
  const beyond = writePageCursor({ value: COUNT_MAX + 1, id: "v_1" });
  expect(() => readPageCursor(beyond, COUNT_MAX)).toThrow("input.invalid");
  expect(() => readPageCursor(writePageCursor({ value: -COUNT_MAX - 2, id: "v_1" }), COUNT_MAX)).toThrow();
  expect(readPageCursor(beyond)).toEqual({ value: COUNT_MAX + 1, id: "v_1" });
});
