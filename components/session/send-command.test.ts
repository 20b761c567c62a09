import { expect, test } from "vitest";
import { sendCommand } from "./send-command.ts";
import { createMemorySource } from "./memory-source.ts";
import type { OutgoingCommand, Sent, SessionSource } from "./source.ts";

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
