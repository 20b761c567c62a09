import { asc } from "drizzle-orm";
import type { Database } from "../client.ts";
import { sessionOwners } from "../schema/log.ts";

/** Every show that has a log: whoever writes one takes it first. */
export async function allSessionIds(db: Database): Promise<string[]> {
  const rows = await db
    .select({ id: sessionOwners.sessionId })
    .from(sessionOwners)
    .orderBy(asc(sessionOwners.sessionId));
  return rows.map(({ id }) => id);
}
