import { inArray } from "drizzle-orm";
import type { Database } from "../client.ts";
import { commentTexts, persons } from "../schema/people.ts";
import { personPictures } from "../schema/warmup-wechat.ts";
import { forgetTouches } from "./forget-warmup.ts";
import { forgetWecomOfPerson } from "./forget-wecom.ts";
import { holdIdentities, identityOfPerson, keysOfIdentities } from "./identity-keys.ts";

/** `ids`: all that they were known by, also when no row of them was there. */
type Deleted = { readonly isFound: boolean; readonly ids: readonly string[] };

/**
 * Forgets a viewer or buyer: name, key, picture, everything they wrote, by whose link they came, under all ids that they were known by, and all that leads to
 * them in WeCom. Logs keep ids that name nobody.
 */
export async function deletePerson(db: Database, id: string): Promise<Deleted> {
  return db.transaction(async (tx) => {
    // Nobody becomes them while they are forgotten.
    await holdIdentities(tx);
    const ids = [id, ...(await otherIdsOf(tx, id))];
    await tx.delete(commentTexts).where(inArray(commentTexts.personId, ids));
    await tx.delete(personPictures).where(inArray(personPictures.personId, ids));
    await forgetTouches(tx, ids);
    await forgetWecomOfPerson(tx, id);
    const rows = await tx.delete(persons).where(inArray(persons.id, ids)).returning({ id: persons.id });
    return { isFound: rows.length > 0, ids };
  });
}

/** All of ours in one identity: who they are, and as whom they were known before that turned out. The phone may still hold a token of any of them. */
async function otherIdsOf(tx: Database, id: string): Promise<string[]> {
  const identityId = await identityOfPerson(tx, id);
  if (identityId === undefined) return [];
  const keys = await keysOfIdentities(tx, [identityId]);
  return keys.flatMap(({ kind, value }) => (OURS.has(kind) ? [value] : []));
}

const OURS: ReadonlySet<string> = new Set(["person", "visitor", "formerPerson"]);
