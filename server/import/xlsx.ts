import type { Cell } from "#domain/sheet/cells.ts";

import { momentText, type NumberFormat, numberFormat } from "./number-format.ts";
import { refuse } from "./refusal.ts";
import { scanXml, type Tag } from "./xml-scan.ts";
import { ZipArchive } from "./zip-archive.ts";

export type DecodedSheet = { readonly name: string; readonly rows: Cell[][]; readonly hidden: boolean };

const UNPACKED_MAX = 400 * 1024 * 1024;
export const ROWS_MAX = 200_000;
export const COLUMNS_MAX = 1_000;
export const CELLS_MAX = 8_000_000;
const SHEETS_MAX = 50;

type Book = {
  readonly strings: readonly string[];
  readonly formats: readonly NumberFormat[];
  readonly epoch1904: boolean;
};

/** _x000D_ and the like: characters that XML can't hold. */
const unescapeCell = (text: string): string =>
  text.replace(/_x([\da-fA-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

function sharedStrings(xml: string | null): string[] {
  const strings: string[] = [];
  let text = "";
  let inText = false;
  let phonetic = 0; // readings above the characters are no part of the text
  scanXml(xml ?? "", {
    open: ({ name }) => {
      if (name === "si") text = "";
      if (name === "rPh") phonetic++;
      inText = name === "t" && phonetic === 0;
    },
    close: (name) => {
      if (name === "si") strings.push(unescapeCell(text));
      if (name === "rPh") phonetic--;
      if (name === "t") inText = false;
    },
    text: (part) => {
      if (inText) text += part;
    },
  });
  return strings;
}

function cellFormats(xml: string | null): NumberFormat[] {
  const codes = new Map<number, string>();
  const formats: NumberFormat[] = [];
  let inCellXfs = false;
  scanXml(xml ?? "", {
    open: (tag) => {
      if (tag.name === "numFmt") codes.set(Number(tag.attribute("numFmtId")), tag.attribute("formatCode") ?? "");
      if (tag.name === "cellXfs") inCellXfs = true;
      if (tag.name === "xf" && inCellXfs) {
        const id = Number(tag.attribute("numFmtId") ?? 0);
        formats.push(numberFormat(id, codes.get(id)));
      }
    },
    close: (name) => {
      if (name === "cellXfs") inCellXfs = false;
    },
    text: () => {},
  });
  return formats;
}

/** "BC12" is column 54, from 0; null when it is no address. */
function columnOf(address: string | undefined): number | null {
  const letters = /^([A-Z]{1,3})\d+$/.exec(address ?? "")?.[1];
  if (letters === undefined) return null;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

type RawCell = { readonly type: string; readonly style: number; readonly value: string; readonly inline: string };

function cellOf(raw: RawCell, book: Book): Cell {
  switch (raw.type) {
    case "s":
      return book.strings[Number(raw.value)] ?? "";
    case "inlineStr":
      return unescapeCell(raw.inline);
    case "b":
      return raw.value === "1" ? "TRUE" : "FALSE";
    case "str":
      return unescapeCell(raw.value);
    case "e":
    case "d":
      return raw.value;
    default:
      return numberCell(raw, book);
  }
}

function numberCell(raw: RawCell, book: Book): Cell {
  const value = raw.value.trim();
  const format = book.formats[raw.style];
  if (value === "") return unescapeCell(raw.inline);
  if (format && format.shown !== "number")
    return momentText(Number(value), format, book.epoch1904) ?? { number: value };
  return { number: value };
}

/** Cells of a sheet by their place. Bounds hold before anything is stored, so an address far out costs nothing. */
class SheetRows {
  readonly rows: Cell[][] = [];
  #cells = 0;

  put(row: number, column: number, cell: Cell): void {
    if (cell === "") return;
    if (row >= ROWS_MAX) throw refuse("import.tooLarge", "rows");
    if (column >= COLUMNS_MAX) throw refuse("import.tooLarge", "columns");
    while (this.rows.length <= row) this.rows.push([]);
    const line = this.rows[row] ?? [];
    while (line.length < column) line.push("");
    this.#cells++;
    if (this.#cells > CELLS_MAX) throw refuse("import.tooLarge", "cells");
    line[column] = cell;
  }
}

function sheetRows(xml: string, book: Book): Cell[][] {
  const sheet = new SheetRows();
  let row = -1;
  let column = -1;
  let cell: { type: string; style: number; value: string; inline: string } | null = null;
  let into: "value" | "inline" | null = null;
  let phonetic = false;
  const open = (tag: Tag): void => {
    if (tag.name === "row") {
      const told = Number(tag.attribute("r") ?? row + 2);
      row = Number.isInteger(told) && told > 0 ? told - 1 : row + 1;
      column = -1;
    } else if (tag.name === "c") {
      column = columnOf(tag.attribute("r")) ?? column + 1;
      cell = { type: tag.attribute("t") ?? "n", style: Number(tag.attribute("s") ?? 0), value: "", inline: "" };
    } else if (tag.name === "v") into = "value";
    else if (tag.name === "t") into = phonetic ? null : "inline";
    else into = null;
    if (tag.name === "rPh") phonetic = true;
  };
  scanXml(xml, {
    open,
    close: (name) => {
      into = null;
      if (name === "rPh") phonetic = false;
      if (name !== "c" || !cell) return;
      sheet.put(Math.max(0, row), column, cellOf(cell, book));
      cell = null;
    },
    text: (text) => {
      if (cell && into) cell[into] += text;
    },
  });
  return sheet.rows;
}

type Part = { readonly name: string; readonly id: string; readonly hidden: boolean };

function workbookParts(xml: string): { sheets: Part[]; epoch1904: boolean } {
  const sheets: Part[] = [];
  let epoch1904 = false;
  scanXml(xml, {
    open: (tag) => {
      if (tag.name === "workbookPr") epoch1904 = /^(?:1|true)$/.test(tag.attribute("date1904") ?? "");
      if (tag.name !== "sheet") return;
      const name = unescapeCell(tag.attribute("name") ?? "");
      sheets.push({ name, id: tag.attribute("id") ?? "", hidden: /hidden/i.test(tag.attribute("state") ?? "") });
    },
    close: () => {},
    text: () => {},
  });
  return { sheets, epoch1904 };
}

function relations(xml: string | null, folder: string): Map<string, { target: string; type: string }> {
  const found = new Map<string, { target: string; type: string }>();
  scanXml(xml ?? "", {
    open: (tag) => {
      if (tag.name !== "Relationship") return;
      const target = (tag.attribute("Target") ?? "").replaceAll("\\", "/");
      const path = target.startsWith("/") ? target.slice(1) : `${folder}${target}`;
      found.set(tag.attribute("Id") ?? "", {
        target: path.replace(/(^|\/)\.\//g, "$1"),
        type: tag.attribute("Type") ?? "",
      });
    },
    close: () => {},
    text: () => {},
  });
  return found;
}

/** Reads a workbook. Numbers keep their digits as written, dates become ISO text, formulas their last result. */
export function readXlsx(bytes: Buffer): DecodedSheet[] {
  const zip = new ZipArchive(bytes, UNPACKED_MAX);
  const root = [...relations(zip.text("_rels/.rels"), "").values()].find(({ type }) =>
    type.endsWith("/officeDocument"),
  );
  const path = root && zip.has(root.target) ? root.target : "xl/workbook.xml";
  const workbook = zip.text(path);
  if (workbook === null || !path.endsWith(".xml")) throw notAWorkbook(zip);
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const rels = relations(zip.text(`${folder}_rels/${path.slice(folder.length)}.rels`), folder);
  const partOf = (kind: string): string =>
    [...rels.values()].find(({ type }) => type.endsWith(`/${kind}`))?.target ?? `${folder}${kind}.xml`;
  const { sheets, epoch1904 } = workbookParts(workbook);
  if (sheets.length === 0) throw refuse("import.notATable", "zip");
  const book = {
    strings: sharedStrings(zip.text(partOf("sharedStrings"))),
    formats: cellFormats(zip.text(partOf("styles"))),
    epoch1904,
  };
  return sheets.slice(0, SHEETS_MAX).flatMap((sheet, index) => {
    const xml = zip.text(rels.get(sheet.id)?.target ?? `${folder}worksheets/sheet${index + 1}.xml`);
    return xml === null ? [] : [{ name: sheet.name, hidden: sheet.hidden, rows: sheetRows(xml, book) }];
  });
}

function notAWorkbook(zip: ZipArchive): Error {
  if (zip.has("xl/workbook.bin")) return refuse("import.oldExcel", "xlsb");
  if (zip.has("word/document.xml")) return refuse("import.notATable", "docx");
  if (zip.has("content.xml")) return refuse("import.notATable", "ods");
  return refuse("import.notATable", zip.names().some((name) => name.startsWith("index/")) ? "numbers" : "zip");
}
