import { expect, it } from "vitest";
import { dayOf } from "#domain/shanghai-day.ts";
import { soonToday } from "./soon-today.ts";

it("is a whole minute ten minutes on, and still of today when that is the last of the day", () => {
  expect(soonToday(Date.parse("2026-12-31T20:00:30+08:00"))).toBe(Date.parse("2026-12-31T20:11:00+08:00"));
  expect(soonToday(Date.parse("2027-01-01T00:00:00+08:00"))).toBe(Date.parse("2027-01-01T00:10:00+08:00"));
  for (const clock of ["23:49:30", "23:55:00", "23:59:59"]) {
    const now = Date.parse(`2026-12-31T${clock}+08:00`);
    expect(dayOf(soonToday(now)), clock).toBe("2026-12-31");
    expect(soonToday(now), clock).toBeGreaterThan(now);
  }
});
