import { parseCount, parseFen } from "./amount.ts";
import { type CellCode, cellText, type Row } from "./cells.ts";
import { type Mapping } from "./columns.ts";
import { looksRounded, parseId } from "./id.ts";
import type { ImportedOrder, ImportedRefund } from "./imported-order.ts";
import { known } from "./known.ts";
import {
  type Entry,
  entryFrom,
  ORDER_NEEDS,
  type OrderField,
  type OrderStatus,
  refundHappened,
  statusFrom,
  trafficFrom,
} from "./order-fields.ts";
import { discountInAll, groupRows, orderFen, type OrderRows, type Scopes, scopesOf } from "./order-group.ts";
import {
  checkAmounts,
  type DraftLine,
  type OrderCode,
  type OrderReading,
  type OrderRow,
  payLines,
  readLines,
} from "./order-lines.ts";
import { type OrderTotals, totalsOf, totalsOfOrders } from "./order-totals.ts";
import { RowReader } from "./row-reader.ts";
import { type SheetIssue, sortedIssues } from "./table.ts";
import { parseWhen } from "./time.ts";

export type OrderIssue = SheetIssue<OrderCode | CellCode>;

export type OrderExport = {
  readonly orders: readonly ImportedOrder[];
  readonly errors: readonly OrderIssue[];
  readonly warnings: readonly OrderIssue[];
  /** Added up from the file's own amounts, and from the orders above: equal to the fen unless a row has an error. */
  readonly fileTotals: OrderTotals;
  readonly importedTotals: OrderTotals;
  readonly scopes: Scopes;
};

export type OrderExportOptions = {
  readonly headerRow: number;
  readonly mapping: Mapping<OrderField>;
  /** When the file was made, ms UTC: how new its word is where its rows hold no time. */
  readonly fileAt: number;
};

const MOMENTS = ["placedAt", "paidAt", "cancelledAt"] as const;
const AMOUNTS = ["orderPaid", "linePaid", "freight", "discount", "lineRefund", "refund"] as const;

type Moments = {
  readonly placedAt?: number;
  readonly paidAt?: number;
  readonly cancelledAt?: number;
  readonly newest: number;
};

function first<T>(rows: readonly OrderRow[], read: (row: OrderRow) => T | undefined): T | undefined {
  let found: T | undefined;
  for (const row of rows) {
    const value = read(row);
    found ??= value;
  }
  return found;
}

function readMoments(rows: readonly OrderRow[], fileAt: number): Moments {
  const read = (field: OrderField) => first(rows, (row) => row.value(field, (cell) => parseWhen(cell)));
  const [placedAt, paidAt, cancelledAt] = MOMENTS.map(read);
  const others = rows
    .flatMap((row) => [...row.cells("updatedAt"), ...row.cells("refundAt")])
    .map((cell) => parseWhen(cell));
  const times = [placedAt, paidAt, cancelledAt, ...others.map((one) => (one.ok ? one.value : undefined))].filter(
    (at) => at !== undefined,
  );
  return { ...known({ placedAt, paidAt, cancelledAt }), newest: times.length > 0 ? Math.max(...times) : fileAt };
}

/** Money that went back had come before, also where no column tells when. */
function readStatus(rows: readonly OrderRow[], moments: Moments, refunded: boolean): OrderStatus {
  const told = rows.find((row) => row.has("status"));
  const status = told ? statusFrom(told.text("status")) : null;
  if (told && status === null) told.warn("status", "status.unknown");
  const cancelled = status === "cancelled" || (status === null && moments.cancelledAt !== undefined);
  if (cancelled) return refunded && moments.paidAt === undefined ? "paid" : "cancelled";
  return status === "paid" || moments.paidAt !== undefined || refunded ? "paid" : "placed";
}

/** The surest mark of the buyer that the export has. A masked phone needs the name beside it. */
function readBuyer(rows: readonly OrderRow[]): ImportedOrder["buyer"] {
  const text = (field: OrderField) => rows.find((row) => row.has(field))?.text(field, 100) ?? "";
  const [id, phone, name, told] = [text("buyerId"), text("buyerPhone"), text("buyerName"), text("buyerKind")];
  const wholePhone = /^\+?[\d -]{7,}$/.test(phone);
  const key = id
    ? `id:${id}`
    : wholePhone
      ? `phone:${phone.replace(/\D/g, "")}`
      : phone
        ? `recipient:${name}|${phone}`
        : name && !name.includes("*")
          ? `name:${name}`
          : "";
  if (key === "") return undefined;
  const kind = /新|首|是/.test(told) ? "new" : /老|复购|回头|否/.test(told) ? "returning" : undefined;
  return { key, ...known({ kind }) } as const;
}

type Origin = { traffic?: "private" | "public" | "unknown"; entry?: Entry; roomId?: string };

function readOrigin(rows: readonly OrderRow[]): Origin {
  const text = (field: OrderField) => rows.find((row) => row.has(field))?.text(field, 160) ?? "";
  const staff = text("staff") !== "";
  const said = text("traffic");
  const from = text("entry");
  const entry = staff ? "staffForward" : from === "" ? undefined : entryFrom(from);
  const heard = staff ? "private" : said !== "" ? trafficFrom(said) : from !== "" ? trafficFrom(from) : undefined;
  const roomId = first(rows, (row) => row.optional("roomId", parseId));
  return { ...(entry && { entry }), ...(heard && { traffic: heard }), ...(roomId && { roomId }) };
}

