import { inArray, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { persons } from "../schema/people.ts";

export type KnownPerson = { readonly keyHash: string; readonly id: string; readonly name: string | null };

/** Person ids by key hash; persons that are not there yet are inserted, and a given name replaces the stored one. */
export async function personsByKey(
  db: Database,
  wanted: readonly KnownPerson[],
  now: number,
): Promise<Map<string, string>> {
  if (wanted.length === 0) return new Map();
  const unique = [...new Map(wanted.map((person) => [person.keyHash, person])).values()];
  // Ordered, so that two requests with the same persons don't wait for each other in a circle.
  const rows = unique
    .toSorted((a, b) => (a.keyHash < b.keyHash ? -1 : 1))
    .map((person) => ({ ...person, createdAt: now }));
  await db
    .insert(persons)
    .values(rows)
    .onConflictDoUpdate({
      target: persons.keyHash,
      set: { name: sql`excluded.name` },
      setWhere: sql`excluded.name is not null and ${persons.name} is distinct from excluded.name`,
    });
  const found = await db
    .select({ id: persons.id, keyHash: persons.keyHash })
    .from(persons)
    .where(
      inArray(
        persons.keyHash,
        rows.map(({ keyHash }) => keyHash),
      ),
    );
  return new Map(found.flatMap(({ id, keyHash }) => (keyHash === null ? [] : [[keyHash, id] as const])));
}

/** Inserts persons without a key, for viewer tokens that are issued in advance. */
export async function insertPersons(db: Database, ids: readonly string[], now: number): Promise<void> {
  if (ids.length === 0) return;
  await db.insert(persons).values(ids.map((id) => ({ id, keyHash: null, name: null, createdAt: now })));
}
