import { type Row } from "#domain/sheet/cells.ts";
import {
  readLive,
  readOrders,
  readProducts,
  type LiveRequest,
  type OrderRequest,
  type ProductRequest,
} from "#domain/sheet/read-table.ts";

import { type Decoded, decodeBytes, type DecodedFile } from "./decode-bytes.ts";
import { type ImportRefusal } from "./refusal.ts";

/** What to do with a file. `sheet` is the number of the tab, from 0; without it the first that has a known header. */
export type ImportTask =
  | { readonly as: "tables" }
  | { readonly as: "orders"; readonly sheet?: number; readonly request: OrderRequest }
  | { readonly as: "live"; readonly sheet?: number; readonly request: LiveRequest }
  | { readonly as: "products"; readonly sheet?: number; readonly request: ProductRequest };

export type TableTask = Exclude<ImportTask, { as: "tables" }>;

type Readers = { orders: typeof readOrders; live: typeof readLive; products: typeof readProducts };
export type Found<K extends TableTask["as"]> = NonNullable<ReturnType<Readers[K]>>;

export type ImportedFile<K extends TableTask["as"]> =
  | {
      readonly ok: true;
      readonly file: FileFacts;
      /** The tab that was read. */
      readonly sheet: number;
      /** The first rows as they stand, for the person who checks. */
      readonly preview: readonly Row[];
      readonly rows: number;
      /** Null when no header was found: the person points at it, and the file is read again. */
      readonly table: Found<K> | null;
    }
  | ({ readonly ok: false } & ImportRefusal);

export type FileFacts = Pick<DecodedFile, "kind" | "encoding" | "damaged"> & {
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean; readonly rows: number }[];
};

const PREVIEW_ROWS = 50;

function read(task: TableTask, rows: readonly Row[]): Found<TableTask["as"]> | null {
  switch (task.as) {
    case "orders":
      return readOrders(rows, task.request);
    case "live":
      return readLive(rows, task.request);
    case "products":
      return readProducts(rows, task.request);
  }
}

function readFile(task: TableTask, file: DecodedFile): ImportedFile<TableTask["as"]> {
  const tabs = task.sheet === undefined ? file.sheets.map((_, index) => index) : [task.sheet];
  let sheet = tabs[0] ?? 0;
  let table: Found<TableTask["as"]> | null = null;
  for (const tab of tabs) {
    table = read(task, file.sheets[tab]?.rows ?? []);
    if (!table) continue;
    sheet = tab;
    break;
  }
  const rows = file.sheets[sheet]?.rows ?? [];
  const sheets = file.sheets.map(({ name, hidden, rows: list }) => ({ name, hidden, rows: list.length }));
  const { kind, encoding, damaged } = file;
  return {
    ok: true,
    file: { kind, encoding, damaged, sheets },
    sheet,
    preview: rows.slice(0, PREVIEW_ROWS),
    rows: rows.length,
    table,
  };
}

/** Everything that takes time with a file, from its bytes to what it says. */
export function runTask({
  bytes,
  name,
  task,
}: {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly task: ImportTask;
}): Decoded | ImportedFile<TableTask["as"]> {
  const file = decodeBytes(bytes, name);
  return task.as === "tables" || !file.ok ? file : readFile(task, file);
}
