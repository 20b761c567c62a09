import writeXlsxFile from "write-excel-file/universal";
import { DAY_MS, SHANGHAI_MS } from "#domain/shanghai-day.ts";
import { day } from "../../format/time.ts";
import { cellText } from "./cell-text.ts";
import type { Block, Cell, Column, ColumnKind, Section } from "./report-table.ts";

/** The sections as sheets of an Excel workbook: money as numbers in yuan, times as dates, shares as percentages, so that people can go on counting. */

type SheetCell = {
  value: string | number | Date;
  type?: StringConstructor | NumberConstructor | DateConstructor;
  format?: string;
  fontWeight?: "bold";
  textColor?: string;
  wrap?: boolean;
};

const FORMAT: { readonly [K in ColumnKind]?: string } = {
  fen: "#,##0.00",
  fenChange: "+#,##0.00;-#,##0.00;0.00",
  count: "#,##0",
  countChange: "+#,##0;-#,##0;0",
  share: "0.0%",
  shareChange: "+0.0%;-0.0%;0.0%",
  time: "yyyy-mm-dd hh:mm:ss",
  duration: "[h]:mm:ss",
};

/** `about`: lines above the first sheet. `none`: what an empty table says. */
export async function workbookOf(
  sections: readonly Section[],
  about: readonly (readonly string[])[],
  none: string,
): Promise<Blob> {
  const sheets = sections.map(({ name, blocks }, index) => {
    const above = index === 0 ? [...about.map((line) => line.map(plain)), []] : [];
    return {
      sheet: sheetName(name),
      data: [...above, ...blocks.flatMap((block) => [...blockRows(block, none), []])],
      columns: columnsOf(blocks),
      stickyRowsCount: blocks.length === 1 && blocks[0]?.title === undefined && index > 0 ? 1 : 0,
    };
  });
  return writeXlsxFile(sheets).toBlob();
}

/** Excel allows 31 signs, and not these. */
const sheetName = (name: string): string => name.replace(/[\\/?*[\]:]/g, " ").slice(0, 31);

const plain = (value: string): SheetCell => ({ value, type: String });

function blockRows({ title, note, columns, rows, empty }: Block, none: string): SheetCell[][] {
  const head = columns.map(({ label, kind }): SheetCell => ({
    value: headOf(label, kind),
    type: String,
    fontWeight: "bold",
  }));
  return [
    ...(title === undefined ? [] : [[{ value: title, type: String, fontWeight: "bold" } satisfies SheetCell]]),
    // A table without a title begins with its head, which stays in view.
    ...(title === undefined || note === undefined ? [] : [[{ ...plain(note), textColor: "#777777" }]]),
    head,
    ...rows.map(({ cells }) => columns.map((column, index) => sheetCell(cells[index] ?? { value: null }, column))),
    ...(rows.length === 0 ? [[plain(empty === "" ? none : empty)]] : []),
  ];
}

/** The unit stands in the head: the cells are bare numbers. */
const headOf = (label: string, kind: ColumnKind): string =>
  kind === "fen" || kind === "fenChange" ? `${label}(元)` : label;

function sheetCell(cell: Cell, { kind: columnKind }: Column): SheetCell {
  const { value, why, beside } = cell;
  if (value === null) return { value: why ? `– ${why}` : "–", type: String, textColor: "#777777" };
  if (typeof value === "string") return plain(beside ? `${value} · ${beside}` : value);
  const kind = cell.kind ?? columnKind;
  const format = FORMAT[kind];
  switch (kind) {
    case "fen":
    case "fenChange":
      return { value: value / 100, type: Number, ...(format ? { format } : {}) };
    case "hour":
      return plain(cellText(cell, kind, day(value)));
    case "time":
      // Excel has no time zones: dates are written as they read in Shanghai.
      return { value: new Date(value + SHANGHAI_MS), type: Date, ...(format ? { format } : {}) };
    case "duration":
      return { value: value / DAY_MS, type: Number, ...(format ? { format } : {}) };
    case "durationChange":
      // Excel shows no time below zero: signed lengths are minutes.
      return { value: Math.round(value / 600) / 100, type: Number, format: '+0.0" min";-0.0" min";0" min"' };
    case "count":
    case "countChange":
    case "mixed":
    case "share":
    case "shareChange":
    case "text":
      return { value, type: Number, ...(format ? { format } : {}) };
  }
}

function columnsOf(blocks: readonly Block[]): { width: number }[] {
  const most = Math.max(2, ...blocks.map(({ columns }) => columns.length));
  return Array.from({ length: most }, (_none, index) => {
    const isWide = blocks.some(({ columns }) => columns[index]?.wide);
    const isTime = blocks.some(({ columns }) => columns[index]?.kind === "time" || columns[index]?.kind === "mixed");
    return { width: isWide ? 32 : isTime ? 20 : 14 };
  });
}
