import { and, eq, inArray } from "drizzle-orm";
import type { Database } from "../client.ts";
import { commentTexts, persons } from "../schema/people.ts";
import { personPictures } from "../schema/warmup-wechat.ts";
import { identityKeys } from "../schema/wecom-identities.ts";
import { forgetTouches } from "./forget-warmup.ts";
import { forgetWecomOfPerson } from "./forget-wecom.ts";

/**
 * Forgets a viewer or buyer: name, key, picture, everything they wrote, by whose link they came, under all ids that they were known by, and all that leads to
 * them in WeCom. Logs keep ids that name nobody. False: there was none.
 */
export async function deletePerson(db: Database, id: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const ids = [id, ...(await otherIdsOf(tx, id))];
    await tx.delete(commentTexts).where(inArray(commentTexts.personId, ids));
    await tx.delete(personPictures).where(inArray(personPictures.personId, ids));
    await forgetTouches(tx, ids);
    await forgetWecomOfPerson(tx, id);
    const rows = await tx.delete(persons).where(inArray(persons.id, ids)).returning({ id: persons.id });
    return rows.length > 0;
  });
}

/** As whom they were known before it turned out who they are. */
async function otherIdsOf(tx: Database, id: string): Promise<string[]> {
  const [own] = await tx
    .select({ identityId: identityKeys.identityId })
    .from(identityKeys)
    .where(and(eq(identityKeys.kind, "person"), eq(identityKeys.value, id)));
  if (!own) return [];
  const others = await tx
    .select({ id: identityKeys.value })
    .from(identityKeys)
    .where(and(eq(identityKeys.identityId, own.identityId), inArray(identityKeys.kind, ["visitor", "formerPerson"])));
  return others.map((row) => row.id);
}
