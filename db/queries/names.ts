import { and, eq, inArray, or } from "drizzle-orm";
import type { Database } from "../client.ts";
import { apiTokens, commentTexts, people, persons, roomRoles, screenLinks } from "../schema/people.ts";

/** Names of everybody who may act in a room, and of the hosts who have no account. */
export async function namesOfRoom(db: Database, roomId: string): Promise<{ id: string; name: string }[]> {
  return db
    .selectDistinct({ id: people.id, name: people.name })
    .from(people)
    .leftJoin(roomRoles, and(eq(roomRoles.personId, people.id), eq(roomRoles.roomId, roomId)))
    .where(or(eq(people.owner, true), eq(roomRoles.roomId, roomId)));
}

/** Names of staff (`p_`), programs (`t_`) and screens (`k_`), by id; the table follows from the id's first letter. */
export async function namesOfSenders(db: Database, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  const of = (letter: string) => ids.filter((id) => id.startsWith(`${letter}_`));
  const [staff, tokens, links] = [of("p"), of("t"), of("k")];
  const found = await Promise.all([
    staff.length === 0
      ? []
      : db.select({ id: people.id, name: people.name }).from(people).where(inArray(people.id, staff)),
    tokens.length === 0
      ? []
      : db.select({ id: apiTokens.id, name: apiTokens.name }).from(apiTokens).where(inArray(apiTokens.id, tokens)),
    links.length === 0
      ? []
      : db
          .select({ id: screenLinks.id, name: screenLinks.name })
          .from(screenLinks)
          .where(inArray(screenLinks.id, links)),
  ]);
  return found.flat();
}

export async function namesOfPersons(
  db: Database,
  ids: readonly string[],
): Promise<{ id: string; name: string | null }[]> {
  if (ids.length === 0) return [];
  return db
    .select({ id: persons.id, name: persons.name })
    .from(persons)
    .where(inArray(persons.id, [...ids]));
}

export async function textsOfComments(
  db: Database,
  sessionId: string,
  ids: readonly string[],
): Promise<{ id: string; text: string }[]> {
  if (ids.length === 0) return [];
  return db
    .select({ id: commentTexts.commentId, text: commentTexts.text })
    .from(commentTexts)
    .where(and(eq(commentTexts.sessionId, sessionId), inArray(commentTexts.commentId, [...ids])));
}
