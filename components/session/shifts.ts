import { useMemo } from "react";
import type { Shift } from "#domain/ops/session.ts";
import { byTime } from "#domain/shift-order.ts";
import { useSession } from "./session-provider.tsx";

/** The shifts of the show, in the order of time. */
export function useShifts(): readonly Shift[] {
  const rows = useSession((show) => show.shifts);
  return useMemo(() => byTime([...rows.values()]), [rows]);
}
