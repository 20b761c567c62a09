import fc from "fast-check";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase, type Database, type DatabaseClient } from "#db/client.ts";
import { deletePerson } from "#db/queries/delete-person.ts";
import { firstContacts, waitingByMember } from "#db/queries/first-contacts.ts";
import { forgetContact } from "#db/queries/forget-wecom.ts";
import { keepSignupContacts } from "#db/queries/keep-signup-contacts.ts";
import { warmupInGroups } from "#db/queries/warmup-in-groups.ts";
import { contactsByExternal, saveFollows } from "#db/queries/wecom-contacts.ts";
import { endFollow } from "#db/queries/wecom-follows-of.ts";
import { reportSources } from "#db/schema/warmup-reports.ts";
import { identityFacts } from "#db/schema/wecom-identities.ts";
import { wecomContacts, wecomGroupMembers, wecomGroups } from "#db/schema/wecom-people.ts";
import { newId } from "#server/auth/ids.ts";
import { forgetCorp, joinKeys, restoreFact, undoFact } from "#server/wecom/identities/identities.ts";
import { keyOf } from "#server/wecom/identities/identity-key.ts";
import { joinUnionids } from "#server/wecom/identities/join-unionids.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import { keepContacts } from "./contact-keeper.ts";
import { COUNTED, moveCounts } from "./signup-counts.ts";

let database: TestDatabase;
let client: DatabaseClient;
let db: Database;
beforeAll(async () => {
  database = await testDatabase();
  client = openDatabase({ url: database.url, name: "test", connectionsMax: 4 });
  ({ db } = client);
});
afterAll(async () => {
  await client.close();
  await database.drop();
});

const TABLES =
  "identity_keys, identity_facts, wecom_contacts, wecom_follows, wecom_group_members, wecom_groups, report_signups, report_sources, persons, contact_marks, person_contacts, report_signup_contacts, report_contact_counts, report_came_contacts, report_signup_counts, contact_greetings";
const HOUR = 3_600_000;
const empty = async () => {
  await db.execute(sql.raw(`truncate ${TABLES}`));
  await db
    .insert(wecomGroups)
    .values([0, 1].map((n) => ({ id: `g_${n}`, corpId: "w", chatId: `c${n}`, ownerId: `m_${n}`, firstSeenAt: 1 })));
};
beforeEach(empty);

const external = (n: number) => `wm${n}`;
async function contact(n: number): Promise<string> {
  const seen = { externalUserid: external(n), unionid: null, name: null, type: 1 };
  const saved = await contactsByExternal(db, "w", [seen], { now: 1, newId: () => newId("x") });
  return saved.get(external(n)) ?? "";
}
async function signUp(n: number, person: number, more: { at?: number; via?: string; source?: string } = {}) {
  const { at = n * HOUR, via = null, source = null } = more;
  await db.execute(sql`
    insert into report_signups (session_id, n, person_id, signed_up_at, state, state_at, via, source_code, remind_by, standing)
    values ('s', ${n}, ${`v_${person}`}, ${at}, 'standing', ${at}, ${via}, ${source}, '{}', 'counts') on conflict do nothing`);
}
const stay = (who: string, group: number, joinedAt: number, codeId: string | null = null) =>
  db
    .insert(wecomGroupMembers)
    .values({ groupId: `g_${group}`, who, customer: true, joinedAt, scene: "code", codeId })
    .onConflictDoNothing();
const follow = (contactId: string, member: number, since: number, codeId: string | null = null) => {
  const one = { contactId, memberId: `m_${member}`, since, addWay: null, state: null, codeId, tags: [] };
  return saveFollows(db, [one], since);
};
const known = (person: number, n: number, now = 1) =>
  joinKeys(db, { a: keyOf.person(`v_${person}`), b: keyOf.externalUserid("w", external(n)), evidence: "oauth" }, now);

