"use client";
import { useTranslations } from "next-intl";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long something took or will take, in the two units that matter: 「2 天 3 小时」. */
export function useSpanWords(): (ms: number) => string {
  const words = useTranslations("warmup.span");
  return (ms) => {
    if (ms < MINUTE_MS) return words("seconds", { count: Math.floor(ms / 1_000) });
    if (ms < HOUR_MS) return words("minutes", { count: Math.floor(ms / MINUTE_MS) });
    const hours = Math.floor(ms / HOUR_MS);
    if (ms < DAY_MS) {
      const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
      return minutes === 0 ? words("hours", { count: hours }) : words("hoursMinutes", { hours, minutes });
    }
    const days = Math.floor(ms / DAY_MS);
    return hours % 24 === 0 ? words("days", { count: days }) : words("daysHours", { days, hours: hours % 24 });
  };
}
