"use client";
import { useMemo } from "react";
import type { Board } from "#domain/ops/screen.ts";
import { useDeed } from "./use-deed.ts";

/** What the desk does with a screen. */
export function useScreenActs() {
  const deed = useDeed();
  return useMemo(
    () => ({
      show: (linkId: string, board: Board) => void deed(`screen:${linkId}`, "screen.show", { linkId, board }),
      hideMoney: (linkId: string, hidden: boolean) =>
        void deed(`money:${linkId}`, "screen.hideMoney", { linkId, hidden }),
      identify: (linkId: string) => void deed(`identify:${linkId}`, "screen.identify", { linkId }),
    }),
    [deed],
  );
}
