import { afterEach, expect, test, vi } from "vitest";
import { durationMs } from "#domain/units.ts";
import { sendCommand } from "./send-command.ts";
import { createMemorySource } from "./memory-source.ts";
import type { OutgoingCommand, Sent, SessionSource } from "./source.ts";

afterEach(() => void vi.useRealTimers());

function sourceAnswering(answers: Sent[]): { source: SessionSource; seen: OutgoingCommand[] } {
  const seen: OutgoingCommand[] = [];
  const inner = createMemorySource({ audience: "control", by: "staff:p_1" });
  const source: SessionSource = {
    ...inner,
    send: (command) => {
      seen.push(command);
      return Promise.resolve(answers.shift() ?? { status: "ok", seq: 1 });
    },
  };
  return { source, seen };
}

test("an unanswered command is sent again under the same id until there is an answer", async () => {
  const { source, seen } = sourceAnswering([
    { status: "retry", retryAfterMs: 1 },
    { status: "retry", retryAfterMs: 1 },
  ]);
  expect(await sendCommand(source, "session.warmUp", {})).toEqual({ status: "ok", seq: 1 });
  expect(new Set(seen.map(({ id }) => id)).size).toBe(1);
  expect(seen).toHaveLength(3);
});

test("a refusal is an answer and is not sent again", async () => {
  const { source, seen } = sourceAnswering([{ status: "rejected", code: "session.notPlanned" }]);
  expect(await sendCommand(source, "session.warmUp", {})).toMatchObject({ status: "rejected" });
  expect(seen).toHaveLength(1);
});

test("the memory source decides by the rules of the domain and shows what they did", async () => {
  const source = createMemorySource({ audience: "control", by: "staff:p_1" });
  const input = { sessionId: "s1", roomId: "r1", title: "示例", plannedStartAt: 1_000, plannedEndAt: 2_000 };
  expect(await sendCommand(source, "session.create", input)).toMatchObject({ status: "ok" });
  expect(source.read().view?.slices["session"]).toMatchObject({ title: "示例", phase: "planned" });
  expect(await sendCommand(source, "session.create", input)).toMatchObject({
    status: "rejected",
    code: "session.exists",
  });
});

const LOST: Sent = { status: "error", code: "connection.lost" };
const AGAIN: Sent = { status: "retry", retryAfterMs: 500 };
const agos = (seen: readonly OutgoingCommand[]) => seen.map(({ input }) => (input as { ago?: number }).ago);

test("an act that waited for the line happened when it was pressed, however the machine's clock jumps meanwhile", async () => {
  vi.useFakeTimers();
  const { source, seen } = sourceAnswering([LOST, LOST, LOST, LOST]);
  const sent = sendCommand(source, "bag.endExplain", { ago: durationMs(10_000) });
  await vi.advanceTimersByTimeAsync(600);
  vi.setSystemTime(Date.now() + 3_600_000);
  await vi.advanceTimersByTimeAsync(600);
  vi.setSystemTime(Date.now() - 7_200_000);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await sent).toEqual({ status: "ok", seq: 1 });
  expect(agos(seen)).toEqual([10_000, 10_500, 11_000, 11_500, 12_000]);
});

test("what may have arrived is sent again as it was, or its id would stand for two contents", async () => {
  vi.useFakeTimers();
  const { source, seen } = sourceAnswering([LOST, AGAIN, LOST, AGAIN]);
  const sent = sendCommand(source, "bag.endExplain", { ago: durationMs(0) });
  await vi.advanceTimersByTimeAsync(5_000);
  await sent;
  expect(agos(seen)).toEqual([0, 500, 500, 500, 500]);
});

test("the longest time that may be told stays the longest", async () => {
  vi.useFakeTimers();
  const { source, seen } = sourceAnswering([LOST]);
  const sent = sendCommand(source, "bag.endExplain", { ago: durationMs(3_600_000) });
  await vi.advanceTimersByTimeAsync(1_000);
  await sent;
  expect(agos(seen)).toEqual([3_600_000, 3_600_000]);
});

test("an act that knows no time is left alone", async () => {
  vi.useFakeTimers();
  const { source, seen } = sourceAnswering([LOST]);
  const sent = sendCommand(source, "tape.undo", { seq: 7 });
  await vi.advanceTimersByTimeAsync(1_000);
  await sent;
  expect(seen.map(({ input }) => input)).toEqual([{ seq: 7 }, { seq: 7 }]);
});

test("a press from before the machine slept is not sent when it wakes", async () => {
  vi.useFakeTimers();
  const { source, seen } = sourceAnswering([LOST]);
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  const sent = sendCommand(source, "bag.endExplain", { ago: durationMs(0) });
  await vi.advanceTimersByTimeAsync(100);
  now = 3_600_000;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await sent).toEqual(LOST);
  expect(seen).toHaveLength(1);
  vi.restoreAllMocks();
});
