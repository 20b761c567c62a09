import { instant, type Instant } from "../units.ts";
import type { CellWhen, QuietHours } from "./shapes.ts";

/** When cells are due, and whether people sleep then. Pure; times ms UTC, the day is Shanghai's. */

const SHANGHAI_MS = 8 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;

export const dueAtOf = (when: CellWhen, startsAt: number): Instant =>
  instant(Math.max(0, when.by === "time" ? when.at : startsAt + when.offsetMs));

/** Whether an instant lies in the quiet hours; a range that begins where it ends is none. */
export function isQuiet({ from, to, mode }: QuietHours, at: number): boolean {
  if (mode === "off" || from === to) return false;
  const minute = Math.floor(((at + SHANGHAI_MS) % DAY_MS) / MINUTE_MS);
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}
