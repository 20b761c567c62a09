import { AGO_MAX_MS } from "#domain/ago.ts";
import type { CommandInput, CommandType } from "#domain/ops/index.ts";
import { randomId } from "../http/random-id.ts";
import type { OutgoingCommand, Sent, SessionSource } from "./source.ts";

export type SendOptions = {
  /** What the screen showed when the person decided; a stale one is refused with `state.changed`. */
  readonly expect?: unknown;
  /** For a repeat of the very same act (a form sent twice). */
  readonly id?: string;
};

/** Two presses of one act get two ids; a second sending of one press gets the same. */
export const newCommandId = (): string => `c_${randomId()}`;

/** How long an unanswered command is sent again before the person is told. */
const GIVE_UP_MS = 30_000;

/**
 * Sends one command and gives its one answer. While the answer is `retry` or the line is away it sends the same id
 * again, so it can't act twice; after 30 s the last answer comes back as it is. An act of the hand (`ago`) that waited for the
 * line happened when it was pressed, not when it left. Measured by the page's own clock, which nobody sets.
 */
export async function sendCommand<T extends CommandType>(
  source: SessionSource,
  type: T,
  input: CommandInput<T>,
  { expect, id = newCommandId() }: SendOptions = {},
): Promise<Sent> {
  const pressedAt = performance.now();
  const waitedMs = () => performance.now() - pressedAt;
  const commandOf = (told: unknown) => ({ id, type, input: told, ...(expect === undefined ? {} : { expect }) });
  let command: OutgoingCommand = commandOf(input);
  let mayHaveArrived = false;
  for (;;) {
    const sent = await source.send(command);
    const isAway = sent.status === "error" && sent.code === "connection.lost";
    if (!isAway) mayHaveArrived = true;
    const againMs = sent.status === "retry" ? sent.retryAfterMs : isAway ? 500 : null;
    if (againMs === null || waitedMs() + againMs > GIVE_UP_MS) return sent;
    await new Promise((resume) => setTimeout(resume, againMs));
    // A machine that slept wakes to a press that nobody remembers.
    if (waitedMs() > GIVE_UP_MS) return sent;
    // The same id stands for the same content: what may have arrived is not touched any more.
    if (!mayHaveArrived) command = commandOf(withWait(input, waitedMs()));
  }
}

function withWait(input: unknown, waitedMs: number): unknown {
  if (typeof input !== "object" || input === null || !("ago" in input) || typeof input.ago !== "number") return input;
  return { ...input, ago: Math.min(AGO_MAX_MS, input.ago + Math.round(waitedMs)) };
}
