import pino from "pino";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase, type DatabaseClient } from "#db/client.ts";
import { forgetCallbacks } from "#db/queries/wecom-callbacks.ts";
import { openCallbackStore, type CallbackStore } from "#db/wecom-callback-store.ts";
import { instant } from "#domain/units.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import {
  APP,
  APP_KEY,
  appKeys,
  contactEvent,
  contactRead,
  delivery,
  groupEvent,
  rememberingCalls,
  rememberingPeople,
} from "#tests/support/wecom-callbacks.ts";
import { WecomError, WecomTransportError } from "../wecom-error.ts";
import { createCallbackWorker, type WorkerParts } from "./callback-worker.ts";
import { openDelivery } from "./open-delivery.ts";
import { createWelcomes } from "./welcomes.ts";

let database: TestDatabase;
let client: DatabaseClient;
let store: CallbackStore;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await testDatabase();
  client = openDatabase({ url: database.url, name: "test", connectionsMax: 8 });
  store = openCallbackStore({ url: database.url, name: "test" });
  sql = postgres(database.url, { max: 1, types: { bigint: postgres.BigInt } });
});
beforeEach(() => sql`truncate wecom_callbacks`);
afterAll(async () => {
  await Promise.all([client.close(), store.close(), sql.end()]);
  await database.drop();
});

const START = 1_800_000_000_000;
const AT = START / 1_000;

/** Stored as the route stores it, and not worked. */
async function takeIn(...messages: readonly string[]): Promise<number[]> {
  const ids: number[] = [];
  for (const message of messages) {
    const { url, body } = delivery(message, { at: AT });
    const query = new URL(url, "http://localhost").searchParams;
    const opened = openDelivery(APP, {
      appKey: APP_KEY,
      signature: query.get("msg_signature") ?? "",
      timestamp: query.get("timestamp") ?? "",
      nonce: query.get("nonce") ?? "",
      body: Buffer.from(body),
      receivedAt: instant(START),
    });
    if ("refusal" in opened) throw new Error(opened.refusal);
    ids.push(...(await store.add([opened.row])).map(({ id }) => Number(id)));
  }
  return ids;
}

const parts = (other: Partial<WorkerParts> = {}): WorkerParts => ({
  db: client.db,
  appKeys,
  people: rememberingPeople(),
  callsOf: () => Promise.resolve(rememberingCalls()),
  log: pino({ level: "silent" }),
  now: () => START,
  ...other,
});
const states = async () =>
  (
    await sql<{ object: string; state: string; attempts: number; outcome: string | null }[]>`
    select object, state, attempts, outcome from wecom_callbacks order by id`
  ).map(({ object, state, attempts, outcome }) => `${object} ${state} ${attempts} ${outcome ?? "-"}`);
const busy = (errcode = -1) => new WecomError({ api: "externalcontact/get", errcode, errmsg: "示例" });

