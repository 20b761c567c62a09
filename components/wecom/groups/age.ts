"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long ago, as roughly as it matters. */
export function useAge(): (ms: number) => string {
  const words = useTranslations("wecomDesk.age");
  return useCallback(
    (ms) => {
      if (ms < MINUTE_MS) return words("now");
      if (ms < HOUR_MS) return words("minutes", { count: Math.floor(ms / MINUTE_MS) });
      if (ms < 2 * DAY_MS) return words("hours", { count: Math.floor(ms / HOUR_MS) });
      return words("days", { count: Math.floor(ms / DAY_MS) });
    },
    [words],
  );
}