const LINKED = sql`
  select k.value as person_id, o.id as contact_id from wecom_contacts o
    join identity_keys x on x.kind = 'externalUserid' and x.scope = o.corp_id and x.value = o.external_userid
    join identity_keys k on k.identity_id = x.identity_id and k.kind = 'person'`;
/** As the tables that all follows from say it. */
const TRUE_ROWS = sql`
  select s.n, s.person_id, f.contact_id, f.member_id, (
      select m.group_id from (${LINKED}) l join wecom_group_members m on m.who = l.contact_id and m.left_at is null
      where l.person_id = s.person_id order by m.joined_at, m.group_id limit 1) as group_id,
    coalesce(s.standing = 'counts', false) as counted, s.state = 'standing' and s.greeted_at is null as waiting, f.member_id is not null as is_contact
  from report_signups s cross join lateral (
    select l.contact_id, f.member_id from (${LINKED}) l
      left join wecom_follows f on f.contact_id = l.contact_id and f.removed_at is null
    where l.person_id = s.person_id order by f.since desc nulls last, l.contact_id, f.member_id limit 1) f
  where s.state <> 'merged' order by s.n`;
const KEPT_ROWS = sql`
  select c.n, c.person_id, c.contact_id, c.member_id, c.group_id, c.counted, c.waiting, s.is_contact
  from report_signup_contacts c join report_signups s on s.session_id = c.session_id and s.n = c.n order by c.n`;
const TRUE_CAME = sql`
  select distinct on (e.contact_id) e.contact_id, coalesce(e.member_id, r.owner_id) as member_id, e.since, e.code_id from (
    select contact_id, member_id, since, code_id from wecom_follows where removed_at is null
    union all
    select m.who, g.owner_id, m.joined_at, m.code_id from wecom_group_members m join wecom_groups g on g.id = m.group_id
    where m.left_at is null) e
    join report_sources r on r.wecom_code_id = e.code_id
  where not exists (
    select from (${LINKED}) l join report_signups s on s.person_id = l.person_id where l.contact_id = e.contact_id)
  order by e.contact_id, e.since`;
const TRUE_COUNTS = sql`
  select kind, hour, key, more, sum(signups)::int as signups, sum(invited)::int as invited, sum(waiting)::int as waiting from (
    select 'source' as kind, signed_up_at - signed_up_at % ${HOUR} as hour, source_code as key, '' as more, 1 as signups,
      counted::int as invited, 0 as waiting from report_signup_contacts where group_id is not null
    union all
    select 'group', signed_up_at - signed_up_at % ${HOUR}, group_id, via, 1, counted::int, 0 from report_signup_contacts
    where group_id is not null
    union all
    select 'member', 0, member_id, '', 0, 0, 1 from report_signup_contacts where member_id is not null and waiting
    union all
    select 'link', 0, via, source_code, 0, 0, 1 from report_signup_contacts where member_id is not null and waiting) p
  group by 1, 2, 3, 4 order by 1, 2, 3, 4`;
const KEPT_COUNTS = sql`
  select kind, hour, key, more, signups, invited, waiting from report_contact_counts
  where signups <> 0 or invited <> 0 or waiting <> 0 order by 1, 2, 3, 4`;

const rows = async (query: ReturnType<typeof sql>) => [...(await db.execute(query))].map((row) => ({ ...row }));

async function expectTrue(): Promise<void> {
  await keepContacts(db);
  expect(await rows(KEPT_ROWS)).toEqual(await rows(TRUE_ROWS));
  expect(await rows(sql`select person_id, contact_id from person_contacts order by 1, 2`)).toEqual(
    await rows(sql`select * from (${LINKED}) l order by 1, 2`),
  );
  expect(await rows(KEPT_COUNTS)).toEqual(await rows(TRUE_COUNTS));
  expect(await rows(sql`select contact_id, member_id, since, code_id from report_came_contacts order by 1`)).toEqual(
    await rows(TRUE_CAME),
  );
  const strays = sql`
    select n from report_signups s where is_contact and not exists (
      select from report_signup_contacts c where c.session_id = s.session_id and c.n = s.n and c.member_id is not null)`;
  expect(await rows(strays)).toEqual([]);
}

