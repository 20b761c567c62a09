import fc from "fast-check";
import { expect, it } from "vitest";

import { looksRounded, parseId } from "./id.ts";

const value = (parsed: { ok: boolean }) => ("value" in parsed ? parsed.value : "code" in parsed ? parsed.code : null);

it.each([
  ["3705123456789012345", "3705123456789012345"],
  ["'3705123456789012345", "3705123456789012345"],
  ["\t3705123456789012345", "3705123456789012345"],
  ['="3705123456789012345"', "3705123456789012345"],
  ["`100200300", "100200300"],
  ["10000123.0", "10000123"],
  [{ number: "123456789012345" }, "123456789012345"],
  ["export/UzFfAgtg-_9", "export/UzFfAgtg-_9"],
  ["3.70512E+18", "id.mangled"],
  [{ number: "3.7051234567890122E18" }, "id.mangled"],
  [{ number: "3705123456789012345" }, "id.mangled"],
  ["3705123456789012480.0", "id.mangled"],
  [{ number: "12.5" }, "id.mangled"],
  ["待上架", "id.unreadable"],
  ["", "cell.required"],
])("reads the id %j or refuses it", (cell, expected) => {
  expect(value(parseId(cell))).toBe(expected);
});

it("keeps every digit of any id that stands as text", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[1-9]\d{0,30}$/), fc.constantFrom("", "'", "\t"), (id, guard) => {
      expect(value(parseId(guard + id))).toBe(id);
    }),
  );
});

it("tells a rounded column from one id that happens to end in zeros", () => {
  expect(looksRounded(["3705123456789010000", "3705123456789020000"])).toBe(true);
  expect(looksRounded(["3705123456789010000", "3705123456789012345", "3705123456789012346"])).toBe(false);
  expect(looksRounded(["100200300"])).toBe(false);
});
