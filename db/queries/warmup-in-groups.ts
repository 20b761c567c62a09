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

const HOUR_MS = 3_600_000;
type Span = { readonly from: number; readonly to: number };

/** How many of a show's sign-ups WeCom knows, and how many of those are in a customer group. Lags WeCom and the log by about a second. */
export async function warmupInGroups(db: Database, sessionId: string, span: Span): Promise<InGroups> {
  const { from, to } = span;
  // Whole hours are counted already; what is left at either end is less than one.
  const first = Math.min(to, Math.ceil(from / HOUR_MS) * HOUR_MS);
  const last = Math.max(first, Math.floor(to / HOUR_MS) * HOUR_MS);
  const found = await db.execute(sql`
    with counted as (
      ${countedByHour(sessionId, { from: first, to: last })}
      union all ${countedOne(sessionId, { from, to: first })}
      union all ${countedOne(sessionId, { from: last, to })})
    select true as "ofSource", r.source_id as "sourceId", null as "groupId", sum(c.signups) as signups, sum(c.invited) as invited
    from counted c left join report_sources r on r.session_id = ${sessionId} and r.code = c.key
    where c.kind = 'source' group by 2
    union all
    select false, null, c.key, sum(c.signups), sum(c.invited)
    from counted c left join ${pushesToOneGroup(sessionId)} t on t.task_id = c.more
    where c.kind = 'group' and t.task_id is null group by 3`);
  const rows = z
    .array(Row)
    .parse([...found])
    .filter(({ signups }) => signups > 0);
  return {
    bySource: new Map(rows.flatMap((row) => (row.ofSource ? [[row.sourceId, row.signups]] : []))),
    byGroup: new Map(rows.flatMap((row) => (row.groupId === null ? [] : [[row.groupId, row]]))),
  };
}

const countedByHour = (sessionId: string, { from, to }: Span) => sql`
  select kind, key, more, signups, invited from report_contact_counts
  where session_id = ${sessionId} and kind in ('source', 'group') and hour >= ${from} and hour < ${to}`;

const countedOne = (sessionId: string, { from, to }: Span) => sql`
  select k.kind, case k.kind when 'source' then c.source_code else c.group_id end as key,
    case k.kind when 'source' then '' else c.via end as more, count(*) as signups, count(*) filter (where c.counted) as invited
  from report_signup_contacts c cross join (values ('source'), ('group')) k(kind)
  where c.session_id = ${sessionId} and c.group_id is not null and c.signed_up_at >= ${from} and c.signed_up_at < ${to}
  group by 1, 2, 3`;

/** SQL: push tasks that went to exactly one customer group, each with that group. */
export const pushesToOneGroup = (sessionId: string) => sql`(
  select task_id, min(target_id) as group_id from push_targets
  where session_id = ${sessionId} and target_id like 'g\\_%' group by 1 having count(*) = 1)`;
