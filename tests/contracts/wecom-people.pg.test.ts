import pino from "pino";
import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase, type DatabaseClient } from "#db/client.ts";
import { codeFigures } from "#db/queries/wecom-code-figures.ts";
import { wecomCodes } from "#db/schema/wecom-codes.ts";
import {
  wecomContacts,
  wecomFollows,
  wecomGroupMembers,
  wecomGroups,
  wecomMembers,
  wecomSync,
} from "#db/schema/wecom-people.ts";
import { identityKeys } from "#db/schema/wecom-identities.ts";
import { instant } from "#domain/units.ts";
import type { ContactCodeWish, GroupCodeWish } from "#server/wecom/codes/code-shape.ts";
import { type Emulator, startEmulator } from "#server/wecom/emulator/start.ts";
import { createGroupsAndPeople, type GroupsAndPeople } from "#server/wecom/groups-and-people.ts";
import { createRehearsalWecom } from "#server/wecom/rehearsal-wecom.ts";
import { createWecomFor } from "#server/wecom/wecom-for.ts";
import { testDatabase, type TestDatabase } from "../support/pg.ts";
import { memoryDirectory } from "#tests/support/memory-directory.ts";

/** Sync and codes against the stand-in, which was written from WeCom's document alone. */

const corp = "w_example";
let database: TestDatabase;
let client: DatabaseClient;
let wecom: Emulator;
let house: GroupsAndPeople;
let wecomCorp: ReturnType<Emulator["control"]["seed"]>;
/** How far our clock is ahead of the machine's. */
let ahead = 0;
const closing: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  database = await testDatabase();
  client = openDatabase({ url: database.url, name: "test", connectionsMax: 6 });
  wecom = await startEmulator();
});
afterAll(async () => {
  await wecom.close();
  await client.close();
  await database.drop();
});
beforeEach(async () => {
  ahead = 0;
  await client.db.execute(sql`truncate wecom_groups, wecom_group_members, wecom_members, wecom_contacts, wecom_follows,
    wecom_tags, wecom_sync, wecom_codes, identity_keys, identity_facts cascade`);
  await wecom.control.ask("POST", "/emulator/reset");
  wecomCorp = wecom.control.seed({ staff: 7, groups: 45, customers: 250, customersPerGroup: 9 });
  house = openHouse();
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

function openHouse(): GroupsAndPeople {
  const [app] = wecomCorp.apps.values();
  if (!app) throw new Error("a seeded corp has an app");
  const place = { baseUrl: wecom.url, corpId: wecomCorp.corpId, agentId: app.agentId, secret: app.secret };
  const log = pino({ level: "silent" });
  const standIns = {
    corp: (id: string) => Promise.resolve(id === corp ? place : null),
    robot: () => Promise.resolve(null),
  };
  const rehearsal = createRehearsalWecom({ standIns, log });
  const nobody = {
    world: "real" as const,
    clientFor: () => Promise.resolve(null),
    robotFor: () => Promise.resolve(null),
  };
  const wecomFor = createWecomFor(nobody, rehearsal);
  const made = createGroupsAndPeople({
    db: client.db,
    wecomFor,
    wecomUrl: wecom.url,
    directory: memoryDirectory(),
    log,
    now: () => Date.now() + ahead,
  });
  closing.push(
    () => rehearsal.close(),
    () => made.close(),
  );
  return made;
}

const rows = () => client.db.select().from(wecomSync).where(eq(wecomSync.corpId, corp));
async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error("it did not come true");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const isDone = async () => {
  const all = await rows();
  return all.length === 5 && all.every(({ state }) => state === "done");
};
async function syncWhole(): Promise<void> {
  await house.sync.start(corp);
  house.sync.begin();
  await until(isDone);
}
const count = async (
  table:
    | typeof wecomGroups
    | typeof wecomMembers
    | typeof wecomContacts
    | typeof wecomFollows
    | typeof wecomGroupMembers,
) => client.db.$count(table);
const fault = (path: string, kind: string, over: object = {}) =>
  wecom.control.ask("POST", "/emulator/faults", { path, kind, ...over });
const Calls = z.object({ calls: z.array(z.unknown()) });
const asked = async (path: string) =>
  Calls.parse(await wecom.control.ask("GET", "/emulator/calls", { path, limit: 2_000 })).calls.length;

describe("a whole reading", () => {
  it("finds all groups, staff, customers and who has whom, and says how far it is", async () => {
    await syncWhole();
    expect(await count(wecomGroups)).toBe(wecomCorp.groups.size);
    expect(await count(wecomMembers)).toBe(wecomCorp.staff.size);
    expect(await count(wecomContacts)).toBe(wecomCorp.customers.size);
    const inGroups = [...wecomCorp.groups.values()].reduce((sum, { members }) => sum + members.length, 0);
    expect(await count(wecomGroupMembers)).toBe(inGroups);
    const groups = await client.db.select().from(wecomGroups);
    expect(groups.every(({ readAt, readFrom, ownerId }) => readAt !== null && readFrom === null && ownerId)).toBe(true);
    expect((await rows()).map(({ done, total }) => done === total)).not.toContain(false);
    const customers = (await rows()).find(({ part }) => part === "customers");
    expect(customers?.done).toBe(await count(wecomFollows));
    // Every customer has a unionid there, so each is an identity of two keys.
    expect(await client.db.$count(identityKeys)).toBe(2 * wecomCorp.customers.size);
  });

  it("twice, it changes nothing", async () => {
    await syncWhole();
    const before = [await count(wecomGroupMembers), await count(wecomFollows), await client.db.$count(identityKeys)];
    await syncWhole();
    expect([await count(wecomGroupMembers), await count(wecomFollows), await client.db.$count(identityKeys)]).toEqual(
      before,
    );
    const left = await client.db
      .select()
      .from(wecomGroupMembers)
      .where(sql`left_at is not null`);
    expect(left).toHaveLength(0);
  });

  it("cut in the middle by the end of its process, another one goes on with what is left", async () => {
    await fault("groupchat/get", "slow", { times: 1_000, delayMs: 200 });
    await house.sync.start(corp);
    house.sync.begin();
    await until(async () => (await client.db.$count(wecomGroups, sql`read_at is not null`)) >= 10);
    await house.close();
    const before = await client.db.$count(wecomGroups, sql`read_at is not null`);
    expect(before).toBeLessThan(wecomCorp.groups.size);
    await wecom.control.ask("DELETE", "/emulator/faults");
    const already = await asked("groupchat/list");
    // Groups that were being read are claimed for a minute.
    ahead = 61_000;
    house = openHouse();
    house.sync.begin();
    await until(isDone);
    expect(await asked("groupchat/list")).toBe(already);
    expect(await client.db.$count(wecomGroups, sql`read_at is not null`)).toBe(wecomCorp.groups.size);
  });

  it("who left and which group is gone is found without any callback", async () => {
    await syncWhole();
    const [first, second] = [...wecomCorp.groups.values()];
    const member = first?.members.at(-1);
    if (!first || !second || !member) throw new Error("a seeded corp has groups");
    await wecom.control.ask("POST", `/emulator/groups/${first.chatId}/leave`, { id: member.id });
    await wecom.control.ask("DELETE", `/emulator/groups/${second.chatId}`);
    // The stand-in shows changes some seconds late, as WeCom does.
    wecom.control.advance(10_000);
    await syncWhole();
    const left = await client.db.$count(wecomGroupMembers, sql`left_at is not null`);
    expect(left).toBe(1 + second.members.length);
    const [gone] = await client.db.select().from(wecomGroups).where(eq(wecomGroups.chatId, second.chatId));
    expect(gone?.dismissedAt).not.toBeNull();
  });

  it("a right that is missing stops it, says which, and it goes on when it is there", async () => {
    await fault("groupchat/list", "errcode", { errcode: 48002, times: 1 });
    await house.sync.start(corp);
    house.sync.begin();
    await until(async () => (await rows()).some(({ state }) => state === "failed"));
    const failed = (await rows()).find(({ state }) => state === "failed");
    expect(failed).toMatchObject({
      part: "groups",
      failure: { code: "wecom.permission", errcode: 48002, until: null },
    });
    await until(async () => (await rows()).every(({ state }) => state === "done" || state === "failed"));
    await house.sync.resume(corp);
    await until(isDone);
  });

  it("more owners than WeCom lists at once are asked for a hundred at a time", async () => {
    await fault("groupchat/list", "errcode", { errcode: 81017, times: 1 });
    await syncWhole();
    expect(await count(wecomGroups)).toBe(wecomCorp.groups.size);
  });
});

const groupWish = async (): Promise<z.infer<typeof GroupCodeWish>> => {
  const groups = await client.db.select().from(wecomGroups).limit(2);
  return {
    kind: "group",
    name: "示例群活码",
    channel: "直播间",
    groupIds: groups.map(({ id }) => id),
    nextGroup: null,
  };
};
const contactWish = async (): Promise<z.infer<typeof ContactCodeWish>> => {
  const members = await client.db.select().from(wecomMembers).limit(2);
  const memberIds = members.map(({ id }) => id);
  return {
    kind: "contact",
    name: "示例员工活码",
    channel: "包裹卡",
    memberIds,
    skipVerify: true,
    tagIds: [],
    welcome: null,
  };
};

describe("codes", () => {
  beforeEach(syncWhole);
  const made = (answer: Awaited<ReturnType<GroupsAndPeople["codes"]["create"]>>) => {
    if (typeof answer === "string") throw new Error(answer);
    return answer;
  };

  it("a group code is made, changed and deleted; who comes by it is counted for it", async () => {
    const row = made(await house.codes.create(corp, await groupWish(), "staff:p_1"));
    expect(row).toMatchObject({ status: "live", pending: false, failure: null });
    expect(row.qrUrl).toContain(row.configId ?? "-");
    const newcomer = z.object({ id: z.string() }).parse(await wecom.control.ask("POST", "/emulator/customers"));
    const scanned = await wecom.control.ask("POST", `/emulator/customers/${newcomer.id}/scan`, { code: row.configId });
    const { chatId } = z.object({ chatId: z.string() }).parse(scanned);
    wecom.control.advance(10_000);
    await house.people.groupChanged({
      corp,
      chatId,
      at: instant(Date.now()),
      detail: null,
      members: [],
      from: null,
      to: null,
    });
    await until(async () => (await codeFigures(client.db, [row.id]))[0]?.joins === 1);
    expect(await codeFigures(client.db, [row.id])).toMatchObject([{ customers: 1, joins: 1, leaves: 0 }]);
    const changed = made(await house.codes.change(row, { ...(await groupWish()), name: "改名" }));
    expect(changed).toMatchObject({ name: "改名", pending: false });
    expect([...wecomCorp.joinWays.values()].map(({ remark }) => remark)).toEqual(["改名"]);
    expect(made(await house.codes.remove(changed)).status).toBe("deleted");
    expect(wecomCorp.joinWays.size).toBe(0);
  });

  it("a contact code whose making had no answer is found by its state and never made twice", async () => {
    await fault("add_contact_way", "cutAfter");
    const row = made(await house.codes.create(corp, await contactWish(), "staff:p_1"));
    expect(row).toMatchObject({ status: "live", failure: null });
    expect(wecomCorp.contactWays.size).toBe(1);
    expect(wecomCorp.contactWays.has(row.configId ?? "")).toBe(true);
  });

  it("one that surely was not made is told as such only after half a minute, and can then be made", async () => {
    await fault("add_contact_way", "cutBefore");
    const row = made(await house.codes.create(corp, await contactWish(), "staff:p_1"));
    expect(row.status).toBe("unknown");
    expect(await house.codes.tryAgain(row, { mayExist: false })).toBe("code.mayExist");
    ahead = 31_000;
    const again = made(await house.codes.tryAgain(row, { mayExist: false }));
    expect(again.status).toBe("live");
    expect(wecomCorp.contactWays.size).toBe(1);
  });

  it("a group code whose making had no answer stays unknown until a person decides", async () => {
    await fault("add_join_way", "cutAfter");
    const row = made(await house.codes.create(corp, await groupWish(), "staff:p_1"));
    expect(row).toMatchObject({ status: "unknown", failure: { code: "wecom.noAnswer", errcode: null } });
    expect(await house.codes.tryAgain(row, { mayExist: false })).toBe("code.mayExist");
    const again = made(await house.codes.tryAgain(row, { mayExist: true }));
    expect(again.status).toBe("live");
  });

  it("what WeCom refuses is kept with its number and can be tried again", async () => {
    await fault("add_contact_way", "errcode", { errcode: 41054 });
    const row = made(await house.codes.create(corp, await contactWish(), "staff:p_1"));
    expect(row).toMatchObject({ status: "refused", failure: { code: "wecom.permission", errcode: 41054 } });
    expect(made(await house.codes.tryAgain(row, { mayExist: false })).status).toBe("live");
  });

  it("a change that did not reach WeCom is sent again by itself", async () => {
    const row = made(await house.codes.create(corp, await contactWish(), "staff:p_1"));
    await fault("update_contact_way", "http500", { times: 50 });
    const changed = made(await house.codes.change(row, { ...(await contactWish()), name: "新名字" }));
    expect(changed).toMatchObject({ pending: true, failure: { code: "wecom.noAnswer" } });
    await wecom.control.ask("DELETE", "/emulator/faults");
    ahead = 61_000;
    house.codes.begin();
    await until(async () => (await client.db.select().from(wecomCodes))[0]?.pending === false);
    expect([...wecomCorp.contactWays.values()].map(({ remark }) => remark)).toEqual(["新名字"]);
  });
});
