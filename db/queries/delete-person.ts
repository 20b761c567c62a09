import { eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { commentTexts, persons } from "../schema/people.ts";
import { forgetWecomOfPerson } from "./forget-wecom.ts";

/** Forgets a viewer or buyer: name, key, everything they wrote, and all that leads to them in WeCom. Logs keep an id that names nobody. False: there was none. */
export async function deletePerson(db: Database, id: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    await tx.delete(commentTexts).where(eq(commentTexts.personId, id));
    await forgetWecomOfPerson(tx, id);
    const rows = await tx.delete(persons).where(eq(persons.id, id)).returning({ id: persons.id });
    return rows.length > 0;
  });
}
