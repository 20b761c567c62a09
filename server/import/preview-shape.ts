import { z } from "zod";
import { IMPORT_KINDS } from "./read-upload.ts";

/** The answers of the import routes, as they stand in the description of the API. Rows and columns count from 0; money is fen, times are ms UTC. */

const Count = z.int();
const Issue = z.object({ row: z.int(), col: z.int(), code: z.string(), value: z.string() });
const Totals = z.object({ orders: Count, paidOrders: Count, paidUnits: Count, paidFen: Count, refundedFen: Count });

export const Span = z.object({ from: Count, to: Count });
export type Span = z.infer<typeof Span>;

export const Standing = z.object({ fresh: Count, changed: Count, same: Count });

export const ImportPreview = z.object({
  kind: z.enum(IMPORT_KINDS),
  file: z.object({
    kind: z.enum(["xlsx", "csv"]),
    encoding: z.string().nullable(),
    damaged: Count,
    sheets: z.array(z.object({ name: z.string(), hidden: z.boolean(), rows: Count })),
  }),
  sheet: z.int(),
  rows: Count,
  /** The first rows as they stand, to point at the header. */
  head: z.array(z.array(z.string())),
  /** null: none was found. */
  headerRow: z.int().nullable(),
  fields: z.array(z.string()),
  columns: z.array(
    z.object({
      col: z.int(),
      header: z.string(),
      field: z.string().nullable(),
      confidence: z.number(),
      samples: z.array(z.string()),
    }),
  ),
  errors: z.array(Issue),
  errorCount: Count,
  warnings: z.array(Issue),
  warningCount: Count,
  standing: Standing.nullable(),
  span: Span.nullable(),
  orders: z
    .object({ fileTotals: Totals, importedTotals: Totals, inside: Totals.nullable(), show: Span.nullable() })
    .nullable(),
  audience: z.object({ samples: Count, cumulative: z.array(z.string()) }).nullable(),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

export const ImportResult = z.object({
  items: Count,
  standing: Standing.nullable(),
  refused: z.array(z.object({ id: z.string(), code: z.string(), path: z.string().optional() })),
  refusedCount: Count,
  totals: Totals.nullable(),
  /** The show's own figures afterwards; null where no orders are known. */
  show: z.object({ paidFen: Count.nullable(), refundedFen: Count, orders: Count.nullable() }),
});
export type ImportResult = z.infer<typeof ImportResult>;

export const ImportState = z.object({
  id: z.string(),
  sessionId: z.string().nullable(),
  roomId: z.string(),
  kind: z.enum(IMPORT_KINDS),
  fileName: z.string(),
  state: z.enum(["uploaded", "running", "done", "failed"]),
  done: Count,
  total: Count,
  /** Of a failed one: why; it can be tried again. */
  code: z.string().nullable(),
  result: ImportResult.nullable(),
  createdAt: Count,
  movedAt: Count,
});
export type ImportState = z.infer<typeof ImportState>;
