import { detectDelimiter, parseDelimited } from "#domain/sheet/delimited.ts";

import { decodeText, type TextEncoding } from "./decode-text.ts";
import { type ImportRefusal, RefusedFile, refuse } from "./refusal.ts";
import { CELLS_MAX, COLUMNS_MAX, type DecodedSheet, readXlsx, ROWS_MAX } from "./xlsx.ts";

export const BYTES_MAX = 20 * 1024 * 1024;

export type DecodedFile = {
  readonly ok: true;
  readonly kind: "xlsx" | "csv";
  readonly encoding: TextEncoding | null;
  /** Characters that the file itself had lost. */
  readonly damaged: number;
  /** Visible sheets first, in the order of their tabs. */
  readonly sheets: readonly DecodedSheet[];
};

export type Decoded = DecodedFile | ({ readonly ok: false } & ImportRefusal);

const starts = (bytes: Buffer, ...mark: number[]): boolean => mark.every((byte, index) => bytes[index] === byte);

/** Files that are tables to a spreadsheet, but not to us, or no tables at all. */
function refuseByMagic(bytes: Buffer): void {
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    const locked = bytes.includes(Buffer.from("EncryptedPackage", "utf16le"));
    throw locked ? refuse("import.encrypted") : refuse("import.oldExcel", "xls");
  }
  if (starts(bytes, 0x09, 0x08) || starts(bytes, 0x09, 0x04, 0x06)) throw refuse("import.oldExcel", "xls");
  if (starts(bytes, 0x25, 0x50, 0x44, 0x46)) throw refuse("import.notATable", "pdf");
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47) || starts(bytes, 0xff, 0xd8, 0xff) || starts(bytes, 0x47, 0x49, 0x46))
    throw refuse("import.notATable", "picture");
  if (starts(bytes, 0x52, 0x61, 0x72, 0x21) || starts(bytes, 0x37, 0x7a, 0xbc) || starts(bytes, 0x1f, 0x8b))
    throw refuse("import.notATable", "archive");
}

function readText(bytes: Buffer, name: string): DecodedFile {
  const { text, encoding, damaged } = decodeText(bytes);
  const plain = text.replace(/^\ufeff/, "");
  if (plain.trim() === "") throw refuse("import.empty");
  if (/^\s*<(?:!doctype|html|table|meta|\?xml)/i.test(plain)) throw refuse("import.notATable", "html");
  if (/^\s*[{[]/.test(plain) && /[}\]]\s*$/.test(plain.slice(-100))) throw refuse("import.notATable", "json");
  // Excel's own hint at the delimiter, which it hides from people.
  const body = plain.replace(/^sep=.\r?\n/i, "");
  const rows = parseDelimited(body, detectDelimiter(body));
  if (rows.length > ROWS_MAX) throw refuse("import.tooLarge", "rows");
  if (rows.some((row) => row.length > COLUMNS_MAX)) throw refuse("import.tooLarge", "columns");
  if (rows.reduce((sum, row) => sum + row.length, 0) > CELLS_MAX) throw refuse("import.tooLarge", "cells");
  return {
    ok: true,
    kind: "csv",
    encoding,
    damaged,
    sheets: [{ name: name.replace(/\.[^.]*$/, ""), rows, hidden: false }],
  };
}

function readWorkbook(bytes: Buffer): DecodedFile {
  const sheets = readXlsx(bytes).toSorted((a, b) => Number(a.hidden) - Number(b.hidden));
  if (!sheets.some((sheet) => sheet.rows.length > 0)) throw refuse("import.empty");
  return { ok: true, kind: "xlsx", encoding: null, damaged: 0, sheets };
}

/**
 * Reads a file by what it is, whatever it is called. Answers with a value for any bytes; takes seconds for large
 * files, so a server calls `decodeFile`, which does this in a thread.
 */
export function decodeBytes(bytes: Uint8Array, name: string): Decoded {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (buffer.length === 0) throw refuse("import.empty");
    if (buffer.length > BYTES_MAX) throw refuse("import.tooLarge", "bytes");
    refuseByMagic(buffer);
    return starts(buffer, 0x50, 0x4b, 0x03, 0x04) ? readWorkbook(buffer) : readText(buffer, name);
  } catch (error) {
    if (error instanceof RefusedFile) return { ok: false, ...error.refusal };
    throw error;
  }
}