describe("the work on callbacks", () => {
  it("tells people of contacts that come, with how they came, and tags them by their code", async () => {
    const people = rememberingPeople({ tagIds: ["tag-a", "tag-b"] });
    const calls = rememberingCalls({ readContact: (id) => Promise.resolve(contactRead(id, ["tag-a"])) });
    await takeIn(contactEvent("add_external_contact", "wm-1", { at: AT, more: "<State>ch1</State>" }));
    await createCallbackWorker(parts({ people, callsOf: () => Promise.resolve(calls) })).round();
    expect(people.told).toEqual([
      [
        "contactAdded",
        {
          corp: "corp-1",
          userId: "staff-a",
          externalUserId: "wm-1",
          at: START,
          half: false,
          state: "ch1",
          read: contactRead("wm-1", ["tag-a"]),
        },
      ],
    ]);
    // Whoever came from a live room says so in what is read.
    expect(contactRead("wm-1").follows[0]).toMatchObject({ addWay: 10, channels: { source: 2 } });
    expect(calls.calls.at(-1)).toEqual(["addTags", ["tag-b"]]);
    expect(await states()).toEqual(["contact:wm-1 done 0 tagged"]);
  });

  it("tells of every other change in its own words", async () => {
    const people = rememberingPeople();
    await takeIn(
      contactEvent("edit_external_contact", "wm-1", { at: AT }),
      contactEvent("del_external_contact", "wm-2", { at: AT, more: "<Source>DELETE_BY_TRANSFER</Source>" }),
      contactEvent("del_follow_user", "wm-3", { at: AT }),
      contactEvent("transfer_fail", "wm-4", { at: AT, more: "<FailReason>customer_refused</FailReason>" }),
      groupEvent("update", "wr-5", { at: AT, more: "<LastMemVer>a</LastMemVer><CurMemVer>b</CurMemVer>" }),
      groupEvent("dismiss", "wr-6", { at: AT }),
      `<xml><CreateTime>${AT}</CreateTime><Event>change_external_tag</Event><Id>t</Id></xml>`,
      `<xml><CreateTime>${AT}</CreateTime><Event>nobody_knows</Event></xml>`,
    );
    await createCallbackWorker(parts({ people })).round();
    expect(new Map(people.told)).toMatchObject(
      new Map<string, object>([
        ["contactChanged", { at: START, read: { externalUserId: "wm-1" } }],
        ["contactRemoved", { externalUserId: "wm-3", by: "customer" }],
        ["transferFailed", { reason: "customer_refused" }],
        ["groupChanged", { chatId: "wr-5", from: "a", to: "b" }],
        ["groupDismissed", { chatId: "wr-6" }],
        ["tagsChanged", { corp: "corp-1" }],
      ]),
    );
    expect(people.told).toHaveLength(7);
    expect((await states()).at(-1)).toMatch(/^other:\S+ done 0 ignored$/);
  });

  it("keeps the order in which things happened to one contact, though they came in another", async () => {
    const people = rememberingPeople();
    await takeIn(
      contactEvent("del_follow_user", "wm-1", { at: AT + 2 }),
      contactEvent("add_external_contact", "wm-1", { at: AT }),
      contactEvent("edit_external_contact", "wm-1", { at: AT + 1 }),
    );
    await createCallbackWorker(parts({ people })).round();
    expect(people.told.map(([what]) => what)).toEqual(["contactAdded", "contactChanged", "contactRemoved"]);
  });

  it("holds up what comes after one that failed, and nobody else, until its time comes again", async () => {
    const people = rememberingPeople();
    let now = START;
    let away = true;
    const calls = rememberingCalls({
      readContact: (id) => (away && id === "wm-1" ? Promise.reject(busy()) : Promise.resolve(contactRead(id))),
    });
    const worker = createCallbackWorker(parts({ people, callsOf: () => Promise.resolve(calls), now: () => now }));
    await takeIn(
      contactEvent("edit_external_contact", "wm-1", { at: AT }),
      contactEvent("del_follow_user", "wm-1", { at: AT + 1 }),
      contactEvent("del_follow_user", "wm-2", { at: AT }),
    );
    await worker.round();
    expect(await states()).toEqual([
      "contact:wm-1 waiting 1 wecom.-1",
      "contact:wm-1 waiting 0 -",
      "contact:wm-2 done 0 told",
    ]);
    // One that comes meanwhile does not overtake either.
    await takeIn(contactEvent("edit_external_contact", "wm-1", { at: AT + 3 }));
    expect(await worker.round()).toBe(0);
    away = false;
    now += 2_001;
    expect(await worker.round()).toBe(3);
    expect(people.told.map(([what]) => what)).toEqual([
      "contactRemoved",
      "contactChanged",
      "contactRemoved",
      "contactChanged",
    ]);
  });

  it("drops what WeCom refuses for good, what was tried too often, and what is of no app", async () => {
    let now = START;
    const errors = new Map<string, Error>([
      ["wm-1", busy(40096)],
      ["wm-2", new WecomTransportError({ api: "externalcontact/get", reason: "timeout", outcome: "unknown" })],
    ]);
    const calls = rememberingCalls({ readContact: (id) => Promise.reject(errors.get(id) ?? busy()) });
    const worker = createCallbackWorker(parts({ callsOf: () => Promise.resolve(calls), now: () => now }));
    await takeIn(
      contactEvent("edit_external_contact", "wm-1", { at: AT }),
      contactEvent("edit_external_contact", "wm-2", { at: AT }),
    );
    for (let round = 0; round < 12; round += 1) {
      await worker.round();
      now += 7_200_001;
    }
    expect(await states()).toEqual(["contact:wm-1 dropped 0 wecom.40096", "contact:wm-2 dropped 10 network.timeout"]);
    await takeIn(contactEvent("edit_external_contact", "wm-3", { at: AT }));
    await createCallbackWorker(parts({ callsOf: () => Promise.resolve(null), now: () => now })).round();
    expect((await states()).at(-1)).toBe("contact:wm-3 dropped 0 app.unknown");
  });

  it("never gives one object to two workers, and gives all of them to somebody", async () => {
    const people = rememberingPeople();
    const inWork = new Map<string, number>();
    let most = 0;
    const calls = rememberingCalls({
      readContact: async (id) => {
        inWork.set(id, (inWork.get(id) ?? 0) + 1);
        most = Math.max(most, inWork.get(id) ?? 0);
        await new Promise((resolve) => setTimeout(resolve, 1));
        inWork.set(id, (inWork.get(id) ?? 0) - 1);
        return contactRead(id);
      },
    });
    const workers = Array.from({ length: 4 }, () =>
      createCallbackWorker(parts({ people, callsOf: () => Promise.resolve(calls) })),
    );
    const messages = Array.from({ length: 120 }, (_, n) =>
      contactEvent("edit_external_contact", `wm-${n % 40}`, { at: AT + Math.trunc(n / 40) }),
    );
    await takeIn(...messages.toSorted(() => Math.random() - 0.5));
    for (let ended = 0; ended < 120;) {
      const rounds = await Promise.all(workers.map((worker) => worker.round()));
      ended += rounds.reduce((sum, count) => sum + count, 0);
    }
    expect(most).toBe(1);
    expect(people.told).toHaveLength(120);
  });

  it("takes over what a worker had claimed when it was killed, and not before its lease is over", async () => {
    const people = rememberingPeople();
    let now = START;
    await takeIn(groupEvent("update", "wr-1", { at: AT }));
    const stuck = createCallbackWorker(
      parts({ people: { ...people, groupChanged: () => new Promise<never>(() => undefined) } }),
    );
    void stuck.round();
    await expect.poll(async () => (await sql`select 1 from wecom_callbacks where lease_until > 0`).length).toBe(1);
    const other = createCallbackWorker(parts({ people, now: () => now }));
    // WeCom delivers it again meanwhile: it stands there already.
    expect(await takeIn(groupEvent("update", "wr-1", { at: AT }))).toEqual([]);
    expect(await other.round()).toBe(0);
    now += 120_001;
    expect(await other.round()).toBe(1);
    expect(people.told.map(([what]) => what)).toEqual(["groupChanged"]);
  });

  it("is forgotten after its time", async () => {
    await takeIn(groupEvent("update", "wr-1", { at: AT }));
    expect(await forgetCallbacks(client.db, START)).toBe(0);
    expect(await forgetCallbacks(client.db, START + 1)).toBe(1);
  });
});

