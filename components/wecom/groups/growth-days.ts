import { day } from "../../format/time.ts";
import type { GrowthDay } from "./group-data.ts";

const DAY_MS = 24 * 3_600_000;

/** Every day of the span up to now, also those on which nobody came or went. */
export function everyDay(
  moved: readonly GrowthDay[],
  span: { readonly now: number; readonly days: number },
): GrowthDay[] {
  const known = new Map(moved.map((one) => [one.day, one]));
  return Array.from({ length: span.days }, (_, index) => {
    const name = day(span.now - (span.days - 1 - index) * DAY_MS);
    return known.get(name) ?? { day: name, joins: 0, leaves: 0 };
  });
}
