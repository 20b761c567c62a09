import { DAY_MS, dayNumberOf, SHANGHAI_MS, startOfDay } from "#domain/shanghai-day.ts";

/** Instants as people type them in Asia/Shanghai. */

/** ms UTC → "2026-11-21 20:00" */
export function textFromInstant(at: number): string {
  return new Date(at + SHANGHAI_MS).toISOString().slice(0, 16).replace("T", " ");
}

const TYPED = /^(?:(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?\s*)?(?:(\d{1,2})[::](\d{2}))?$/;

/**
 * Reads "2026-11-21 20:00", "11-21 20:00", "11月21日 20:00" and "20:00"; what is left out is taken from `near`, the
 * instant that stood there or now. `undefined` when it can't be read or there is no such day.
 */
export function instantFromText(text: string, near: number): number | undefined {
  const plain = text.normalize("NFKC").replace("T", " ").trim();
  const found = TYPED.exec(plain);
  if (!found || plain === "") return undefined;
  const base = new Date(near + SHANGHAI_MS);
  const [, year, month, day, hour, minute] = found.map((part) => (part === undefined ? undefined : Number(part)));
  const m = month ?? base.getUTCMonth() + 1;
  const d = day ?? base.getUTCDate();
  const h = hour ?? base.getUTCHours();
  const min = minute ?? base.getUTCMinutes();
  if (h > 23 || min > 59) return undefined;
  const here = base.getUTCFullYear();
  // Of a day without a year the nearest one: what is planned in December may be for January.
  const made = (year === undefined ? [here, here - 1, here + 1] : [year])
    .map((y) => new Date(Date.UTC(y, m - 1, d, h, min)))
    .reduce((best, one) => (away(one, base) < away(best, base) ? one : best));
  if (made.getUTCMonth() !== m - 1 || made.getUTCDate() !== d) return undefined;
  return made.getTime() - SHANGHAI_MS;
}

const away = (a: Date, b: Date): number => Math.abs(a.getTime() - b.getTime());

export type MonthDay = {
  /** Start of the day in Asia/Shanghai, ms UTC. */
  readonly at: number;
  readonly day: number;
  readonly inMonth: boolean;
};

/** Six weeks from Monday around the month that `at` lies in. */
export function monthOf(at: number): {
  readonly year: number;
  readonly month: number;
  readonly days: readonly MonthDay[];
} {
  const here = new Date(at + SHANGHAI_MS);
  const first = new Date(Date.UTC(here.getUTCFullYear(), here.getUTCMonth(), 1));
  const lead = (first.getUTCDay() + 6) % 7;
  const days = Array.from({ length: 42 }, (_, index) => {
    const date = new Date(first.getTime() + (index - lead) * DAY_MS);
    return {
      at: date.getTime() - SHANGHAI_MS,
      day: date.getUTCDate(),
      inMonth: date.getUTCMonth() === first.getUTCMonth(),
    };
  });
  return { year: first.getUTCFullYear(), month: first.getUTCMonth() + 1, days };
}

/** 00:00 on the first day of the month `months` away, ms UTC. */
export function monthsAway(at: number, months: number): number {
  const here = new Date(at + SHANGHAI_MS);
  const first = new Date(Date.UTC(here.getUTCFullYear(), here.getUTCMonth() + months, 1));
  return first.getTime() - SHANGHAI_MS;
}

export const isSameDay = (a: number, b: number) => dayNumberOf(a) === dayNumberOf(b);

/** The time of day of `time` on the day of `day`. */
export const onDay = (day: number, time: number) =>
  startOfDay(dayNumberOf(day)) + (time - startOfDay(dayNumberOf(time)));

/** ms UTC → "2026-11-21T20:00", what a datetime-local input speaks, in Asia/Shanghai. For where the second counts; else see `DateTimeField`. */
export function shanghaiText(at: number): string {
  return new Date(at + SHANGHAI_MS).toISOString().slice(0, 16);
}

/** A datetime-local's text, with or without seconds. `undefined` when it can't be read. */
export function instantFromShanghai(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)) return undefined;
  const at = Date.parse(`${text.length === 16 ? `${text}:00` : text}Z`) - SHANGHAI_MS;
  return Number.isNaN(at) || at < 0 ? undefined : at;
}
