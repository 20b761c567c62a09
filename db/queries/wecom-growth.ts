import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../client.ts";

const Days = z.array(z.object({ day: z.string(), joins: z.number(), leaves: z.number() }));
export type GrowthDay = z.infer<typeof Days>[number];

/** Whose growth is asked for: one group's, that of all groups made for a code, or a corp's. */
export type GrowthOf =
  | { readonly groupId: string }
  | { readonly codeId: string; readonly kind: "group" | "contact" }
  | { readonly corpIds: readonly string[]; readonly purpose: string | null };

/** Customers who came and went, by day of the time zone; days on which nobody did are left out. */
export async function growthByDay(
  db: Database,
  of: GrowthOf,
  { from, to, timeZone }: { readonly from: number; readonly to: number; readonly timeZone: string },
): Promise<GrowthDay[]> {
  const source = sourceOf(of);
  const day = (column: SQL) => sql`to_char(to_timestamp(${column} / 1000.0) at time zone ${timeZone}, 'YYYY-MM-DD')`;
  const rows = await db.execute(sql`
    with stays as (${source})
    select day, sum(joins)::int as joins, sum(leaves)::int as leaves from (
      select ${day(sql`came`)} as day, 1 as joins, 0 as leaves from stays where came between ${from} and ${to}
      union all
      select ${day(sql`went`)}, 0, 1 from stays where went between ${from} and ${to}) moves
    group by day order by day`);
  return Days.parse([...rows]);
}

function sourceOf(of: GrowthOf): SQL {
  if ("groupId" in of) {
    return sql`select joined_at as came, left_at as went from wecom_group_members where group_id = ${of.groupId} and customer`;
  }
  if ("codeId" in of) {
    return of.kind === "group"
      ? sql`select joined_at as came, left_at as went from wecom_group_members where code_id = ${of.codeId} and customer`
      : sql`select since as came, removed_at as went from wecom_follows where code_id = ${of.codeId}`;
  }
  const purpose = of.purpose === null ? sql`true` : sql`g.purpose = ${of.purpose}`;
  return sql`
    select m.joined_at as came, m.left_at as went from wecom_group_members m join wecom_groups g on g.id = m.group_id
    where g.corp_id in ${[...of.corpIds]} and ${purpose} and m.customer`;
}

const Sources = z.array(
  z.object({
    scene: z.string(),
    codeId: z.string().nullable(),
    invitorId: z.string().nullable(),
    joins: z.number(),
    still: z.number(),
  }),
);
export type JoinSource = z.infer<typeof Sources>[number];

/** How customers joined a group since then, by scene, code and inviting colleague, and how many of them are still in it. */
export async function joinSources(db: Database, groupId: string, since: number): Promise<JoinSource[]> {
  const rows = await db.execute(sql`
    select scene, code_id as "codeId", invitor_id as "invitorId",
      count(*)::int as joins, count(*) filter (where left_at is null)::int as still
    from wecom_group_members
    where group_id = ${groupId} and customer and joined_at >= ${since}
    group by 1, 2, 3 order by joins desc, 1, 2, 3 limit 200`);
  return Sources.parse([...rows]);
}
