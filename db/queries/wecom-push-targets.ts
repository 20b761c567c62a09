import { inArray } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomContacts, wecomGroups } from "../schema/wecom-people.ts";

const IDS_A_QUESTION = 5_000;

/** WeCom's chat ids by ours; those that were forgotten are missing. */
export async function chatIdsOf(db: Database, groupIds: readonly string[]): Promise<Map<string, string>> {
  const { id, chatId } = wecomGroups;
  const rows = await inPieces(groupIds, (ids) =>
    db.select({ id, outside: chatId }).from(wecomGroups).where(inArray(id, ids)),
  );
  return new Map(rows.map((row) => [row.id, row.outside]));
}

/** WeCom's external_userids by ours; those that were forgotten are missing. */
export async function externalUseridsOf(db: Database, contactIds: readonly string[]): Promise<Map<string, string>> {
  const { id, externalUserid } = wecomContacts;
  const rows = await inPieces(contactIds, (ids) =>
    db.select({ id, outside: externalUserid }).from(wecomContacts).where(inArray(id, ids)),
  );
  return new Map(rows.map((row) => [row.id, row.outside]));
}

async function inPieces<T>(ids: readonly string[], read: (ids: string[]) => Promise<T[]>): Promise<T[]> {
  const rows: T[] = [];
  for (let from = 0; from < ids.length; from += IDS_A_QUESTION) {
    rows.push(...(await read(ids.slice(from, from + IDS_A_QUESTION))));
  }
  return rows;
}
