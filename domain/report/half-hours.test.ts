import { expect, test } from "vitest";
import { bestMinute, HALF_HOUR_MS, halfHoursOf, lastMark, type Minute } from "./half-hours.ts";

const MINUTE = 60_000;
/** 20:00 in Shanghai. */
const START = Date.UTC(2026, 10, 11, 12);

function minute(at: number, paidFen: number, more: Partial<Minute> = {}): [string, Minute] {
  const row: Minute = {
    at,
    placedFen: paidFen,
    paidFen,
    privateFen: 0,
    publicFen: paidFen,
    orders: 1,
    units: 1,
    buyers: 1,
    refundedFen: 0,
    online: null,
    entered: null,
    left: null,
    views: null,
    likes: null,
    shares: null,
    follows: null,
    comments: null,
    exposures: null,
    clicks: null,
    ...more,
  };
  return [String(at), row];
}

test("a half hour is full by the show's clock, counted from the minute of the start", () => {
  const session = { startedAt: START + 27_000, endedAt: null };
  expect(lastMark({ startedAt: null, endedAt: null }, START)).toBeNull();
  expect(lastMark(session, START + HALF_HOUR_MS - 1)).toBeNull();
  expect(lastMark(session, START + HALF_HOUR_MS)).toBe(START + HALF_HOUR_MS);
  expect(lastMark(session, START + 61 * MINUTE)).toBe(START + 60 * MINUTE);
  expect(lastMark({ ...session, endedAt: START + 45 * MINUTE }, START + 300 * MINUTE)).toBe(START + 30 * MINUTE);
});

test("each minute is in exactly one half hour, and what was paid before the start is in the total", () => {
  const series = new Map([
    minute(START - 5 * MINUTE, 500),
    minute(START, 1_000, { online: 10 }),
    minute(START + 29 * MINUTE, 3_000, { privateFen: 3_000, publicFen: 0 }),
    minute(START + 30 * MINUTE, 6_000, { online: 99 }),
    minute(START + 59 * MINUTE, 2_000),
    minute(START + 60 * MINUTE, 70_000),
  ]);
  const [first, second, ...more] = halfHoursOf(
    { series, session: { startedAt: START, endedAt: null } },
    START + 70 * MINUTE,
  );
  expect(more).toEqual([]);
  expect(first).toMatchObject({ at: START + 30 * MINUTE, paidFen: 4_000, totalFen: 4_500, change: null, orders: 2 });
  expect(first).toMatchObject({ best: { at: START + 29 * MINUTE, fen: 3_000 }, privateFen: 3_000, publicFen: 1_000 });
  expect(second).toMatchObject({ paidFen: 8_000, totalFen: 12_500, change: 1, peakOnline: { value: 99 }, cut: false });
});

test("the last one of a show is as long as it was, and is compared with none", () => {
  const series = new Map([minute(START, 1_000), minute(START + 41 * MINUTE, 9_000)]);
  const session = { startedAt: START, endedAt: START + 41 * MINUTE + 30_000 };
  const [, last, ...more] = halfHoursOf({ series, session }, START + 300 * MINUTE);
  expect(more).toEqual([]);
  expect(last).toMatchObject({ at: START + 42 * MINUTE, cut: true, paidFen: 9_000, change: null, totalFen: 10_000 });
  // As it stood at 20:30, the end was not known.
  expect(halfHoursOf({ series, session }, START + 31 * MINUTE)).toHaveLength(1);
});

test("a half hour without sales is 0, and the next is compared with nothing", () => {
  const series = new Map([minute(START + 31 * MINUTE, 100)]);
  const [first, second] = halfHoursOf({ series, session: { startedAt: START, endedAt: null } }, START + 60 * MINUTE);
  expect(first).toMatchObject({ paidFen: 0, best: null });
  expect(second).toMatchObject({ paidFen: 100, change: null });
});

test("of minutes that sold the same the first is the best, and one that sold nothing is none", () => {
  const rows = [minute(START + 3 * MINUTE, 500), minute(START, 200), minute(START + MINUTE, 500)].map(([, row]) => row);
  expect(bestMinute(rows)).toEqual({ at: START + MINUTE, fen: 500 });
  expect(bestMinute(rows.toReversed())).toEqual({ at: START + MINUTE, fen: 500 });
  expect(bestMinute([minute(START, 0)[1], minute(START + MINUTE, -5)[1]])).toBeNull();
});
