import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../client.ts";

const count = z.coerce.number();
const Group = z.object({ groupId: z.string(), signups: count, invited: count });
const Member = z.object({ memberId: z.string(), signups: count, invited: count, greeted: count, waiting: count });
type Span = { readonly from: number; readonly to: number };

/**
 * Sign-ups by customer group: that of the push by whose link somebody came, where it went to one alone; else the group that they stand in, the one that they
 * joined first. Of people WeCom does not know, only the first can be told.
 */
export async function warmupByGroup(db: Database, sessionId: string, span: Span): Promise<z.infer<typeof Group>[]> {
  const found = await db.execute(sql`
    with ${ownSignups(sessionId, span)},
    of_task as (
      select task_id, min(target_id) as group_id from push_targets
      where session_id = ${sessionId} and target_id like 'g\\_%' group by 1 having count(*) = 1),
    stays as (
      select distinct on (o.n) o.n, m.group_id from own o
        join identity_keys k on k.kind = 'person' and k.scope = '' and k.value = o.person_id
        join identity_keys x on x.identity_id = k.identity_id and x.kind = 'externalUserid'
        join wecom_contacts c on c.corp_id = x.scope and c.external_userid = x.value
        join wecom_group_members m on m.who = c.id and m.left_at is null
      order by o.n, m.joined_at),
    placed as (
      select o.n, o.standing, coalesce(t.group_id, y.group_id) as group_id from own o
        left join of_task t on t.task_id = o.via
        left join stays y on y.n = o.n)
    select group_id as "groupId", count(*) as signups, count(*) filter (where standing = 'counts') as invited
    from placed where group_id is not null group by 1 order by 2 desc limit 500`);
  return z.array(Group).parse([...found]);
}

/** Sign-ups by member: whose push or forwarded link somebody came by, else who looks after the source. */
export async function warmupByMember(db: Database, sessionId: string, span: Span): Promise<z.infer<typeof Member>[]> {
  const found = await db.execute(sql`
    with ${ownSignups(sessionId, span)},
    placed as (
      select o.standing, o.state, o.greeted_at, coalesce(t.staff_id, r.owner_id) as member_id from own o
        left join push_tasks t on t.session_id = ${sessionId} and t.task_id = o.via
        left join report_sources r on r.session_id = ${sessionId} and r.code = lower(o.source_code))
    select member_id as "memberId", count(*) as signups, count(*) filter (where standing = 'counts') as invited,
      count(greeted_at) as greeted, count(*) filter (where greeted_at is null and state = 'standing') as waiting
    from placed where member_id is not null group by 1 order by 2 desc limit 500`);
  return z.array(Member).parse([...found]);
}

const ownSignups = (sessionId: string, { from, to }: Span) => sql`own as (
  select n, person_id, via, source_code, standing, state, greeted_at from report_signups
  where session_id = ${sessionId} and state <> 'merged' and signed_up_at >= ${from} and signed_up_at < ${to})`;
