import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { personsByKey } from "#db/queries/persons-by-key.ts";
import { insertRoom } from "#db/queries/rooms.ts";
import { savePerson } from "#db/queries/save-person.ts";
import { reportOrders } from "#db/schema/reports.ts";
import { shows } from "#db/schema/shows.ts";
import { identityFacts, identityKeys } from "#db/schema/wecom-identities.ts";
import { wecomContacts, wecomFollows, wecomGroupMembers, wecomGroups } from "#db/schema/wecom-people.ts";
import { newId } from "#server/auth/ids.ts";
import { newRoom } from "#server/http/staff/room-routes.ts";
import { type Emulator, startEmulator } from "#server/wecom/emulator/start.ts";
import { joinKeys } from "#server/wecom/identities/identities.ts";
import { keyOf } from "#server/wecom/identities/identity-key.ts";
import { ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";

let api: TestApi;
let wecom: Emulator;
let corp: string;
const cookies: Record<string, string> = {};

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
async function call(as: string, method: Method, url: string, body?: object) {
  const answer = await api.app.inject({
    method,
    url: `/api/v1/${url}`,
    headers: { cookie: cookies[as] ?? "", origin: ORIGIN },
    ...(body ? { payload: body } : {}),
  });
  const isJson = String(answer.headers["content-type"]).includes("json");
  return { status: answer.statusCode, body: isJson ? answer.json() : null, text: answer.body };
}

beforeAll(async () => {
  wecom = await startEmulator();
  const seeded = wecom.control.seed({ staff: 5, groups: 30, customers: 80, customersPerGroup: 7 });
  const [app] = seeded.apps.values();
  api = await testApi({ wecomUrl: wecom.url });
  for (const role of ["manager", "community", "operator", "floor"]) await api.addPerson(role, { roles: [role] });
  await api.addPerson("owner", { owner: true });
  const elsewhere = newRoom({ name: "别的直播间" });
  await insertRoom(api.context.db, elsewhere);
  const stranger = await api.addPerson("stranger");
  await savePerson(api.context.db, stranger, { roles: { [elsewhere.id]: ["manager"] } }, null);
  for (const name of ["manager", "community", "operator", "floor", "owner", "stranger"]) {
    cookies[name] = await api.signIn(name);
  }
  corp = (await call("owner", "POST", "wecom/corps", { corpId: seeded.corpId, name: "示例企业" })).body.id;
  const added = await call("owner", "POST", `wecom/corps/${corp}/apps`, {
    name: "开播",
    agentId: app?.agentId,
    secret: app?.secret,
  });
  expect(added.status).toBe(201);
  expect((await call("manager", "PUT", `wecom/rooms/${api.roomId}`, { corpId: corp })).status).toBe(200);
  expect((await call("community", "GET", `wecom/corps/${corp}/sync`)).body).toMatchObject({ state: "never" });
  expect((await call("community", "POST", `wecom/corps/${corp}/sync`, {})).status).toBe(202);
  api.groupsAndPeople.sync.begin();
  for (let tries = 0; tries < 2_000; tries += 1) {
    const { body } = await call("operator", "GET", `wecom/corps/${corp}/sync`);
    if (body.state === "done") return;
    if (body.state === "failed") throw new Error(JSON.stringify(body));
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error("never done");
});
afterAll(async () => {
  await api.stop();
  await wecom.close();
});

const groupsOf = async (query = "", as = "operator") => (await call(as, "GET", `wecom/groups${query}`)).body;

describe("groups", () => {
  it("are listed whole, page by page, each once, the largest first", async () => {
    const ids: string[] = [];
    const sizes: number[] = [];
    let cursor = "";
    do {
      const page = await groupsOf(`?limit=7${cursor ? `&cursor=${cursor}` : ""}`);
      expect(page.total.groups).toBe(30);
      for (const group of page.groups) {
        ids.push(group.id);
        sizes.push(group.size);
      }
      cursor = page.cursor;
    } while (cursor);
    expect(new Set(ids).size).toBe(30);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  });

  it("are sorted by purpose and tags, many at once, and found by them", async () => {
    const all = await groupsOf("?limit=200");
    const [one, two, three] = all.groups.map(({ id }: { id: string }) => id);
    const sort = (body: object, as = "community") => call(as, "PATCH", "wecom/groups", body);
    expect((await sort({ ids: [one, two, three], purpose: "flash", addTags: ["老客", "华东"] })).body).toEqual({
      changed: 3,
    });
    expect((await sort({ ids: [three], purpose: null, addTags: ["新客"], removeTags: ["华东"] })).body).toEqual({
      changed: 1,
    });
    expect((await groupsOf("?purpose=flash")).total.groups).toBe(2);
    expect((await groupsOf("?purpose=none")).total.groups).toBe(28);
    const [tagged] = (await groupsOf(`?tag=${encodeURIComponent("新客")}`)).groups;
    expect(tagged).toMatchObject({ id: three, tags: ["老客", "新客"], purpose: null });
    const words = (await call("operator", "GET", "wecom/groups/words")).body;
    expect(words.tags).toContainEqual({ word: "老客", name: null, groups: 3 });
    expect(words.owners.reduce((sum: number, { groups }: { groups: number }) => sum + groups, 0)).toBe(30);
    const owner = words.owners[0];
    expect((await groupsOf(`?owner=${owner.word}`)).total.groups).toBe(owner.groups);
    expect((await sort({ ids: [one], purpose: "live" }, "operator")).status).toBe(403);
  });

  it("show how they grew, by which way, and who is in them, with customers masked", async () => {
    const [{ id }] = (await groupsOf("?limit=1")).groups;
    const { body } = await call("operator", "GET", `wecom/groups/${id}?days=180`);
    expect(body.growth.sources.length).toBeGreaterThan(0);
    const joins = (rows: { joins: number }[]) => rows.reduce((sum, row) => sum + row.joins, 0);
    expect(joins(body.growth.days)).toBe(joins(body.growth.sources));
    const { members } = (await call("operator", "GET", `wecom/groups/${id}/members?limit=200`)).body;
    expect(members).toHaveLength(body.size);
    const customers = members.filter(({ customer }: { customer: boolean }) => customer);
    expect(customers.length).toBe(body.customers);
    for (const { name } of customers) expect(name).toMatch(/^.\*{1,2}/u);
  });

  it("hold no id of WeCom's in any answer", async () => {
    const rows = await api.context.db.select().from(wecomContacts);
    const groups = await api.context.db.select().from(wecomGroups);
    const [{ id }] = (await groupsOf("?limit=1")).groups;
    const paths = [
      "wecom/groups?limit=200",
      `wecom/groups/${id}`,
      `wecom/groups/${id}/members?limit=200`,
      "wecom/identities?limit=200",
    ];
    for (const path of paths) {
      const { status, text } = await call("manager", "GET", path);
      expect([path, status]).toEqual([path, 200]);
      for (const { externalUserid, unionid } of rows) {
        expect(text).not.toContain(externalUserid);
        if (unionid !== null) expect(text).not.toContain(unionid);
      }
      for (const { chatId } of groups) expect(text).not.toContain(chatId);
    }
  });
});

describe("a selection", () => {
  it("says whom it reaches before anything is planned", async () => {
    const ask = (audience: object, as = "operator") =>
      call(as, "POST", "wecom/audience", { corpId: corp, kind: "groups", audience });
    const words = (await call("operator", "GET", "wecom/groups/words")).body;
    const { word, groups } = words.owners[0];
    const { body } = await ask({ ownerIds: [word], groupIds: ["g_unknown"] });
    expect(body).toMatchObject({
      targets: groups,
      tasks: 1,
      staff: [{ staffId: word, targets: groups }],
      leftOutCount: 1,
    });
    expect(body.leftOut).toEqual([{ id: "g_unknown", name: null, reason: "unknown" }]);
    expect((await ask({}, "stranger")).status).toBe(404);
  });

  it("internal groups are known by the robots that speak in them", async () => {
    const robot = { name: "战报", groupName: "示例作战群", key: "11111111-2222-3333-4444-666666666666" };
    expect((await call("manager", "POST", `wecom/corps/${corp}/robots`, robot)).status).toBe(201);
    const { body } = await call("operator", "GET", "wecom/internal-groups");
    expect(body.groups).toMatchObject([{ name: "示例作战群", robots: [{ name: "战报" }] }]);
    expect(JSON.stringify(body)).not.toContain("66666666");
  });
});

describe("who may", () => {
  it("nobody without one of the roles, and managers of other rooms see nothing of a corp that is used elsewhere", async () => {
    expect((await call("floor", "GET", "wecom/groups")).status).toBe(403);
    expect((await call("nobody", "GET", "wecom/groups")).status).toBe(401);
    expect((await groupsOf("", "stranger")).total.groups).toBe(0);
    const [{ id }] = (await groupsOf("?limit=1")).groups;
    expect((await call("stranger", "GET", `wecom/groups/${id}`)).status).toBe(404);
    expect((await call("stranger", "GET", `wecom/corps/${corp}/sync`)).status).toBe(404);
    expect((await call("stranger", "PATCH", "wecom/groups", { ids: [id], purpose: "live" })).body).toEqual({
      changed: 0,
    });
    expect((await call("operator", "POST", `wecom/corps/${corp}/sync`, {})).status).toBe(403);
    expect((await call("community", "PUT", `wecom/rooms/${api.roomId}`, { corpId: null })).status).toBe(403);
    expect((await call("operator", "GET", "wecom/identities")).status).toBe(403);
    expect((await call("community", "GET", "wecom/identities/facts")).status).toBe(403);
  });
});

describe("codes over HTTP", () => {
  it("are made, listed with their targets, changed and deleted by community, seen by operators", async () => {
    const [group] = (await groupsOf("?limit=1")).groups;
    const wish = {
      kind: "group",
      name: "示例群码",
      channel: "直播间",
      groupIds: [group.id],
      nextGroup: { baseName: "示例群", firstNumber: 2 },
    };
    expect((await call("operator", "POST", `wecom/corps/${corp}/codes`, wish)).status).toBe(403);
    const made = await call("community", "POST", `wecom/corps/${corp}/codes`, wish);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      status: "live",
      targets: [{ id: group.id, size: group.size }],
      figures: { joins: 0 },
    });
    expect(made.text).not.toContain("configId");
    const listed = (await call("operator", "GET", "wecom/codes?kind=group")).body.codes;
    expect(listed.map(({ id }: { id: string }) => id)).toEqual([made.body.id]);
    const { id } = made.body;
    const other = await call("community", "PUT", `wecom/codes/${id}`, {
      kind: "contact",
      name: "x",
      memberIds: ["m_1"],
    });
    expect(other).toMatchObject({ status: 409, body: { code: "code.kindFixed" } });
    const strange = await call("community", "PUT", `wecom/codes/${id}`, { ...wish, groupIds: ["g_unknown"] });
    expect(strange).toMatchObject({ status: 409, body: { code: "code.targetUnknown" } });
    expect((await call("community", "DELETE", `wecom/codes/${id}`)).body.status).toBe("deleted");
    expect((await call("operator", "GET", "wecom/codes")).body.codes).toEqual([]);
  });

  it("a welcome that WeCom would refuse is refused at once, and says where", async () => {
    const { members } = (await call("community", "GET", "wecom/members")).body;
    const wish = {
      kind: "contact",
      name: "示例",
      memberIds: [members[0].id],
      welcome: { text: "欢".repeat(1_400), cards: [] },
    };
    const answer = await call("community", "POST", `wecom/corps/${corp}/codes`, wish);
    expect(answer).toMatchObject({ status: 400, body: { issues: [{ path: "welcome.text" }] } });
  });
});

