import { asc, eq, inArray } from "drizzle-orm";
import type { Database } from "../client.ts";
import { rooms } from "../schema/people.ts";

export type RoomRow = typeof rooms.$inferSelect;

/** `ids` null: all. */
export async function roomsById(db: Database, ids: readonly string[] | null): Promise<RoomRow[]> {
  if (ids?.length === 0) return [];
  return db
    .select()
    .from(rooms)
    .where(ids === null ? undefined : inArray(rooms.id, [...ids]))
    .orderBy(asc(rooms.createdAt), asc(rooms.id));
}

export async function insertRoom(db: Database, row: RoomRow): Promise<void> {
  await db.insert(rooms).values(row);
}

export type RoomChange = Partial<Pick<RoomRow, "name" | "timeZone" | "productRoles" | "commentKeywords">>;

export async function changeRoom(db: Database, id: string, change: RoomChange): Promise<RoomRow | undefined> {
  if (Object.keys(change).length === 0) return (await roomsById(db, [id]))[0];
  const [row] = await db.update(rooms).set(change).where(eq(rooms.id, id)).returning();
  return row;
}
