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
  const among = memberId === undefined ? upTo(sessionId, asked) : ofMember(sessionId, memberId, asked);
  const found = await db.execute(sql`
    with ${waiting(sessionId, among)}
    select w.id, w.kind, w.since, w.source_code as "sourceCode", w.code_id as "codeId", w.inviter_n as "inviterN", w.name,
      w.member_id as "memberId",
      coalesce((select array_agg(m.group_id order by m.joined_at) from wecom_group_members m
        where m.who = w.contact_id and m.left_at is null), '{}') as "groupIds"
    from waiting w
    where (${memberId ?? null}::text is null or w.member_id = ${memberId ?? null})
      and (${after?.since ?? null}::bigint is null or (w.since, w.id) > (${after?.since ?? 0}::bigint, ${after?.id ?? ""}::text))
    order by w.since, w.id limit ${limit}`);
  return z.array(Row).parse([...found]);
}

const Waiting = z.object({ memberId: z.string().nullable(), waiting: z.coerce.number(), oldestAt: at });

/** How many wait, by whose they are; `null`: nobody's yet. */
export async function waitingByMember(db: Database, sessionId: string): Promise<z.infer<typeof Waiting>[]> {
  const found = await db.execute(sql`
    with ${waiting(sessionId, sql``)}
    select member_id as "memberId", count(*) as waiting, min(since) as "oldestAt" from waiting group by 1 order by 3`);
  return z.array(Waiting).parse([...found]);
}

/** `among`: which of the sign-ups, for of a million those that can't stand on the page need not be looked up in WeCom. */
const waiting = (sessionId: string, among: SQL) => sql`
  signed as (
    select s.n, s.person_id as id, s.signed_up_at as since, s.source_code, s.via, s.inviter_n from report_signups s
    where s.session_id = ${sessionId} and s.state = 'standing' and s.greeted_at is null ${among}),
  signed_contacts as (
    select distinct on (s.id) s.id, c.id as contact_id, f.member_id from signed s
      join identity_keys k on k.kind = 'person' and k.scope = '' and k.value = s.id
      join identity_keys x on x.identity_id = k.identity_id and x.kind = 'externalUserid'
      join wecom_contacts c on c.corp_id = x.scope and c.external_userid = x.value
      left join wecom_follows f on f.contact_id = c.id and f.removed_at is null
    order by s.id, f.since desc nulls last),
  came as (
    select f.contact_id, f.member_id, f.since, f.code_id from wecom_follows f
      join report_sources r on r.wecom_code_id = f.code_id and r.session_id = ${sessionId}
    where f.removed_at is null
    union all
    select m.who, g.owner_id, m.joined_at, m.code_id from wecom_group_members m
      join report_sources r on r.wecom_code_id = m.code_id and r.session_id = ${sessionId}
      join wecom_groups g on g.id = m.group_id
    where m.left_at is null and m.customer),
  contacts as (
    select distinct on (e.contact_id) e.* from came e
    where not exists (select from contact_greetings q where q.session_id = ${sessionId} and q.contact_id = e.contact_id)
      -- Who signed up too stands in the log, greeted or not.
      and not exists (
        select from wecom_contacts c
          join identity_keys x on x.kind = 'externalUserid' and x.scope = c.corp_id and x.value = c.external_userid
          join identity_keys k on k.identity_id = x.identity_id and k.kind = 'person'
          join report_signups s on s.session_id = ${sessionId} and s.person_id = k.value
        where c.id = e.contact_id)
    order by e.contact_id, e.since),
  waiting as (
    select s.id, 'signup' as kind, s.since, s.source_code, null::text as code_id, s.inviter_n, p.name,
      coalesce(y.member_id, t.staff_id, r.owner_id) as member_id, y.contact_id
    from signed s
      left join persons p on p.id = s.id
      left join signed_contacts y on y.id = s.id
      left join push_tasks t on t.session_id = ${sessionId} and t.task_id = s.via
      left join report_sources r on r.session_id = ${sessionId} and r.code = lower(s.source_code)
    union all
    select e.contact_id, 'contact', e.since, r.code, e.code_id, null, c.name, coalesce(e.member_id, r.owner_id), e.contact_id
    from contacts e
      join report_sources r on r.session_id = ${sessionId} and r.wecom_code_id = e.code_id
      left join wecom_contacts c on c.id = e.contact_id)`;

type Page = Pick<ContactsAsked, "after" | "limit">;

/** As many as a page can hold. They are in the order of their numbers, for time never runs back in a log; those of the last one's millisecond all come. */
const upTo = (sessionId: string, { after, limit }: Page) => sql`
  and s.signed_up_at >= ${after?.since ?? 0}::bigint
  and s.signed_up_at <= coalesce((
    select t.signed_up_at from report_signups t
    where t.session_id = ${sessionId} and t.state = 'standing' and t.greeted_at is null
      and (t.signed_up_at, t.person_id) > (${after?.since ?? 0}::bigint, ${after?.id ?? ""}::text)
    order by t.n offset ${limit - 1} limit 1), 9223372036854775807)`;

/** Those who are a member's contacts, and of those who are the member's without being anybody's contact as many as a page can hold. */
const ofMember = (sessionId: string, memberId: string, { after, limit }: Page) => sql`
  and s.n in (
    select o.n from wecom_follows f
      join wecom_contacts c on c.id = f.contact_id
      join identity_keys x on x.kind = 'externalUserid' and x.scope = c.corp_id and x.value = c.external_userid
      join identity_keys k on k.identity_id = x.identity_id and k.kind = 'person' and k.scope = ''
      join report_signups o on o.session_id = ${sessionId} and o.person_id = k.value
    where f.member_id = ${memberId} and f.removed_at is null
    union all
    (with first as (
      select o.n, o.signed_up_at from (
        -- Kept apart, for to look somebody up in WeCom is dear: only until the page is full.
        select s.n, s.signed_up_at, s.person_id from report_signups s
          left join push_tasks t on t.session_id = ${sessionId} and t.task_id = s.via
          left join report_sources r on r.session_id = ${sessionId} and r.code = lower(s.source_code)
        where s.session_id = ${sessionId} and s.state = 'standing' and s.greeted_at is null
          and coalesce(t.staff_id, r.owner_id) = ${memberId}
          and (s.signed_up_at, s.person_id) > (${after?.since ?? 0}::bigint, ${after?.id ?? ""}::text)
        order by s.n offset 0) o
      where (select f.member_id from identity_keys k
        join identity_keys x on x.identity_id = k.identity_id and x.kind = 'externalUserid'
        join wecom_contacts c on c.corp_id = x.scope and c.external_userid = x.value
        join wecom_follows f on f.contact_id = c.id and f.removed_at is null
        where k.kind = 'person' and k.scope = '' and k.value = o.person_id limit 1) is null
      order by o.n limit ${limit}),
    last as (select max(n) as n, max(signed_up_at) as at from first)
    select n from first
    union all
    select o.n from report_signups o, last where o.session_id = ${sessionId} and o.n > last.n and o.n < coalesce((
      select l.n from report_signups l where l.session_id = ${sessionId} and l.n > last.n and l.signed_up_at > last.at
      order by l.n limit 1), 2147483647)))`;
