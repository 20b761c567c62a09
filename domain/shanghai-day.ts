/**
 * Days of Asia/Shanghai, by which sheets and exports are written, quota is counted and quiet hours lie. Shanghai has had no summer time since 1991, so
 * the zone is a constant. Pure arithmetic, as rules have no `Date`: a day is the number of days since 1970-01-01, an instant is ms UTC.
 */

export const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** How far Shanghai's clocks are ahead of UTC. */
export const SHANGHAI_MS = 8 * 3_600_000;

/** A day of the Gregorian calendar; months and days count from 1. */
export type CalendarDay = { readonly y: number; readonly m: number; readonly d: number };

/** The day that holds an instant. */
export const dayNumberOf = (at: number): number => Math.floor((at + SHANGHAI_MS) / DAY_MS);

/** The instant of 00:00 on that day. */
export const startOfDay = (dayNumber: number): number => dayNumber * DAY_MS - SHANGHAI_MS;

/** Whole minutes since 00:00, from 0 to 1439. */
export const minuteOfDay = (at: number): number => Math.floor((at - startOfDay(dayNumberOf(at))) / MINUTE_MS);

/** `2026-11-22` */
export function dayText(dayNumber: number): string {
  const { y, m, d } = civilOf(dayNumber);
  return `${String(y).padStart(4, "0")}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`;
}

/** The day that holds an instant, as `dayText` writes it. */
export const dayOf = (at: number): string => dayText(dayNumberOf(at));

/** The number of a day as `dayText` writes it. */
export function dayNumber(day: string): number {
  const [y = 1970, m = 1, d = 1] = day.split("-").map(Number);
  return numberOfDay({ y, m, d });
}

/** Counted by years that begin in March, so that the leap day comes last; a day past the end of its month counts on into the next. */
export function numberOfDay({ y, m, d }: CalendarDay): number {
  const year = m > 2 ? y : y - 1;
  const ofYear = Math.floor((153 * (m > 2 ? m - 3 : m + 9) + 2) / 5) + d - 1;
  return year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + ofYear - 719_468;
}

/** The day with that number: the way back from `numberOfDay`. */
export function civilOf(dayNumber: number): CalendarDay {
  const z = dayNumber + 719_468;
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

export const isCalendarDay = (day: CalendarDay): boolean => {
  const { y, m, d } = civilOf(numberOfDay(day));
  return y === day.y && m === day.m && d === day.d;
};

/** The year in which a month and day written without one lie nearest to an instant: a show of New Year's Eve goes on in January. */
export function nearestYear({ m, d }: Pick<CalendarDay, "m" | "d">, at: number): number {
  const today = dayNumberOf(at);
  const { y } = civilOf(today);
  const away = (year: number) => Math.abs(numberOfDay({ y: year, m, d }) - today);
  return [y - 1, y, y + 1].reduce((best, year) => (away(year) < away(best) ? year : best));
}
