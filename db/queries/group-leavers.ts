import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../client.ts";

const Rows = z.array(z.object({ sessionId: z.string(), personId: z.string(), at: z.coerce.number() }));
export type Moved = z.infer<typeof Rows>[number];

/**
 * Who has signed up for a show, was found since `from` to have left the last customer group they stood in, and did so within the rule's time. As far as WeCom
 * knows who they are, and the follower has come. A rehearsal's clock is not WeCom's: there, whoever leaves leaves in time.
 */
export async function groupLeavers(db: Database, from: number): Promise<Moved[]> {
  const found = await db.execute(sql`
    with gone as (
      select m.who, max(m.left_at) as at from wecom_group_members m
      where m.left_at >= ${from} and m.customer
        and not exists (select from wecom_group_members o where o.who = m.who and o.left_at is null)
      group by 1)
    select s.session_id as "sessionId", s.person_id as "personId",
      max(case when h.rehearsal then s.signed_up_at else g.at end) as at
    from gone g
      join wecom_contacts c on c.id = g.who
      join identity_keys x on x.kind = 'externalUserid' and x.scope = c.corp_id and x.value = c.external_userid
      join identity_keys k on k.identity_id = x.identity_id and k.kind = 'person'
      join report_signups s on s.person_id = k.value and s.state = 'standing'
      join report_signup_rules r on r.session_id = s.session_id and r.leave_within_ms > 0
      join shows h on h.id = s.session_id
    where case when h.rehearsal then g.at >= h.created_at
      else g.at between s.signed_up_at and s.signed_up_at + r.leave_within_ms end
    group by 1, 2`);
  return Rows.parse([...found]);
}

/** People whose sign-up counts as left and who are in a customer group again, with when they joined it. */
export async function groupReturners(db: Database): Promise<Moved[]> {
  const found = await db.execute(sql`
    select s.session_id as "sessionId", s.person_id as "personId", min(m.joined_at) as at from report_signups s
      join identity_keys k on k.kind = 'person' and k.scope = '' and k.value = s.person_id
      join identity_keys x on x.identity_id = k.identity_id and x.kind = 'externalUserid'
      join wecom_contacts c on c.corp_id = x.scope and c.external_userid = x.value
      join wecom_group_members m on m.who = c.id and m.left_at is null
    where s.state = 'left'
    group by 1, 2`);
  return Rows.parse([...found]);
}
