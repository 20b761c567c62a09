import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type DatabaseClient } from "#db/client.ts";
import { groupsByChat, lockGroup, markGroupChanged } from "#db/queries/wecom-groups.ts";
import { wecomCodes } from "#db/schema/wecom-codes.ts";
import { identityKeys } from "#db/schema/wecom-identities.ts";
import { wecomContacts, wecomFollows, wecomGroupMembers, wecomGroups } from "#db/schema/wecom-people.ts";
import { instant } from "#domain/units.ts";
import { newId } from "#server/auth/ids.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import type { Group, GroupMember } from "../api/groups.ts";
import type { ContactRead, FollowRead } from "../callbacks/people-contract.ts";
import { keepContacts } from "./keep-contacts.ts";
import { keepGroup } from "./keep-group.ts";
import { createPeople } from "./people.ts";

let database: TestDatabase;
let client: DatabaseClient;
beforeAll(async () => {
  database = await testDatabase();
  client = openDatabase({ url: database.url, name: "test", connectionsMax: 4 });
});
afterAll(async () => {
  await client.close();
  await database.drop();
});

const T = 1_800_000_000_000;
const corp = "w_example";

const member = (id: string, over: Partial<GroupMember> = {}): GroupMember => ({
  id,
  kind: "external",
  unionid: null,
  joinedAt: T,
  joinScene: "code",
  invitedBy: null,
  state: null,
  groupNickname: "",
  name: "",
  ...over,
});
const group = (chatId: string, members: readonly GroupMember[], over: Partial<Group> = {}): Group => ({
  chatId,
  name: "示例群",
  owner: "staff1",
  createdAt: T - 1_000,
  notice: "",
  admins: [],
  members,
  memberVersion: null,
  ...over,
});

async function rowOf(chatId: string) {
  const { db } = client;
  const id = (await groupsByChat(db, corp, [chatId], { now: T, newId: () => newId("g") })).get(chatId) ?? "";
  const row = await lockGroup(db, id);
  if (!row) throw new Error("no group");
  return row;
}
const read = async (chatId: string, members: readonly GroupMember[], now: number, over: Partial<Group> = {}) =>
  keepGroup(client.db, await rowOf(chatId), group(chatId, members, over), now);
const stays = async (chatId: string) =>
  client.db
    .select()
    .from(wecomGroupMembers)
    .where(eq(wecomGroupMembers.groupId, (await rowOf(chatId)).id));

