import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomContacts, wecomGroups } from "../schema/wecom-people.ts";

/** Ids of a corp's customer groups that were not dismissed, in order. */
export async function liveGroupIds(db: Database, corpId: string): Promise<string[]> {
  const rows = await db
    .select({ id: wecomGroups.id })
    .from(wecomGroups)
    .where(and(eq(wecomGroups.corpId, corpId), isNull(wecomGroups.dismissedAt)))
    .orderBy(asc(wecomGroups.id));
  return rows.map(({ id }) => id);
}

/** Our contact ids by external_userid, of those that are stored. */
export async function knownContacts(
  db: Database,
  corpId: string,
  externalIds: readonly string[],
): Promise<Map<string, string>> {
  if (externalIds.length === 0) return new Map();
  const { id, externalUserid } = wecomContacts;
  const rows = await db
    .select({ id, externalUserid })
    .from(wecomContacts)
    .where(and(eq(wecomContacts.corpId, corpId), inArray(externalUserid, [...externalIds])));
  return new Map(rows.map((row) => [row.externalUserid, row.id]));
}

/** Our group ids by WeCom's chat_id, of those that are stored. */
export async function knownGroups(
  db: Database,
  corpId: string,
  chatIds: readonly string[],
): Promise<Map<string, string>> {
  if (chatIds.length === 0) return new Map();
  const { id, chatId } = wecomGroups;
  const rows = await db
    .select({ id, chatId })
    .from(wecomGroups)
    .where(and(eq(wecomGroups.corpId, corpId), inArray(chatId, [...chatIds])));
  return new Map(rows.map((row) => [row.chatId, row.id]));
}
