import pino from "pino";
import { afterEach, expect, it, vi } from "vitest";
import { openDatabase } from "#db/client.ts";
import { memoryDirectory } from "#tests/support/memory-directory.ts";
import { createWarmup } from "./warmup.ts";

afterEach(() => vi.useRealTimers());

it("addresses and phones are gone within a day by themselves", async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
  // Nothing is asked of it.
  const { db, close } = openDatabase({ url: "postgres://127.0.0.1:9/none", name: "test", connectionsMax: 1 });
  const directory = memoryDirectory("a-secret-of-the-tests-0123456789abcdef");
  const { suspicions, close: closeWarmup } = createWarmup({ db, directory, log: pino({ level: "silent" }) });
  const device = { id: "d_1", since: 0 };
  const who = { sessionId: "s1", personId: "v_1", known: false, inviterCode: "ABC" };
  const seen = { ...who, address: "192.0.2.1", device, at: Date.now() };
  suspicions.look(seen);
  suspicions.signedUp(seen, "FIRST");
  expect(suspicions.size).toBeGreaterThan(0);
  vi.advanceTimersByTime(24 * 3_600_000);
  expect(suspicions.size).toBe(0);
  await closeWarmup();
  await close();
});
