import { bad, type Cell, foldedText, good, isBlank, isFormulaError, type Parsed } from "./cells.ts";
import { type CalendarDay, dayNumberOf, isCalendarDay, nearestYear, numberOfDay, startOfDay } from "../shanghai-day.ts";

const EXCEL_EPOCH_DAYS = 25_569; // 1970-01-01 as an Excel serial

type Clock = { readonly h: number; readonly m: number; readonly s: number; readonly ms: number };
const MIDNIGHT: Clock = { h: 0, m: 0, s: 0, ms: 0 };

function instant(day: CalendarDay, clock: Clock): Parsed<number> {
  if (!isCalendarDay(day) || day.y < 2000 || day.y > 2100) return bad("time.unreadable");
  return good(startOfDay(numberOfDay(day)) + clockMs(clock));
}

const clockMs = (clock: Clock): number => ((clock.h * 60 + clock.m) * 60 + clock.s) * 1000 + clock.ms;

// Shows run past midnight, and the trade then writes 24:30 or 25:00.
function readClock(text: string, hoursMax: number): Clock | null {
  if (text === "") return MIDNIGHT;
  const found =
    /^(上午|早上|中午|下午|晚上|晚|am|pm)?\s*(\d{1,2})(?:[:点时](?:(\d{1,2})(?:[:分](?:(\d{1,2})(?:\.(\d{1,6}))?秒?)?)?)?)\s*(am|pm)?$/i.exec(
      text,
    );
  if (!found) return null;
  const half = (found[1] ?? found[6] ?? "").toLowerCase();
  const hour = Number(found[2]);
  const late = /下午|晚|pm/.test(half) && hour < 12;
  const earlyTwelve = half === "am" && hour === 12;
  const clock = {
    h: earlyTwelve ? 0 : hour + (late ? 12 : 0),
    m: Number(found[3] ?? 0),
    s: Number(found[4] ?? 0),
    ms: Math.floor(Number(`0.${found[5] ?? "0"}`) * 1000),
  };
  return clock.h <= hoursMax && clock.m < 60 && clock.s < 60 ? clock : null;
}

function readDay(text: string, base: number | undefined): CalendarDay | "ambiguous" | "needsDate" | null {
  const full = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (full) return { y: Number(full[1]), m: Number(full[2]), d: Number(full[3]) };
  const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text);
  if (yearLast) {
    const [a, b, y] = [Number(yearLast[1]), Number(yearLast[2]), Number(yearLast[3])];
    if (a <= 12 && b <= 12 && a !== b) return "ambiguous";
    return a > 12 ? { y, m: b, d: a } : { y, m: a, d: b };
  }
  const short = /^(\d{1,2})(?:月|[-/])(\d{1,2})日?$/.exec(text);
  if (!short) return null;
  if (base === undefined) return "needsDate";
  const [m, d] = [Number(short[1]), Number(short[2])];
  return { y: nearestYear({ m, d }, base), m, d };
}

function fromNumber(text: string): Parsed<number> | null {
  if (/^\d{13}$/.test(text)) return good(Number(text));
  if (/^1\d{9}$/.test(text)) return good(Number(text) * 1000);
  const serial = /^\d{5}(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(serial >= 36_526 && serial < 73_416)) return null;
  const seconds = Math.round((serial - EXCEL_EPOCH_DAYS) * 86_400);
  return good(startOfDay(0) + seconds * 1000);
}

function readZoned(text: string): Parsed<number> | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(?:Z|([+-])(\d{2}):?(\d{2}))$/.exec(
    text,
  );
  if (!found) return null;
  const clock = readClock(found[4] ?? "", 23);
  const local = clock && instant({ y: Number(found[1]), m: Number(found[2]), d: Number(found[3]) }, clock);
  if (!local?.ok) return bad("time.unreadable");
  const offsetMs = (Number(found[6] ?? 0) * 60 + Number(found[7] ?? 0)) * 60_000;
  return good(local.value - startOfDay(0) - (found[5] === "-" ? -offsetMs : offsetMs));
}

/**
 * A moment, in ms UTC. `base` is any instant of the day that a bare "20:30" belongs to; without it such a cell is
 * refused, and one without a year is the day nearest to it. "3/4/2026" is refused, because nobody can say which is the month.
 */
export function parseWhen(cell: Cell | undefined, base?: number): Parsed<number> {
  if (isBlank(cell)) return bad("cell.required");
  if (isFormulaError(cell)) return bad("cell.formulaError");
  const text = foldedText(cell).replace(/\s+/g, " ");
  const number = fromNumber(text);
  if (number) return number;
  const zoned = readZoned(text);
  if (zoned) return zoned;
  const clockOnly = readClock(text, 30);
  if (clockOnly)
    return base === undefined ? bad("time.needsDate") : good(startOfDay(dayNumberOf(base)) + clockMs(clockOnly));
  const parts =
    /^(\d{8}|\d{4}年\d{1,2}月\d{1,2}日?|\d{1,2}月\d{1,2}日?|[\d]+[-/.][\d]+(?:[-/.][\d]+)?)(?:[T ,]*(?:周.|星期.|\(周.\)|\(星期.\))?[T ,]*)(.*)$/.exec(
      text,
    );
  const day = parts ? readDay(parts[1] ?? "", base) : null;
  const clock = readClock(parts?.[2] ?? "", 23);
  if (!day || !clock) return bad("time.unreadable");
  if (day === "ambiguous") return bad("time.ambiguous");
  return day === "needsDate" ? bad("time.needsDate") : instant(day, clock);
}

/**
 * A length of time in ms: "8分", "8:00" (minutes and seconds), "1:20:00", "8min", "480s", "1小时20分".
 * A bare number is in `unit`, minutes unless the column says otherwise.
 */
export function parseDuration(cell: Cell | undefined, unit: "minute" | "second" = "minute"): Parsed<number> {
  if (isBlank(cell)) return bad("cell.required");
  if (isFormulaError(cell)) return bad("cell.formulaError");
  const text = foldedText(cell).toLowerCase().replace(/\s+/g, "");
  const bare = /^\d+(?:\.\d+)?$/.exec(text);
  if (bare) return good(Math.round(Number(text) * (unit === "minute" ? 60_000 : 1000)));
  const colon = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})$/.exec(text);
  if (colon) {
    const [h, m, s] = [Number(colon[1] ?? 0), Number(colon[2]), Number(colon[3])];
    const sound = s < 60 && (colon[1] === undefined || m < 60);
    return sound ? good(((h * 60 + m) * 60 + s) * 1000) : bad("duration.unreadable");
  }
  const words =
    /^(?:约|预计)?(?:(\d+(?:\.\d+)?)(?:小时|时|hours?|h))?(?:(\d+(?:\.\d+)?)(?:分钟?|min(?:ute)?s?|m|'))?(?:(\d+(?:\.\d+)?)(?:秒钟?|sec(?:ond)?s?|s|"))?(半)?$/.exec(
      text,
    );
  if (!words || text === "" || (!words[1] && !words[2] && !words[3])) return bad("duration.unreadable");
  const half = words[4] ? 30_000 : 0;
  const ms = Number(words[1] ?? 0) * 3_600_000 + Number(words[2] ?? 0) * 60_000 + Number(words[3] ?? 0) * 1000;
  return good(Math.round(ms + half));
}
