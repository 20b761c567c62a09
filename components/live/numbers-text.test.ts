import { expect, test } from "vitest";
import { numberFromText } from "./numbers-text.ts";

test("numbers are read as the big screen prints them", () => {
  expect(["8,204", " 1.2 万", "18.29W", "12000", ""].map(numberFromText)).toEqual([
    8_204,
    12_000,
    182_900,
    12_000,
    null,
  ]);
  expect(["abc", "1.5", "-3", "1.23456 万"].map(numberFromText)).toEqual([undefined, undefined, undefined, undefined]);
});
