import { expect, test } from "vitest";
import { trendsQuery, type TrendFilter } from "./load-trends.ts";

const filter: TrendFilter = {
  period: "month",
  rehearsal: false,
  sort: "startedAt",
  descending: true,
  figure: "paidFen",
  page: 1,
};

test("a period begins with a whole day of Shanghai, at whatever time of the day it is asked for", () => {
  for (const clock of ["00:10", "07:59", "08:01", "23:50"]) {
    const now = Date.parse(`2026-11-21T${clock}:00+08:00`);
    const from = Number(new URLSearchParams(trendsQuery(filter, now)).get("from"));
    expect(from).toBe(Date.parse("2026-10-22T00:00:00+08:00"));
  }
  expect(trendsQuery({ ...filter, period: "all" }, 0)).not.toContain("from=");
});
