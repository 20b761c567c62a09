"use client";
import { createContext, useCallback, useContext } from "react";
import type { TapeEntry } from "#domain/ops/tape.ts";
import { useNames, useSessionSource } from "../session/session-provider.tsx";
import { isAppended } from "../session/view-state.ts";
import type { PlanData } from "./plan-data.ts";

export const PlanContext = createContext<PlanData | null>(null);

export function usePlan(): PlanData {
  const found = useContext(PlanContext);
  if (!found) throw new Error("no PlanContext above");
  return found;
}

/** Whether this person may change the plan; the server decides again. */
export function useMayPlan(): boolean {
  const { show } = usePlan();
  return show.roles.some((role) => role === "owner" || role === "manager" || role === "operator");
}

/** Who did the last act on the tape that fits; for saying who changed what this person was about to change. */
export function useWhoDid(): (fits: (entry: Pick<TapeEntry, "type" | "data">) => boolean) => string | undefined {
  const source = useSessionSource();
  const names = useNames();
  return useCallback(
    (fits) => {
      const tape = source.read().view?.slices["tape"];
      if (!isAppended(tape)) return undefined;
      for (const item of tape.items.toReversed()) {
        if (isEntry(item) && fits(item)) return names(item.by);
      }
      return undefined;
    },
    [source, names],
  );
}

function isEntry(item: unknown): item is Pick<TapeEntry, "type" | "data" | "by"> {
  return typeof item === "object" && item !== null && "type" in item && "by" in item && "data" in item;
}

/** Whether an act's data name this coupon or draw. */
export function isAbout(data: unknown, id: string | null): boolean {
  if (typeof data !== "object" || data === null) return false;
  return Object.entries(data).some(([key, value]) => (key === "couponId" || key === "lotteryId") && value === id);
}
