/**
 * CSV that Excel and WPS open by double click without harm: UTF-8 with a mark, CRLF, long ids as text, nothing that
 * runs as a formula. Our own import reads it back: it takes off the tab and the apostrophe that stand in front.
 */
export type CsvCell = string | number | boolean | null | undefined;

/** Without this mark Excel takes the file for GBK. */
export const CSV_MARK = "\ufeff";

// Full width signs count too: a spreadsheet in a Chinese or Japanese locale folds them before it looks.
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;
const PLAIN_NUMBER = /^-?\d{1,11}(?:\.\d{1,6})?$/;
const ISO_MOMENT = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?$/;
/** Text that a spreadsheet would turn into another thing: a rounded number, one without its zeros, a date ("1-2"). */
const TURNED =
  /^(?:\d{12,}|0\d+|\d+(?:\.\d+)?e\d+|\d{1,4}[-/]\d{1,2}(?:[-/]\d{1,4})?|\d{1,2}:\d{2}(?::\d{2})?|true|false)$/i;

/**
 * A tab keeps text text when the file is saved and opened again; ="…" does not survive that, and is a formula. Only
 * what is all digits and the like gets the tab; what could run gets an apostrophe.
 */
function guarded(text: string): string {
  if (PLAIN_NUMBER.test(text) && !TURNED.test(text)) return text;
  if (ISO_MOMENT.test(text)) return text;
  if (TURNED.test(text)) return `\t${text}`;
  return FORMULA.test(text) ? `'${text}` : text;
}

function cellText(cell: CsvCell): string {
  if (cell === null || cell === undefined) return "";
  const text = typeof cell === "string" ? guarded(cell.toWellFormed()) : String(cell);
  return /[",\r\n\t]|^ | $/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One row with its line end (CRLF). */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(cellText).join(",")}\r\n`;
}

/** Yields a file line by line, so that a long list is never in memory as a whole. */
export function* csvFile(header: readonly string[], rows: Iterable<readonly CsvCell[]>): Generator<string> {
  yield CSV_MARK + csvLine(header);
  for (const row of rows) yield csvLine(row);
}
