import { DAY_MS, dayNumberOf, SHANGHAI_MS, startOfDay } from "#domain/shanghai-day.ts";
import { day, DEFAULT_ZONE } from "../../format/time.ts";

/** The days before the axis, pressed together: where days stand, and how many signed up in each part of one. Pure. */

const HOUR_MS = 3_600_000;

export type DaysSpan = { readonly from: number; readonly to: number };

/** Midnights inside, with the day that begins there. */
export function dayMarks({ from, to }: DaysSpan): readonly { readonly at: number; readonly label: string }[] {
  const first = startOfDay(dayNumberOf(from - 1) + 1);
  const marks = [];
  for (let at = first; at < to; at += DAY_MS) marks.push({ at, label: day(at, DEFAULT_ZONE).slice(5) });
  return marks;
}

/** Days as people count them: a part of one is one. */
export const daysIn = ({ from, to }: DaysSpan): number => Math.ceil((to - from) / DAY_MS);

export type HourCount = { readonly at: number; readonly count: number };
export type Bar = { readonly from: number; readonly to: number; readonly count: number };

const WIDTHS_MS = [HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS, DAY_MS];
/** A bar that is thinner says nothing. */
const BAR_PX = 4;

/** Hours put together into bars that can be seen. */
export function barsOf(hours: readonly HourCount[], span: DaysSpan, widthPx: number): readonly Bar[] {
  const perPx = (span.to - span.from) / Math.max(1, widthPx);
  const width = WIDTHS_MS.find((ms) => ms / perPx >= BAR_PX) ?? DAY_MS;
  const sums = new Map<number, number>();
  for (const { at, count } of hours) {
    if (at < span.from || at >= span.to || count <= 0) continue;
    const start = Math.floor((at + SHANGHAI_MS) / width) * width - SHANGHAI_MS;
    sums.set(start, (sums.get(start) ?? 0) + count);
  }
  return [...sums]
    .toSorted(([a], [b]) => a - b)
    .map(([from, count]) => ({ from, to: Math.min(span.to, from + width), count }));
}

/** Up to so long an axis is drawn wide enough on half of the room. */
const SHORT_MS = 2 * HOUR_MS;
const LONG_SHOW = { dayPx: 44, share: 0.28, mostPx: 320 };
const SHORT_SHOW = { dayPx: 110, share: 0.45, mostPx: 640 };

/** As wide as its days need, and never more than leaves the show most of the axis; beside a short show there is more room for them. */
export function daysWidth(span: DaysSpan, roomPx: number, axisMs: number): number {
  const { dayPx, share, mostPx } = axisMs <= SHORT_MS ? SHORT_SHOW : LONG_SHOW;
  return Math.round(Math.min(Math.max(96, daysIn(span) * dayPx), roomPx * share, mostPx));
}
