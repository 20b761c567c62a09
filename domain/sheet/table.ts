import { type Cell, cellText, isBlank, type Row } from "./cells.ts";
import { type FieldSpec, recognise, type Recognised, type RememberedColumns } from "./columns.ts";
import { detectDelimiter, parseDelimited } from "./delimited.ts";

const HEADER_SEARCH_ROWS = 25;
const SAMPLE_ROWS = 12;

/** What the clipboard of Excel, WPS or 飞书 gives as text: tabs between cells, quoted cells with line breaks. */
export function rowsFromPaste(text: string): Row[] {
  const plain = text.replace(/^\ufeff/, "");
  const delimiter = plain.includes("\t") ? "\t" : detectDelimiter(plain);
  return parseDelimited(plain, delimiter);
}

export type Header<F extends string> = Recognised<F> & {
  /** Row number of the header, from 0; the data begin below. */
  readonly row: number;
};

const blankRow = (row: Row): boolean => !row.some((cell) => cellText(cell) !== "");

/** A header of two lines: "价格" merged over "日常价 | 直播价" leaves names in both rows. */
function joinedHeader(above: Row | undefined, row: Row): Row | null {
  if (!above) return null;
  const named = above.filter((cell) => cellText(cell) !== "").length;
  if (named < 2) return null;
  const width = Math.max(above.length, row.length);
  return Array.from({ length: width }, (_, col) => {
    const own = row[col] ?? "";
    return cellText(own) === "" ? (above[col] ?? "") : own;
  });
}

function worth<F extends string>(found: Recognised<F>): number {
  return found.columns.reduce((sum, column) => sum + column.confidence, 0);
}

/**
 * Finds the header: the row that names most of the fields. Titles, dates and notes may stand above it.
 * Null when no row names at least two.
 */
export function findHeader<F extends string>(
  rows: readonly Row[],
  specs: readonly FieldSpec<F>[],
  remembered: RememberedColumns,
): Header<F> | null {
  let best: { header: Header<F>; worth: number } | null = null;
  for (const [index, row] of rows.slice(0, HEADER_SEARCH_ROWS).entries()) {
    if (blankRow(row)) continue;
    const samples = rows.slice(index + 1, index + 1 + SAMPLE_ROWS);
    for (const candidate of [row, joinedHeader(rows[index - 1], row)]) {
      if (!candidate) continue;
      const found = recognise(candidate, specs, { samples, remembered });
      const score = worth(found);
      const fields = Object.keys(found.mapping).length;
      if (fields >= 2 && score > (best?.worth ?? 0) + 0.01) best = { header: { row: index, ...found }, worth: score };
    }
  }
  return best?.header ?? null;
}

const TOTALS = /^(?:合计|总计|小计|汇总|共计|总和|total)[:：]?$/i;

/**
 * Rows that carry no item: empty ones, the header repeated on a new page, sums at the foot. Compares cells as they
 * stand: this runs over every cell of files with millions of them.
 */
export function isFurniture(row: Row, header: Row): boolean {
  const filled = row.filter((cell) => cell !== "");
  if (blankRow(filled)) return true;
  const first = filled.find((cell) => !isBlank(cell));
  if (first !== undefined && TOTALS.test(cellText(first))) return true;
  const same = row.filter((cell, col) => cell !== "" && cell === header[col]).length;
  return same >= 2 && same * 2 >= filled.length;
}

/** The first column of a field that holds something in this row. */
export function pick(
  row: Row,
  cols: readonly number[] | undefined,
): { readonly cell: Cell; readonly col: number } | null {
  for (const col of cols ?? []) {
    const cell = row[col];
    if (cell !== undefined && !isBlank(cell)) return { cell, col };
  }
  return null;
}

/** What is wrong with one cell, in the row and column numbers of the table as it was given, from 0. */
export type SheetIssue<C extends string> = {
  readonly row: number;
  readonly col: number;
  readonly code: C;
  readonly value: string;
};

/** Each complaint once, in reading order. */
export function sortedIssues<C extends string>(issues: readonly SheetIssue<C>[]): SheetIssue<C>[] {
  const seen = new Map(issues.map((issue) => [`${issue.row}:${issue.col}:${issue.code}`, issue]));
  return [...seen.values()].toSorted((a, b) => a.row - b.row || a.col - b.col);
}
