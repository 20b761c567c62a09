import { and, asc, eq, ilike, isNull } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomGroups, wecomMembers } from "../schema/wecom-people.ts";

export type QuotaGroup = {
  readonly id: string;
  /** "": nobody named it. */
  readonly name: string;
  readonly ownerName: string | null;
  readonly purpose: string | null;
  readonly size: number | null;
};

/** Customer groups of a corp that are still there; `q` narrows by a part of the name. */
export async function quotaGroups(db: Database, corpId: string, q?: string): Promise<QuotaGroup[]> {
  const { id, name, purpose, size, ownerId, dismissedAt } = wecomGroups;
  const rows = await db
    .select({ id, name, purpose, size, member: wecomMembers.name, userid: wecomMembers.userid })
    .from(wecomGroups)
    .leftJoin(wecomMembers, eq(wecomMembers.id, ownerId))
    .where(
      and(
        eq(wecomGroups.corpId, corpId),
        isNull(dismissedAt),
        q ? ilike(name, `%${q.replaceAll(/[\\%_]/g, "\\$&")}%`) : undefined,
      ),
    )
    .orderBy(asc(id));
  return rows.map(({ member, userid, ...row }) => ({ ...row, ownerName: member ?? userid }));
}
