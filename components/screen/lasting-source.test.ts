import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createReading, type SessionReading, type SessionSource } from "../session/source.ts";
import { createLastingSource } from "./lasting-source.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const VIEW = { frame: 1, seq: 1, at: 1, slices: {} };

/** Inner sources as they are made, each moved by hand. */
function bench(reachable = true) {
  const made: { update: (change: Partial<SessionReading>) => void; closed: boolean }[] = [];
  const line = { reachable };
  const source = createLastingSource({
    probe: async () => line.reachable,
    create(): SessionSource {
      const store = createReading();
      const entry = { update: store.update, closed: false };
      made.push(entry);
      return {
        kind: "socket",
        subscribe: store.subscribe,
        read: store.read,
        send: () => Promise.resolve({ status: "error", code: "connection.lost" }),
        setPage: () => undefined,
        close: () => void (entry.closed = true),
      };
    },
  });
  return { made, line, source };
}

test("a source that finds no way back is replaced; the last view stays and is said to be old", async () => {
  const { made, source } = bench();
  made[0]?.update({ view: VIEW, connection: { state: "live" }, clockOffsetMs: 7 });
  expect(source.read().connection).toEqual({ state: "live" });
  made[0]?.update({ connection: { state: "lost", since: Date.now() } });
  const since = Date.now();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(made).toHaveLength(2);
  expect(made[0]?.closed).toBe(true);
  expect(source.read()).toMatchObject({ view: VIEW, clockOffsetMs: 7, connection: { state: "lost", since } });
  made[1]?.update({ view: { ...VIEW, seq: 2 }, connection: { state: "live" } });
  expect(source.read()).toMatchObject({ view: { seq: 2 }, connection: { state: "live" } });
  source.close();
});

test("a link that is not good stays so; a refusal that passes is tried again", async () => {
  const { made, source } = bench();
  made[0]?.update({ connection: { state: "refused", code: "http.tooMany" } });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(made).toHaveLength(2);
  made[1]?.update({ connection: { state: "refused", code: "auth.revoked" } });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(made).toHaveLength(2);
  expect(source.read().connection).toEqual({ state: "refused", code: "auth.revoked" });
  source.close();
});

test("a line that went silent is said within seconds, though the socket knows nothing of it", async () => {
  const { made, line, source } = bench();
  made[0]?.update({ view: VIEW, connection: { state: "live" } });
  await vi.advanceTimersByTimeAsync(2_000);
  line.reachable = false;
  await vi.advanceTimersByTimeAsync(6_000);
  expect(source.read().connection.state).toBe("lost");
  line.reachable = true;
  await vi.advanceTimersByTimeAsync(6_000);
  expect(source.read().connection.state).toBe("live");
  expect(made).toHaveLength(1);
  source.close();
});

test("a machine that slept gets a new connection at once", async () => {
  const { made, source } = bench();
  made[0]?.update({ view: VIEW, connection: { state: "live" } });
  await vi.advanceTimersByTimeAsync(2_000);
  vi.setSystemTime(Date.now() + 3_600_000);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(made).toHaveLength(2);
  source.close();
});
