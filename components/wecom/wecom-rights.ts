import type { Role } from "#domain/op.ts";
import type { Me } from "../shell/me.ts";

export type WecomRights = {
  /** See groups, codes and who looks after them. */
  readonly read: boolean;
  /** Sort groups, make codes, begin a reading, see who is not known. */
  readonly write: boolean;
  /** Connect companies, take joined keys apart. */
  readonly manage: boolean;
};

/** As the API grants them (docs/roles.md); this only spares people buttons that would be refused. */
export function wecomRightsOf(me: Me): WecomRights {
  const holds = (...wanted: readonly Role[]) =>
    me.owner || me.rooms.some(({ roles }) => roles.some((role) => wanted.includes(role)));
  return {
    read: holds("manager", "community", "operator"),
    write: holds("manager", "community"),
    manage: holds("manager"),
  };
}