const few = fc.nat(2);
const act = fc.oneof(
  fc.record({ kind: fc.constantFrom("contact", "forget", "delete", "signUp", "change", "merge"), a: few, b: few }),
  fc.record({ kind: fc.constantFrom("join", "union", "person", "undo", "restore", "move"), a: few, b: few }),
  fc.record({ kind: fc.constantFrom("stay", "leave", "follow", "unfollow", "source", "keep", "corp"), a: few, b: few }),
);
type Act = { readonly kind: string; readonly a: number; readonly b: number };

async function carryOut({ kind, a, b }: Act, now: number): Promise<void> {
  const [first] = (await db.select().from(wecomContacts)).toSorted((x, y) => (x.id < y.id ? -1 : 1)).slice(a);
  const fact = (await db.select().from(identityFacts)).toSorted((x, y) => x.at - y.at)[a];
  switch (kind) {
    case "contact":
      return void (await contact(a));
    case "forget":
      return void (await forgetContact(db, first?.id ?? ""));
    case "delete":
      return void (await deletePerson(db, `v_${a}`));
    case "signUp":
      return signUp(a + 1, b, { ...(b === 1 ? { via: "task" } : {}), ...(a === 1 ? { source: "Code" } : {}) });
    case "change":
      return void (await db.execute(sql`
        update report_signups set standing = case when standing = 'counts' then 'held' else 'counts' end,
          greeted_at = case when ${b} = 1 then 5 end, state = case when ${b} = 2 then 'left' else 'standing' end where n = ${a + 1}`));
    case "merge":
      return void (await db.execute(sql`update report_signups set state = 'merged' where n = ${a + 1}`));
    case "move":
      return void (await db.execute(sql`update report_signups set person_id = ${`v_${b}`} where n = ${a + 1}`));
    case "join":
      return void (await known(a, b, now));
    case "union":
      return joinUnionids(db, "w", [{ externalUserid: external(a), unionid: `u${b}` }], { evidence: "wecomRead", now });
    case "person":
      return void (await joinKeys(
        db,
        { a: keyOf.person(`v_${a}`), b: keyOf.unionid(`u${b}`), evidence: "oauth" },
        now,
      ));
    case "undo":
      return void (fact && (await undoFact(db, fact.id, { by: "p_1", now })));
    case "restore":
      return void (fact && (await restoreFact(db, fact.id, now)));
    case "stay":
      return void (first && (await stay(first.id, b % 2, now, b === 0 ? "q_1" : null)));
    case "leave":
      return void (await db.execute(
        sql`update wecom_group_members set left_at = ${now} where who = ${first?.id ?? ""} and left_at is null`,
      ));
    case "follow":
      return first && follow(first.id, b, now, b === 1 ? "q_1" : null);
    case "unfollow":
      return first && endFollow(db, { contactId: first.id, memberId: `m_${b}` }, { at: now, by: "customer" });
    case "source": {
      await db.delete(reportSources);
      const source = { sessionId: "s", sourceId: "src", code: "code", name: "门店", wecomCodeId: "q_1" };
      return void (b > 0 && (await db.insert(reportSources).values({ ...source, ownerId: b === 1 ? "m_9" : null })));
    }
    case "keep":
      return void (await keepSignupContacts(db, 1 + b));
    case "corp":
      return a === 2 && b === 2 ? forgetCorp(db, "w", now) : undefined;
  }
}

