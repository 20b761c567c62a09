"use client";
import { useMemo } from "react";
import { useLoaded } from "../../http/use-loaded.ts";
import { usePlan } from "../../plan/plan-context.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { forReminders, loadLineChoices } from "./line-data.ts";

const NOBODY: readonly string[] = [];

/** Robots of the internal groups, those for 战报 left out: who has not sent is named there. Empty until they are known. */
export function useStaffRobots(): readonly string[] {
  const { show } = usePlan();
  const rehearsal = useSession(({ session }) => session.rehearsal);
  const { value } = useLoaded(`lines ${show.roomId}`, (signal) =>
    loadLineChoices({ roomId: show.roomId, rehearsal }, signal),
  );
  return useMemo(() => (value && value !== "notConnected" ? forReminders(value.robots) : NOBODY), [value]);
}
