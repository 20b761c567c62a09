import type { CommandAnswer } from "#domain/wire.ts";

/** The answer to whoever shall send the same command again: nothing is known of it, or it was not looked at. */
export function comeBack(retryAfterMs: number): CommandAnswer {
  return { status: "retry", retryAfterMs };
}
