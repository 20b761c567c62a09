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

/** Inserts a person who signed in by WeChat, or updates their name. A key that belongs to another person stays with that person. */
export async function keepWechatPerson(tx: Database, person: WechatPerson, now: number): Promise<void> {
  await keepWechatPersons(tx, [person], now);
}

/** The same for many people. Each id and each key may occur only once. */
export async function keepWechatPersons(tx: Database, people: readonly WechatPerson[], now: number): Promise<void> {
  if (people.length === 0) return;
  const taken = await tx
    .select({ keyHash: persons.keyHash })
    .from(persons)
    .where(
      inArray(
        persons.keyHash,
        people.map(({ keyHash }) => keyHash),
      ),
    );
  const isTaken = new Set(taken.map(({ keyHash }) => keyHash));
  // Ordered, so that two who keep the same persons don't wait for each other in a circle.
  const rows = people
    .toSorted((a, b) => (a.keyHash < b.keyHash ? -1 : 1))
    .map(({ personId, keyHash, name }) => {
      return { id: personId, keyHash: isTaken.has(keyHash) ? null : keyHash, name, createdAt: now };
    });
  await tx
    .insert(persons)
    .values(rows)
    .onConflictDoUpdate({
      target: persons.id,
      set: {
        name: sql`coalesce(excluded.name, ${persons.name})`,
        keyHash: sql`coalesce(${persons.keyHash}, excluded.key_hash)`,
      },
    });
  const pictures = people.flatMap(({ personId, pictureUrl }) =>
    pictureUrl === null ? [] : [{ personId, url: pictureUrl, updatedAt: now }],
  );
  if (pictures.length === 0) return;
  await tx
    .insert(personPictures)
    .values(pictures)
    .onConflictDoUpdate({
      target: personPictures.personId,
      set: { url: sql`excluded.url`, updatedAt: now },
    });
}

/** Frees the keys of ids that were merged into another person, so that whatever is reported by these keys from now on can be that person's. */
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
