import type { Cell, Row } from "#domain/sheet/cells.ts";
import { rowsFromPaste } from "#domain/sheet/table.ts";

/** A file that a person chose, as rows. Exports of Chinese tools are UTF-8 or GBK; workbooks are recognised by their bytes. */
export async function rowsOfFile(file: File): Promise<Row[]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return rowsOfWorkbook(file);
  return rowsFromPaste(decoded(bytes));
}

function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: what WPS and Excel write in China is GBK, of which GB18030 is the superset.
    return new TextDecoder("gb18030").decode(bytes);
  }
}

async function rowsOfWorkbook(file: File): Promise<Row[]> {
  const { readSheet } = await import("read-excel-file/browser");
  // Digits as the file keeps them: the reader must be able to tell an id that a double would cut.
  const rows = await readSheet(file, { parseNumber: (digits) => ({ number: digits }) });
  return rows.map((row) => row.map(cellOf));
}

function cellOf(value: string | { number: string } | boolean | Date | typeof Date | null): Cell {
  if (value === null) return "";
  if (value instanceof Date) return value.toISOString().slice(0, 19);
  return typeof value === "object" ? value : String(value);
}
