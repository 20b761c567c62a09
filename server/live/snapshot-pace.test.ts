import { expect, test } from "vitest";
import { SnapshotPace } from "./snapshot-pace.ts";

/** Asks every 20 ms, as a busy writer does; resolves with the seqs at which a snapshot was due. */
function storm(
  pace: SnapshotPace,
  { from, events, perSecond, at }: Record<"from" | "events" | "perSecond" | "at", number>,
) {
  const due: number[] = [];
  let now = at;
  for (let seq = from; seq <= from + events; seq += perSecond / 50, now += 20) {
    if (!pace.isDue(seq, now)) continue;
    pace.done(seq, now);
    due.push(seq);
  }
  return { due, now };
}

test("a show that grows evenly is saved every 20,000 events, a large one after a twentieth of it", () => {
  const even = { events: 50_000, perSecond: 400, at: 0 };
  expect(storm(new SnapshotPace(0, 0), { ...even, from: 0 }).due).toEqual([20_000, 40_000]);
  expect(storm(new SnapshotPace(1_000_000, 0), { ...even, events: 60_000, from: 1_000_000 }).due).toEqual([1_052_632]);
});

test("while a crowd sends, a snapshot waits for calm, but never for more than 100,000 events", () => {
  const pace = new SnapshotPace(0, 0);
  const short = storm(pace, { from: 0, events: 80_000, perSecond: 20_000, at: 60_000 });
  expect(short.due).toEqual([]);
  expect(pace.askAgainMs(80_000)).toBe(10_000);
  expect([1, 2, 3].map((times) => pace.isDue(80_000, short.now + times * 10_000))).toEqual([false, false, true]);
  pace.done(80_000, short.now + 40_000);
  expect(pace.askAgainMs(80_000)).toBeNull();
  expect(storm(new SnapshotPace(0, 0), { from: 0, events: 250_000, perSecond: 20_000, at: 60_000 }).due).toEqual([
    100_000, 200_000,
  ]);
});

test("one at a time; what could not be saved is as unsaved as before, and tried again half a minute later", () => {
  const pace = new SnapshotPace(0, 0);
  expect([20_000, 30_000, 40_000].map((now) => pace.isDue(30_000, now))).toEqual([false, false, true]);
  pace.asked();
  expect(pace.isDue(200_000, 41_000)).toBe(false);
  pace.done(null, 45_000);
  expect([74_999, 75_000].map((now) => pace.isDue(200_000, now))).toEqual([false, true]);
  // Made while more came: only what it holds is saved.
  pace.done(150_000, 76_000);
  expect(pace.askAgainMs(200_000)).toBe(10_000);
});
