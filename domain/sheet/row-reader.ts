import { type Cell, type CellCode, cellText, isBlank, type Parsed, type Row } from "./cells.ts";
import { type Mapping } from "./columns.ts";
import { pick, type SheetIssue } from "./table.ts";

/** One line of text: no control characters, blanks folded, at most `max` characters. */
export function oneLine(cell: Cell, max: number): string {
  return cellText(cell)
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, max)
    .toWellFormed();
}

/** C is what a table adds to the complaints that any cell can give. */
export type Reading<F extends string, C extends string> = {
  readonly mapping: Mapping<F>;
  readonly errors: SheetIssue<C | CellCode>[];
  readonly warnings: SheetIssue<C | CellCode>[];
};

/** Reads one row by field. What can't be read is noted at its cell, and `failed` says that the row has an error. */
export class RowReader<F extends string, C extends string> {
  readonly #reading: Reading<F, C>;
  readonly #row: Row;
  readonly at: number;
  failed = false;

  constructor(reading: Reading<F, C>, row: Row, at: number) {
    this.#reading = reading;
    this.#row = row;
    this.at = at;
  }

  has(field: F): boolean {
    return pick(this.#row, this.#reading.mapping[field]) !== null;
  }

  mapped(field: F): boolean {
    return this.#reading.mapping[field] !== undefined;
  }

  error(field: F, code: C | CellCode): void {
    this.#reading.errors.push(this.#issue(field, code));
    this.failed = true;
  }

  warn(field: F, code: C | CellCode): void {
    this.#reading.warnings.push(this.#issue(field, code));
  }

  /** "" when the cell is empty. */
  text(field: F, max = 200): string {
    const found = pick(this.#row, this.#reading.mapping[field]);
    return found ? oneLine(found.cell, max) : "";
  }

  /** The filled cells of a field that several columns carry. */
  cells(field: F): Cell[] {
    const cols = this.#reading.mapping[field] ?? [];
    return cols.map((col) => this.#row[col] ?? "").filter((cell) => !isBlank(cell));
  }

  /** Undefined when the cell is empty; an unreadable one is an error of the row. */
  value<T>(field: F, parse: (cell: Cell) => Parsed<T>): T | undefined {
    const found = pick(this.#row, this.#reading.mapping[field]);
    if (!found) return undefined;
    const parsed = parse(found.cell);
    if (parsed.ok) return parsed.value;
    this.error(field, parsed.code);
    return undefined;
  }

  /** As value, for what the row can do without: an unreadable cell is dropped with a warning. */
  optional<T>(field: F, parse: (cell: Cell) => Parsed<T>): T | undefined {
    const found = pick(this.#row, this.#reading.mapping[field]);
    const parsed = found ? parse(found.cell) : null;
    if (parsed?.ok) return parsed.value;
    if (parsed) this.warn(field, parsed.code);
    return undefined;
  }

  #issue(field: F, code: C | CellCode): SheetIssue<C | CellCode> {
    const cols = this.#reading.mapping[field];
    const col = pick(this.#row, cols)?.col ?? cols?.[0] ?? 0;
    return { row: this.at, col, code, value: cellText(this.#row[col]).slice(0, 200) };
  }
}
