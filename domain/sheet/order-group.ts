import { parseSignedFen } from "./amount.ts";
import { type Cell, cellText, type Row } from "./cells.ts";
import { type Mapping } from "./columns.ts";
import { parseId } from "./id.ts";
import { type OrderField } from "./order-fields.ts";
import { isFurniture, pick } from "./table.ts";

/** The rows of one order: one a line, or one in all. */
export type OrderRows = {
  readonly orderId: string;
  readonly rows: readonly { readonly at: number; readonly row: Row }[];
};

export type RowGroups = {
  readonly orders: readonly OrderRows[];
  /** Rows whose order id can't be read, with the cell. */
  readonly strays: readonly { readonly at: number; readonly row: Row; readonly cell: Cell | null }[];
};

/** Gathers the rows of each order, also when they don't stand together. An empty id continues the order above. */
export function groupRows(rows: readonly Row[], headerRow: number, mapping: Mapping<OrderField>): RowGroups {
  const header = rows[headerRow] ?? [];
  const groups = new Map<string, { at: number; row: Row }[]>();
  const strays: { at: number; row: Row; cell: Cell | null }[] = [];
  let current: { at: number; row: Row }[] | null = null;
  for (const [at, row] of rows.entries()) {
    if (at <= headerRow || isFurniture(row, header)) continue;
    const found = pick(row, mapping.orderId);
    if (found) {
      const id = parseId(found.cell);
      current = id.ok ? (groups.get(id.value) ?? []) : null;
      if (id.ok && current) groups.set(id.value, current);
    }
    if (current) current.push({ at, row });
    else strays.push({ at, row, cell: found?.cell ?? null });
  }
  return { orders: [...groups].map(([orderId, list]) => ({ orderId, rows: list })), strays };
}

type Scoped = "orderPaid" | "freight" | "refund" | "discount";

/** Whether a column's amount is told once for the order (repeated or blank on its further rows) or line by line. */
export type Scope = "order" | "line";
export type Scopes = Readonly<Record<Scoped, Scope>>;

const fenOf = (row: Row, cols: readonly number[] | undefined): number | null => {
  const found = pick(row, cols);
  const parsed = found ? parseSignedFen(found.cell) : null;
  return parsed?.ok ? parsed.value : null;
};

function listFen(row: Row, mapping: Mapping<OrderField>): number | null {
  const total = fenOf(row, mapping.linePaid) ?? fenOf(row, mapping.lineTotal);
  if (total !== null) return total;
  const unit = fenOf(row, mapping.unitPrice);
  const units = pick(row, mapping.units);
  return unit === null ? null : unit * Math.max(1, Number(units ? cellText(units.cell) : 1) || 1);
}

/**
 * One order's voice: different amounts on its rows are amounts of lines. The same amount on every row is the
 * order's, unless the list prices of the lines say that only the sum of all rows can be: a payment near it, a refund
 * of exactly it.
 */
function vote(field: Scoped, col: number, order: OrderRows, mapping: Mapping<OrderField>): number {
  const cols = [col];
  const values = order.rows.map(({ row }) => fenOf(row, cols)).filter((value) => value !== null);
  if (values.length < 2 || values.every((value) => value === 0)) return values.length === 1 ? -1 : 0;
  const [first = 0] = values;
  if (values.some((value) => value !== first)) return Number.POSITIVE_INFINITY;
  const lists = order.rows.map(({ row }) => listFen(row, mapping));
  if (field === "freight" || field === "discount" || lists.some((list) => list === null)) return -1;
  const sum = lists.reduce<number>((all, list) => all + (list ?? 0), 0);
  const ofLines = Math.abs(first * values.length - sum);
  return (field === "refund" ? ofLines === 0 : ofLines < Math.abs(first - sum)) ? 1 : -1;
}

function scopeOf(field: Scoped, orders: readonly OrderRows[], mapping: Mapping<OrderField>): Scope {
  const cols = mapping[field];
  if (!cols) return "order";
  const multi = orders.filter((order) => order.rows.length > 1);
  const votes = cols.flatMap((col) => multi.map((order) => vote(field, col, order, mapping)));
  return votes.reduce((sum, one) => sum + one, 0) > 0 ? "line" : "order";
}

/** Told once for the whole file, so that one export is read one way throughout. */
export function scopesOf(orders: readonly OrderRows[], mapping: Mapping<OrderField>): Scopes {
  return {
    orderPaid: scopeOf("orderPaid", orders, mapping),
    freight: scopeOf("freight", orders, mapping),
    refund: scopeOf("refund", orders, mapping),
    discount: scopeOf("discount", orders, mapping),
  };
}

/** A column's amount for the whole order; null when no row tells it or one can't be read. */
export function orderFen(order: OrderRows, cols: readonly number[] | undefined, scope: Scope): number | null {
  let total: number | null = null;
  for (const { row } of order.rows) {
    const value = fenOf(row, cols);
    if (value === null) continue;
    if (scope === "order") return value;
    total = (total ?? 0) + value;
  }
  return total;
}

/** All discounts of an order, whichever columns tell them, with either sign. */
export function discountInAll(order: OrderRows, mapping: Mapping<OrderField>, scopes: Scopes): number {
  return (mapping.discount ?? []).reduce((sum, col) => sum + Math.abs(orderFen(order, [col], scopes.discount) ?? 0), 0);
}
