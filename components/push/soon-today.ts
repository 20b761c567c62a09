import { instant, type Instant } from "#domain/units.ts";

/** Enough for the account of quota to answer, and for somebody to think again. */
const AHEAD_MS = 10 * 60_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** How far Shanghai's clocks are ahead of UTC. */
const ZONE_MS = 8 * 3_600_000;

/** A whole minute soon, of the day it is now: quota is counted by days, and shortly before midnight soon is another one. */
export function soonToday(now: number): Instant {
  const soon = Math.ceil((now + AHEAD_MS) / MINUTE_MS) * MINUTE_MS;
  const midnight = Math.ceil((now + ZONE_MS + 1) / DAY_MS) * DAY_MS - ZONE_MS;
  return instant(Math.min(soon, midnight - 1));
}
