import { clockTime, day, dayTime } from "../format/time.ts";
import type { Words } from "./viewer-strings.ts";

const DAY_MS = 24 * 3_600_000;
const EVENING = "18:00";

/** When a show begins, as people say it: "今晚 20:00", "明天 09:30", "11-30 20:00", all by Beijing's calendar. */
export function startTime(startAt: number, now: number, { dayNear }: Pick<Words, "dayNear">): string {
  const clock = clockTime(startAt);
  if (day(startAt) === day(now)) return `${clock >= EVENING ? dayNear.tonight : dayNear.today} ${clock}`;
  return day(startAt) === day(now + DAY_MS) ? `${dayNear.tomorrow} ${clock}` : dayTime(startAt);
}
