import { expect, test } from "vitest";
import { explainedMs, perExplainMinute } from "./figure.ts";
import { MINUTE_MS, neededPerMinute, recentChange, recentPerMinute } from "./pace.ts";

const NOON = Date.UTC(2026, 10, 11, 4);

test("[FIG11] needed per minute: what is missing by the minutes that are left", () => {
  const input = { targetFen: 120_000, paidFen: 90_000, now: NOON, plannedEndAt: NOON + 10 * MINUTE_MS };
  expect(neededPerMinute(input)).toEqual({ value: 3_000 });
  expect(neededPerMinute({ ...input, paidFen: 120_000 })).toEqual({ value: 0 });
  expect(neededPerMinute({ ...input, now: NOON + 10 * MINUTE_MS })).toEqual({ value: null, reason: "timeUp" });
  expect(neededPerMinute({ ...input, now: NOON + 10 * MINUTE_MS - 1_000 })).toEqual({ value: 30_000 });
  expect(neededPerMinute({ ...input, targetFen: null })).toEqual({ value: null, reason: "noTarget" });
  expect(neededPerMinute({ ...input, paidFen: null })).toEqual({ value: null, reason: "noOrders" });
});

const paidIn = (key: string) => (Number(key) >= NOON + 10 * MINUTE_MS ? 300 : 200);

test("[FIG12] last 5 minutes are whole minutes; the running one is left out", () => {
  const now = NOON + 12 * MINUTE_MS + 59_000;
  expect(recentPerMinute(paidIn, { startedAt: NOON, now }, 5)).toEqual({ value: 240 });
  expect(recentPerMinute(paidIn, { startedAt: NOON, now: NOON + 2 * MINUTE_MS }, 5)).toEqual({ value: 200 });
  expect(recentPerMinute(paidIn, { startedAt: NOON, now: NOON + 59_000 }, 5)).toEqual({
    value: null,
    reason: "tooSoon",
  });
  expect(recentPerMinute(paidIn, { startedAt: null, now }, 5)).toEqual({ value: null, reason: "notStarted" });
});

test("[FIG12] no order source: what was paid lately is unknown, not ¥0", () => {
  const clock = { startedAt: NOON, now: NOON + 30 * MINUTE_MS };
  expect(recentPerMinute(null, clock, 5)).toEqual({ value: null, reason: "noOrders" });
  expect(recentChange(null, clock, 10)).toEqual({ value: null, reason: "noOrders" });
});

test("[FIG12] 10 minutes against the 10 before; not before there are 20", () => {
  expect(recentChange(paidIn, { startedAt: NOON, now: NOON + 20 * MINUTE_MS }, 10)).toEqual({ value: 0.5 });
  expect(recentChange(paidIn, { startedAt: NOON, now: NOON + 19 * MINUTE_MS }, 10)).toEqual({
    value: null,
    reason: "tooSoon",
  });
  expect(recentChange(() => 0, { startedAt: NOON, now: NOON + 20 * MINUTE_MS }, 10)).toEqual({
    value: null,
    reason: "noPrior",
  });
});

test("[FIG8] money per minute explained; a running round counts up to now", () => {
  const rounds = [
    { from: NOON, to: NOON + 2 * MINUTE_MS },
    { from: NOON + 5 * MINUTE_MS, to: null },
  ];
  expect(explainedMs(rounds, NOON + 6 * MINUTE_MS)).toBe(3 * MINUTE_MS);
  expect(perExplainMinute(90_000, rounds, NOON + 6 * MINUTE_MS)).toEqual({ value: 30_000 });
  expect(perExplainMinute(0, [], NOON)).toEqual({ value: null, reason: "notExplained" });
  expect(perExplainMinute(1, [{ from: NOON, to: null }], NOON + 29_999)).toEqual({ value: null, reason: "tooSoon" });
});
