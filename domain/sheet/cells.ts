/**
 * What stands in one cell. Text is a plain string. A number that the file stores as a number keeps its digits
 * as written, because a double has already lost the tail of a 19-digit id and the reader must be able to tell.
 * Dates of workbooks arrive as ISO text in local wall time.
 */
export type Cell = string | { readonly number: string };
export type Row = readonly Cell[];

export type CellCode =
  | "cell.required"
  | "cell.formulaError"
  | "amount.unreadable"
  | "amount.range"
  | "amount.fraction"
  | "amount.negative"
  | "amount.tooLarge"
  | "count.unreadable"
  | "count.negative"
  | "count.fraction"
  | "count.tooLarge"
  | "percent.unreadable"
  | "time.unreadable"
  | "time.ambiguous"
  | "time.needsDate"
  | "duration.unreadable"
  | "id.mangled"
  | "id.unreadable";

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: CellCode };

export const good = <T>(value: T): Parsed<T> => ({ ok: true, value });
export const bad = (code: CellCode): { readonly ok: false; readonly code: CellCode } => ({ ok: false, code });

const INVISIBLE = /[\u200b-\u200f\u2060\ufeff\u00ad]/g;
// What keeps a spreadsheet from reading text as a number or a formula: a leading apostrophe, backtick or ="…".
const AS_FORMULA_TEXT = /^="([^]*)"$/;
const GUARDED = /^['`](?=[\s=+\-@\d＝＋－＠])/;
const FORMULA_ERROR = /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!)$/i;
const BLANK = /^(?:[-—–_/\\.·]{1,9}|无|暂无|空|null|none|n\/a|nan|undefined)$/i;

// Most cells of a large file need no cleaning; this tells them at a glance.
const CLEAN = /^[\w¥\u4e00-\u9fa5](?:[\x20-\x7e\u4e00-\u9fa5]*[\x21-\x7e\u4e00-\u9fa5])?$/;
const ASCII = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
const BLANK_MAX = 9;

/** The text that a person sees: without guards, invisible characters and outer blanks. */
export function cellText(cell: Cell | undefined): string {
  if (cell === undefined) return "";
  if (typeof cell !== "string") return cell.number;
  if (cell === "" || CLEAN.test(cell)) return cell;
  const plain = cell.replace(INVISIBLE, "").trim();
  const inner = AS_FORMULA_TEXT.exec(plain)?.[1];
  return inner === undefined ? plain.replace(GUARDED, "").trimStart() : inner.replaceAll('""', '"').trim();
}

/** Text for reading figures: full width digits, brackets and signs become plain ones. Never for names. */
export function foldedText(cell: Cell | undefined): string {
  const text = cellText(cell);
  if (ASCII.test(text)) return text;
  return text
    .normalize("NFKC")
    .replace(/[−–—]/g, "-")
    .replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, " ")
    .trim();
}

/** Empty, or one of the marks that people type for "nothing here". */
export function isBlank(cell: Cell | undefined): boolean {
  const text = cellText(cell);
  return text === "" || (text.length <= BLANK_MAX && BLANK.test(text));
}

export function isFormulaError(cell: Cell | undefined): boolean {
  return FORMULA_ERROR.test(cellText(cell));
}
