import * as z from "zod/mini";
import { ROLES, type Role } from "#domain/op.ts";

export const RoleName = z.enum(ROLES);

/** `GET /api/v1/me` */
export const Me = z.object({
  person: z.object({ id: z.string(), name: z.string(), username: z.nullable(z.string()) }),
  owner: z.boolean(),
  rooms: z.array(z.object({ id: z.string(), name: z.string(), roles: z.array(RoleName) })),
  locale: z.optional(z.nullable(z.string())),
});
export type Me = z.infer<typeof Me>;

/** Whether this person holds one of `roles` in the room. The server decides; this only spares people buttons that would be refused. */
export function mayIn(me: Me, roomId: string, roles: readonly Role[]): boolean {
  const held = me.rooms.find((room) => room.id === roomId)?.roles ?? [];
  return me.owner || held.some((role) => role === "owner" || roles.includes(role));
}
