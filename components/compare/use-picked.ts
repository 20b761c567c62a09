"use client";
import { useCallback, useMemo, useState } from "react";
import { SHOWS_MAX } from "./line-looks.ts";

/** Shows ticked for comparing, in the order in which they were ticked, also across pages of a list. */
export function usePicked() {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const turn = useCallback((id: string) => {
    setIds((before) => {
      const next = new Set(before);
      if (!next.delete(id) && next.size < SHOWS_MAX) next.add(id);
      return next;
    });
  }, []);
  const clear = useCallback(() => setIds(new Set()), []);
  return useMemo(() => ({ ids, turn, clear }), [ids, turn, clear]);
}
export type Picked = ReturnType<typeof usePicked>;
