"use client";
import { useRef } from "react";
import { useSession } from "../session/session-provider.tsx";
import { paceOf } from "./rehearsal.ts";
import { useShowNow } from "./show-clock.tsx";
import { heard, isLate, NO_GAPS, type Gaps } from "./usual-gap.ts";

/** Whether a source is older than twice its usual gap, learnt while watching it. Nothing is late for a show that is over. */
export function useLate(at: number | null): { readonly late: boolean; readonly now: number } {
  const now = useShowNow();
  const isOver = useSession((show) => show.session.phase === "ended");
  const pace = useSession((show) => paceOf(show.rehearsal));
  const gaps = useRef<Gaps>(NO_GAPS);
  if (at !== null) gaps.current = heard(gaps.current, at);
  return { late: at !== null && !isOver && isLate(gaps.current, now, pace), now };
}
