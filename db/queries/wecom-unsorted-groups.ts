import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomGroups } from "../schema/wecom-people.ts";

/** Customer groups of a corp without a purpose. */
export async function unsortedGroups(
  db: Database,
  corpId: string,
): Promise<{ readonly id: string; readonly name: string }[]> {
  return db
    .select({ id: wecomGroups.id, name: wecomGroups.name })
    .from(wecomGroups)
    .where(and(eq(wecomGroups.corpId, corpId), isNull(wecomGroups.purpose), isNull(wecomGroups.dismissedAt)));
}
