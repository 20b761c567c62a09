import { roomsById, type RoomRow } from "#db/queries/rooms.ts";
import type { Principal } from "../auth/principal.ts";
import { visibleRooms } from "./access.ts";
import type { ApiContext } from "./context.ts";
import { notFound } from "./failures.ts";

/**
 * A room that is not theirs looks like one that does not exist; one that does not exist is nowhere to put anything, for those who may
 * come into all rooms too.
 */
export async function visibleRoom(id: string, principal: Principal, { db }: Pick<ApiContext, "db">): Promise<RoomRow> {
  const visible = visibleRooms(principal);
  const [room] = visible === null || visible.includes(id) ? await roomsById(db, [id]) : [];
  if (!room) throw notFound("room");
  return room;
}
