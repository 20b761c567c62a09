import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../client.ts";

const at = z.coerce.number();
const Row = z.object({
  /** `v_…`: signed up; `x_…`: added a member, or joined a group, by one of the show's codes. */
  id: z.string(),
  kind: z.enum(["signup", "contact"]),
  since: at,
  sourceCode: z.string().nullable(),
  codeId: z.string().nullable(),
  inviterN: z.number().nullable(),
  /** To be masked. */
  name: z.string().nullable(),
  memberId: z.string().nullable(),
  groupIds: z.array(z.string()),
});
export type FirstContact = z.infer<typeof Row>;

export type ContactsAsked = {
  readonly memberId?: string | undefined;
  /** `since` and id of the last one that was shown. */
  readonly after: { readonly since: number; readonly id: string } | null;
  readonly limit: number;
};

/**
 * Who signed up for a show, or came to a member by one of its codes, and has not been greeted: the one who waits longest first. Whose they are: the member whom
 * they have as a contact, else whose push they came by, else who looks after their source.
 */
export async function firstContacts(db: Database, sessionId: string, asked: ContactsAsked): Promise<FirstContact[]> {
  const { memberId, after, limit } = asked;
  const found = await db.execute(sql`
    with ${linksOfOthers(sessionId, memberId)},
    among as (${among(sessionId, asked)}),
    waiting as (
      select a.person_id as id, 'signup' as kind, a.signed_up_at as since, s.source_code, null::text as code_id, s.inviter_n, p.name,
        coalesce(y.member_id, t.staff_id, r.owner_id) as member_id, y.contact_id
      from among a
        join report_signups s on s.session_id = ${sessionId} and s.n = a.n
        left join persons p on p.id = a.person_id
        left join report_signup_contacts y on y.session_id = ${sessionId} and y.n = a.n
        left join push_tasks t on t.session_id = ${sessionId} and t.task_id = s.via
        left join report_sources r on r.session_id = ${sessionId} and r.code = lower(s.source_code)
      union all
      select w.contact_id, 'contact', w.since, w.source_code, w.code_id, null, c.name, w.member_id, w.contact_id
      from (
        select * from report_came_contacts c
        where session_id = ${sessionId} ${memberId === undefined ? sql`` : sql`and member_id = ${memberId}`}
          and (since, contact_id) > (${after?.since ?? 0}::bigint, ${after?.id ?? ""}::text)
          and ${isNotGreeted(sessionId)}
        order by since, contact_id limit ${limit}) w
        left join wecom_contacts c on c.id = w.contact_id)
    select w.id, w.kind, w.since, w.source_code as "sourceCode", w.code_id as "codeId", w.inviter_n as "inviterN", w.name,
      w.member_id as "memberId",
      coalesce((select array_agg(m.group_id order by m.joined_at) from wecom_group_members m
        where m.who = w.contact_id and m.left_at is null), '{}') as "groupIds"
    from waiting w order by w.since, w.id limit ${limit}`);
  return z.array(Row).parse([...found]);
}

const Waiting = z.object({ memberId: z.string().nullable(), waiting: z.coerce.number(), oldestAt: at });

/**
 * How many wait, by whose they are; `null`: nobody's yet. Who signed up is counted already: a member's contacts by the member, all others by the push and source of
 * their link, of each of which only the one who waits longest is looked up.
 */
export async function waitingByMember(db: Database, sessionId: string): Promise<z.infer<typeof Waiting>[]> {
  const found = await db.execute(sql`
    with ${linksOfOthers(sessionId, undefined)},
    counted as (
      select c.key as member_id, c.waiting, o.signed_up_at as oldest from report_contact_counts c
        cross join lateral (
          select signed_up_at from report_signup_contacts
          where session_id = ${sessionId} and member_id = c.key and waiting order by signed_up_at, person_id limit 1) o
      where c.session_id = ${sessionId} and c.kind = 'member' and c.waiting > 0
      union all
      select l.member_id, l.waiting, o.signed_up_at from links l
        cross join lateral (${signupsByLink(sessionId)} order by s.signed_up_at, s.person_id limit 1) o
      union all
      select c.member_id, count(*), min(c.since) from report_came_contacts c
      where c.session_id = ${sessionId} and ${isNotGreeted(sessionId)} group by 1)
    select member_id as "memberId", sum(waiting) as waiting, min(oldest) as "oldestAt" from counted group by 1 order by 3`);
  return z.array(Waiting).parse([...found]);
}

const isNotGreeted = (sessionId: string) => sql`
  not exists (select from contact_greetings q where q.session_id = ${sessionId} and q.contact_id = c.contact_id)`;

/** How many wait by each push and source who are no member's contacts, and whose they are then; of one member or all. */
function linksOfOthers(sessionId: string, memberId: string | undefined): SQL {
  const tasks = sql`select task_id, staff_id from push_tasks where session_id = ${sessionId}`;
  const sources = sql`select code, owner_id from report_sources where session_id = ${sessionId}`;
  const own = sql`
    and (via in (select task_id from (${tasks}) t where staff_id = ${memberId})
      or source_code in (select code from (${sources}) r where owner_id = ${memberId}))`;
  return sql`
    links as materialized (
      select w.via, w.source_code, w.waiting - coalesce(k.waiting, 0) as waiting, coalesce(t.staff_id, r.owner_id) as member_id
      from (
        select via, source_code, sum(waiting) as waiting from report_signup_counts
        where session_id = ${sessionId} and waiting <> 0 ${memberId === undefined ? sql`` : own} group by 1, 2) w
        left join report_contact_counts k
          on k.session_id = ${sessionId} and k.kind = 'link' and k.hour = 0 and k.key = w.via and k.more = w.source_code
        left join (${tasks}) t on t.task_id = w.via
        left join (${sources}) r on r.code = w.source_code
      where w.waiting > coalesce(k.waiting, 0))`;
}

/** Of the link `l`, who are no member's contacts. */
const signupsByLink = (sessionId: string) => sql`
  select s.n, s.person_id, s.signed_up_at from report_signups s
  where s.session_id = ${sessionId} and s.greeted_at is null and s.state = 'standing' and not s.is_contact
    and coalesce(s.via, '') = l.via and coalesce(lower(s.source_code), '') = l.source_code`;

/** Sign-ups that can stand on the page: of a million only these are looked at. */
function among(sessionId: string, { memberId, after, limit }: ContactsAsked): SQL {
  const page = (signups: SQL) => sql`(
    ${signups} and (s.signed_up_at, s.person_id) > (${after?.since ?? 0}::bigint, ${after?.id ?? ""}::text)
    order by s.signed_up_at, s.person_id limit ${limit})`;
  if (memberId === undefined) {
    return page(sql`
      select s.n, s.person_id, s.signed_up_at from report_signups s
      where s.session_id = ${sessionId} and s.state = 'standing' and s.greeted_at is null`);
  }
  return sql`
    ${page(sql`
      select s.n, s.person_id, s.signed_up_at from report_signup_contacts s
      where s.session_id = ${sessionId} and s.member_id = ${memberId} and s.waiting`)}
    union all
    select o.* from links l cross join lateral ${page(signupsByLink(sessionId))} o where l.member_id = ${memberId}`;
}
