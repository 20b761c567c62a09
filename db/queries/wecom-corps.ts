import { asc, eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomCorps } from "../schema/wecom-corps.ts";
import { wecomRoomCorp } from "../schema/wecom-people.ts";

export type CorpRow = typeof wecomCorps.$inferSelect;

export async function listCorps(db: Database): Promise<CorpRow[]> {
  return db.select().from(wecomCorps).orderBy(asc(wecomCorps.createdAt), asc(wecomCorps.id));
}

/** False when the corp is stored already. */
export async function insertCorp(db: Database, row: CorpRow): Promise<boolean> {
  const made = await db.insert(wecomCorps).values(row).onConflictDoNothing().returning({ id: wecomCorps.id });
  return made.length > 0;
}

/** False when there is no such corp. */
export async function changeCorp(
  db: Database,
  id: string,
  change: { readonly name?: string; readonly quotaRule?: string },
): Promise<boolean> {
  const changed = await db.update(wecomCorps).set(change).where(eq(wecomCorps.id, id)).returning({ id: wecomCorps.id });
  return changed.length > 0;
}

/** Deletes a corp with its apps and robots; false when there is no such corp. */
export async function deleteCorp(db: Database, id: string): Promise<boolean> {
  const gone = await db.delete(wecomCorps).where(eq(wecomCorps.id, id)).returning({ id: wecomCorps.id });
  return gone.length > 0;
}

/** Ids of the rooms whose shows push through this corp. */
export async function roomsOfCorp(db: Database, id: string): Promise<string[]> {
  const rows = await db
    .select({ roomId: wecomRoomCorp.roomId })
    .from(wecomRoomCorp)
    .where(eq(wecomRoomCorp.corpId, id));
  return rows.map(({ roomId }) => roomId);
}
