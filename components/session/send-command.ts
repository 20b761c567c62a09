import type { CommandInput, CommandType } from "#domain/ops/index.ts";
import { randomId } from "../http/random-id.ts";
import type { Sent, SessionSource } from "./source.ts";

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
 * again, so it can't act twice; after 30 s the last answer comes back as it is.
 */
export async function sendCommand<T extends CommandType>(
  source: SessionSource,
  type: T,
  input: CommandInput<T>,
  { expect, id = newCommandId() }: SendOptions = {},
): Promise<Sent> {
  const until = Date.now() + GIVE_UP_MS;
  for (;;) {
    const sent = await source.send({ id, type, input, ...(expect === undefined ? {} : { expect }) });
    const again =
      sent.status === "retry"
        ? sent.retryAfterMs
        : sent.status === "error" && sent.code === "connection.lost"
          ? 500
          : null;
    if (again === null || Date.now() + again > until) return sent;
    await new Promise((resume) => setTimeout(resume, again));
  }
}
