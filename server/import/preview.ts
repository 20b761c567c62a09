import { cellText, type Row } from "#domain/sheet/cells.ts";
import { type RecognisedColumn } from "#domain/sheet/columns.ts";
import type { ImportedOrder } from "#domain/sheet/imported-order.ts";
import { LIVE_FIELDS, type LiveSample } from "#domain/sheet/live-export.ts";
import { ORDER_FIELDS } from "#domain/sheet/order-fields.ts";
import { totalsOfOrders, type OrderTotals } from "#domain/sheet/order-totals.ts";
import type { SheetIssue } from "#domain/sheet/table.ts";
import type { ImportPreview, Span } from "./preview-shape.ts";
import type { UploadRead } from "./read-upload.ts";
import type { Standing } from "./standing.ts";

/** What a person sees of a file before anything is taken over. */

const ISSUES_MAX = 300;
const SAMPLES = 4;
const HEAD_ROWS = 12;
const TEXT_MAX = 80;

export type Weighing = {
  /** How the items stand to the show; `null`: not known. */
  readonly standing: Standing | null;
  /** From when to when the show was on air; `null`: it is made from this file. */
  readonly show: Span | null;
};

export function previewOf(read: UploadRead, { standing, show }: Weighing): ImportPreview {
  const { kind, file, sheet, rows, preview, table } = read;
  const fields: readonly { readonly field: string }[] = kind === "orders" ? ORDER_FIELDS : LIVE_FIELDS;
  const headerRow = table?.headerRow ?? null;
  const width = Math.max(0, ...preview.slice(0, HEAD_ROWS).map((row) => row.length));
  const columns: readonly RecognisedColumn<string>[] = table?.columns ?? blankColumns(width);
  const errors: readonly SheetIssue<string>[] = table?.result.errors ?? [];
  const warnings: readonly SheetIssue<string>[] = table?.result.warnings ?? [];
  return {
    kind,
    file: { ...file, sheets: file.sheets.map((one) => ({ ...one })) },
    sheet,
    rows,
    head: preview.slice(0, HEAD_ROWS).map((row) => row.map(shown)),
    headerRow,
    fields: fields.map(({ field }) => field),
    columns: columns.map((column) => ({ ...column, samples: samplesOf(preview, headerRow ?? -1, column.col) })),
    errors: errors.slice(0, ISSUES_MAX).map((issue) => ({ ...issue })),
    errorCount: errors.length,
    warnings: warnings.slice(0, ISSUES_MAX).map((issue) => ({ ...issue })),
    warningCount: warnings.length,
    standing,
    span: spanOf(read),
    orders: read.kind === "orders" && read.table ? ordersPart(read.table.result, show) : null,
    audience: read.kind === "audience" && read.table ? audiencePart(read.table.result) : null,
  };
}

const blankColumns = (width: number) =>
  Array.from({ length: width }, (_, col) => ({ col, header: "", field: null, confidence: 0 }));

const shown = (cell: Row[number]): string => cellText(cell).slice(0, TEXT_MAX);

function samplesOf(rows: readonly Row[], headerRow: number, col: number): string[] {
  const cells = rows.slice(headerRow + 1).map((row) => (row[col] === undefined ? "" : shown(row[col])));
  return cells.filter((text) => text !== "").slice(0, SAMPLES);
}

type OrdersTold = {
  readonly orders: readonly ImportedOrder[];
  readonly fileTotals: OrderTotals;
  readonly importedTotals: OrderTotals;
};

function ordersPart({ orders, fileTotals, importedTotals }: OrdersTold, show: Span | null) {
  const inside = show && totalsOfOrders(orders.filter((order) => isWithin(order, show)));
  return { fileTotals, importedTotals, inside, show };
}

/** Placed while the show was on air; an order whose file names no time for it is taken for one of the show. */
export function isWithin({ placedAt }: ImportedOrder, { from, to }: Span): boolean {
  return placedAt === undefined || (placedAt >= from && placedAt <= to);
}

function audiencePart({
  samples,
  cumulative,
}: {
  readonly samples: readonly LiveSample[];
  readonly cumulative: readonly string[];
}) {
  return { samples: samples.length, cumulative: [...cumulative] };
}

/** Of orders: from the first placed to the last paid. Of a series: from its first minute to its last. */
function spanOf(read: UploadRead): Span | null {
  if (!read.table) return null;
  const times =
    read.kind === "orders"
      ? read.table.result.orders.flatMap(({ placedAt, paidAt }) => [placedAt ?? paidAt, paidAt ?? placedAt])
      : read.table.result.samples.map(({ at }) => at);
  const known = times.filter((at) => at !== undefined);
  return known.length === 0 ? null : { from: known.reduce(least), to: known.reduce(greatest) };
}

// Not Math.min(...): a file may hold more orders than a call takes arguments.
const least = (a: number, b: number): number => Math.min(a, b);
const greatest = (a: number, b: number): number => Math.max(a, b);
