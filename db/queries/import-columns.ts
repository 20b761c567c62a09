import { and, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { importColumns } from "../schema/imports.ts";

/** What a room remembers of the columns of one kind of file: header to field, "" for a column to leave out. */
export async function rememberedColumns(db: Database, roomId: string, kind: string): Promise<Record<string, string>> {
  const rows = await db
    .select({ header: importColumns.header, field: importColumns.field })
    .from(importColumns)
    .where(and(eq(importColumns.roomId, roomId), eq(importColumns.kind, kind)));
  return Object.fromEntries(rows.map(({ header, field }) => [header, field]));
}

export type ColumnMemory = {
  readonly roomId: string;
  readonly kind: string;
  readonly columns: Readonly<Record<string, string>>;
};

/** Adds to what is remembered; of a header the last word counts. */
export async function rememberColumns(
  db: Database,
  { roomId, kind, columns }: ColumnMemory,
  now: number,
): Promise<void> {
  // Ordered, so that two people who save at once don't wait for each other in a circle.
  const rows = Object.entries(columns)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([header, field]) => ({ roomId, kind, header, field, updatedAt: now }));
  if (rows.length === 0) return;
  await db
    .insert(importColumns)
    .values(rows)
    .onConflictDoUpdate({
      target: [importColumns.roomId, importColumns.kind, importColumns.header],
      set: { field: sql`excluded.field`, updatedAt: sql`excluded.updated_at` },
    });
}

/** A forgotten header is guessed anew in the next file. */
export async function forgetColumns(
  db: Database,
  { roomId, kind, headers }: { readonly roomId: string; readonly kind: string; readonly headers: readonly string[] },
): Promise<void> {
  if (headers.length === 0) return;
  await db
    .delete(importColumns)
    .where(
      and(eq(importColumns.roomId, roomId), eq(importColumns.kind, kind), inArray(importColumns.header, [...headers])),
    );
}
