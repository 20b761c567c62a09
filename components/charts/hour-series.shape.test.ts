import { expect, test } from "vitest";
import { everyHour, HOUR_MS, neededPerHour, sumsOf } from "./hour-series.shape.ts";

const T = 500_000 * HOUR_MS;
const hour = (n: number) => T + n * HOUR_MS;

test("nothing known makes no hours", () => {
  expect(everyHour({ reservations: [], signups: [], standing: 0, now: T })).toEqual([]);
});

test("a count that was told holds until another one is; before the first it is unknown", () => {
  const points = everyHour({
    reservations: [
      { at: hour(1), count: 100 },
      { at: hour(3), count: 80 },
    ],
    signups: [{ at: hour(0), signups: 2, cancelled: 0 }],
    standing: 2,
    now: hour(4) + 5,
  });
  expect(points.map(({ reservations }) => reservations)).toEqual([null, 100, 100, 80, 80]);
  expect(points.map(({ reserved }) => reserved)).toEqual([null, null, 0, -20, 0]);
});

test("sign-ups are counted back from those that stand now, so that the curve ends at the figure above it", () => {
  const points = everyHour({
    reservations: [],
    signups: [
      { at: hour(0), signups: 5, cancelled: 1 },
      { at: hour(2), signups: 3, cancelled: 2 },
    ],
    standing: 105,
    now: hour(3),
  });
  expect(points.map(({ signups }) => signups)).toEqual([104, 104, 105, 105]);
});

test("what an hour came to stands at its end, and of the running hour now; the curve begins with what was before", () => {
  const now = hour(2) + 15 * 60_000;
  const hours = everyHour({
    reservations: [
      { at: hour(-1), count: 60 },
      { at: hour(1), count: 100 },
    ],
    signups: [
      { at: hour(0), signups: 5, cancelled: 1 },
      { at: hour(2), signups: 3, cancelled: 0 },
    ],
    standing: 107,
    now,
  }).slice(1);
  const sums = sumsOf(hours, now).map(({ at, signups, reservations }) => [at - T, signups, reservations]);
  expect(sums).toEqual([
    [0, 100, 60],
    [HOUR_MS, 104, 60],
    [2 * HOUR_MS, 104, 100],
    [now - T, 107, 100],
  ]);
  expect(sumsOf([], now)).toEqual([]);
});

test("two days at most, with what was told before them", () => {
  const points = everyHour({
    reservations: [{ at: hour(0), count: 7 }],
    signups: [{ at: hour(99), signups: 1, cancelled: 0 }],
    standing: 1,
    now: hour(100),
  });
  expect(points).toHaveLength(48);
  expect(points[0]).toMatchObject({ at: hour(53), reservations: 7, signups: 0 });
});

test("what is needed an hour ends with the target or the start", () => {
  const asked = { target: 1_000, count: 400, now: T, startsAt: hour(10) };
  expect(neededPerHour(asked)).toBe(60);
  expect(neededPerHour({ ...asked, count: 1_000 })).toBeNull();
  expect(neededPerHour({ ...asked, startsAt: T })).toBeNull();
  expect(neededPerHour({ ...asked, target: null })).toBeNull();
  expect(neededPerHour({ ...asked, startsAt: T + 60_000 })).toBe(600);
});
