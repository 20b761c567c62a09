import { expect, test } from "vitest";
import { minuteOfDay, textOfMinute } from "./day-minute.ts";

test("a time of the day is read as people write it, and nothing else is", () => {
  expect(["22:30", "8:00", "0830", "22:30", "00:00"].map(minuteOfDay)).toEqual([1_350, 480, 510, 1_350, 0]);
  expect(["24:00", "12:60", "noon", "", "1:2"].map(minuteOfDay)).toEqual([null, null, null, null, null]);
  expect(textOfMinute(485)).toBe("08:05");
});
