import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../client.ts";

const Marks = z.array(z.object({ personId: z.string().nullable(), contactId: z.string().nullable() }));
const Links = z.array(z.object({ personId: z.string(), contactId: z.string().nullable() }));
const Signups = z.array(z.object({ sessionId: z.string(), n: z.int() }));
type Signup = z.infer<typeof Signups>[number];

/**
 * Takes the oldest marks and puts right whom WeCom knows of the sign-ups of those marked, with the counts of them. Answers how many marks it took; what is marked
 * meanwhile is for the next call. One at a time, whoever calls: others wait, up to the lock's time-out.
 */
export async function keepSignupContacts(db: Database, limit: number): Promise<number> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('lock_timeout', '2s', true)`);
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('contact marks'))`);
    const taken = await tx.execute(sql`
      delete from contact_marks where id in (select id from contact_marks order by id limit ${limit})
      returning person_id as "personId", contact_id as "contactId"`);
    const marks = Marks.parse([...taken]);
    if (marks.length === 0) return 0;
    const persons = new Set(marks.flatMap(({ personId }) => personId ?? []));
    const contacts = new Set(marks.flatMap(({ contactId }) => contactId ?? []));
    const links = await putLinks(tx, [...persons], [...contacts]);
    for (const { personId, contactId } of links) {
      persons.add(personId);
      if (contactId !== null) contacts.add(contactId);
    }
    const stale = await putSignups(tx, [...persons]);
    await putIsContact(tx, [...persons], stale);
    await putCame(tx, [...persons], [...contacts]);
    return marks.length;
  });
}

const idsIn = (ids: readonly string[]) => sql`jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb) as i(id)`;

/** Everybody whose row may have changed: those who are linked to a contact now, and those who were. */
async function putLinks(tx: Database, persons: readonly string[], contacts: readonly string[]) {
  const found = await tx.execute(sql`
    with so as (
      select k.value as person_id, o.id as contact_id from ${idsIn(persons)}
        join identity_keys k on k.kind = 'person' and k.scope = '' and k.value = i.id
        join identity_keys x on x.identity_id = k.identity_id and x.kind = 'externalUserid'
        join wecom_contacts o on o.corp_id = x.scope and o.external_userid = x.value
      union
      select k.value, o.id from ${idsIn(contacts)}
        join wecom_contacts o on o.id = i.id
        join identity_keys x on x.kind = 'externalUserid' and x.scope = o.corp_id and x.value = o.external_userid
        join identity_keys k on k.identity_id = x.identity_id and k.kind = 'person' and k.scope = ''),
    was as (
      select p.person_id, p.contact_id from ${idsIn(persons)} join person_contacts p on p.person_id = i.id
      union
      select p.person_id, p.contact_id from ${idsIn(contacts)} join person_contacts p on p.contact_id = i.id),
    gone as (
      delete from person_contacts p using (select * from was except select * from so) w
      where p.person_id = w.person_id and p.contact_id = w.contact_id),
    come as (insert into person_contacts (person_id, contact_id) select * from so except select * from was)
    select person_id as "personId", contact_id as "contactId" from so
    union select person_id, contact_id from was`);
  return Links.parse([...found]);
}

