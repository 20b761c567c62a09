import { and, asc, eq, inArray, isNull, lt, or, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomFollows, wecomMembers } from "../schema/wecom-people.ts";

export type MemberRow = typeof wecomMembers.$inferSelect;
export type Seen = { readonly now: number; readonly newId: () => string };

/** Our member ids by userid. Unknown members are inserted as inactive: being named somewhere does not prove that they may speak to customers. */
export async function membersByUserid(
  db: Database,
  corpId: string,
  userids: readonly string[],
  { now, newId }: Seen,
): Promise<Map<string, string>> {
  // Ordered, so that two readings of the same people don't wait for each other in a circle.
  const unique = [...new Set(userids)].toSorted((a, b) => (a < b ? -1 : 1));
  if (unique.length === 0) return new Map();
  const known = await idsOf(db, corpId, unique);
  const fresh = unique.filter((userid) => !known.has(userid));
  if (fresh.length === 0) return known;
  await db
    .insert(wecomMembers)
    .values(fresh.map((userid) => ({ id: newId(), corpId, userid, active: false, firstSeenAt: now })))
    .onConflictDoNothing({ target: [wecomMembers.corpId, wecomMembers.userid] });
  return idsOf(db, corpId, unique);
}

async function idsOf(db: Database, corpId: string, userids: string[]): Promise<Map<string, string>> {
  const found = await db
    .select({ id: wecomMembers.id, userid: wecomMembers.userid })
    .from(wecomMembers)
    .where(and(eq(wecomMembers.corpId, corpId), inArray(wecomMembers.userid, userids)));
  return new Map(found.map(({ userid, id }) => [userid, id]));
}

/** Marks members that WeCom's list of staff named in this pass as active. */
export async function markMembersListed(db: Database, ids: readonly string[], now: number): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(wecomMembers)
    .set({ active: true, listedAt: now })
    .where(inArray(wecomMembers.id, [...ids]));
}

/** Marks members that a complete list did not name as inactive: they may not speak to customers any more. */
export async function retireMembers(db: Database, corpId: string, listedBefore: number): Promise<void> {
  await db
    .update(wecomMembers)
    .set({ active: false })
    .where(
      and(
        eq(wecomMembers.corpId, corpId),
        eq(wecomMembers.active, true),
        or(isNull(wecomMembers.listedAt), lt(wecomMembers.listedAt, listedBefore)),
      ),
    );
}

export async function nameMembers(
  db: Database,
  named: readonly { readonly id: string; readonly name: string }[],
): Promise<void> {
  if (named.length === 0) return;
  const rows = JSON.stringify(named.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
  await db.execute(sql`
    update ${wecomMembers} m set name = r.name
    from json_to_recordset(${rows}::json) as r(id text, name text)
    where m.id = r.id and m.name is distinct from r.name`);
}

/** Counts each member's customers anew, after a complete reading of them. */
export async function countCustomers(db: Database, corpId: string): Promise<void> {
  await db.execute(sql`
    update ${wecomMembers} m set customer_count = (
      select count(*)::int from ${wecomFollows} f where f.member_id = m.id and f.removed_at is null)
    where m.corp_id = ${corpId}`);
}

/** Active members in order of id, beginning behind `after`. */
export async function activeMembers(
  db: Database,
  corpId: string,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<Pick<MemberRow, "id" | "userid" | "name">[]> {
  return db
    .select({ id: wecomMembers.id, userid: wecomMembers.userid, name: wecomMembers.name })
    .from(wecomMembers)
    .where(
      and(
        eq(wecomMembers.corpId, corpId),
        eq(wecomMembers.active, true),
        after === null ? undefined : sql`${wecomMembers.id} > ${after}`,
      ),
    )
    .orderBy(asc(wecomMembers.id))
    .limit(limit);
}

export async function membersById(db: Database, ids: readonly string[]): Promise<MemberRow[]> {
  if (ids.length === 0) return [];
  return db
    .select()
    .from(wecomMembers)
    .where(inArray(wecomMembers.id, [...ids]));
}
