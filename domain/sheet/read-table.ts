import { cellText, type Row } from "./cells.ts";
import {
  type FieldSpec,
  type Mapping,
  mappingOf,
  type RecognisedColumn,
  type RememberedColumns,
  rememberColumns,
} from "./columns.ts";
import { LIVE_FIELDS, type LiveExport, type LiveField, readLiveExport } from "./live-export.ts";
import { type OrderExport, readOrderExport } from "./order-export.ts";
import { ORDER_FIELDS, type OrderField } from "./order-fields.ts";
import { PRODUCT_FIELDS, type ProductField, type RoleName } from "./product-fields.ts";
import { type ProductSheet, readProductSheet } from "./product-sheet.ts";
import { findHeader, type Header } from "./table.ts";

/** How a table is to be read: as recognised, or with the columns that a person chose. */
export type TableRequest = {
  /** What the room remembers from earlier tables of this kind. */
  readonly remembered: RememberedColumns;
  /** The person's choice, in place of recognition: the header's row number, and a field's name by column ("" for none). */
  readonly chosen?: { readonly headerRow: number; readonly fields: readonly string[] };
};

export type OrderRequest = TableRequest & { readonly fileAt: number };
export type LiveRequest = TableRequest & { readonly startedAt?: number };
export type ProductRequest = TableRequest & { readonly roles: readonly RoleName[] };

export type ReadTable<F extends string, T> = {
  readonly headerRow: number;
  readonly columns: readonly RecognisedColumn<F>[];
  readonly mapping: Mapping<F>;
  /** To be kept for the room once a person has agreed. */
  readonly remember: RememberedColumns;
  readonly result: T;
};

function chosenHeader<F extends string>(
  rows: readonly Row[],
  specs: readonly FieldSpec<F>[],
  chosen: { headerRow: number; fields: readonly string[] },
): Header<F> {
  const header = rows[chosen.headerRow] ?? [];
  const width = Math.max(header.length, chosen.fields.length);
  const columns = Array.from({ length: width }, (_, col): RecognisedColumn<F> => {
    const field = specs.find((spec) => spec.field === chosen.fields[col])?.field ?? null;
    return { col, header: cellText(header[col]), field, confidence: 1 };
  });
  return { row: chosen.headerRow, columns, mapping: mappingOf(columns) };
}

function readWith<F extends string, T>(
  rows: readonly Row[],
  specs: readonly FieldSpec<F>[],
  request: TableRequest,
  read: (header: Header<F>) => T,
): ReadTable<F, T> | null {
  const header = request.chosen
    ? chosenHeader(rows, specs, request.chosen)
    : findHeader(rows, specs, request.remembered);
  if (!header) return null;
  const { row: headerRow, columns, mapping } = header;
  return { headerRow, columns, mapping, remember: rememberColumns(columns), result: read(header) };
}

/** Null when no header was found: a person then points at it. */
export function readOrders(rows: readonly Row[], request: OrderRequest): ReadTable<OrderField, OrderExport> | null {
  return readWith(rows, ORDER_FIELDS, request, ({ row, mapping }) =>
    readOrderExport(rows, { headerRow: row, mapping, fileAt: request.fileAt }),
  );
}

export function readLive(rows: readonly Row[], request: LiveRequest): ReadTable<LiveField, LiveExport> | null {
  const start = request.startedAt === undefined ? {} : { startedAt: request.startedAt };
  return readWith(rows, LIVE_FIELDS, request, ({ row, mapping }) =>
    readLiveExport(rows, { headerRow: row, mapping, ...start }),
  );
}

export function readProducts(
  rows: readonly Row[],
  request: ProductRequest,
): ReadTable<ProductField, ProductSheet> | null {
  return readWith(rows, PRODUCT_FIELDS, request, ({ row, mapping }) =>
    readProductSheet(rows, { headerRow: row, mapping, roles: request.roles }),
  );
}
