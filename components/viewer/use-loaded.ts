"use client";
import { useCallback, useEffect, useState } from "react";

export type Loaded<T> = { readonly part: T | null; readonly failed: boolean; readonly retry: () => void };

/** A part of the page that is fetched when it is needed, and again when the network did not give it. `load` must stay the same function. */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ readonly part: T } | "failed" | null>(null);
  const retry = useCallback(() => {
    setState(null);
    load().then(
      (part) => setState({ part }),
      () => setState("failed"),
    );
  }, [load]);
  useEffect(retry, [retry]);
  return { part: state === null || state === "failed" ? null : state.part, failed: state === "failed", retry };
}
