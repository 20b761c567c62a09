import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type DatabaseClient } from "#db/client.ts";
import { wecomContacts, wecomFollows, wecomGroups } from "#db/schema/wecom-people.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import { promised } from "#tests/support/machine-pace.ts";
import { resolveAudience } from "./resolve-audience.ts";

let database: TestDatabase;
let client: DatabaseClient;
beforeAll(async () => {
  database = await testDatabase();
  client = openDatabase({ url: database.url, name: "test", connectionsMax: 4 });
  const base = { corpId: "w_1", firstSeenAt: 1 };
  const group = (id: string, over: object = {}) => ({ ...base, id: `g_${id}`, chatId: id, ownerId: "m_a", ...over });
  await client.db
    .insert(wecomGroups)
    .values([
      group("live1", { purpose: "live", tags: ["老客"] }),
      group("live2", { purpose: "live", ownerId: "m_b" }),
      group("flash", { purpose: "flash", tags: ["老客", "华东"] }),
      group("gone", { purpose: "live", dismissedAt: 5 }),
      group("left", { purpose: "live", status: "ownerLeft" }),
      group("nobody", { purpose: "live", ownerId: null }),
      { ...group("other"), corpId: "w_2" },
    ]);
  await client.db
    .insert(wecomContacts)
    .values(["1", "2", "3"].map((id) => ({ ...base, id: `x_${id}`, externalUserid: id })));
  const follow = (contact: string, member: string, over: object = {}) => ({
    contactId: `x_${contact}`,
    memberId: `m_${member}`,
    since: 1,
    ...over,
  });
  await client.db
    .insert(wecomFollows)
    .values([
      follow("1", "a", { since: 9, tags: ["t1"] }),
      follow("1", "b", { since: 2, tags: ["t1", "t2"] }),
      follow("2", "a", { tags: ["t2"] }),
      follow("3", "a", { tags: ["t1"], removedAt: 7 }),
    ]);
});
afterAll(async () => {
  await client.close();
  await database.drop();
});

const nothing = { groupIds: [], ownerIds: [], purposes: [], tags: [], contactTagIds: [], staffIds: [] };
type Audience = Parameters<typeof resolveAudience>[1]["audience"];
const resolve = (kind: "groups" | "customers" | "forward", audience: Partial<Audience>) =>
  resolveAudience(client.db, { corpId: "w_1", kind, audience: { ...nothing, ...audience } });

describe("whom a selection means", () => {
  it("named groups, and those that fit owner, purpose and tag together, each once and with its owner", async () => {
    expect((await resolve("groups", { purposes: ["live", "flash"], tags: ["老客"] })).tasks).toEqual([
      { staffId: "m_a", targets: ["g_flash", "g_live1"] },
    ]);
    expect(
      (await resolve("groups", { groupIds: ["g_live2", "g_live1"], tags: ["老客"], ownerIds: ["m_a"] })).tasks,
    ).toEqual([
      { staffId: "m_a", targets: ["g_flash", "g_live1"] },
      { staffId: "m_b", targets: ["g_live2"] },
    ]);
    expect((await resolve("groups", {})).tasks).toEqual([]);
  });

  it("what nobody can send to is left out and said why", async () => {
    const named = await resolve("groups", { groupIds: ["g_gone", "g_other", "g_left", "g_nobody", "g_live1"] });
    expect(named.tasks).toEqual([{ staffId: "m_a", targets: ["g_live1"] }]);
    expect(named.leftOut.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
      { id: "g_gone", reason: "dismissed" },
      { id: "g_left", reason: "ownerless" },
      { id: "g_nobody", reason: "ownerless" },
      { id: "g_other", reason: "unknown" },
    ]);
    expect((await resolve("groups", { purposes: ["live"] })).leftOut.map(({ id }) => id)).not.toContain("g_gone");
  });

  it("who forwards: the owners of the groups, or those of them who are named", async () => {
    expect((await resolve("forward", { purposes: ["live"] })).tasks.map(({ staffId }) => staffId)).toEqual([
      "m_a",
      "m_b",
    ]);
    expect((await resolve("forward", { purposes: ["live"], staffIds: ["m_b"] })).tasks).toEqual([
      { staffId: "m_b", targets: ["g_live2"] },
    ]);
    expect((await resolve("forward", { staffIds: ["m_b"] })).tasks).toEqual([{ staffId: "m_b", targets: ["g_live2"] }]);
  });

  it("a customer of several members is sent to once, by whoever has had them longest; who removed the member is not", async () => {
    expect((await resolve("customers", { contactTagIds: ["t1", "t2"] })).tasks).toEqual([
      { staffId: "m_a", targets: ["x_2"] },
      { staffId: "m_b", targets: ["x_1"] },
    ]);
    expect((await resolve("customers", { ownerIds: ["m_a"], contactTagIds: ["t1"] })).tasks).toEqual([
      { staffId: "m_a", targets: ["x_1"] },
    ]);
    expect((await resolve("customers", {})).tasks).toEqual([]);
  });

  it("tasks hold no more than WeCom takes, and ten thousand groups are picked in under two seconds", async () => {
    await client.db.execute(sql`
      insert into wecom_groups (id, corp_id, chat_id, owner_id, purpose, first_seen_at)
      select 'g_many' || n, 'w_3', 'many' || n, 'm_' || (n % 3), 'live', 1 from generate_series(1, 10000) n`);
    await client.db.execute(sql`
      insert into wecom_contacts (id, corp_id, external_userid, first_seen_at) select 'x_many' || n, 'w_3', 'many' || n, 1 from generate_series(1, 25000) n`);
    await client.db.execute(sql`
      insert into wecom_follows (contact_id, member_id, since) select 'x_many' || n, 'm_big', 1 from generate_series(1, 25000) n`);
    const limit = promised(2_000);
    const startedAt = performance.now();
    const { tasks } = await resolveAudience(client.db, {
      corpId: "w_3",
      kind: "groups",
      audience: { ...nothing, purposes: ["live"] },
    });
    expect(performance.now() - startedAt).toBeLessThan(limit.onThisMachine());
    expect(tasks.map(({ targets }) => targets.length)).toEqual([2_000, 1_333, 2_000, 1_334, 2_000, 1_333]);
    expect(new Set(tasks.flatMap(({ targets }) => targets)).size).toBe(10_000);
    const customers = await resolveAudience(client.db, {
      corpId: "w_3",
      kind: "customers",
      audience: { ...nothing, staffIds: ["m_big"] },
    });
    expect(customers.tasks.map(({ targets }) => targets.length)).toEqual([10_000, 10_000, 5_000]);
  });
});
