import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Snapshot } from "#domain/wire.ts";
import { createReplaySource } from "./replay-source.ts";
import type { Stretch } from "./stretch.ts";

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const MINUTE = 60_000;
const stretch = (): Stretch => ({
  snapshot: { seq: 1, at: 0, slices: {} } as unknown as Snapshot,
  frames: [],
  names: {},
  comments: {},
});

test("a server that is away is told from the first failure on, also where held minutes are looked at, until it answers", async () => {
  let isAway = false;
  const source = createReplaySource({
    audience: "review",
    from: 0,
    to: 240 * MINUTE,
    at: 0,
    whole: false,
    load: () => (isAway ? Promise.reject(new Error("away")) : Promise.resolve(stretch())),
  });
  await vi.advanceTimersByTimeAsync(100);
  expect(source.read().connection.state).toBe("live");
  isAway = true;
  source.seek(200 * MINUTE);
  await vi.advanceTimersByTimeAsync(10);
  const first = source.read().connection;
  expect(first.state).toBe("lost");
  await vi.advanceTimersByTimeAsync(8_000);
  expect(source.read().connection).toEqual(first);
  source.seek(0);
  expect(source.read().connection).toEqual(first);
  isAway = false;
  source.seek(200 * MINUTE);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(source.read().connection.state).toBe("live");
  expect(source.position()).toMatchObject({ waiting: false, shownAt: 200 * MINUTE });
  source.close();
});
