import { and, arrayOverlaps, eq, inArray, isNull, or, sql, type SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomContacts, wecomFollows, wecomGroups } from "../schema/wecom-people.ts";

/** Named groups, and those that are of one of the owners and of one of the purposes and have one of the tags; an empty list asks for nothing. */
export type GroupSelection = {
  readonly groupIds: readonly string[];
  readonly ownerIds: readonly string[];
  readonly purposes: readonly string[];
  readonly tags: readonly string[];
};
export type SelectedGroup = Pick<typeof wecomGroups.$inferSelect, "id" | "ownerId" | "status" | "dismissedAt">;

/** By owner. Named ones of another corp are not among them. */
export async function selectGroups(
  db: Database,
  corpId: string,
  { groupIds, ownerIds, purposes, tags }: GroupSelection,
): Promise<SelectedGroup[]> {
  const asked = [
    ownerIds.length === 0 ? undefined : inArray(wecomGroups.ownerId, [...ownerIds]),
    purposes.length === 0 ? undefined : inArray(wecomGroups.purpose, [...purposes]),
    tags.length === 0 ? undefined : arrayOverlaps(wecomGroups.tags, [...tags]),
  ].filter((one) => one !== undefined);
  const named = groupIds.length === 0 ? undefined : inArray(wecomGroups.id, [...groupIds]);
  // What somebody named is told of even when it is gone; of the others only those that are there are meant.
  const meant = asked.length === 0 ? undefined : and(isNull(wecomGroups.dismissedAt), ...asked);
  if (!named && !meant) return [];
  return db
    .select({
      id: wecomGroups.id,
      ownerId: wecomGroups.ownerId,
      status: wecomGroups.status,
      dismissedAt: wecomGroups.dismissedAt,
    })
    .from(wecomGroups)
    .where(and(eq(wecomGroups.corpId, corpId), or(named, meant)))
    .orderBy(wecomGroups.ownerId, wecomGroups.id);
}

/**
 * Customers of these members who have one of these tags; an empty list asks for nothing. Each once, with the member who has had them longest:
 * WeCom would send to them once as well.
 */
export async function selectCustomers(
  db: Database,
  corpId: string,
  { ownerIds, tagIds }: { readonly ownerIds: readonly string[]; readonly tagIds: readonly string[] },
): Promise<{ contactId: string; memberId: string }[]> {
  if (ownerIds.length === 0 && tagIds.length === 0) return [];
  const conditions: (SQL | undefined)[] = [
    eq(wecomContacts.corpId, corpId),
    isNull(wecomFollows.removedAt),
    ownerIds.length === 0 ? undefined : inArray(wecomFollows.memberId, [...ownerIds]),
    tagIds.length === 0 ? undefined : arrayOverlaps(wecomFollows.tags, [...tagIds]),
  ];
  const rows = await db
    .selectDistinctOn([wecomFollows.contactId], {
      contactId: wecomFollows.contactId,
      memberId: wecomFollows.memberId,
    })
    .from(wecomFollows)
    .innerJoin(wecomContacts, eq(wecomContacts.id, wecomFollows.contactId))
    .where(and(...conditions))
    .orderBy(wecomFollows.contactId, wecomFollows.since, sql`${wecomFollows.memberId}`);
  return rows;
}