describe("identities over HTTP", () => {
  async function buyer(): Promise<{ personId: string; contact: typeof wecomContacts.$inferSelect }> {
    const { db } = api.context;
    const taken = new Set(
      (await db.select().from(identityKeys).where(eq(identityKeys.kind, "person"))).map(({ identityId }) => identityId),
    );
    const keys = await db.select().from(identityKeys).where(eq(identityKeys.kind, "externalUserid"));
    const free = keys.find(({ identityId }) => !taken.has(identityId));
    const [contact] = await db
      .select()
      .from(wecomContacts)
      .where(eq(wecomContacts.externalUserid, free?.value ?? ""));
    if (!contact || contact.unionid === null) throw new Error("no contact");
    const personId = newId("v");
    await personsByKey(db, [{ keyHash: personId, id: personId, name: "示例买家" }], 1);
    const fact = { a: keyOf.unionid(contact.unionid), b: keyOf.person(personId), evidence: "order" as const };
    expect(await joinKeys(db, fact, Date.now())).toBe("joined");
    return { personId, contact };
  }

  it("tell how many are known, and who is not", async () => {
    await buyer();
    const { body } = await call("community", "GET", "wecom/identities?limit=5");
    expect(body.counts).toMatchObject({ resolved: 1, noUnionid: 0 });
    expect(body.counts.noPerson).toBe(body.counts.all - 1);
    expect(body.unresolved).toHaveLength(5);
  });

  it("a manager's word joins a customer with the buyer of an order, and is taken back like any evidence", async () => {
    const { db } = api.context;
    const [free] = (await call("manager", "GET", "wecom/identities?limit=1")).body.unresolved;
    const personId = newId("v");
    await personsByKey(db, [{ keyHash: personId, id: personId, name: "示例买家" }], 1);
    const sessionId = newId("s");
    const show = { title: "示例", phase: "ended", plannedStartAt: 1, plannedEndAt: 2, seq: 1, createdAt: 1 };
    await db.insert(shows).values({ id: sessionId, roomId: api.roomId, rehearsal: false, ...show });
    const sums = { discountFen: 0, freightFen: 0, refundedFen: 0, units: 1, lines: [], refunds: [], couponCodes: [] };
    const order = { status: "paid", buyer: "new", traffic: "private", entry: "room", paidFen: 100, ...sums };
    await db.insert(reportOrders).values({ sessionId, orderId: "said-1", personId, ...order });
    const say = () => call("manager", "POST", `wecom/contacts/${free.id}/same-as`, { orderId: "said-1" });
    const known = async () => (await call("manager", "GET", `wecom/contacts/${free.id}/identity`)).body;
    expect((await say()).body).toEqual({ outcome: "joined" });
    expect((await known()).personId).toBe(personId);
    const said = (await known()).facts.find(({ evidence }: { evidence: string }) => evidence === "said");
    expect(said).toMatchObject({ saidBy: { name: "manager" }, undoneAt: null, undoneBy: null });
    expect((await call("owner", "POST", `wecom/identities/facts/${said.id}/undo`)).status).toBe(200);
    const { facts: taken } = (await call("manager", "GET", "wecom/identities/facts?state=undone")).body;
    expect(taken.find(({ id }: { id: string }) => id === said.id)).toMatchObject({
      saidBy: { id: said.saidBy.id },
      undoneBy: { name: "owner" },
    });
    expect((await known()).personId).toBeNull();
    expect((await say()).body).toEqual({ outcome: "undone" });
  });

  it("conflicts are shown and settled by taking one side back", async () => {
    const { db } = api.context;
    const { personId, contact } = await buyer();
    const own = keyOf.externalUserid(contact.corpId, contact.externalUserid);
    const other = newId("v");
    await joinKeys(db, { a: own, b: keyOf.person(other), evidence: "oauth" }, Date.now());
    const facts = (await call("owner", "GET", "wecom/identities/facts")).body.facts;
    expect(facts).toMatchObject([{ state: "conflict", conflictOf: "person", evidence: "oauth" }]);
    expect((await call("manager", "GET", `wecom/contacts/${contact.id}/identity`)).body.personId).toBe(personId);
    const standing = (await call("manager", "GET", `wecom/contacts/${contact.id}/identity`)).body.facts;
    const order = standing.find(({ evidence }: { evidence: string }) => evidence === "order");
    // Of unionid and person alone: nobody's corp.
    expect((await call("manager", "POST", `wecom/identities/facts/${order.id}/undo`)).status).toBe(404);
    expect((await call("owner", "POST", `wecom/identities/facts/${order.id}/undo`)).status).toBe(200);
    expect((await call("manager", "GET", `wecom/contacts/${contact.id}/identity`)).body.personId).toBe(other);
    expect((await call("owner", "GET", "wecom/identities/facts")).body.facts).toEqual([]);
  });

  it("orders of who came by a code are the code's; forgetting the person clears them out of WeCom's tables too", async () => {
    const { db } = api.context;
    const { personId, contact } = await buyer();
    const { members } = (await call("community", "GET", "wecom/members")).body;
    const wish = { kind: "contact", name: "示例订单码", memberIds: [members[0].id] };
    const code = (await call("community", "POST", `wecom/corps/${corp}/codes`, wish)).body;
    await db.update(wecomFollows).set({ codeId: code.id }).where(eq(wecomFollows.contactId, contact.id));
    const sessionId = newId("s");
    const show = { title: "示例", phase: "ended", plannedStartAt: 1, plannedEndAt: 2, seq: 1, createdAt: 1 };
    await db.insert(shows).values({ id: sessionId, roomId: api.roomId, rehearsal: false, ...show });
    const paidAt = Date.now() + 1_000;
    const sums = { discountFen: 0, freightFen: 0, refundedFen: 900, units: 1, lines: [], refunds: [], couponCodes: [] };
    const order = { status: "paid", placedAt: paidAt, paidAt, buyer: "new", traffic: "private", entry: "room" };
    await db.insert(reportOrders).values({ sessionId, orderId: "o1", personId, paidFen: 9_900, ...order, ...sums });
    // Somebody who may manage says that another customer placed it: as evidence it is no better than what is known already.
    const { contact: stranger } = await buyer();
    const saying = (as: string, body: object) => call(as, "POST", `wecom/contacts/${stranger.id}/same-as`, body);
    expect((await saying("community", { orderId: "o1" })).status).toBe(403);
    expect((await saying("manager", { orderId: "nobody's" })).body.code).toBe("identity.orderWithoutBuyer");
    expect((await saying("manager", { orderId: "o1" })).body).toEqual({ outcome: "conflict" });
    expect((await saying("manager", { contactId: "x_unknown" })).status).toBe(404);
    const shown = (await call("operator", "GET", `wecom/codes/${code.id}`)).body;
    expect(shown.figures).toMatchObject({ customers: 1, known: 1, orders: 1, netFen: 9_000 });

    expect((await call("owner", "DELETE", `persons/${personId}`)).status).toBe(200);
    expect(await db.select().from(wecomContacts).where(eq(wecomContacts.id, contact.id))).toEqual([]);
    expect(await db.select().from(wecomFollows).where(eq(wecomFollows.contactId, contact.id))).toEqual([]);
    expect(await db.select().from(wecomGroupMembers).where(eq(wecomGroupMembers.who, contact.id))).toEqual([]);
    const left = JSON.stringify([await db.select().from(identityKeys), await db.select().from(identityFacts)]);
    for (const word of [personId, contact.externalUserid, contact.unionid ?? "-"]) expect(left).not.toContain(word);
  });

  it("a customer who is no viewer is forgotten as well, by who may", async () => {
    const { db } = api.context;
    const [contact] = z
      .array(z.object({ id: z.string(), externalUserid: z.string() }))
      .parse(await db.select().from(wecomContacts).limit(1));
    if (!contact) throw new Error("no contact");
    expect((await call("community", "DELETE", `wecom/contacts/${contact.id}`)).status).toBe(403);
    expect((await call("stranger", "DELETE", `wecom/contacts/${contact.id}`)).status).toBe(404);
    expect((await call("manager", "DELETE", `wecom/contacts/${contact.id}`)).status).toBe(200);
    expect(JSON.stringify(await db.select().from(identityFacts))).not.toContain(contact.externalUserid);
  });
});
