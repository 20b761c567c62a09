import { expect, test } from "vitest";
import type { Recording } from "#domain/ops/recording.ts";
import { instant, durationMs } from "#domain/units.ts";
import { endOf, isHls, isSameFile, pictureSecond, recordingAt, startFor } from "./recordings.ts";

const part = (startsAt: number, length: number | null): Recording => ({
  recordingId: `r${startsAt}`,
  source: { kind: "file", name: "a.mp4", bytes: 5 },
  durationMs: length === null ? null : durationMs(length),
  startsAt: instant(startsAt),
  by: "staff:a",
});

test("a second finds the part that shows it, and none in the gap between two parts", () => {
  const all = [part(1_000, 5_000), part(9_000, null)];
  expect(recordingAt(all, 5_999, 60_000)?.recordingId).toBe("r1000");
  expect(recordingAt(all, 6_000, 60_000)).toBe(null);
  expect(recordingAt(all, 30_000, 60_000)?.recordingId).toBe("r9000");
  expect(recordingAt(all, 500, 60_000)).toBe(null);
});

test("a part that does not say its length goes on until the next one, or the end of the show", () => {
  const [first, second] = [part(1_000, null), part(9_000, null)];
  expect(endOf(first, [first, second], 60_000)).toBe(9_000);
  expect(endOf(second, [first, second], 60_000)).toBe(60_000);
});

test("aligned by an act, the act's picture stands at the act's second", () => {
  const startsAt = startFor(100_000, 12.34);
  expect(pictureSecond({ startsAt: instant(startsAt) }, 100_000)).toBeCloseTo(12.34, 3);
});

test("a file is known again by name and size, a playlist by its ending", () => {
  const { source } = part(0, null);
  expect(isSameFile(source, { name: "a.mp4", size: 5 })).toBe(true);
  expect(isSameFile(source, { name: "a.mp4", size: 6 })).toBe(false);
  expect([isHls("https://a/b.m3u8?x=1"), isHls("https://a/b.mp4")]).toEqual([true, false]);
});
