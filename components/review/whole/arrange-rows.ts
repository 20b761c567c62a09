import type { Cell, Column, ReportRow } from "./report-table.ts";

/** Rows as they are wanted: found and sorted. Pure. */

export type Sort = { readonly column: string; readonly direction: "down" | "up" };

/** Down first, because the most is what is looked for; a third press gives the table's own order back. */
export function nextSort(now: Sort | null, column: string): Sort | null {
  if (now?.column !== column) return { column, direction: "down" };
  return now.direction === "down" ? { column, direction: "up" } : null;
}

export function arranged(
  rows: readonly ReportRow[],
  columns: readonly Column[],
  sort: Sort | null,
  wanted: string,
): readonly ReportRow[] {
  const words = wanted.trim().toLowerCase();
  const found = words === "" ? rows : rows.filter((row) => textOf(row).includes(words));
  const at = sort ? columns.findIndex(({ id }) => id === sort.column) : -1;
  if (!sort || at < 0) return found;
  const sign = sort.direction === "down" ? -1 : 1;
  return found.toSorted((a, b) => {
    const [x, y] = [a.cells[at]?.value ?? null, b.cells[at]?.value ?? null];
    // What is not known stands last, whichever way is sorted.
    if (x === null || y === null) return (x === null ? 1 : 0) - (y === null ? 1 : 0);
    return sign * compare(x, y);
  });
}

function compare(a: NonNullable<Cell["value"]>, b: NonNullable<Cell["value"]>): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "zh-CN", { numeric: true });
}

const textOf = ({ cells, find = "" }: ReportRow): string =>
  [find, ...cells.flatMap(({ value }) => (typeof value === "string" ? value : []))].join(" ").toLowerCase();
