import type { WecomErrorClass } from "#domain/wecom-errcodes.ts";
import type { ApiCall } from "./api-call.ts";
import { isWecomFailure, WecomError, type WecomFailure, WecomTransportError } from "./wecom-error.ts";
import type { WecomClock } from "./wecom-line.ts";

/** Which failures are tried again, how often, and when. What may have been done is only asked again when doing it twice is the same. */
export type CallOptions = {
  readonly signal?: AbortSignal | undefined;
  /** No try begins later than this after the first; waits that would end later are not begun. 30 s unless told. */
  readonly deadlineMs?: number;
};

type Retried = {
  readonly line: { readonly clock: WecomClock };
  readonly api: string;
  readonly repeat: ApiCall<unknown>["repeat"];
  readonly options: CallOptions;
};

const DEADLINE_MS = 30_000;
const FIRST_WAIT_MS = 500;
const OBJECT_WAIT_MS = 200;

/** Tries after the first, by what went wrong. */
const TRIES = { busy: 3, conflict: 2, rate: 2, object: 5, token: 1, lost: 2 } as const;
type Trouble = keyof typeof TRIES;

/** Refusals that pass by themselves. */
const PASSING: Partial<Record<WecomErrorClass, Trouble>> = {
  retry: "busy",
  conflict: "conflict",
  rate: "rate",
  concurrency: "object",
  token: "token",
};

export async function withRetries<T>({ line, api, repeat, options }: Retried, once: () => Promise<T>): Promise<T> {
  const { now, sleep, random } = line.clock;
  const giveUpAt = now() + (options.deadlineMs ?? DEADLINE_MS);
  const tried: Partial<Record<Trouble, number>> = {};
  for (;;) {
    if (options.signal?.aborted) throw new WecomTransportError({ api, reason: "stopped", outcome: "notSent" });
    try {
      return await once();
    } catch (error) {
      if (!isWecomFailure(error)) throw error;
      const trouble = troubleOf(error, repeat);
      if (trouble === null) throw error;
      const tries = tried[trouble] ?? 0;
      tried[trouble] = tries + 1;
      const waitMs = waitAfter(trouble, { error, tries, random });
      // Calls that were kept back by ourselves cost WeCom nothing: time alone bounds them.
      const keptBack = error instanceof WecomError && error.foreseen;
      if ((tries >= TRIES[trouble] && !keptBack) || now() + waitMs > giveUpAt) throw error;
      await sleep(waitMs, options.signal);
    }
  }
}

function troubleOf(error: WecomFailure, repeat: ApiCall<unknown>["repeat"]): Trouble | null {
  if (repeat === "never" && error.outcome === "unknown") return null;
  if (error instanceof WecomError) {
    const trouble = PASSING[error.class] ?? null;
    return trouble === "conflict" && repeat === "never" ? null : trouble;
  }
  const { reason } = error;
  if (reason === "connect" || reason === "timeout" || reason === "cut" || reason === "body") return "lost";
  // Below 500 it is our mistake, and would be again.
  return reason === "status" && error.outcome === "unknown" ? "lost" : null;
}

type Last = { readonly error: WecomFailure; readonly tries: number; readonly random: () => number };

/** Spread, so that those who failed together do not come back together. */
function waitAfter(trouble: Trouble, { error, tries, random }: Last): number {
  switch (trouble) {
    case "token":
      return 0;
    case "rate":
      return (error.retryAfterMs ?? 60_000) + random() * 1_000;
    case "object":
      return OBJECT_WAIT_MS * (tries + 1) * (0.5 + random());
    case "busy":
    case "conflict":
    case "lost":
      return FIRST_WAIT_MS * 2 ** tries * (0.5 + random());
  }
}
