import { and, asc, eq, ilike, inArray, or, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomGroups, wecomMembers } from "../schema/wecom-people.ts";
import type { MemberRow } from "./wecom-members.ts";

/** Staff with how many groups each owns. */
export async function listMemberRows(
  db: Database,
  filter: {
    readonly corpIds: readonly string[];
    readonly q?: string | undefined;
    readonly activeOnly: boolean;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<(MemberRow & { groups: number })[]> {
  const { corpIds, q, activeOnly, after, limit } = filter;
  if (corpIds.length === 0) return [];
  const part = q && `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const groups = sql<number>`(select count(*)::int from ${wecomGroups} g
    where g.corp_id = ${wecomMembers}.corp_id and g.owner_id = ${wecomMembers}.id and g.dismissed_at is null)`;
  const rows = await db
    .select({ member: wecomMembers, groups })
    .from(wecomMembers)
    .where(
      and(
        inArray(wecomMembers.corpId, [...corpIds]),
        activeOnly ? eq(wecomMembers.active, true) : undefined,
        part ? or(ilike(wecomMembers.name, part), ilike(wecomMembers.userid, part)) : undefined,
        after === undefined ? undefined : sql`${wecomMembers.id} > ${after}`,
      ),
    )
    .orderBy(asc(wecomMembers.id))
    .limit(limit);
  return rows.map(({ member, groups: count }) => ({ ...member, groups: count }));
}
