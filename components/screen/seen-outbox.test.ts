import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Sent } from "../session/source.ts";
import { createSeenOutbox } from "./seen-outbox.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function shelf() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

const ok: Sent = { status: "ok", seq: 1 };

test("a press is sent until it was answered, and is gone from the screen at once", async () => {
  const answers: Sent[] = [{ status: "error", code: "connection.lost" }, { status: "retry", retryAfterMs: 10 }, ok];
  const sent: string[] = [];
  const outbox = createSeenOutbox({
    storage: shelf(),
    key: "k",
    send: async (id) => {
      sent.push(id);
      return answers.shift() ?? ok;
    },
  });
  outbox.add("m1");
  outbox.add("m1");
  expect(outbox.answered().has("m1")).toBe(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toEqual(["m1", "m1", "m1"]);
  expect(outbox.pending()).toEqual([]);
  outbox.close();
});

test("what was not answered outlives a reload, in order", async () => {
  const storage = shelf();
  const before = createSeenOutbox({
    storage,
    key: "k",
    send: async () => ({ status: "error", code: "connection.lost" }),
  });
  before.add("m1");
  before.add("m2");
  await vi.advanceTimersByTimeAsync(10);
  before.close();
  const sent: string[] = [];
  const after = createSeenOutbox({
    storage,
    key: "k",
    send: async (id) => {
      sent.push(id);
      return id === "m1" ? { status: "rejected", code: "message.notFound" } : ok;
    },
  });
  expect([...after.answered()]).toEqual(["m1", "m2"]);
  await vi.advanceTimersByTimeAsync(10);
  expect(sent).toEqual(["m1", "m2"]);
  expect(after.pending()).toEqual([]);
  after.close();
});

test("a storage that refuses keeps no press from being sent", async () => {
  const quiet = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const sent: string[] = [];
  const outbox = createSeenOutbox({
    storage: {
      getItem: () => "not json",
      setItem: () => {
        throw new Error("full");
      },
    },
    key: "k",
    send: async (id) => {
      sent.push(id);
      return ok;
    },
  });
  outbox.add("m1");
  await vi.advanceTimersByTimeAsync(10);
  expect(sent).toEqual(["m1"]);
  outbox.close();
  quiet.mockRestore();
});
