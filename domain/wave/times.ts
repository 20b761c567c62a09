import { minuteOfDay } from "../shanghai-day.ts";
import { instant, type Instant } from "../units.ts";
import type { CellWhen, QuietHours } from "./shapes.ts";

/** When cells are due, and whether people sleep then. Pure; times ms UTC, the day is Shanghai's. */

export const dueAtOf = (when: CellWhen, startsAt: number): Instant =>
  instant(Math.max(0, when.by === "time" ? when.at : startsAt + when.offsetMs));

/** Whether an instant lies in the quiet hours; a range that begins where it ends is none. */
export function isQuiet({ from, to, mode }: QuietHours, at: number): boolean {
  if (mode === "off" || from === to) return false;
  const minute = minuteOfDay(at);
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}
