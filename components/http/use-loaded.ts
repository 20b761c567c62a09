"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { answered, loadingAgain, nothingLoaded, type LoadedState } from "./loaded-state.ts";
import type { Failure, Reply } from "./request.ts";

export type Loaded<T> = {
  /** The last answer; stays while it is loaded again, also for another key, until that is answered or has failed. */
  readonly value: T | null;
  readonly failure: Failure | null;
  readonly loading: boolean;
  readonly reload: () => void;
  /** Shows a change that is already known to be true, until the next load. */
  readonly set: (value: T) => void;
};

/**
 * Loads once for each `key`, which says what is asked, and again when asked or when `version` changes: more of the same, or the same as it is by now. A newer
 * load wins over an older one. While the server can't be reached it tries again by itself.
 */
export function useLoaded<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<Reply<T>>,
  version: string | number = 0,
): Loaded<T> {
  const [state, setState] = useState<LoadedState<T>>(nothingLoaded);
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    const stop = new AbortController();
    let again: ReturnType<typeof setTimeout> | undefined;
    setState(loadingAgain);
    latest.current(stop.signal).then(
      (reply) => {
        if (stop.signal.aborted) return;
        setState((before) => answered(before, key, reply));
        if (reply.ok) return;
        const { kind, retryAfterMs = 2_000 } = reply.failure;
        if (kind === "retry" || kind === "offline")
          again = setTimeout(() => setRound((n) => n + 1), Math.max(1_000, retryAfterMs));
      },
      (cause: unknown) => {
        if (!stop.signal.aborted) throw cause;
      },
    );
    return () => {
      stop.abort();
      clearTimeout(again);
    };
  }, [key, version, round]);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  const set = useCallback((value: T) => setState((before) => answered(before, key, { ok: true, value })), [key]);
  const { value, failure, loading } = state;
  return { value, failure, loading, reload, set };
}
