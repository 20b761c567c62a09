import { inArray } from "drizzle-orm";
import type { Database } from "../client.ts";
import { pushTasks } from "../schema/wecom-pushes.ts";

/** Which of these messages of WeCom are pushes of ours, as far as the follower has come. */
export async function ownMsgids(db: Database, msgids: readonly string[]): Promise<Set<string>> {
  if (msgids.length === 0) return new Set();
  const rows = await db
    .select({ msgid: pushTasks.msgid })
    .from(pushTasks)
    .where(inArray(pushTasks.msgid, [...msgids]));
  return new Set(rows.flatMap(({ msgid }) => msgid ?? []));
}
