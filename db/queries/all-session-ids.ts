import { asc, notLike } from "drizzle-orm";
import type { Database } from "../client.ts";
import { sessionOwners } from "../schema/log.ts";

/** Every show that has a log: whoever writes one takes it first. Streams that span shows (`corp:…`) are none. */
export async function allSessionIds(db: Database): Promise<string[]> {
  const rows = await db
    .select({ id: sessionOwners.sessionId })
    .from(sessionOwners)
    .where(notLike(sessionOwners.sessionId, "corp:%"))
    .orderBy(asc(sessionOwners.sessionId));
  return rows.map(({ id }) => id);
}