describe("whom WeCom knows of those who signed up", () => {
  it("is what keys, customers, stays and sign-ups say, in whatever way and order they came, changed and went", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 40 }), async (acts) => {
        await empty();
        for (const [at, one] of acts.entries()) await carryOut(one, 100 + at);
        await expectTrue();
      }),
      { numRuns: 60 },
    );
  });

  it("appears with a sign-in, changes hands with a merge, and is gone when somebody deletes their data", async () => {
    const id = await contact(1);
    await stay(id, 0, 5);
    await follow(id, 1, 5);
    await signUp(1, 1);
    await known(1, 1);
    await expectTrue();
    expect(await rows(KEPT_ROWS)).toMatchObject([{ n: 1, contact_id: id, member_id: "m_1", group_id: "g_0" }]);
    expect((await warmupInGroups(db, "s", { from: 0, to: 9 * HOUR })).byGroup.get("g_0")?.signups).toBe(1);
    // 设为不是同一人, and back; then the sign-up turns out to be another person's, whom nobody knows.
    const [fact] = await db.select().from(identityFacts);
    await undoFact(db, fact?.id ?? "", { by: "p_1", now: 3 });
    await expectTrue();
    expect(await rows(KEPT_ROWS)).toEqual([]);
    await restoreFact(db, fact?.id ?? "", 4);
    await carryOut({ kind: "move", a: 0, b: 2 }, 5);
    await expectTrue();
    expect(await rows(KEPT_ROWS)).toEqual([]);
    await carryOut({ kind: "move", a: 0, b: 1 }, 6);
    await expectTrue();
    expect(await rows(KEPT_ROWS)).toHaveLength(1);
    await deletePerson(db, "v_1");
    await expectTrue();
    for (const table of ["person_contacts", "report_signup_contacts", "report_came_contacts", "contact_marks"]) {
      expect(await rows(sql.raw(`select * from ${table}`)), table).toEqual([]);
    }
    expect(await rows(KEPT_COUNTS)).toEqual([]);
  });

  it("says so too of a customer whose person left, and of a sign-up that goes to somebody whom nobody knows", async () => {
    await db.insert(reportSources).values({ sessionId: "s", sourceId: "a", code: "a", name: "A", wecomCodeId: "q_1" });
    const id = await contact(1);
    await follow(id, 1, 5, "q_1");
    await joinUnionids(db, "w", [{ externalUserid: external(1), unionid: "u" }], { evidence: "wecomRead", now: 1 });
    await joinKeys(db, { a: keyOf.person("v_1"), b: keyOf.unionid("u"), evidence: "oauth" }, 2);
    await signUp(1, 1);
    await expectTrue();
    expect(await rows(sql`select n from report_signups where is_contact`)).toHaveLength(1);
    expect(await rows(TRUE_CAME)).toEqual([]);
    // Customer and unionid stay the one they were: nothing of them changes.
    const fact = (await db.select().from(identityFacts)).find(({ evidence }) => evidence === "oauth");
    await undoFact(db, fact?.id ?? "", { by: "p_1", now: 3 });
    await expectTrue();
    expect(await rows(TRUE_CAME)).toHaveLength(1);
    await restoreFact(db, fact?.id ?? "", 4);
    await expectTrue();
    await carryOut({ kind: "move", a: 0, b: 2 }, 5);
    await expectTrue();
  });

  it("a sign-up and a link that are written at the same time find each other, whoever is first", async () => {
    const signUpIn = (tx: Database) =>
      tx.execute(sql`
        insert into report_signups (session_id, n, person_id, signed_up_at, state, state_at, remind_by)
        values ('s', 1, 'v_1', 1, 'standing', 1, '{}')`);
    const linkIn = (tx: Database) =>
      tx.execute(sql`
      insert into identity_keys (identity_id, kind, scope, value, since)
      values ('y_1', 'person', '', 'v_1', 1), ('y_1', 'externalUserid', 'w', ${external(1)}, 1)`);
    for (const [early, late] of [
      [linkIn, signUpIn],
      [signUpIn, linkIn],
    ] as const) {
      await empty();
      await contact(1);
      const [written, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const slow = db.transaction(async (tx) => {
        await late(tx);
        written.resolve();
        await mayEnd.promise;
      });
      await written.promise;
      await db.transaction((tx) => early(tx));
      // Where the sign-up is the slow one it waits for it, which it could not see yet.
      const keeping = keepContacts(db);
      setTimeout(() => mayEnd.resolve(), 200);
      await Promise.all([slow, keeping]);
      await expectTrue();
      expect(await rows(KEPT_ROWS)).toHaveLength(1);
    }
  });

  it("of very many marks it leaves some for the next time, so that shows are followed meanwhile", async () => {
    await db.execute(sql`insert into contact_marks (contact_id) select 'x_' || n from generate_series(1, 4001) n`);
    expect(await keepContacts(db, 0)).toBe(true);
    expect(await rows(sql`select count(*)::int as left from contact_marks`)).toEqual([{ left: 2_001 }]);
    expect(await keepContacts(db, 10_000)).toBe(false);
    expect(await rows(sql`select id from contact_marks`)).toEqual([]);
  });

  it("figures of a stretch and lists of members come to what one by one comes to", async () => {
    await db.insert(reportSources).values([
      { sessionId: "s", sourceId: "a", code: "a", name: "A", ownerId: "m_1", wecomCodeId: "q_1" },
      { sessionId: "s", sourceId: "b", code: "b", name: "B", ownerId: null, wecomCodeId: null },
    ]);
    for (let n = 1; n <= 60; n += 1) {
      await signUp(n, n, { at: n * 10 * 60_000, ...(n % 3 === 0 ? {} : { source: n % 3 === 1 ? "A" : "b" }) });
      if (n % 2 === 0) await known(n, n);
      const id = n % 4 === 0 || n % 5 === 0 ? await contact(n) : "";
      if (id && n % 4 === 0) await stay(id, n % 8 === 0 ? 0 : 1, n);
      if (id && n % 5 === 0) await follow(id, n % 3, n, n % 15 === 0 ? "q_1" : null);
    }
    const face = sql`select 1 as sign, ${COUNTED} from report_signups where session_id = 's'`;
    await db.execute(sql`with face as (${face}) ${moveCounts("s")}`);
    await expectTrue();
    for (const [from, to] of [
      [0, 10 * HOUR],
      [40 * 60_000, 7.5 * HOUR],
      [2 * HOUR, 2.5 * HOUR],
      [100 * 60_000, 110 * 60_000],
    ] as const) {
      const { byGroup, bySource } = await warmupInGroups(db, "s", { from, to });
      const inSpan = (n: number) => n % 4 === 0 && n * 600_000 >= from && n * 600_000 < to;
      const numbers = Array.from({ length: 60 }, (_, at) => at + 1).filter(inSpan);
      expect(byGroup.get("g_0")?.signups ?? 0).toBe(numbers.filter((n) => n % 8 === 0).length);
      expect(bySource.get("a") ?? 0).toBe(numbers.filter((n) => n % 3 === 1).length);
      expect(bySource.get(null) ?? 0).toBe(numbers.filter((n) => n % 3 === 0).length);
    }
    const waiting = await waitingByMember(db, "s");
    for (const { memberId, waiting: count, oldestAt } of waiting.filter((row) => row.memberId !== null)) {
      const listed: Awaited<ReturnType<typeof firstContacts>> = [];
      for (;;) {
        const last = listed.at(-1);
        const after = last ? { since: last.since, id: last.id } : null;
        const page = await firstContacts(db, "s", { memberId: memberId ?? "", after, limit: 4 });
        if (page.length === 0) break;
        listed.push(...page);
      }
      expect(listed.length).toBe(count);
      expect(new Set(listed.map(({ id }) => id)).size).toBe(count);
      expect(listed[0]?.since).toBe(oldestAt);
      expect(listed.every((row) => row.memberId === memberId)).toBe(true);
    }
    const all = await firstContacts(db, "s", { after: null, limit: 1_000 });
    expect(waiting.reduce((sum, row) => sum + row.waiting, 0)).toBe(all.length);
    const byMember = Map.groupBy(all, ({ memberId }) => memberId);
    expect(new Map(waiting.map((row) => [row.memberId, row.waiting]))).toEqual(
      new Map([...byMember].map(([memberId, ofMember]) => [memberId, ofMember.length])),
    );
  });
});
