import { expect, test } from "vitest";
import { instant } from "#domain/units.ts";
import type { ShowSlices } from "../session/show-slices.ts";
import { courseOf, pointsOf } from "./course.ts";

const MINUTE = 60_000;
const START = 1_000 * MINUTE;

type Slices = Pick<ShowSlices, "session" | "series" | "figures">;
type Given = { readonly [minute: number]: { paidFen?: number; orders?: number; online?: number | null } };

function slices(given: Given, endedAfterMin: number | null, source: "orders" | "manual" = "orders"): Slices {
  const rows = Object.entries(given).map(([minute, row]) => {
    const at = START + Number(minute) * MINUTE;
    return [String(at), { at, paidFen: 0, orders: 0, online: null, ...row }] as const;
  });
  const session = {
    startedAt: instant(START + 20_000),
    endedAt: endedAfterMin === null ? null : instant(START + endedAfterMin * MINUTE),
  };
  return { session, series: new Map(rows), figures: { headline: { source } } } as unknown as Slices;
}

test("money and orders are added up from the start on; what was sold before or after is not on the line", () => {
  const given = {
    [-3]: { paidFen: 500 },
    0: { paidFen: 100, orders: 1 },
    2: { paidFen: 50, orders: 2 },
    9: { paidFen: 7 },
  };
  const { paid, perMinute, orders } = courseOf(slices(given, 3), START + 99 * MINUTE);
  expect(perMinute).toEqual([100, 0, 50, 0]);
  expect(paid).toEqual([100, 100, 150, 150]);
  expect(orders).toEqual([1, 1, 3, 3]);
});

test("online goes on between samples of a slow source, and breaks where it was away", () => {
  const { online } = courseOf(slices({ 1: { online: 10 }, 4: { online: 20 }, 12: { online: 30 } }, 12), 0);
  expect(online).toEqual([null, 10, 10, 10, 20, 20, 20, 20, 20, 20, null, null, 30]);
});

test("a show that ended has no line after its end", () => {
  const short = { key: "a", course: courseOf(slices({ 0: { paidFen: 1 } }, 1), 0) };
  const long = { key: "b", course: courseOf(slices({ 0: { paidFen: 2 } }, 2), 0) };
  expect(pointsOf([short, long], "paid")).toEqual([
    { minute: 0, a: 1, b: 2 },
    { minute: 1, a: 1, b: 2 },
    { minute: 2, a: null, b: 2 },
  ]);
});

test("a show of which no orders are known has no line of money, rather than one at 0", () => {
  const { paid, orders, online } = courseOf(slices({ 1: { online: 7 } }, 2, "manual"), 0);
  expect(paid).toEqual([null, null, null]);
  expect(orders).toEqual([null, null, null]);
  expect(online).toEqual([null, 7, 7]);
});
