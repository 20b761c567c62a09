import {
  and,
  arrayContains,
  asc,
  desc,
  eq,
  gte,
  ilike,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  or,
  sql,
  type SQL,
} from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../client.ts";
import { wecomGroupMembers, wecomGroups, wecomMembers } from "../schema/wecom-people.ts";
import type { GroupRow } from "./wecom-groups.ts";

export type GroupFilter = {
  readonly corpIds: readonly string[];
  /** Part of the name. */
  readonly q?: string | undefined;
  readonly ownerId?: string | undefined;
  /** "none": not sorted yet. */
  readonly purpose?: string | undefined;
  readonly tag?: string | undefined;
  readonly sizeMin?: number | undefined;
  readonly sizeMax?: number | undefined;
  readonly dismissed: boolean;
};

/** Largest groups first; groups that were never read come last. */
export async function listGroupRows(
  db: Database,
  filter: GroupFilter,
  page: { readonly after?: { readonly size: number; readonly id: string } | undefined; readonly limit: number },
): Promise<(GroupRow & { ownerName: string | null; ownerUserid: string | null })[]> {
  if (filter.corpIds.length === 0) return [];
  const size = sql<number>`coalesce(${wecomGroups.size}, -1)`;
  const { after, limit } = page;
  const rows = await db
    .select({ group: wecomGroups, ownerName: wecomMembers.name, ownerUserid: wecomMembers.userid })
    .from(wecomGroups)
    .leftJoin(wecomMembers, eq(wecomMembers.id, wecomGroups.ownerId))
    .where(
      and(
        ...conditions(filter),
        after && or(lt(size, after.size), and(eq(size, after.size), sql`${wecomGroups.id} > ${after.id}`)),
      ),
    )
    .orderBy(desc(size), asc(wecomGroups.id))
    .limit(limit);
  return rows.map(({ group, ownerName, ownerUserid }) => ({ ...group, ownerName, ownerUserid }));
}

/** Sums over all groups that match the filter, not over one page. */
export async function countGroupRows(db: Database, filter: GroupFilter): Promise<{ groups: number; people: number }> {
  if (filter.corpIds.length === 0) return { groups: 0, people: 0 };
  const [row] = await db
    .select({ groups: sql<number>`count(*)::int`, people: sql<number>`coalesce(sum(${wecomGroups.size}), 0)::int` })
    .from(wecomGroups)
    .where(and(...conditions(filter)));
  return row ?? { groups: 0, people: 0 };
}

function conditions(filter: GroupFilter): (SQL | undefined)[] {
  const { corpIds, q, ownerId, purpose, tag, sizeMin, sizeMax, dismissed } = filter;
  return [
    inArray(wecomGroups.corpId, [...corpIds]),
    q ? ilike(wecomGroups.name, `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`) : undefined,
    ownerId === undefined ? undefined : eq(wecomGroups.ownerId, ownerId),
    purpose === undefined
      ? undefined
      : purpose === "none"
        ? isNull(wecomGroups.purpose)
        : eq(wecomGroups.purpose, purpose),
    tag === undefined ? undefined : arrayContains(wecomGroups.tags, [tag]),
    sizeMin === undefined ? undefined : gte(wecomGroups.size, sizeMin),
    sizeMax === undefined ? undefined : lte(wecomGroups.size, sizeMax),
    dismissed ? isNotNull(wecomGroups.dismissedAt) : isNull(wecomGroups.dismissedAt),
  ];
}

/** How many customers joined and left since then, by group id; groups without either are missing. */
export async function movesOfGroups(
  db: Database,
  groupIds: readonly string[],
  since: number,
): Promise<Map<string, { joins: number; leaves: number }>> {
  if (groupIds.length === 0) return new Map();
  const { groupId, joinedAt, leftAt } = wecomGroupMembers;
  const rows = await db
    .select({
      groupId,
      joins: sql<number>`count(*) filter (where ${joinedAt} >= ${since})::int`,
      leaves: sql<number>`count(*) filter (where ${leftAt} >= ${since})::int`,
    })
    .from(wecomGroupMembers)
    .where(and(inArray(groupId, [...groupIds]), or(gte(joinedAt, since), gte(leftAt, since))))
    .groupBy(groupId);
  return new Map(rows.map(({ groupId: id, joins, leaves }) => [id, { joins, leaves }]));
}

const Words = z.array(z.object({ word: z.string().nullable(), name: z.string().nullable(), groups: z.number() }));
export type GroupWords = z.infer<typeof Words>;

/** The values that the list can be filtered by, each with its number of groups. */
export async function wordsOfGroups(
  db: Database,
  corpIds: readonly string[],
): Promise<{ owners: GroupWords; purposes: GroupWords; tags: GroupWords }> {
  if (corpIds.length === 0) return { owners: [], purposes: [], tags: [] };
  const alive = sql`g.corp_id in ${[...corpIds]} and g.dismissed_at is null`;
  const [owners, purposes, tags] = await Promise.all([
    db.execute(sql`
      select g.owner_id as word, max(coalesce(m.name, m.userid)) as name, count(*)::int as groups
      from ${wecomGroups} g left join ${wecomMembers} m on m.id = g.owner_id
      where ${alive} group by g.owner_id order by 3 desc, 1 limit 1000`),
    db.execute(sql`
      select g.purpose as word, null as name, count(*)::int as groups
      from ${wecomGroups} g where ${alive} group by g.purpose order by 3 desc, 1`),
    db.execute(sql`
      select t as word, null as name, count(*)::int as groups
      from ${wecomGroups} g, unnest(g.tags) t where ${alive} group by t order by 3 desc, 1 limit 500`),
  ]);
  return { owners: Words.parse([...owners]), purposes: Words.parse([...purposes]), tags: Words.parse([...tags]) };
}

/** Returns how many groups were changed; groups of other corps are left alone. */
export async function sortGroups(
  db: Database,
  { ids, corpIds }: { readonly ids: readonly string[]; readonly corpIds: readonly string[] },
  change: {
    readonly purpose?: string | null | undefined;
    readonly addTags: readonly string[];
    readonly removeTags: readonly string[];
  },
): Promise<number> {
  if (ids.length === 0 || corpIds.length === 0) return 0;
  const { purpose, addTags, removeTags } = change;
  const added = sql`${JSON.stringify(addTags)}::jsonb`;
  const removed = sql`${JSON.stringify(removeTags)}::jsonb`;
  const tags = sql`coalesce((
    select array_agg(t order by at) from (
      select t, min(at) as at from (
        select t, at from unnest(${wecomGroups.tags}) with ordinality as old(t, at)
        union all select t, 1000 + at from jsonb_array_elements_text(${added}) with ordinality as new(t, at)) both_
      where not (${removed} ? t) group by t) kept), '{}')`;
  const rows = await db
    .update(wecomGroups)
    .set({ tags, ...(purpose === undefined ? {} : { purpose }) })
    .where(and(inArray(wecomGroups.id, [...ids]), inArray(wecomGroups.corpId, [...corpIds])))
    .returning({ id: wecomGroups.id });
  return rows.length;
}
