import { parseCount } from "./amount.ts";
import { cellText, type Row } from "./cells.ts";
import { type Mapping } from "./columns.ts";
import type { ImportedOrder } from "./imported-order.ts";
import { type OrderField, refundHappened, statusFrom } from "./order-fields.ts";
import { discountInAll, groupRows, orderFen, type OrderRows, type Scopes, scopesOf } from "./order-group.ts";
import { pick } from "./table.ts";
import { parseWhen } from "./time.ts";

/** Paid means that money came in, also when it went back later; refunds stand beside it. */
export type OrderTotals = {
  readonly orders: number;
  readonly paidOrders: number;
  readonly paidUnits: number;
  readonly paidFen: number;
  readonly refundedFen: number;
};

const isPaid = (order: ImportedOrder): boolean => order.paidAt !== undefined || order.status === "paid";

const paidFen = (order: ImportedOrder): number =>
  order.lines.reduce((sum, line) => sum + line.paidFen, order.freightFen);

export function totalsOfOrders(orders: readonly ImportedOrder[]): OrderTotals {
  const paid = orders.filter(isPaid);
  return {
    orders: orders.length,
    paidOrders: paid.length,
    paidUnits: paid.reduce((sum, order) => sum + order.lines.reduce((all, line) => all + line.units, 0), 0),
    paidFen: paid.reduce((sum, order) => sum + paidFen(order), 0),
    refundedFen: orders.reduce((sum, order) => sum + order.refunds.reduce((all, refund) => all + refund.fen, 0), 0),
  };
}

const textOf = (order: OrderRows, cols: readonly number[] | undefined): string => {
  const found = order.rows.map(({ row }) => pick(row, cols)).find((one) => one !== null);
  return found ? cellText(found.cell) : "";
};

function filePaid(order: OrderRows, mapping: Mapping<OrderField>, scopes: Scopes): boolean {
  const paidAt = order.rows.map(({ row }) => pick(row, mapping.paidAt)).find((one) => one !== null);
  if (paidAt && parseWhen(paidAt.cell).ok) return true;
  return statusFrom(textOf(order, mapping.status)) === "paid" || fileRefunded(order, mapping, scopes) > 0;
}

function filePaidFen(order: OrderRows, mapping: Mapping<OrderField>, scopes: Scopes): number {
  const told = orderFen(order, mapping.orderPaid, scopes.orderPaid);
  if (told !== null) return told;
  const freight = orderFen(order, mapping.freight, scopes.freight) ?? 0;
  const lines = orderFen(order, mapping.linePaid, "line");
  if (lines !== null) return lines + freight;
  const list = order.rows.reduce((sum, one) => {
    const units = fileUnits(one.row, mapping);
    const own = { orderId: order.orderId, rows: [one] };
    return sum + (orderFen(own, mapping.lineTotal, "line") ?? (orderFen(own, mapping.unitPrice, "line") ?? 0) * units);
  }, 0);
  return Math.max(0, list - discountInAll(order, mapping, scopes)) + freight;
}

function fileUnits(row: Row, mapping: Mapping<OrderField>): number {
  const found = pick(row, mapping.units);
  if (!found) return mapping.units ? 0 : 1;
  const units = parseCount(found.cell);
  return units.ok ? units.value : 0;
}

function fileRefunded(order: OrderRows, mapping: Mapping<OrderField>, scopes: Scopes): number {
  const happened = order.rows.filter(({ row }) => {
    const word = pick(row, mapping.afterSale);
    return refundHappened(word ? cellText(word.cell) : "");
  });
  const rows = { orderId: order.orderId, rows: happened };
  return Math.max(
    0,
    (mapping.lineRefund ? orderFen(rows, mapping.lineRefund, "line") : orderFen(rows, mapping.refund, scopes.refund)) ??
      0,
  );
}

/** The file's own sums, added up from its cells without building orders: what an import must agree with. */
export function totalsOf(
  rows: readonly Row[],
  options: { readonly headerRow: number; readonly mapping: Mapping<OrderField> },
): OrderTotals {
  const { orders } = groupRows(rows, options.headerRow, options.mapping);
  const scopes = scopesOf(orders, options.mapping);
  const paid = orders.filter((order) => filePaid(order, options.mapping, scopes));
  return {
    orders: orders.length,
    paidOrders: paid.length,
    paidUnits: paid.reduce(
      (sum, order) => sum + order.rows.reduce((all, { row }) => all + fileUnits(row, options.mapping), 0),
      0,
    ),
    paidFen: paid.reduce((sum, order) => sum + filePaidFen(order, options.mapping, scopes), 0),
    refundedFen: orders.reduce((sum, order) => sum + fileRefunded(order, options.mapping, scopes), 0),
  };
}
