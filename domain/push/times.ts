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
