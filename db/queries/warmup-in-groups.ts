import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../client.ts";

const count = z.coerce.number();
const Row = z.object({
  ofSource: z.boolean(),
  sourceId: z.string().nullable(),
  groupId: z.string().nullable(),
  signups: count,
  invited: count,
});
export type InGroups = {
  /** How many of each source's sign-ups stand in a group; null: of no source. */
  readonly bySource: ReadonlyMap<string | null, number>;
  /** By the group that they joined first; who came by a push that went to one group alone is that group's, and left out. */
  readonly byGroup: ReadonlyMap<string, { readonly signups: number; readonly invited: number }>;
};

/** Which of a show's sign-ups stand in customer groups, of those whom WeCom knows. Of a million people this takes seconds, so it is asked once for both. */
export async function warmupInGroups(
  db: Database,
  sessionId: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<InGroups> {
  const found = await db.execute(sql`
    with stays as (
      select distinct on (s.n) s.n, s.via, s.source_code, s.standing, m.group_id from wecom_group_members m
        join wecom_contacts c on c.id = m.who
        join identity_keys x on x.kind = 'externalUserid' and x.scope = c.corp_id and x.value = c.external_userid
        join identity_keys k on k.identity_id = x.identity_id and k.kind = 'person' and k.scope = ''
        join report_signups s on s.session_id = ${sessionId} and s.person_id = k.value
      where m.left_at is null and s.state <> 'merged' and s.signed_up_at >= ${from} and s.signed_up_at < ${to}
      order by s.n, m.joined_at),
    placed as (
      select r.source_id, case when t.task_id is null then y.group_id end as group_id, y.standing from stays y
        left join report_sources r on r.session_id = ${sessionId} and r.code = lower(y.source_code)
        left join ${pushesToOneGroup(sessionId)} t on t.task_id = y.via)
    select grouping(source_id) = 0 as "ofSource", source_id as "sourceId", group_id as "groupId", count(*) as signups,
      count(*) filter (where standing = 'counts') as invited
    from placed group by grouping sets ((source_id), (group_id))`);
  const rows = z.array(Row).parse([...found]);
  return {
    bySource: new Map(rows.flatMap((row) => (row.ofSource ? [[row.sourceId, row.signups]] : []))),
    byGroup: new Map(rows.flatMap((row) => (row.ofSource || row.groupId === null ? [] : [[row.groupId, row]]))),
  };
}

/** Tasks of pushes that went to one customer group alone, each with that group. */
export const pushesToOneGroup = (sessionId: string) => sql`(
  select task_id, min(target_id) as group_id from push_targets
  where session_id = ${sessionId} and target_id like 'g\\_%' group by 1 having count(*) = 1)`;
