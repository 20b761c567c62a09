import { expect, test } from "vitest";
import { minuteOfText } from "./rule-words.ts";

test("a time of the day is read as people type it, and nothing else is", () => {
  expect(["20:30", "20:30", "2030", " 20 : 30 ", "8:05", "0:00"].map(minuteOfText)).toEqual([
    1_230, 1_230, 1_230, 1_230, 485, 0,
  ]);
  expect(["24:00", "20:60", "八点", "", "20"].map(minuteOfText)).toEqual([null, null, null, null, null]);
});
