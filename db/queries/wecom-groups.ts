import { and, asc, eq, inArray, isNull, lt, lte, or, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomGroups } from "../schema/wecom-people.ts";
import type { Seen } from "./wecom-members.ts";

export type GroupRow = typeof wecomGroups.$inferSelect;

/** Ids of the groups behind chat ids, making those that are new, which are then due to be read. By chat id. */
export async function groupsByChat(
  db: Database,
  corpId: string,
  chatIds: readonly string[],
  { now, newId }: Seen,
): Promise<Map<string, string>> {
  const unique = [...new Set(chatIds)].toSorted((a, b) => (a < b ? -1 : 1));
  if (unique.length === 0) return new Map();
  const known = await idsOf(db, corpId, unique);
  const fresh = unique.filter((chatId) => !known.has(chatId));
  if (fresh.length === 0) return known;
  await db
    .insert(wecomGroups)
    .values(fresh.map((chatId) => ({ id: newId(), corpId, chatId, firstSeenAt: now, readFrom: now })))
    .onConflictDoNothing({ target: [wecomGroups.corpId, wecomGroups.chatId] });
  return idsOf(db, corpId, unique);
}

async function idsOf(db: Database, corpId: string, chatIds: string[]): Promise<Map<string, string>> {
  const found = await db
    .select({ id: wecomGroups.id, chatId: wecomGroups.chatId })
    .from(wecomGroups)
    .where(and(eq(wecomGroups.corpId, corpId), inArray(wecomGroups.chatId, chatIds)));
  return new Map(found.map(({ chatId, id }) => [chatId, id]));
}

/** A page of the list of groups: each is there, and is to be read in this pass. */
export async function markGroupsListed(
  db: Database,
  groups: readonly { readonly id: string; readonly status: string }[],
  now: number,
): Promise<void> {
  if (groups.length === 0) return;
  const rows = JSON.stringify(groups.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
  await db.execute(sql`
    update ${wecomGroups} g set
      status = r.status, listed_at = ${now}, dismissed_at = null, read_from = coalesce(least(g.read_from, ${now}), ${now}), read_tries = 0
    from json_to_recordset(${rows}::json) as r(id text, status text)
    where g.id = r.id`);
}

/** Known groups that a whole list did not name: gone, or out of sight. Reading them one by one tells which. */
export async function readUnlistedGroups(
  db: Database,
  { corpId, listedBefore, now }: { corpId: string; listedBefore: number; now: number },
): Promise<void> {
  await db
    .update(wecomGroups)
    .set({ readFrom: now, readTries: 0 })
    .where(
      and(
        eq(wecomGroups.corpId, corpId),
        isNull(wecomGroups.dismissedAt),
        or(isNull(wecomGroups.listedAt), lt(wecomGroups.listedAt, listedBefore)),
      ),
    );
}

export type GroupChange = { readonly changedAt: number; readonly version: string | null; readonly readFrom: number };

/** Something changed in it. What waits to be read already is not pushed off: changes that come in one after the other are read together. */
export async function markGroupChanged(
  db: Database,
  id: string,
  { changedAt, version, readFrom }: GroupChange,
): Promise<void> {
  const later = sql`${wecomGroups.changedAt} is null or ${wecomGroups.changedAt} <= ${changedAt}`;
  await db
    .update(wecomGroups)
    .set({
      changedAt: sql`greatest(coalesce(${wecomGroups.changedAt}, 0), ${changedAt}::bigint)`,
      // Deliveries overtake one another: the version awaited is that of the latest change.
      awaitedVersion: sql`case when ${later} then ${version}::text else ${wecomGroups.awaitedVersion} end`,
      readFrom: sql`coalesce(least(${wecomGroups.readFrom}, ${readFrom}::bigint), ${readFrom}::bigint)`,
      readTries: 0,
    })
    .where(eq(wecomGroups.id, id));
}

/** Those whose time to be read has come, the longest due first. They are the caller's until `until`; then they are due again. */
export async function claimDueGroups(
  db: Database,
  corpId: string,
  { now, until, limit }: { readonly now: number; readonly until: number; readonly limit: number },
): Promise<GroupRow[]> {
  const due = db
    .select({ id: wecomGroups.id })
    .from(wecomGroups)
    .where(and(eq(wecomGroups.corpId, corpId), lte(wecomGroups.readFrom, now)))
    .orderBy(asc(wecomGroups.readFrom))
    .limit(limit)
    // Another process takes others.
    .for("update", { skipLocked: true });
  return db.update(wecomGroups).set({ readFrom: until }).where(inArray(wecomGroups.id, due)).returning();
}

/** Corps with groups whose time to be read has come. */
export async function corpsWithDueGroups(db: Database, now: number): Promise<string[]> {
  const rows = await db
    .selectDistinct({ corpId: wecomGroups.corpId })
    .from(wecomGroups)
    .where(lte(wecomGroups.readFrom, now));
  return rows.map(({ corpId }) => corpId);
}

/** How many of the corp's groups are still to be read, and how many there are. */
export async function groupsLeftToRead(db: Database, corpId: string): Promise<{ left: number; all: number }> {
  const [row] = await db
    .select({
      left: sql<number>`count(*) filter (where ${wecomGroups.readFrom} is not null)::int`,
      all: sql<number>`count(*)::int`,
    })
    .from(wecomGroups)
    .where(and(eq(wecomGroups.corpId, corpId), isNull(wecomGroups.dismissedAt)));
  return row ?? { left: 0, all: 0 };
}

type Changeable = "name" | "ownerId" | "size" | "customers" | "memberVersion" | "createdAt" | "readAt" | "readFrom";
type Trying = "readTries" | "readFailure" | "dismissedAt" | "awaitedVersion" | "changedAt";

/** What a reading found, or that it failed. */
export async function saveGroupRead(
  db: Database,
  id: string,
  change: Partial<Pick<GroupRow, Changeable | Trying>>,
): Promise<void> {
  await db.update(wecomGroups).set(change).where(eq(wecomGroups.id, id));
}

/** Holds the group for a transaction, so that two readings of it don't mix. */
export async function lockGroup(db: Database, id: string): Promise<GroupRow | undefined> {
  const [row] = await db.select().from(wecomGroups).where(eq(wecomGroups.id, id)).for("update");
  return row;
}

export async function groupById(db: Database, id: string): Promise<GroupRow | undefined> {
  const [row] = await db.select().from(wecomGroups).where(eq(wecomGroups.id, id));
  return row;
}

export async function groupsById(db: Database, ids: readonly string[]): Promise<GroupRow[]> {
  if (ids.length === 0) return [];
  return db
    .select()
    .from(wecomGroups)
    .where(inArray(wecomGroups.id, [...ids]));
}