describe("welcomes", () => {
  const welcome = { text: "示例欢迎语", attachments: [] };
  const joined = (id: string, more = "<WelcomeCode>CODE</WelcomeCode>") =>
    contactEvent("add_external_contact", id, { at: AT, more });
  const ends = () => sql`select welcome, welcome_reason as reason from wecom_callbacks order by id`;

  it("go out once for each code, whoever tries, beside the other work", async () => {
    const calls = rememberingCalls();
    const all = parts({ people: rememberingPeople({ welcome }), callsOf: () => Promise.resolve(calls) });
    const ids = await takeIn(joined("wm-1"), joined("wm-2", ""), groupEvent("update", "wr-1", { at: AT }));
    const [one, two] = [createWelcomes(all), createWelcomes(all)];
    await Promise.all([one.send(ids), two.send(ids), one.send(ids)]);
    await one.send(ids);
    expect(calls.calls).toEqual([["sendWelcome", "CODE"]]);
    expect(await ends()).toEqual([
      { welcome: "sent", reason: null },
      { welcome: null, reason: null },
      { welcome: null, reason: null },
    ]);
  });

  it("that nobody sent are sent by the worker, while there is time", async () => {
    const calls = rememberingCalls();
    let now = START + 1_000;
    const all = parts({
      people: rememberingPeople({ welcome }),
      callsOf: () => Promise.resolve(calls),
      now: () => now,
    });
    await takeIn(joined("wm-1"));
    expect(await createWelcomes(all).sendLeft()).toBe(0);
    now = START + 5_000;
    expect(await createWelcomes(all).sendLeft()).toBe(1);
    expect(calls.calls).toEqual([["sendWelcome", "CODE"]]);
  });

  it("are given up quietly, with the reason: late, none prepared, taken by another app, no answer", async () => {
    const reasons = new Map<string, Error>([
      ["taken", new WecomError({ api: "externalcontact/send_welcome_msg", errcode: 41051, errmsg: "示例" })],
      ["lost", new WecomTransportError({ api: "externalcontact/send_welcome_msg", reason: "cut", outcome: "unknown" })],
    ]);
    const calls = rememberingCalls({ sendWelcome: (code) => Promise.reject(reasons.get(code) ?? new Error(code)) });
    const all = parts({ people: rememberingPeople({ welcome }), callsOf: () => Promise.resolve(calls) });
    const code = (text: string) => `<WelcomeCode>${text}</WelcomeCode>`;
    const ids = await takeIn(
      joined("wm-1", code("taken")),
      joined("wm-2", code("lost")),
      joined("wm-3"),
      joined("wm-4"),
    );
    await createWelcomes(all).send(ids.slice(0, 2));
    await createWelcomes({ ...all, people: rememberingPeople() }).send(ids.slice(2, 3));
    await createWelcomes({ ...all, now: () => START + 20_000 }).send(ids.slice(3));
    expect(await ends()).toEqual([
      { welcome: "givenUp", reason: "wecom.41051" },
      { welcome: "givenUp", reason: "network.cut" },
      { welcome: "givenUp", reason: "none" },
      { welcome: "givenUp", reason: "late" },
    ]);
  });

  it("of events that came late have less time, by WeCom's own clock", async () => {
    const ids = await takeIn(
      contactEvent("add_external_contact", "wm-1", { at: AT - 15, more: "<WelcomeCode>A</WelcomeCode>" }),
      contactEvent("add_external_contact", "wm-2", { at: AT - 3_600, more: "<WelcomeCode>B</WelcomeCode>" }),
    );
    const calls = rememberingCalls();
    const all = parts({ people: rememberingPeople({ welcome }), callsOf: () => Promise.resolve(calls) });
    await createWelcomes({ ...all, now: () => START + 4_000 }).send(ids);
    expect(calls.calls).toEqual([["sendWelcome", "A"]]);
    expect(await ends()).toMatchObject([{ welcome: "sent" }, { welcome: "givenUp", reason: "late" }]);
  });

  it("never reject: what fails on our side is left to the worker", async () => {
    const people = { welcomeFor: () => Promise.reject(new Error("the database went away")) };
    const ids = await takeIn(joined("wm-1"));
    await createWelcomes({ ...parts(), people }).send(ids);
    expect(await ends()).toEqual([{ welcome: "waiting", reason: null }]);
  });
});
