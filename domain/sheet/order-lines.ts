import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

import { parseCount, parseFen, parseSignedFen } from "./amount.ts";
import { apportion } from "./apportion.ts";
import { cellText } from "./cells.ts";
import { parseId } from "./id.ts";
import type { ImportedLine } from "./imported-order.ts";
import { known } from "./known.ts";
import { type OrderField } from "./order-fields.ts";
import type { Reading, RowReader } from "./row-reader.ts";

export type OrderCode =
  | "column.missing"
  | "units.zero"
  | "lines.tooMany"
  | "status.unknown"
  | "refund.abovePaid"
  | "paid.missing";
export type OrderReading = Reading<OrderField, OrderCode>;
export type OrderRow = RowReader<OrderField, OrderCode>;

/** A line before the order's amount is known: what it weighs in the order, and its list price if told. */
export type DraftLine = Omit<ImportedLine, "paidFen" | "discountFen"> & {
  readonly row: OrderRow;
  readonly listFen: number | null;
  readonly weightFen: number;
};

const UNITS_MAX = 100_000;
const PRINTABLE = /^[!-~]{1,80}$/;
const ID_MAX = 150; // with what refunds append still a PlatformId
const LINES_MAX = 100;
const digest = (text: string): string => bytesToHex(sha256(utf8ToBytes(text))).slice(0, 12);

const fitted = (id: string): string => (id.length <= ID_MAX ? id : `${id.slice(0, ID_MAX - 13)}~${digest(id)}`);

/** The same row has the same key in every export, wherever it stands. */
function lineKey(row: OrderRow, skuId: string | undefined, productId: string | undefined): string {
  const own = row.text("lineId", 80);
  if (PRINTABLE.test(own)) return own;
  const words = `${row.text("productName")}\n${row.text("skuName")}`;
  if (skuId !== undefined) return PRINTABLE.test(skuId) ? skuId : digest(skuId);
  return `${productId ?? ""}~${digest(words)}`;
}

/** A seller's own code is free text; only one that can be an id stands in for the platform's. */
function ownCode(row: OrderRow): string | undefined {
  const [cell] = row.cells("skuCode");
  const parsed = cell === undefined ? null : parseId(cell);
  return parsed?.ok ? parsed.value : undefined;
}

function listOf(row: OrderRow, units: number): number | null {
  const unit = row.value("unitPrice", parseFen);
  return row.value("lineTotal", parseFen) ?? (unit === undefined ? null : unit * units);
}

/** The lines of an order. Their ids are the export's own, else the SKU within the order, counted where it repeats. */
export function readLines(orderId: string, rows: readonly OrderRow[]): DraftLine[] {
  const seen = new Map<string, number>();
  if (rows.length > LINES_MAX) rows[LINES_MAX]?.error("orderId", "lines.tooMany");
  return rows.map((row) => {
    const productId = row.optional("productId", parseId);
    const skuId = row.optional("skuId", parseId) ?? ownCode(row);
    const units = row.mapped("units") ? row.value("units", parseCount) : 1;
    if (units === undefined && !row.has("units")) row.error("units", "cell.required");
    if (units === 0) row.error("units", "units.zero");
    if (units !== undefined && units > UNITS_MAX) row.error("units", "count.tooLarge");
    const key = lineKey(row, skuId, productId);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    const listFen = listOf(row, units ?? 1);
    const paid = row.value("linePaid", parseFen);
    const names = { productName: row.text("productName") || undefined, skuName: row.text("skuName", 120) || undefined };
    return {
      lineId: fitted(`${orderId}#${key}${count > 1 ? `#${count}` : ""}`),
      ...known({ skuId, productId, ...names }),
      units: units ?? 1,
      row,
      listFen,
      weightFen: paid ?? listFen ?? units ?? 1,
    };
  });
}

/** Discounts that the order tells beside its list prices. */
function toldDiscount(line: DraftLine): number {
  return line.row.cells("discount").reduce<number>((sum, cell) => {
    const parsed = parseSignedFen(cell);
    return sum + Math.abs(parsed.ok ? parsed.value : 0);
  }, 0);
}

/** Spreads what was paid for the goods over the lines: the parts add up to it exactly. */
export function payLines(lines: readonly DraftLine[], goodsFen: number, discountOnce: boolean): ImportedLine[] {
  const paid = apportion(
    goodsFen,
    lines.map((line) => line.weightFen),
  );
  const told = lines.map(toldDiscount);
  const spread = discountOnce
    ? apportion(
        told.find((fen) => fen > 0) ?? 0,
        lines.map((line) => line.weightFen),
      )
    : told;
  return lines.map(({ row: _row, listFen, weightFen: _weight, ...line }, index) => {
    const paidFen = paid[index] ?? 0;
    const discountFen = listFen === null ? (spread[index] ?? 0) : Math.max(0, listFen - paidFen);
    return { ...line, paidFen, discountFen };
  });
}

/** Amount cells that nothing else reads must still be readable: an order is taken over whole or not at all. */
export function checkAmounts(row: OrderRow, fields: readonly OrderField[]): void {
  for (const field of fields) {
    for (const cell of row.cells(field)) {
      const parsed = parseSignedFen(cell);
      if (!parsed.ok && cellText(cell) !== "") row.error(field, parsed.code);
    }
  }
}
