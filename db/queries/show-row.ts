import { eq, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { shows } from "../schema/shows.ts";

export type ShowRow = typeof shows.$inferSelect;

export async function showRow(db: Database, id: string): Promise<ShowRow | undefined> {
  const [row] = await db.select().from(shows).where(eq(shows.id, id));
  return row;
}

/** Writes what the log says; a row made from a later seq stays. */
export async function putShowRow(db: Pick<Database, "insert">, row: ShowRow): Promise<void> {
  const { id: _id, roomId: _roomId, createdAt: _createdAt, ...changing } = row;
  await db
    .insert(shows)
    .values(row)
    .onConflictDoUpdate({ target: shows.id, set: changing, setWhere: sql`${shows.seq} <= ${row.seq}` });
}
