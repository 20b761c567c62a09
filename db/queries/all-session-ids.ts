import { asc, notLike } from "drizzle-orm";
import type { Database } from "../client.ts";
import { sessionOwners } from "../schema/log.ts";

/** Ids of all shows that have a log. Streams that span shows (`corp:…`) are left out. */
export async function allSessionIds(db: Database): Promise<string[]> {
  const rows = await db
    .select({ id: sessionOwners.sessionId })
    .from(sessionOwners)
    .where(notLike(sessionOwners.sessionId, "corp:%"))
    .orderBy(asc(sessionOwners.sessionId));
  return rows.map(({ id }) => id);
}
