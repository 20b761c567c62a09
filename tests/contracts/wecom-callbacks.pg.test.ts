import Fastify, { type FastifyInstance } from "fastify";
import pino from "pino";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { openDatabase, type DatabaseClient } from "#db/client.ts";
import { wecomCallbacks } from "#db/schema/wecom-callbacks.ts";
import { wecomContacts, wecomFollows, wecomGroups, wecomMembers, wecomSync } from "#db/schema/wecom-people.ts";
import { handleFailures } from "#server/http/failures.ts";
import { serveWecomHooks } from "#server/http/hooks/wecom-routes.ts";
import { createMetrics, type Metrics } from "#server/lib/metrics.ts";
import { callsOfCorp } from "#server/wecom/callbacks/client-calls.ts";
import type { AppKey } from "#server/wecom/callbacks/app-keys.ts";
import { createCallbacks } from "#server/wecom/callbacks/callbacks.ts";
import { type Emulator, startEmulator } from "#server/wecom/emulator/start.ts";
import { createGroupsAndPeople, type GroupsAndPeople } from "#server/wecom/groups-and-people.ts";
import { createRehearsalWecom } from "#server/wecom/rehearsal-wecom.ts";
import { READ_PARTS, SYNC_PARTS } from "#server/wecom/sync/sync-parts.ts";
import { createWecomFor } from "#server/wecom/wecom-for.ts";
import { dice } from "../support/dice.ts";
import { testDatabase, type TestDatabase } from "../support/pg.ts";
import { memoryDirectory } from "#tests/support/memory-directory.ts";

/** The receiver against callbacks that the stand-in sealed: what people do on phones there stands in our tables in the end, however it was told. */

const APP = "app-of-the-contract";
const CORP = "w_example";
let database: TestDatabase;
let client: DatabaseClient;
let wecom: Emulator;
let corp: ReturnType<Emulator["control"]["seed"]>;
let house: GroupsAndPeople;
let metrics: Metrics;
/** As Kaibo has them; a test may have typed them wrongly. */
let keys: AppKey;
/** How far both clocks are ahead of the machine's. */
let ahead = 0;
const closing: (() => Promise<unknown> | void)[] = [];

beforeAll(async () => {
  database = await testDatabase();
  client = openDatabase({ url: database.url, name: "test", connectionsMax: 8 });
  wecom = await startEmulator();
});
afterAll(async () => {
  await wecom.close();
  await client.close();
  await database.drop();
});

