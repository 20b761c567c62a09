import { and, eq, inArray } from "drizzle-orm";
import { STAND_IN_CORP } from "#domain/wecom-stand-in.ts";
import type { Database } from "../client.ts";
import { wecomRoomCorp } from "../schema/wecom-people.ts";

/** `show`: what a room's true shows push through; `rehearsal`: what its rehearsals do. */
export type RoomCorpUse = "show" | "rehearsal";
export type RoomCorp = { readonly roomId: string; readonly use: string; readonly corpId: string };

const columns = { roomId: wecomRoomCorp.roomId, use: wecomRoomCorp.use, corpId: wecomRoomCorp.corpId };

/** The corp that a room uses; undefined: none was chosen. Rehearsals need no choice: they have a company of their own. */
export async function corpOfRoom(db: Database, roomId: string, use: RoomCorpUse): Promise<string | undefined> {
  const [row] = await db
    .select({ corpId: wecomRoomCorp.corpId })
    .from(wecomRoomCorp)
    .where(and(eq(wecomRoomCorp.roomId, roomId), eq(wecomRoomCorp.use, use)));
  return row?.corpId ?? (use === "rehearsal" ? STAND_IN_CORP : undefined);
}

/** Which rooms use which corps; `roomIds` null: all. */
export async function corpsOfRooms(db: Database, roomIds: readonly string[] | null): Promise<RoomCorp[]> {
  if (roomIds?.length === 0) return [];
  return db
    .select(columns)
    .from(wecomRoomCorp)
    .where(roomIds === null ? undefined : inArray(wecomRoomCorp.roomId, [...roomIds]))
    .orderBy(wecomRoomCorp.roomId, wecomRoomCorp.use);
}

/** `corpId` null: the room uses none any more. */
export async function setRoomCorp(
  db: Database,
  choice: {
    readonly roomId: string;
    readonly use: RoomCorpUse;
    readonly corpId: string | null;
    readonly by: string;
    readonly now: number;
  },
): Promise<void> {
  const { roomId, use, corpId, by, now } = choice;
  if (corpId === null) {
    await db.delete(wecomRoomCorp).where(and(eq(wecomRoomCorp.roomId, roomId), eq(wecomRoomCorp.use, use)));
    return;
  }
  await db
    .insert(wecomRoomCorp)
    .values({ roomId, use, corpId, by, changedAt: now })
    .onConflictDoUpdate({
      target: [wecomRoomCorp.roomId, wecomRoomCorp.use],
      set: { corpId, by, changedAt: now },
    });
}
