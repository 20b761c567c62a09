import type { RememberedColumns } from "#domain/sheet/columns.ts";
import { importLive, importOrders, type UploadedFile } from "./import-file.ts";
import type { FileFacts, Found } from "./import-task.ts";
import type { ImportRefusal } from "./refusal.ts";
import type { Row } from "#domain/sheet/cells.ts";

/** What can come into a show as a file. */
export const IMPORT_KINDS = ["orders", "audience"] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** How a person wants the file read, where they say so. */
export type Choice = {
  readonly sheet?: number | undefined;
  /** From 0; with it the columns are as chosen here. */
  readonly headerRow?: number | undefined;
  /** A field's name by column, "" for none. */
  readonly fields?: readonly string[] | undefined;
};

export type ReadRequest = {
  readonly choice: Choice;
  readonly remembered: Readonly<Record<ImportKind, RememberedColumns>>;
  readonly fileAt: number;
  /** The day of a bare "20:30"; null: not known. */
  readonly startedAt: number | null;
};

type Common = {
  readonly ok: true;
  readonly file: FileFacts;
  readonly sheet: number;
  readonly preview: readonly Row[];
  readonly rows: number;
};
export type OrdersRead = Common & { readonly kind: "orders"; readonly table: Found<"orders"> | null };
export type AudienceRead = Common & { readonly kind: "audience"; readonly table: Found<"live"> | null };
export type UploadRead = OrdersRead | AudienceRead;
export type Refused = { readonly ok: false } & ImportRefusal;

export async function readOrdersFile(file: UploadedFile, request: ReadRequest): Promise<OrdersRead | Refused> {
  const { remembered, fileAt } = request;
  const found = await importOrders(file, {
    ...sheetOf(request),
    ...chosenOf(request),
    remembered: remembered.orders,
    fileAt,
  });
  return found.ok ? { ...found, kind: "orders" } : found;
}

export async function readAudienceFile(file: UploadedFile, request: ReadRequest): Promise<AudienceRead | Refused> {
  const { remembered, startedAt } = request;
  const start = startedAt === null ? {} : { startedAt };
  const found = await importLive(file, {
    ...sheetOf(request),
    ...chosenOf(request),
    remembered: remembered.audience,
    ...start,
  });
  return found.ok ? { ...found, kind: "audience" } : found;
}

export function readUpload(file: UploadedFile, kind: ImportKind, request: ReadRequest): Promise<UploadRead | Refused> {
  return kind === "orders" ? readOrdersFile(file, request) : readAudienceFile(file, request);
}

/** Tells what a file is by what it can be read as: orders first, they have names of their own. */
export async function recogniseUpload(file: UploadedFile, request: ReadRequest): Promise<UploadRead | Refused> {
  const orders = await readOrdersFile(file, request);
  if (!orders.ok || isWhole(orders)) return orders;
  const audience = await readAudienceFile(file, request);
  return audience.ok && isWhole(audience) ? audience : orders;
}

const isWhole = ({ table }: UploadRead): boolean =>
  table !== null && !table.result.errors.some(({ code }) => code === "column.missing");

const sheetOf = ({ choice: { sheet } }: ReadRequest) => (sheet === undefined ? {} : { sheet });

function chosenOf({ choice: { headerRow, fields } }: ReadRequest) {
  return headerRow === undefined ? {} : { chosen: { headerRow, fields: fields ?? [] } };
}
