import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { CommandInput, CommandType } from "#domain/ops/index.ts";
import type { CommandAnswer } from "#domain/wire.ts";
import { SYSTEM, type Directory } from "../../live/directory-contract.ts";
import { NotYetError } from "./push-parts.ts";

type Answer = Exclude<CommandAnswer, { status: "retry" | "invalid" }>;

const TRIES = 20;
const PAUSE_MS_MAX = 2_000;

/** Tells a show what became of something; its answer. */
export function tell<T extends CommandType>(
  directory: Pick<Directory, "send">,
  sessionId: string,
  { type, input }: { readonly type: T; readonly input: CommandInput<T> },
): Promise<Answer> {
  return tellStream(directory, sessionId, { type, input });
}

/**
 * Of any stream. The same words under the same id until they are answered: while the database is away that may take long, but what was told must not be
 * lost. Throws `NotYetError` when nobody answers for half a minute.
 */
export async function tellStream(
  directory: Pick<Directory, "send">,
  streamId: string,
  { type, input }: { readonly type: string; readonly input: unknown },
): Promise<Answer> {
  const command = { id: randomUUID(), type, input };
  for (let tries = 0; tries < TRIES; tries += 1) {
    const answer = await directory.send(streamId, command, SYSTEM);
    if (answer.status === "invalid") throw new Error(`${type} is not well formed: ${JSON.stringify(answer.issues)}`);
    if (answer.status !== "retry") return answer;
    await sleep(Math.min(PAUSE_MS_MAX, answer.retryAfterMs));
  }
  throw new NotYetError(`${streamId} took no ${type}`);
}