beforeEach(async () => {
  ahead = 0;
  await client.db
    .execute(sql`truncate wecom_callbacks, wecom_groups, wecom_group_members, wecom_members, wecom_contacts,
    wecom_follows, wecom_tags, wecom_sync, wecom_codes, identity_keys, identity_facts cascade`);
  await wecom.control.ask("POST", "/emulator/reset");
  const app = await openHouse();
  const callbackUrl = `${app.listeningOrigin}/hooks/wecom/${APP}`;
  corp = wecom.control.seed({ staff: 4, groups: 6, customers: 30, customersPerGroup: 4, callbackUrl });
  const [known] = corp.apps.values();
  if (!known) throw new Error("a seeded corp has an app");
  keys = { corpId: corp.corpId, token: known.callbackToken, aesKey: known.aesKey, corpRow: CORP };
  await told({ retryDelayMs: 50 });
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function openHouse(): Promise<FastifyInstance> {
  const log = pino({ level: "silent" });
  const place = async (id: string) => {
    const [app] = corp.apps.values();
    const { corpId } = corp;
    return id === CORP && app ? { baseUrl: wecom.url, corpId, agentId: app.agentId, secret: app.secret } : null;
  };
  const rehearsal = createRehearsalWecom({ standIns: { corp: place, robot: () => Promise.resolve(null) }, log });
  const nobody = {
    world: "real" as const,
    clientFor: () => Promise.resolve(null),
    robotFor: () => Promise.resolve(null),
  };
  const wecomFor = createWecomFor(nobody, rehearsal);
  const { db } = client;
  house = createGroupsAndPeople({
    db,
    wecomFor,
    wecomUrl: wecom.url,
    directory: memoryDirectory(),
    log,
    now: () => Date.now() + ahead,
  });
  const appKeys = {
    find: (appKey: string) => Promise.resolve(appKey === APP ? keys : null),
    verified: () => Promise.resolve(),
  };
  const callsOf = callsOfCorp(appKeys, house.codeDeps.clientOf);
  const callbacks = createCallbacks({ db, databaseUrl: database.url, appKeys, people: house.people, callsOf, log });
  metrics = createMetrics();
  const app = Fastify();
  handleFailures(app, { refused: metrics.refused, log });
  await serveWecomHooks(app, { appKeys, inbox: callbacks.inbox, metrics: metrics.registry, log });
  await app.listen({ host: "127.0.0.1", port: 0 });
  house.begin();
  callbacks.begin();
  closing.push(
    () => rehearsal.close(),
    () => house.close(),
    () => callbacks.close(),
    () => app.close(),
  );
  return app;
}

const ask = (method: "GET" | "POST" | "PATCH" | "DELETE", path: string, input: Record<string, unknown> = {}) =>
  wecom.control.ask(method, `/emulator/${path}`, input);
/** How the stand-in tells. */
const told = (callbacks: object) => ask("PATCH", "switches", { callbacks });
function skip(ms: number): void {
  ahead += ms;
  wecom.control.advance(ms);
}
const newcomer = async () => z.object({ id: z.string() }).parse(await ask("POST", "customers")).id;

async function until(holds: () => Promise<boolean>, goOn = () => undefined as void): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error("it did not come true");
    goOn();
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
const Deliveries = z.object({ deliveries: z.array(z.object({ outcome: z.string() })) });
const outcomes = async () =>
  Deliveries.parse(await ask("GET", "deliveries", { limit: 2_000 })).deliveries.map(({ outcome }) => outcome);
async function allWorked(): Promise<void> {
  await until(async () => !(await outcomes()).includes("waiting"));
  await until(async () => (await client.db.$count(wecomCallbacks, eq(wecomCallbacks.state, "waiting"))) === 0);
}
/** Until no group is due any more; what lags shows by and by. */
const allRead = () =>
  until(
    async () => (await client.db.$count(wecomGroups, sql`read_from is not null`)) === 0,
    () => {
      skip(2_000);
      house.sync.poke();
    },
  );
async function metric(line: string): Promise<number> {
  const found = (await metrics.registry.metrics()).split("\n").find((one) => one.startsWith(`${line} `));
  return Number(found?.slice(line.length) ?? 0);
}

/** Who has whom and who is in which group, as Kaibo has it, by WeCom's ids. */
async function kept(): Promise<{ pairs: string[]; stays: string[] }> {
  const pairs = await client.db
    .select({ external: wecomContacts.externalUserid, userid: wecomMembers.userid })
    .from(wecomFollows)
    .innerJoin(wecomContacts, eq(wecomContacts.id, wecomFollows.contactId))
    .innerJoin(wecomMembers, eq(wecomMembers.id, wecomFollows.memberId))
    .where(sql`${wecomFollows.removedAt} is null`);
  const stays = await client.db.execute<{ stay: string }>(sql`
    select g.chat_id || ' ' || coalesce(c.external_userid, m.userid) as stay
    from wecom_group_members s join wecom_groups g on g.id = s.group_id
      left join wecom_contacts c on c.id = s.who left join wecom_members m on m.id = s.who
    where s.left_at is null`);
  return {
    pairs: pairs.map(({ external, userid }) => `${external} ${userid}`).toSorted(),
    stays: stays.map(({ stay }) => stay).toSorted(),
  };
}
/** The same of the stand-in, for those of its people whom Kaibo was told of. */
async function truth(): Promise<{ pairs: string[]; stays: string[] }> {
  const known = new Set((await client.db.select().from(wecomContacts)).map(({ externalUserid }) => externalUserid));
  const groups = new Set((await client.db.select().from(wecomGroups)).map(({ chatId }) => chatId));
  const follows = new Set((await client.db.select().from(wecomFollows)).map(({ contactId }) => contactId));
  const contacts = await client.db.select().from(wecomContacts);
  const asked = new Set(contacts.filter(({ id }) => follows.has(id)).map(({ externalUserid }) => externalUserid));
  const customers = [...corp.customers.values()].filter(({ id }) => known.has(id) && asked.has(id));
  return {
    pairs: customers
      .flatMap(({ id, follows: ties }) => ties.filter(({ lost }) => !lost).map(({ userid }) => `${id} ${userid}`))
      .toSorted(),
    stays: [...corp.groups.values()]
      .filter(({ chatId, dismissed }) => groups.has(chatId) && !dismissed)
      .flatMap(({ chatId, members }) => members.map(({ id }) => `${chatId} ${id}`))
      .toSorted(),
  };
}

describe("entering the URL in the console", () => {
  const verify = async () => {
    const [app] = corp.apps.values();
    return ask("POST", `apps/${app?.agentId}/verify-callback`);
  };

  it("is answered with the plain text, and is refused where token, key or company are others", async () => {
    expect(await verify()).toEqual({ ok: true, reason: "" });
    expect(await metric('kaibo_wecom_callbacks_total{result="verified"}')).toBe(1);
    const right = keys;
    keys = { ...right, token: "AnotherTokenOfTheTests" };
    expect(await verify()).toEqual({ ok: false, reason: "answered 401" });
    keys = { ...right, aesKey: "A".repeat(43) };
    expect(await verify()).toEqual({ ok: false, reason: "answered 400" });
    keys = { ...right, corpId: "ww-another-company" };
    expect(await verify()).toEqual({ ok: false, reason: "answered 400" });
  });
});

describe("what people do on phones", () => {
  it("a customer who comes by a code from a live room is kept with it, greeted once, and gone when they go", async () => {
    const [staff] = corp.staff.keys();
    const id = await newcomer();
    await client.db
      .insert(wecomMembers)
      .values({ id: "m_1", corpId: CORP, userid: staff ?? "", active: true, firstSeenAt: 0 });
    const welcome = { text: "示例欢迎", cards: [] };
    const wish = {
      kind: "contact" as const,
      name: "示例码",
      channel: "直播间",
      memberIds: ["m_1"],
      skipVerify: true,
      tagIds: [],
    };
    const code = await house.codes.create(CORP, { ...wish, welcome }, "staff:p_1");
    if (typeof code === "string") throw new Error(code);
    await ask("POST", `customers/${id}/scan`, { code: code.configId });
    await allWorked();
    await until(async () => corp.welcomes.some(({ customerId, wonBy }) => customerId === id && wonBy !== null));
    const [row] = await client.db.select().from(wecomContacts).where(eq(wecomContacts.externalUserid, id));
    expect(row).toMatchObject({ firstCodeId: code.id });
    expect(await client.db.select().from(wecomCallbacks)).toMatchObject([{ state: "done", welcome: "sent" }]);
    await ask("POST", `customers/${id}/remove`, { userid: staff, by: "customer" });
    await allWorked();
    expect(await client.db.select().from(wecomFollows)).toMatchObject([{ removedBy: "customer", codeId: code.id }]);
  });

  it("all within one second leaves the removal standing, and a later reading does not undo it", async () => {
    const [userid] = corp.staff.keys();
    const id = await newcomer();
    await ask("POST", `customers/${id}/add`, { userid });
    await ask("POST", `customers/${id}/remove`, { userid, by: "customer" });
    await allWorked();
    expect((await kept()).pairs).toEqual([]);
    await house.sync.start(CORP);
    await until(async () => (await client.db.$count(wecomSync, eq(wecomSync.state, "done"))) === SYNC_PARTS.length);
    expect((await kept()).pairs).not.toContain(`${id} ${userid}`);
  });

  it("groups that are made, changed, left and dismissed are read until the change shows", async () => {
    const [owner] = corp.staff.keys();
    const [first, second] = [...corp.groups.values()];
    const id = await newcomer();
    await ask("POST", "groups", { name: "示例新群", owner });
    await ask("POST", `groups/${first?.chatId}/join`, { ids: [id], scene: 1, invitor: owner });
    await ask("DELETE", `groups/${second?.chatId}`);
    await allWorked();
    await allRead();
    const groups = await client.db.select().from(wecomGroups);
    expect(groups.map(({ name }) => name)).toContain("示例新群");
    expect(groups.find(({ chatId }) => chatId === second?.chatId)?.dismissedAt).not.toBeNull();
    expect((await kept()).stays).toEqual((await truth()).stays);
    await ask("POST", `groups/${first?.chatId}/leave`, { id });
    await allWorked();
    await allRead();
    expect((await kept()).stays).toEqual((await truth()).stays);
  });
});

type Dice = ReturnType<typeof dice>;

/** One random thing that somebody does; what is not possible just now does not happen. */
async function act({ of, below }: Dice): Promise<void> {
  const userid = of([...corp.staff.keys()]);
  const id = of([...corp.customers.keys()].slice(0, 8));
  const { chatId } = of([...corp.groups.values()].slice(0, 3));
  const acts = [
    () => ask("POST", `customers/${id}/add`, { userid, half: below(4) === 0 }),
    () => ask("POST", `customers/${id}/remove`, { userid, by: of(["customer", "customer", "staff"]) }),
    () => ask("POST", `customers/${id}/remark`, { userid, remark: `示例${below(1_000)}` }),
    () => ask("POST", `groups/${chatId}/join`, { ids: [id] }),
    () => ask("POST", `groups/${chatId}/leave`, { id, removed: below(2) === 0 }),
    () => ask("PATCH", `groups/${chatId}`, { name: `示例群${below(1_000)}` }),
  ];
  await of(acts)().catch(() => undefined);
}

describe("however they are told", () => {
  const manners = [
    { childOrder: "shuffled", emptyAgentId: true, cdata: false, memChangeList: "commaList" },
    { childOrder: "shuffled", emptyAgentId: false, cdata: true, memChangeList: "absent", joinScene: "always1" },
  ];
  for (const [seed, manner] of manners.entries()) {
    it(`each delivered three times, in disorder, in the form ${JSON.stringify(manner)}`, async () => {
      await told({ copies: 3, disorderMs: 1_500, ...manner });
      const drawn = dice(seed + 5);
      for (let n = 0; n < 120; n += 1) {
        await act(drawn);
        skip(2_000);
      }
      await allWorked();
      await allRead();
      const events = (await outcomes()).length / 3;
      expect(events).toBeGreaterThan(40);
      expect(await client.db.$count(wecomCallbacks)).toBe(events);
      expect(await metric('kaibo_wecom_callbacks_total{result="stored"}')).toBe(events);
      expect(await metric('kaibo_wecom_callbacks_total{result="seen"}')).toBe(2 * events);
      expect(await client.db.$count(wecomCallbacks, sql`state <> 'done'`)).toBe(0);
      expect(await kept()).toEqual(await truth());
      expect(await client.db.$count(wecomFollows, sql`removed_by = 'customer'`)).toBeGreaterThan(0);
    });
  }

  it("sealed for a suite it is somebody else's: refused, counted, and nothing is kept", async () => {
    await told({ form: "suite" });
    const [userid] = corp.staff.keys();
    await ask("POST", `customers/${await newcomer()}/add`, { userid });
    await until(async () => (await outcomes()).every((outcome) => outcome === "givenUp"));
    expect(await metric('kaibo_refusals_total{code="wecomCallback.receiver"}')).toBe(3);
    expect(await client.db.$count(wecomCallbacks)).toBe(0);
  });

  it("those that are lost are found by the next whole reading", async () => {
    await house.sync.start(CORP);
    await until(async () => (await client.db.$count(wecomSync, eq(wecomSync.state, "done"))) === SYNC_PARTS.length);
    await told({ on: false });
    const [userid, other] = corp.staff.keys();
    const [first, second] = [...corp.groups.values()];
    const [leaver] = first?.members.filter(({ type }) => type === 2) ?? [];
    const [goes] = [...corp.customers.values()].filter(({ follows }) => follows.some((one) => one.userid === other));
    const id = await newcomer();
    await ask("POST", `customers/${id}/add`, { userid });
    await ask("POST", `customers/${goes?.id}/remove`, { userid: other, by: "staff" });
    await ask("POST", `groups/${first?.chatId}/join`, { ids: [id] });
    await ask("POST", `groups/${first?.chatId}/leave`, { id: leaver?.id });
    await ask("DELETE", `groups/${second?.chatId}`);
    expect(await client.db.$count(wecomCallbacks)).toBe(0);
    skip(24 * 3_600_000 + 60_000);
    // The daily reading begins by itself; it is over when all of its parts have ended anew.
    await until(
      async () =>
        (await client.db.$count(wecomSync, sql`ended_at > ${Date.now() + ahead - 60_000}`)) === READ_PARTS.length,
    );
    const [now, then] = [await kept(), await truth()];
    expect(now).toEqual(then);
    expect(now.pairs).toContain(`${id} ${userid}`);
    expect(now.stays).toContain(`${first?.chatId} ${id}`);
  });
});