describe("readings of a group", () => {
  it("who comes and goes has a stay; who comes back has two; a reading twice changes nothing", async () => {
    await read("c1", [member("wm1"), member("wm2")], T + 10);
    await read("c1", [member("wm1"), member("wm2")], T + 20);
    expect(await stays("c1")).toHaveLength(2);
    const gone = await read("c1", [member("wm1")], T + 30);
    expect(gone.left).toHaveLength(1);
    await read("c1", [member("wm1"), member("wm2", { joinedAt: T + 35 })], T + 40);
    const all = await stays("c1");
    expect(all).toHaveLength(3);
    expect(all.filter(({ leftAt }) => leftAt === null)).toHaveLength(2);
  });

  it("a reading that was late did not make anybody leave: the same beginning is the same stay", async () => {
    await read("c2", [member("wm1"), member("wm2")], T + 10);
    await read("c2", [member("wm1")], T + 20);
    await read("c2", [member("wm1"), member("wm2")], T + 30);
    expect((await stays("c2")).map(({ leftAt }) => leftAt)).toEqual([null, null]);
  });

  it("who left and was back between two readings has two stays that do not overlap", async () => {
    await read("c3", [member("wm1")], T + 10);
    await read("c3", [member("wm1", { joinedAt: T + 500 })], T + 1_000);
    const all = (await stays("c3")).toSorted((a, b) => a.joinedAt - b.joinedAt);
    expect(all.map(({ joinedAt, leftAt }) => [joinedAt, leftAt])).toEqual([
      [T, T + 500],
      [T + 500, null],
    ]);
  });

  it("after a change it is read again until the change shows, and not for ever", async () => {
    await read("c4", [member("wm1")], T + 10, { memberVersion: "1" });
    const { id } = await rowOf("c4");
    await markGroupChanged(client.db, id, { changedAt: T + 1_000, version: "2", readFrom: T + 4_000 });
    const late = await read("c4", [member("wm1")], T + 4_000, { memberVersion: "1" });
    expect(late.settled).toBe(false);
    expect((await rowOf("c4")).readFrom).toBe(T + 7_000);
    const shown = await read("c4", [member("wm1"), member("wm2", { joinedAt: T + 900 })], T + 7_000, {
      memberVersion: "2",
    });
    expect(shown).toMatchObject({ settled: true });
    expect(await rowOf("c4")).toMatchObject({ readFrom: null, changedAt: null, size: 2, customers: 2 });
    await markGroupChanged(client.db, id, { changedAt: T + 9_000, version: "never", readFrom: T + 9_000 });
    let tries = 0;
    while ((await rowOf("c4")).readFrom !== null && tries < 20) {
      tries += 1;
      await read("c4", [member("wm1")], T + 10_000 + tries, { memberVersion: "3" });
    }
    expect(tries).toBe(6);
  });

  it("a change that is told while WeCom is asked is not taken for shown", async () => {
    await read("c5", [member("wm1")], T + 10, { memberVersion: "1" });
    const asked = await rowOf("c5");
    await markGroupChanged(client.db, asked.id, { changedAt: T + 1_000, version: null, readFrom: T + 1_000 });
    const kept = await keepGroup(client.db, asked, group("c5", [member("wm1")], { memberVersion: "2" }), T + 1_100);
    expect(kept.settled).toBe(false);
  });

  it("a join is of our code when its state is", async () => {
    const base = { corpId: corp, kind: "group", status: "live", name: "示例码", targetIds: [], createdBy: "p_1" };
    await client.db.insert(wecomCodes).values({ ...base, id: "q_1", state: "ours", createdAt: T, changedAt: T });
    await read("c6", [member("wm8", { state: "ours" }), member("wm9", { state: "theirs" })], T + 10);
    expect(new Map((await stays("c6")).map(({ state, codeId }) => [state, codeId]))).toEqual(
      new Map([
        ["ours", "q_1"],
        ["theirs", null],
      ]),
    );
  });

  it("readings of the same people from all sides at once end in one row each", async () => {
    const people = Array.from({ length: 50 }, (_, index) => member(`same${index}`, { unionid: `示例u${index}` }));
    await Promise.all(
      Array.from({ length: 8 }, (_, at) => read(`many${at}`, at % 2 ? people.toReversed() : people, T + at)),
    );
    const rows = await client.db.select().from(wecomContacts).where(eq(wecomContacts.corpId, corp));
    expect(rows.filter(({ externalUserid }) => externalUserid.startsWith("same"))).toHaveLength(50);
    const keys = await client.db.select().from(identityKeys).where(eq(identityKeys.kind, "unionid"));
    expect(keys).toHaveLength(50);
  });
});

const follow = (over: Partial<FollowRead> = {}): FollowRead => ({
  userId: "staff1",
  since: T,
  addWay: 1,
  state: null,
  channels: null,
  tagIds: [],
  ...over,
});
const contact = (externalUserId: string, follows: readonly FollowRead[]): ContactRead => ({
  externalUserId,
  name: "示例顾客",
  type: 1,
  unionid: null,
  follows,
});
const contactRow = async (external: string) =>
  (await client.db.select().from(wecomContacts).where(eq(wecomContacts.externalUserid, external)))[0];
const followsOf = async (external: string) =>
  client.db
    .select()
    .from(wecomFollows)
    .where(and(eq(wecomFollows.contactId, (await contactRow(external))?.id ?? "")));

