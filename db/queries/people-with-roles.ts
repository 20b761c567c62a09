import { asc, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { authUsers } from "../schema/accounts.ts";
import { people, roomRoles } from "../schema/people.ts";

export type PersonWithRoles = {
  id: string;
  name: string;
  username: string | null;
  owner: boolean;
  disabled: boolean;
  locale: string;
  roles: { roomId: string; role: string }[];
};

/** All people with what they may do; `ids` null: everybody. */
export async function peopleWithRoles(db: Database, ids: readonly string[] | null): Promise<PersonWithRoles[]> {
  if (ids?.length === 0) return [];
  const roles = sql<{ roomId: string; role: string }[]>`coalesce((
    select jsonb_agg(jsonb_build_object('roomId', ${roomRoles.roomId}, 'role', ${roomRoles.role}) order by ${roomRoles.role})
    from ${roomRoles} where ${roomRoles.personId} = ${people.id}), '[]'::jsonb)`;
  return db
    .select({
      id: people.id,
      name: people.name,
      username: authUsers.username,
      owner: people.owner,
      disabled: people.disabled,
      locale: people.locale,
      roles,
    })
    .from(people)
    .leftJoin(authUsers, eq(authUsers.id, people.id))
    .where(ids === null ? undefined : inArray(people.id, [...ids]))
    .orderBy(asc(people.createdAt), asc(people.id));
}
