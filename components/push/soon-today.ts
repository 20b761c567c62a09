import { dayNumberOf, startOfDay } from "#domain/shanghai-day.ts";
import { instant, type Instant } from "#domain/units.ts";

/** Enough for the account of quota to answer, and for somebody to think again. */
const AHEAD_MS = 10 * 60_000;
const MINUTE_MS = 60_000;

/** A whole minute soon, of the day it is now: quota is counted by days, and shortly before midnight soon is another one. */
export function soonToday(now: number): Instant {
  const soon = Math.ceil((now + AHEAD_MS) / MINUTE_MS) * MINUTE_MS;
  return instant(Math.min(soon, startOfDay(dayNumberOf(now) + 1) - 1));
}
