import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../client.ts";
import { pushesToOneGroup, type InGroups } from "./warmup-in-groups.ts";

const count = z.coerce.number();
const Group = z.object({ groupId: z.string(), signups: count, invited: count });
const Member = z.object({
  memberId: z.string(),
  signups: count,
  invited: count,
  greeted: count,
  waiting: count,
  /** Customers who added the member by one of the show's codes, whether or not they signed up or stayed. */
  added: count,
});
/** Of whole minutes. */
type Span = { readonly from: number; readonly to: number };
const PLACES_MAX = 500;

/**
 * Sign-ups by customer group: that of the push by whose link somebody came, where it went to one alone; else the group that they stand in, the one that they
 * joined first. Of people WeCom does not know, only the first can be told.
 */
export async function warmupByGroup(
  db: Database,
  sessionId: string,
  { from, to, inGroups }: Span & { readonly inGroups: Pick<InGroups, "byGroup"> },
): Promise<z.infer<typeof Group>[]> {
  const found = await db.execute(sql`
    select t.group_id as "groupId", sum(o.signups) as signups, sum(o.invited) as invited from report_signup_counts o
      join ${pushesToOneGroup(sessionId)} t on t.task_id = o.via
    where o.session_id = ${sessionId} and o.minute >= ${from} and o.minute < ${to}
    group by 1 having sum(o.signups) > 0`);
  const groups = new Map<string, z.infer<typeof Group>>();
  for (const [groupId, { signups, invited }] of inGroups.byGroup) groups.set(groupId, { groupId, signups, invited });
  for (const { groupId, signups, invited } of z.array(Group).parse([...found])) {
    const stood = groups.get(groupId);
    groups.set(groupId, {
      groupId,
      signups: signups + (stood?.signups ?? 0),
      invited: invited + (stood?.invited ?? 0),
    });
  }
  return [...groups.values()].toSorted((a, b) => b.signups - a.signups).slice(0, PLACES_MAX);
}

/** Sign-ups by member: whose push or forwarded link somebody came by, else who looks after the source; and who added the member by a code of the show. */
export async function warmupByMember(
  db: Database,
  sessionId: string,
  { from, to }: Span,
): Promise<z.infer<typeof Member>[]> {
  const found = await db.execute(sql`
    with own as (
      select via, source_code, sum(signups) as signups, sum(invited) as invited, sum(greeted) as greeted, sum(waiting) as waiting
      from report_signup_counts where session_id = ${sessionId} and minute >= ${from} and minute < ${to} group by 1, 2),
    signed as (
      select coalesce(t.staff_id, r.owner_id) as member_id, sum(o.signups) as signups, sum(o.invited) as invited,
        sum(o.greeted) as greeted, sum(o.waiting) as waiting
      from own o
        left join push_tasks t on t.session_id = ${sessionId} and t.task_id = o.via
        left join report_sources r on r.session_id = ${sessionId} and r.code = o.source_code
      where coalesce(t.staff_id, r.owner_id) is not null
      group by 1 having sum(o.signups) > 0),
    adds as (
      select f.member_id, count(distinct f.contact_id) as added from wecom_follows f
        join report_sources r on r.wecom_code_id = f.code_id and r.session_id = ${sessionId}
      where f.since >= ${from} and f.since < ${to} group by 1)
    select coalesce(s.member_id, a.member_id) as "memberId", coalesce(s.signups, 0) as signups, coalesce(s.invited, 0) as invited,
      coalesce(s.greeted, 0) as greeted, coalesce(s.waiting, 0) as waiting, coalesce(a.added, 0) as added
    from signed s full join adds a on a.member_id = s.member_id
    order by 2 desc, 6 desc, 1 limit ${PLACES_MAX}`);
  return z.array(Member).parse([...found]);
}
