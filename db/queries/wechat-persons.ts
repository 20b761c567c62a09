import { eq, inArray, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { persons } from "../schema/people.ts";
import { personPictures } from "../schema/warmup-wechat.ts";

export type WechatPerson = {
  readonly personId: string;
  /** By which orders and comments that are reported with the same key find them. */
  readonly keyHash: string;
  /** null: not told this time; the name before stays. */
  readonly name: string | null;
  readonly pictureUrl: string | null;
};

/** Makes or renames who signed in. A key that somebody else has stays theirs. */
export async function keepWechatPerson(tx: Database, person: WechatPerson, now: number): Promise<void> {
  const { personId, keyHash, name, pictureUrl } = person;
  const [taken] = await tx.select({ id: persons.id }).from(persons).where(eq(persons.keyHash, keyHash));
  const free = taken === undefined ? keyHash : null;
  await tx
    .insert(persons)
    .values({ id: personId, keyHash: free, name, createdAt: now })
    .onConflictDoUpdate({
      target: persons.id,
      set: {
        name: sql`coalesce(excluded.name, ${persons.name})`,
        keyHash: sql`coalesce(${persons.keyHash}, excluded.key_hash)`,
      },
    });
  if (pictureUrl === null) return;
  await tx
    .insert(personPictures)
    .values({ personId, url: pictureUrl, updatedAt: now })
    .onConflictDoUpdate({ target: personPictures.personId, set: { url: pictureUrl, updatedAt: now } });
}

/** What is reported by their keys from now on is the other's, who takes what is free. */
export async function releaseKeys(tx: Database, formerIds: readonly string[]): Promise<void> {
  if (formerIds.length === 0) return;
  await tx
    .update(persons)
    .set({ keyHash: null })
    .where(inArray(persons.id, [...formerIds]));
}

export type PersonLook = { readonly name: string | null; readonly pictureUrl: string | null };

export async function lookOfPerson(db: Database, personId: string): Promise<PersonLook | undefined> {
  const [row] = await db
    .select({ name: persons.name, pictureUrl: personPictures.url })
    .from(persons)
    .leftJoin(personPictures, eq(personPictures.personId, persons.id))
    .where(eq(persons.id, personId));
  return row;
}