describe("customers", () => {
  const people = () =>
    createPeople({
      db: client.db,
      now: () => T + 100_000,
      groupsDue: () => undefined,
      tagsDue: () => undefined,
      welcomeOf: (_corp, { text }) => Promise.resolve({ text, attachments: [] }),
    });
  const added = (externalUserId: string, state: string | null, since: number, read: ContactRead | null) =>
    people().contactAdded({ corp, userId: "staff1", externalUserId, at: instant(since), half: false, state, read });

  beforeAll(async () => {
    const base = { corpId: corp, kind: "contact", status: "live", name: "示例码", targetIds: [], createdBy: "p_1" };
    for (const name of ["parcel", "stream"]) {
      await client.db
        .insert(wecomCodes)
        .values({ ...base, id: `q_${name}`, state: name, tagIds: [`tag-${name}`], createdAt: T, changedAt: T });
    }
  });

  it("a customer who is known keeps the code they first came by; only that one brings tags", async () => {
    const first = await added("k1", "parcel", T, contact("k1", [follow({ state: "parcel" })]));
    expect(first.tagIds).toEqual(["tag-parcel"]);
    const both = contact("k1", [follow({ state: "parcel" }), follow({ userId: "staff2", since: T + 9_000 })]);
    const later = await people().contactAdded({
      corp,
      userId: "staff2",
      externalUserId: "k1",
      at: instant(T + 9_000),
      half: false,
      state: "stream",
      read: both,
    });
    expect(later.tagIds).toEqual([]);
    expect(await contactRow("k1")).toMatchObject({ firstCodeId: "q_parcel", firstAt: T });
    expect(new Set((await followsOf("k1")).map(({ codeId }) => codeId))).toEqual(new Set(["q_parcel", "q_stream"]));
  });

  it("somebody who was there before any code keeps having come without one", async () => {
    await keepContacts(client.db, corp, [contact("k2", [follow({ userId: "staff2", since: T - 9_000_000 })])], T);
    const all = contact("k2", [follow({ userId: "staff2", since: T - 9_000_000 }), follow({ state: "parcel" })]);
    expect((await added("k2", "parcel", T, all)).tagIds).toEqual([]);
    expect((await contactRow("k2"))?.firstCodeId).toBeNull();
  });

  it("the live room that somebody came from is kept from the first coming", async () => {
    const channels = { name: "示例视频号", source: 2 };
    await keepContacts(client.db, corp, [contact("k3", [follow({ addWay: 10, channels })])], T);
    await keepContacts(
      client.db,
      corp,
      [contact("k3", [follow({ addWay: 10, channels }), follow({ userId: "s2", since: T + 5, addWay: 1 })])],
      T,
    );
    expect(await contactRow("k3")).toMatchObject({ addWay: 10, channelsName: "示例视频号", channelsSource: 2 });
  });

  it("a removal that comes after a newer coming, and one told twice, remove nothing", async () => {
    await keepContacts(client.db, corp, [contact("k4", [follow({ since: T })])], T);
    const removed = (at: number) =>
      people().contactRemoved({ corp, userId: "staff1", externalUserId: "k4", at: instant(at), by: "customer" });
    await removed(T - 1_000);
    expect((await followsOf("k4"))[0]?.removedAt).toBeNull();
    await removed(T + 1_000);
    await removed(T + 1_000);
    expect((await followsOf("k4"))[0]).toMatchObject({ removedAt: T + 1_000, removedBy: "customer" });
    await added("k4", null, T + 2_000, contact("k4", [follow({ since: T + 2_000 })]));
    expect((await followsOf("k4"))[0]).toMatchObject({ removedAt: null, since: T + 2_000 });
  });

  describe("a removal by the customer, whom the member's list goes on showing", () => {
    const came = (who: string, at: number, since = at) => added(who, "stream", at, contact(who, [follow({ since })]));
    const gone = (who: string, at: number, by: "customer" | "member" = "customer") =>
      people().contactRemoved({ corp, userId: "staff1", externalUserId: who, at: instant(at), by });
    const seenAgain = (who: string, since: number) =>
      keepContacts(client.db, corp, [contact(who, [follow({ since })])], T + 200_000);
    const removal = async (who: string) => {
      const rows = await followsOf(who);
      expect(rows).toHaveLength(1);
      return rows[0]?.removedAt;
    };

    it("holds in the second of the coming, whichever of the two is delivered first, and over later readings", async () => {
      await came("s1", T);
      await gone("s1", T);
      await gone("s2", T);
      await came("s2", T);
      for (const who of ["s1", "s2"]) {
        expect(await removal(who)).toBe(T);
        await seenAgain(who, T);
        expect((await followsOf(who))[0]).toMatchObject({ removedAt: T, removedBy: "customer", codeId: "q_stream" });
      }
    });

    it("is over with a coming that is told in the same second after it", async () => {
      await came("s3", T - 60_000);
      await gone("s3", T);
      await came("s3", T, T - 60_000);
      expect(await removal("s3")).toBeNull();
    });

    it("told after the later coming that it overtook, removes nothing; told before an earlier one, holds", async () => {
      await came("s4", T - 60_000);
      await came("s4", T + 1_000, T - 60_000);
      await gone("s4", T);
      expect(await removal("s4")).toBeNull();
      await seenAgain("s4", T - 60_000);
      await gone("s4", T);
      expect(await removal("s4")).toBeNull();
      await gone("s5", T + 1_000);
      await came("s5", T);
      expect((await followsOf("s5"))[0]).toMatchObject({ since: T, removedAt: T + 1_000 });
    });

    it("of whom nobody shows any more is dated by what was told, and counts for the code", async () => {
      await added("s6", "stream", T, null);
      await gone("s6", T, "member");
      await gone("s7", T, "member");
      await added("s7", "stream", T, null);
      for (const who of ["s6", "s7"])
        expect((await followsOf(who))[0]).toMatchObject({ removedAt: T, removedBy: "member", codeId: "q_stream" });
    });
  });

  it("who was gone before they could be read still counts for the code", async () => {
    await added("k5", "stream", T, null);
    expect((await followsOf("k5"))[0]).toMatchObject({ codeId: "q_stream", since: T });
    const open = await client.db.select().from(wecomFollows).where(isNull(wecomFollows.removedAt));
    expect(open.map(({ contactId }) => contactId)).not.toContain((await contactRow("k5"))?.id);
  });

  it("the welcome is that of the code, and of a deleted one none", async () => {
    const welcome = { text: "示例欢迎", cards: [] };
    await client.db.update(wecomCodes).set({ welcome }).where(eq(wecomCodes.id, "q_parcel"));
    const ask = (state: string | null) => people().welcomeFor({ corp, userId: "staff1", externalUserId: "k1", state });
    expect(await ask("parcel")).toEqual({ text: "示例欢迎", attachments: [] });
    expect(await ask("stream")).toBeNull();
    expect(await ask(null)).toBeNull();
    await client.db.update(wecomCodes).set({ status: "deleted" }).where(eq(wecomCodes.id, "q_parcel"));
    expect(await ask("parcel")).toBeNull();
  });

  it("a group that is told of is due to be read some seconds later, and a dismissed one has nobody", async () => {
    await people().groupChanged({
      corp,
      chatId: "n1",
      at: instant(T),
      detail: null,
      members: [],
      from: null,
      to: null,
    });
    expect(await rowOf("n1")).toMatchObject({ changedAt: T });
    await read("n1", [member("wm1")], T + 10);
    await people().groupDismissed({ corp, chatId: "n1", at: instant(T + 20) });
    expect((await stays("n1")).every(({ leftAt }) => leftAt === T + 20)).toBe(true);
    const [row] = await client.db.select().from(wecomGroups).where(eq(wecomGroups.chatId, "n1"));
    expect(row).toMatchObject({ dismissedAt: T + 20, size: 0, readFrom: null });
  });
});