/** Adds to the counts exactly what the same statement changes in the rows they count. Returns the people whose rows changed. */
async function putSignups(tx: Database, persons: readonly string[]): Promise<Signup[]> {
  const found = await tx.execute(sql`
    with so as (
      select s.session_id, s.n, s.person_id, f.contact_id, f.member_id, g.group_id, s.signed_up_at, coalesce(s.via, '') as via,
        coalesce(lower(s.source_code), '') as source_code, coalesce(s.standing = 'counts', false) as counted,
        s.state = 'standing' and s.greeted_at is null as waiting
      from ${idsIn(persons)}
        join report_signups s on s.person_id = i.id and s.state <> 'merged'
        cross join lateral (
          select c.contact_id, f.member_id from person_contacts c
            left join wecom_follows f on f.contact_id = c.contact_id and f.removed_at is null
          where c.person_id = i.id order by f.since desc nulls last, c.contact_id, f.member_id limit 1) f
        left join lateral (
          select m.group_id from person_contacts c join wecom_group_members m on m.who = c.contact_id and m.left_at is null
          where c.person_id = i.id order by m.joined_at, m.group_id limit 1) g on true),
    was as (
      select r.* from ${idsIn(persons)} join report_signup_contacts r on r.person_id = i.id
      union
      -- The person of a sign-up may change.
      select r.* from so join report_signup_contacts r on r.session_id = so.session_id and r.n = so.n),
    stale as (select * from was except select * from so),
    fresh as (select * from so except select * from was),
    gone as (
      delete from report_signup_contacts r using stale t
      where r.session_id = t.session_id and r.n = t.n
        and not exists (select from fresh f where f.session_id = t.session_id and f.n = t.n)),
    put as (
      insert into report_signup_contacts as r (session_id, n, person_id, contact_id, member_id, group_id, signed_up_at, via, source_code,
        counted, waiting)
      select * from fresh on conflict (session_id, n) do update set
        person_id = excluded.person_id, contact_id = excluded.contact_id, member_id = excluded.member_id, group_id = excluded.group_id,
        signed_up_at = excluded.signed_up_at, via = excluded.via, source_code = excluded.source_code, counted = excluded.counted,
        waiting = excluded.waiting),
    face as (select -1 as sign, * from stale union all select 1, * from fresh),
    parts as (
      select session_id, 'source' as kind, signed_up_at - signed_up_at % 3600000 as hour, source_code as key, '' as more, sign as signups,
        sign * counted::int as invited, 0 as waiting from face where group_id is not null
      union all
      select session_id, 'group', signed_up_at - signed_up_at % 3600000, group_id, via, sign, sign * counted::int, 0 from face
      where group_id is not null
      union all
      select session_id, 'member', 0, member_id, '', 0, 0, sign from face where member_id is not null and waiting
      union all
      select session_id, 'link', 0, via, source_code, 0, 0, sign from face where member_id is not null and waiting),
    counted as (
      insert into report_contact_counts as c (session_id, kind, hour, key, more, signups, invited, waiting)
      select session_id, kind, hour, key, more, sum(signups), sum(invited), sum(waiting) from parts group by 1, 2, 3, 4, 5
      having sum(signups) <> 0 or sum(invited) <> 0 or sum(waiting) <> 0
      on conflict (session_id, kind, hour, key, more) do update set
        signups = c.signups + excluded.signups, invited = c.invited + excluded.invited, waiting = c.waiting + excluded.waiting)
    select session_id as "sessionId", n from stale`);
  return Signups.parse([...found]);
}

/** As `report_signup_contacts` says by now; rows that a follower made again say nothing yet. `stale`: whose sign-ups they are may have changed, too. */
async function putIsContact(tx: Database, persons: readonly string[], stale: readonly Signup[]): Promise<void> {
  await tx.execute(sql`
    update report_signups s set is_contact = not s.is_contact from (
      select o.session_id, o.n, exists (
        select from report_signup_contacts r where r.session_id = o.session_id and r.n = o.n and r.member_id is not null) as so
      from (
        select s.session_id, s.n from ${idsIn(persons)} join report_signups s on s.person_id = i.id
        union select "sessionId", n from jsonb_to_recordset(${JSON.stringify(stale)}::text::jsonb) as t("sessionId" text, n int)) o) w
    where s.session_id = w.session_id and s.n = w.n and s.is_contact <> w.so`);
}

async function putCame(tx: Database, persons: readonly string[], contacts: readonly string[]): Promise<void> {
  await tx.execute(sql`
    with own as (
      select id from ${idsIn(contacts)}
      union
      select p.contact_id from ${idsIn(persons)} join person_contacts p on p.person_id = i.id),
    so as (
      select distinct on (r.session_id, e.contact_id) r.session_id, e.contact_id, coalesce(e.member_id, r.owner_id) as member_id,
        e.since, e.code_id, r.code as source_code
      from own
        cross join lateral (
          select f.contact_id, f.member_id, f.since, f.code_id from wecom_follows f
          where f.contact_id = own.id and f.removed_at is null and f.code_id is not null
          union all
          select m.who, g.owner_id, m.joined_at, m.code_id from wecom_group_members m join wecom_groups g on g.id = m.group_id
          where m.who = own.id and m.left_at is null and m.customer and m.code_id is not null) e
        join report_sources r on r.wecom_code_id = e.code_id
      -- Who signed up stands in the log, greeted or not.
      where not exists (
        select from person_contacts p join report_signups s on s.person_id = p.person_id and s.session_id = r.session_id
        where p.contact_id = e.contact_id)
      order by r.session_id, e.contact_id, e.since, r.source_id),
    was as (select c.* from own join report_came_contacts c on c.contact_id = own.id),
    gone as (
      delete from report_came_contacts c using was w
      where c.session_id = w.session_id and c.contact_id = w.contact_id
        and not exists (select from so where so.session_id = w.session_id and so.contact_id = w.contact_id))
    insert into report_came_contacts (session_id, contact_id, member_id, since, code_id, source_code)
    select * from so except select * from was
    on conflict (session_id, contact_id) do update set
      member_id = excluded.member_id, since = excluded.since, code_id = excluded.code_id, source_code = excluded.source_code`);
}
