import { corpsOfRooms } from "#db/queries/wecom-room-corps.ts";
import { listCorps } from "#db/queries/wecom-corps.ts";
import type { Role } from "#domain/op.ts";
import { STAND_IN_CORP } from "#domain/wecom-stand-in.ts";
import type { StaffPrincipal } from "../auth/principal.ts";
import { managedRooms } from "./access.ts";
import { staffOf, type ApiContext } from "./context.ts";
import { denied } from "./failures.ts";

/**
 * Who may do what with groups, codes and people of WeCom. Corps are reached through the rooms whose shows use them: whoever has one of these roles in such
 * a room has the right for the whole corp, whose groups belong to no single room. Owners have it for every corp.
 */
const HOLDERS = {
  /** See groups, codes and staff, and choose them for a push. */
  read: ["manager", "community", "operator"],
  /** Sort groups, make and change codes, begin a sync, see whose keys are unresolved. */
  write: ["manager", "community"],
  /** Say which corp a room uses, take joined keys apart, forget a customer. */
  manage: ["manager"],
} as const satisfies Readonly<Record<string, readonly Role[]>>;
export type WecomRight = keyof typeof HOLDERS;

/** Rooms in which they have the right; null: all. */
export function roomsWithRight({ owner, rolesByRoom }: StaffPrincipal, right: WecomRight): readonly string[] | null {
  if (owner) return null;
  const holders: readonly Role[] = HOLDERS[right];
  return [...rolesByRoom].flatMap(([roomId, roles]) => (roles.some((role) => holders.includes(role)) ? [roomId] : []));
}

/** Rows of the corps that they have the right for. Nobody who has it nowhere gets past this. */
export async function corpsWithRight(
  principal: StaffPrincipal,
  right: WecomRight,
  { db }: ApiContext,
): Promise<string[]> {
  const rooms = roomsWithRight(principal, right);
  if (rooms?.length === 0) throw denied();
  const used = (await corpsOfRooms(db, rooms)).map(({ corpId }) => corpId);
  // Who looks after any room may connect a corp, and begins with one that no room uses yet.
  const all = managedRooms(principal)?.length === 0 ? [] : await unusedCorps(principal, db);
  // Its people are nobody's, and whoever plans a push rehearses it.
  return [...new Set([...used, ...all, STAND_IN_CORP])];
}

async function unusedCorps(principal: StaffPrincipal, db: ApiContext["db"]): Promise<string[]> {
  const corps = (await listCorps(db)).map(({ id }) => id);
  if (principal.owner) return corps;
  const used = new Set((await corpsOfRooms(db, null)).map(({ corpId }) => corpId));
  return corps.filter((id) => !used.has(id));
}

export type Asking = { readonly principal: StaffPrincipal; readonly corpIds: readonly string[] };

export async function askingFor(
  request: Parameters<typeof staffOf>[0],
  right: WecomRight,
  context: ApiContext,
): Promise<Asking> {
  const principal = await staffOf(request, context);
  return { principal, corpIds: await corpsWithRight(principal, right, context) };
}
