"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Failure, Reply } from "./request.ts";

export type Loaded<T> = {
  /** The last answer; stays while it is loaded again. */
  readonly value: T | null;
  readonly failure: Failure | null;
  readonly loading: boolean;
  readonly reload: () => void;
  /** Shows a change that is already known to be true, until the next load. */
  readonly set: (value: T) => void;
};

/**
 * Loads once for each `key`, and again when asked. A newer load wins over an older one. While the server can't be
 * reached it tries again by itself.
 */
export function useLoaded<T>(key: string, load: (signal: AbortSignal) => Promise<Reply<T>>): Loaded<T> {
  const [state, setState] = useState<{ value: T | null; failure: Failure | null; loading: boolean }>({
    value: null,
    failure: null,
    loading: true,
  });
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    const stop = new AbortController();
    let again: ReturnType<typeof setTimeout> | undefined;
    setState((before) => ({ ...before, loading: true }));
    latest.current(stop.signal).then(
      (reply) => {
        if (stop.signal.aborted) return;
        if (reply.ok) return setState({ value: reply.value, failure: null, loading: false });
        setState((before) => ({ value: before.value, failure: reply.failure, loading: false }));
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
  }, [key, round]);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  const set = useCallback((value: T) => setState({ value, failure: null, loading: false }), []);
  return { ...state, reload, set };
}
