import { inArray } from "drizzle-orm";
import type { Database } from "../client.ts";
import { persons } from "../schema/people.ts";

/** Person ids by key hash, of those that are stored; inserts nobody. */
export async function knownPersons(db: Database, keyHashes: readonly string[]): Promise<Map<string, string>> {
  if (keyHashes.length === 0) return new Map();
  const found = await db
    .select({ id: persons.id, keyHash: persons.keyHash })
    .from(persons)
    .where(inArray(persons.keyHash, [...new Set(keyHashes)]));
  return new Map(found.flatMap(({ id, keyHash }) => (keyHash === null ? [] : [[keyHash, id] as const])));
}