/** What was paid in all. A line may tell it, the order may; without both it follows from prices and discounts. */
function paidInAll(
  group: OrderRows,
  lines: readonly DraftLine[],
  context: Context,
  status: OrderStatus,
): number | null {
  const { mapping, scopes } = context;
  const told = orderFen(group, mapping.orderPaid, scopes.orderPaid);
  const due = status !== "paid" && !context.wasPaid;
  if (told !== null && !(due && told === 0)) return told;
  const freight = orderFen(group, mapping.freight, scopes.freight) ?? 0;
  const ofLines = orderFen(group, mapping.linePaid, "line");
  if (ofLines !== null) return ofLines + freight;
  if (mapping.orderPaid !== undefined && told === null && !due) return null;
  if (lines.some((line) => line.listFen === null)) return due ? 0 : null;
  const list = lines.reduce((sum, line) => sum + (line.listFen ?? 0), 0);
  const discount = discountInAll(group, mapping, scopes);
  return Math.max(0, list - discount) + freight;
}

type Context = { readonly mapping: Mapping<OrderField>; readonly scopes: Scopes; readonly wasPaid: boolean };

function readRefunds(orderId: string, lines: readonly DraftLine[], moments: Moments, scopes: Scopes): ImportedRefund[] {
  const at = (row: OrderRow): number =>
    row.value("refundAt", (cell) => parseWhen(cell)) ?? moments.cancelledAt ?? moments.newest;
  const told = lines.flatMap((line) => {
    const fen =
      line.row.value("lineRefund", parseFen) ??
      (line.row.mapped("lineRefund") ? undefined : line.row.value("refund", parseFen));
    return fen !== undefined && fen > 0 && refundHappened(line.row.text("afterSale")) ? [{ line, fen }] : [];
  });
  const ofLine = lines[0]?.row.mapped("lineRefund") === true || scopes.refund === "line" || lines.length === 1;
  const refunds = ofLine ? told : told.slice(0, 1);
  return refunds.map(({ line, fen }) => {
    const own = line.row.text("refundId", 100);
    const derived = lines.length === 1 || !ofLine ? `${orderId}#refund` : `${line.lineId}#refund`;
    const units = line.row.value("refundUnits", parseCount);
    return {
      refundId: /^[!-~]+$/.test(own) ? own : derived,
      at: at(line.row),
      fen,
      ...known({ units: units || undefined, lineId: ofLine ? line.lineId : undefined }),
    };
  });
}

function readOrder(group: OrderRows, reading: OrderReading, scopes: Scopes, fileAt: number): ImportedOrder | null {
  const rows = group.rows.map(({ row, at }) => new RowReader(reading, row, at));
  for (const row of rows) checkAmounts(row, AMOUNTS);
  const moments = readMoments(rows, fileAt);
  const lines = readLines(group.orderId, rows);
  const refunds = readRefunds(group.orderId, lines, moments, scopes);
  const status = readStatus(rows, moments, refunds.length > 0);
  const total = paidInAll(
    group,
    lines,
    { mapping: reading.mapping, scopes, wasPaid: moments.paidAt !== undefined },
    status,
  );
  if (total === null || total < 0) rows[0]?.error("orderPaid", total === null ? "paid.missing" : "amount.negative");
  const origin = readOrigin(rows);
  if (total === null || rows.some((row) => row.failed)) return null;
  const refunded = refunds.reduce((sum, refund) => sum + refund.fen, 0);
  if (refunded > total) rows[0]?.warn(reading.mapping.lineRefund ? "lineRefund" : "refund", "refund.abovePaid");
  const freightFen = Math.min(Math.max(0, orderFen(group, reading.mapping.freight, scopes.freight) ?? 0), total);
  const { newest, ...at } = moments;
  const buyer = readBuyer(rows);
  return {
    orderId: group.orderId,
    sourceUpdatedAt: newest,
    ...(buyer && { buyer }),
    ...at,
    status,
    lines: payLines(lines, total - freightFen, scopes.discount === "order" && lines.length > 1),
    freightFen,
    refunds,
    ...origin,
  };
}

function missingColumns(options: OrderExportOptions): OrderIssue[] {
  return ORDER_NEEDS.filter(({ anyOf }) => anyOf.every((field) => options.mapping[field] === undefined)).map(
    ({ code }) => ({
      row: options.headerRow,
      col: 0,
      code: "column.missing",
      value: code,
    }),
  );
}

/** Reads an order export below its header. An order with an unreadable cell in any of its rows is left out whole. */
export function readOrderExport(rows: readonly Row[], options: OrderExportOptions): OrderExport {
  const { mapping, headerRow, fileAt } = options;
  const reading: OrderReading = { mapping, errors: missingColumns(options), warnings: [] };
  const groups = groupRows(rows, headerRow, mapping);
  const scopes = scopesOf(groups.orders, mapping);
  const fileTotals = totalsOf(rows, options);
  const nothing = { orders: [], fileTotals, importedTotals: totalsOfOrders([]), scopes };
  if (reading.errors.length > 0) return { ...nothing, errors: reading.errors, warnings: [] };
  const col = mapping.orderId?.[0] ?? 0;
  for (const { at, cell } of groups.strays) {
    const parsed = parseId(cell ?? "");
    reading.errors.push({
      row: at,
      col,
      code: parsed.ok ? "id.unreadable" : parsed.code,
      value: cell === null ? "" : cellText(cell),
    });
  }
  if (looksRounded(groups.orders.map((order) => order.orderId))) {
    for (const order of groups.orders)
      reading.errors.push({ row: order.rows[0]?.at ?? 0, col, code: "id.mangled", value: order.orderId });
    return { ...nothing, errors: sortedIssues(reading.errors), warnings: [] };
  }
  const orders = groups.orders
    .map((group) => readOrder(group, reading, scopes, fileAt))
    .filter((order) => order !== null);
  return {
    orders,
    errors: sortedIssues(reading.errors),
    warnings: sortedIssues(reading.warnings),
    fileTotals,
    importedTotals: totalsOfOrders(orders),
    scopes,
  };
}
