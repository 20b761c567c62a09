import { count, percent, yuan } from "../../format/money.ts";
import { clockSeconds, clockTime, day, dayTime, duration } from "../../format/time.ts";
import type { Cell, ColumnKind } from "./report-table.ts";

/** How a value stands in a table, on the page and on paper. `showDay`: the day that needs no saying. */
export function cellText({ value, kind }: Cell, columnKind: ColumnKind, showDay: string): string {
  if (value === null) return "–";
  if (typeof value === "string") return value;
  switch (kind ?? columnKind) {
    case "fen":
      return yuan(value);
    case "fenChange":
      return `${value > 0 ? "+" : ""}${yuan(value)}`;
    case "count":
      return count(value);
    case "countChange":
      return `${value > 0 ? "+" : value < 0 ? "−" : ""}${count(Math.abs(value))}`;
    case "share":
      return percent(value);
    case "shareChange":
      return `${value > 0 ? "+" : value < 0 ? "−" : ""}${percent(Math.abs(value))}`;
    case "time":
      return day(value) === showDay ? clockSeconds(value) : dayTime(value);
    case "hour":
      return `${(day(value) === showDay ? clockTime : dayTime)(value)}–${clockTime(value + HOUR_MS)}`;
    case "duration":
      return duration(value);
    case "durationChange":
      return `${value > 0 ? "+" : ""}${duration(value)}`;
    case "text":
    case "mixed":
      return count(value);
  }
}

const HOUR_MS = 3_600_000;

export const isNumeric = (kind: ColumnKind): boolean => kind !== "text" && kind !== "time" && kind !== "hour";
