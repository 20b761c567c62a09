import { z } from "zod";
import type { Look as LookRow } from "../auto-checks.ts";
import { isLessonLine } from "../lesson-line.ts";
import type { CheckText } from "../presets.ts";
import { FenAmount, Id, Instant, text } from "../units.ts";

/** The lines of 开播检查 and 下播检查 that the team has written, what became of them, and which automatic ones were let pass. */

export const CHECK_LISTS = ["goLive", "wrapUp"] as const;
export type CheckListName = (typeof CHECK_LISTS)[number];

export const LineText = z.object({ lineId: Id, text: text(200, 1), ownerId: Id.nullable(), dueAt: Instant.nullable() });
type LineText = z.infer<typeof LineText>;
export const Done = z.object({ by: z.string(), at: Instant, note: text(200) });
export const Waiver = z.object({ by: z.string(), at: Instant, reason: text(200, 1) });
export type CheckWaiver = z.infer<typeof Waiver>;
export const Line = LineText.extend({ done: Done.nullable(), waived: Waiver.nullable() });
type Line = z.infer<typeof Line>;
export const Look = z.object({ priceFen: FenAmount, by: z.string(), at: Instant });

export type CheckLine = Line & {
  readonly list: CheckListName;
  /** Place in its list, from 0. */
  readonly position: number;
};

export type CheckState = {
  readonly lines: ReadonlyMap<string, CheckLine>;
  /** Counts the changes of which lines there are, for `expect`. */
  readonly version: number;
  /** Automatic lines that someone let pass. */
  readonly waived: ReadonlyMap<string, CheckWaiver>;
  /** By SKU. */
  readonly looks: ReadonlyMap<string, LookRow>;
  readonly screensOnline: number | null;
};

export const untouched = { done: null, waived: null };

export function initialLines(list: CheckListName, texts: readonly CheckText[]): [string, CheckLine][] {
  return texts.map(({ lineId, text: words }, position) => [
    lineId,
    { lineId, text: words, ownerId: null, dueAt: null, ...untouched, list, position },
  ]);
}

export function linesOf(own: Pick<CheckState, "lines">, list: CheckListName): CheckLine[] {
  return [...own.lines.values()].filter((line) => line.list === list).toSorted((a, b) => a.position - b.position);
}

/** Lines that are neither done nor let pass, in their order. */
export function openLines(own: CheckState, list: CheckListName): CheckLine[] {
  return linesOf(own, list).filter(({ done, waived }) => !done && !waived);
}

export function rowsOf(own: CheckState, list: CheckListName): Line[] {
  return linesOf(own, list).map(({ done, waived, ...line }) => ({ ...textOf(line), done, waived }));
}

export function textOf({ lineId, text: words, ownerId, dueAt }: LineText): LineText {
  return { lineId, text: words, ownerId, dueAt };
}

/** A line whose words stay keeps its tick as it is now. */
export function asItStands(own: CheckState, line: Line): Line {
  const now = own.lines.get(line.lineId);
  return now?.text === line.text ? { ...line, done: now.done, waived: now.waived } : line;
}

/** CHK7: lines of lessons stay and keep their words, whatever a list is set to; only the lesson itself takes its line away. */
export function withLessons(own: CheckState, list: CheckListName, to: readonly Line[]): Line[] {
  const theirs = rowsOf(own, list).filter(({ lineId }) => isLessonLine(lineId));
  const missing = theirs.filter(({ lineId }) => !to.some((line) => line.lineId === lineId));
  const worded = to.map((line) => {
    const lessons = theirs.find(({ lineId }) => lineId === line.lineId);
    return lessons ? { ...line, text: lessons.text, done: lessons.done, waived: lessons.waived } : line;
  });
  return [...worded, ...missing];
}

/** Of an own line or an automatic one. */
export function waiverOf(own: CheckState, lineId: string): CheckWaiver | null {
  return own.lines.get(lineId)?.waived ?? own.waived.get(lineId) ?? null;
}

export function lookOf(own: CheckState, skuId: string): z.infer<typeof Look> | null {
  const look = own.looks.get(skuId);
  return look ? Look.parse(look) : null;
}

export function changeLine(own: CheckState, lineId: string, change: (line: CheckLine) => CheckLine): CheckState {
  const line = own.lines.get(lineId);
  return line ? { ...own, lines: new Map(own.lines).set(lineId, change(line)) } : own;
}
