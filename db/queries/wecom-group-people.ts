import { and, desc, eq, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomGroupMembers } from "../schema/wecom-people.ts";

export type StayRow = typeof wecomGroupMembers.$inferSelect;

/** Newest joined first. */
export async function staysOfGroup(
  db: Database,
  groupId: string,
  page: {
    readonly which: "in" | "left" | "all";
    readonly after?: { readonly joinedAt: number; readonly who: string } | undefined;
    readonly limit: number;
  },
): Promise<StayRow[]> {
  const { which, after, limit } = page;
  const { joinedAt, who, leftAt } = wecomGroupMembers;
  return db
    .select()
    .from(wecomGroupMembers)
    .where(
      and(
        eq(wecomGroupMembers.groupId, groupId),
        which === "all" ? undefined : which === "in" ? isNull(leftAt) : isNotNull(leftAt),
        after && or(lt(joinedAt, after.joinedAt), and(eq(joinedAt, after.joinedAt), sql`${who} > ${after.who}`)),
      ),
    )
    .orderBy(desc(joinedAt), who)
    .limit(limit);
}
