import type { Minute, ShowSlices } from "../../session/show-slices.ts";

/** By shift and by hour of the clock. Pure; also for the meeting. */

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export type ShiftLine = {
  readonly shiftId: string;
  readonly from: number;
  readonly to: number;
  readonly hosts: readonly string[];
  readonly operators: readonly string[];
  readonly paidFen: number | null;
  readonly orders: number | null;
  readonly buyers: number | null;
  readonly refundedFen: number | null;
  readonly perHourFen: number | null;
};

export function shiftLines({
  shifts,
  shiftFigures,
  figures,
}: Pick<ShowSlices, "shifts" | "shiftFigures" | "figures">): readonly ShiftLine[] {
  const known = figures.headline.source === "orders";
  return [...shifts.values()].map(({ shiftId, from, to, hosts, operators }) => {
    const row = known ? shiftFigures.get(shiftId) : undefined;
    const paidFen = known ? (row?.paid.fen ?? 0) : null;
    return {
      shiftId,
      from,
      to,
      hosts,
      operators,
      paidFen,
      orders: known ? (row?.paid.orders ?? 0) : null,
      buyers: known ? (row?.buyers ?? 0) : null,
      refundedFen: known ? (row?.refunded.fen ?? 0) : null,
      perHourFen: paidFen === null ? null : Math.round(paidFen / ((to - from) / HOUR_MS)),
    };
  });
}

export type HourLine = {
  /** Start of the hour of the clock. */
  readonly from: number;
  readonly paidFen: number | null;
  readonly orders: number | null;
  readonly refundedFen: number | null;
  /** Mean of the minutes that were counted; `null`: none was. */
  readonly online: number | null;
  readonly comments: number | null;
  readonly clicks: number | null;
};

/** Every hour that the show touched, also one without a sale. Asia/Shanghai is a whole number of hours from UTC. */
export function hourLines(
  { series, figures }: Pick<ShowSlices, "series" | "figures">,
  show: { readonly from: number; readonly to: number },
): readonly HourLine[] {
  const known = figures.headline.source === "orders";
  const first = Math.floor(show.from / HOUR_MS);
  const byHour = Map.groupBy(series.values(), ({ at }) => Math.floor(at / HOUR_MS));
  const touched = Math.max(first, Math.ceil(show.to / HOUR_MS) - 1);
  // A show that ends on the hour is ended some moments after it: those are no hour.
  const isMoments = touched > first && show.to - touched * HOUR_MS < MINUTE_MS && !byHour.has(touched);
  const last = isMoments ? touched - 1 : touched;
  return Array.from({ length: last - first + 1 }, (_none, index) => {
    const hour = first + index;
    const minutes = byHour.get(hour) ?? [];
    const online = counted(minutes, ({ online: persons }) => persons);
    return {
      from: hour * HOUR_MS,
      paidFen: known ? minutes.reduce((sum, { paidFen }) => sum + paidFen, 0) : null,
      orders: known ? minutes.reduce((sum, { orders }) => sum + orders, 0) : null,
      refundedFen: known ? minutes.reduce((sum, { refundedFen }) => sum + refundedFen, 0) : null,
      online: online === null ? null : Math.round(online.sum / online.count),
      comments: counted(minutes, ({ comments }) => comments)?.sum ?? null,
      clicks: counted(minutes, ({ clicks }) => clicks)?.sum ?? null,
    };
  });
}

function counted(minutes: readonly Minute[], of: (minute: Minute) => number | null) {
  const values = minutes.flatMap((minute) => of(minute) ?? []);
  return values.length === 0 ? null : { sum: values.reduce((sum, value) => sum + value, 0), count: values.length };
}
