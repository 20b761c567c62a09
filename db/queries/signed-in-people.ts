import { and, eq, gt, inArray, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { authSessions, authUsers } from "../schema/accounts.ts";
import { people, roomRoles } from "../schema/people.ts";

export type SignedIn = {
  /** Token of the better-auth session. */
  token: string;
  personId: string;
  name: string;
  username: string;
  owner: boolean;
  locale: string;
  roles: { roomId: string; role: string }[];
};

/** Of the given session tokens those that still hold, with what their persons may do now. */
export async function signedInPeople(db: Database, tokens: readonly string[]): Promise<SignedIn[]> {
  if (tokens.length === 0) return [];
  // One row a session: a join of the roles would repeat the person for each of them.
  const roles = sql<{ roomId: string; role: string }[]>`coalesce((
    select jsonb_agg(jsonb_build_object('roomId', ${roomRoles.roomId}, 'role', ${roomRoles.role}))
    from ${roomRoles} where ${roomRoles.personId} = ${people.id}), '[]'::jsonb)`;
  return db
    .select({
      token: authSessions.token,
      personId: people.id,
      name: people.name,
      username: authUsers.username,
      owner: people.owner,
      locale: people.locale,
      roles,
    })
    .from(authSessions)
    .innerJoin(authUsers, eq(authUsers.id, authSessions.userId))
    .innerJoin(people, eq(people.id, authUsers.id))
    .where(
      and(inArray(authSessions.token, [...tokens]), gt(authSessions.expiresAt, sql`now()`), eq(people.disabled, false)),
    );
}
