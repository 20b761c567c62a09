import { instant, type Instant } from "../units.ts";
import type { PushPlan, PushWhen } from "./shapes.ts";

/** When a push goes out and when it is useless (PSH4, PSH5). Pure; times ms UTC. */

/** What of the show's times matters. */
export type ShowTimes = {
  readonly plannedStartAt: Instant;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
};

/** When it is handed over; `null`: when something happens, or when a hand says so. */
export function sendAtOf({ when, leadMs }: Pick<PushPlan, "when" | "leadMs">, show: ShowTimes): Instant | null {
  const at = wantedAt(when, show);
  return at === null ? null : instant(Math.max(0, at - leadMs));
}

function wantedAt(when: PushWhen, { plannedStartAt, startedAt }: ShowTimes): number | null {
  if (when.by === "time") return when.at;
  return when.by === "start" ? (startedAt ?? plannedStartAt) + when.offsetMs : null;
}

/** From when on it is useless; `null`: not known yet, or never. */
export function expiresAtOf(
  { useBy, outlives }: Pick<PushPlan, "useBy" | "outlives">,
  show: ShowTimes,
): Instant | null {
  const end = outlives ? null : show.endedAt;
  if (useBy === null || end === null) return useBy ?? end;
  return instant(Math.min(useBy, end));
}

const SHANGHAI_MS = 8 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/** A day in Shanghai as a number, counted from 1970-01-01; WeCom counts its quota by these. Shanghai has had no summer time since 1991. */
export const dayNumberOf = (at: number): number => Math.floor((at + SHANGHAI_MS) / DAY_MS);

/** `2026-11-22` */
export function dayText(dayNumber: number): string {
  const { y, m, d } = civilOf(dayNumber);
  return `${String(y).padStart(4, "0")}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`;
}

export const dayOf = (at: number): string => dayText(dayNumberOf(at));

/** Days from 1970-01-01 of a day as `dayText` writes it. */
export function dayNumber(day: string): number {
  const [y = 1970, m = 1, d = 1] = day.split("-").map(Number);
  const year = m > 2 ? y : y - 1;
  const ofYear = Math.floor((153 * (m > 2 ? m - 3 : m + 9) + 2) / 5) + d - 1;
  return year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + ofYear - 719_468;
}

/** Gregorian date of a day number, by years that begin in March so that the leap day comes last. */
export function civilOf(day: number): { readonly y: number; readonly m: number; readonly d: number } {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const ofEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * ofYear + 2) / 153);
  const m = shifted < 10 ? shifted + 3 : shifted - 9;
  return { y: yearOfEra + era * 400 + (m <= 2 ? 1 : 0), m, d: ofYear - Math.floor((153 * shifted + 2) / 5) + 1 };
}

/** Whether times can be written in it. */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** `19:45` */
export function clockText(at: number, zone: string): string {
  return formatted(at, zone, { hour: "2-digit", minute: "2-digit" });
}

/** `20:00`, of another day than `now` `11月23日 20:00`. */
export function clockTextSeenFrom(now: number, at: number, zone: string): string {
  const dayIn = (time: number) => formatted(time, zone, { year: "numeric", month: "numeric", day: "numeric" });
  if (dayIn(now) === dayIn(at)) return clockText(at, zone);
  const month = formatted(at, zone, { month: "numeric" });
  return `${month}月${formatted(at, zone, { day: "numeric" })}日 ${clockText(at, zone)}`;
}

function formatted(at: number, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone, hourCycle: "h23", ...options }).format(at);
}
