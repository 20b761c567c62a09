import { expect, test } from "vitest";
import { everyDay } from "./growth-days.ts";

test("days on which nobody moved stand in the span, days in Shanghai whatever the machine's zone", () => {
  // 00:30 of the 22nd in Shanghai.
  const now = Date.UTC(2026, 10, 21, 16, 30);
  const moved = [{ day: "2026-11-21", joins: 3, leaves: 1 }];
  expect(everyDay(moved, { now, days: 3 })).toEqual([
    { day: "2026-11-20", joins: 0, leaves: 0 },
    { day: "2026-11-21", joins: 3, leaves: 1 },
    { day: "2026-11-22", joins: 0, leaves: 0 },
  ]);
});
