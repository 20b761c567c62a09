import { setTimeout as sleep } from "node:timers/promises";

export type RetryPolicy = {
  /** Total tries, the first included. Infinity: until the signal ends it. */
  attempts: number;
  firstDelayMs: number;
  delayMsMax: number;
  signal?: AbortSignal;
  onFailure?: (error: unknown, attempt: number, delayMs: number) => void;
};

/** Exponential delays with full jitter, so that many nodes do not come back in step. */
export function delayBefore(attempt: number, policy: RetryPolicy): number {
  const ceiling = Math.min(policy.delayMsMax, policy.firstDelayMs * 2 ** (attempt - 1));
  return Math.round(ceiling / 2 + Math.random() * (ceiling / 2));
}

/** Runs `work` until it succeeds; throws its last error when the tries are used up. */
export async function retry<T>(work: (attempt: number) => Promise<T>, policy: RetryPolicy): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    policy.signal?.throwIfAborted();
    try {
      return await work(attempt);
    } catch (error) {
      if (attempt >= policy.attempts) throw error;
      const delayMs = delayBefore(attempt, policy);
      policy.onFailure?.(error, attempt, delayMs);
      await sleep(delayMs, undefined, policy.signal ? { signal: policy.signal } : {});
    }
  }
}
