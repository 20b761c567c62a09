import { expect, test } from "vitest";
import type { ShowSlices } from "../session/show-slices.ts";
import { spanOf } from "./review-span.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** 2026-11-21 20:00 in Shanghai. */
const START = Date.UTC(2026, 10, 21, 12);

type Given = Parameters<typeof spanOf>[0];
const given = (
  warmedUpAt: number | null,
  cells: readonly number[] = [],
  hours: readonly number[] = [],
  lengthMs = 4 * HOUR_MS,
): Given => {
  const rows = new Map(cells.map((at, index) => [String(index), { at }]));
  const session = { startedAt: START, endedAt: START + lengthMs, warmedUpAt };
  return {
    session,
    waveCells: rows,
    signups: { byHour: hours.map((at) => ({ at, signups: 1, cancelled: 0 })) },
  } as unknown as Pick<ShowSlices, "session" | "waveCells" | "signups">;
};
const END = START + 5 * HOUR_MS;

test("the days before the show begin on the day on which the first thing was done for it", () => {
  const { from, daysFrom } = spanOf(given(START - 3 * DAY_MS, [START - 4 * DAY_MS]), END);
  expect(START - from).toBe(6 * HOUR_MS);
  expect(daysFrom).toBe(Date.UTC(2026, 10, 16, 16));
});

test("sign-ups alone make days, also where nobody marked a warm-up", () => {
  expect(spanOf(given(null, [], [START - 2 * DAY_MS]), END).daysFrom).not.toBeNull();
});

test("a short show keeps the most of its axis: what was long before it stands among the days", () => {
  const { from, to, daysFrom } = spanOf(given(START - 5 * HOUR_MS, [], [], HOUR_MS / 2), START + HOUR_MS / 2);
  expect(START - from).toBe(0.75 * HOUR_MS);
  expect(to).toBe(START + HOUR_MS / 2);
  expect(daysFrom).toBe(Date.UTC(2026, 10, 20, 16));
  expect(START - spanOf(given(START - HOUR_MS, [], [], 60_000), START + 60_000).from).toBe(HOUR_MS / 2);
});

test("a warm-up of hours needs no days, and one of months is cut", () => {
  expect(spanOf(given(START - 2 * HOUR_MS), END).daysFrom).toBeNull();
  expect(spanOf(given(null), END).daysFrom).toBeNull();
  const { from, daysFrom } = spanOf(given(START - 90 * DAY_MS), END);
  expect(from - (daysFrom ?? 0)).toBe(30 * DAY_MS);
});
