import fc from "fast-check";
import Fastify, { type FastifyInstance } from "fastify";
import pino from "pino";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { StoreUnavailableError } from "#db/event-store-contract.ts";
import { openCallbackStore, type CallbackStore } from "#db/wecom-callback-store.ts";
import { createMetrics } from "#server/lib/metrics.ts";
import { createCallbackInbox, type CallbackInbox } from "#server/wecom/callback-inbox.ts";
import { encryptMessage, callbackKey } from "#server/wecom/crypto.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import {
  APP,
  APP_KEY,
  appKeys,
  contactEvent,
  delivery,
  groupEvent,
  signed,
  type Sent,
} from "#tests/support/wecom-callbacks.ts";
import { handleFailures } from "../failures.ts";
import { serveWecomHooks } from "./wecom-routes.ts";

let database: TestDatabase;
let store: CallbackStore;
let sql: postgres.Sql;
/** Puts itself before the store, for what a test wants to go wrong. */
let around: (add: CallbackStore["add"]) => CallbackStore["add"] = (add) => add;
let inbox: CallbackInbox;
let app: FastifyInstance;
const welcomes: number[] = [];
const logged: string[] = [];
const metrics = createMetrics();

beforeAll(async () => {
  database = await testDatabase();
  store = openCallbackStore({ url: database.url, name: "test" });
  sql = postgres(database.url, { max: 1 });
  const log = pino({ level: "warn" }, { write: (line: string) => void logged.push(line) });
  const add: CallbackStore["add"] = (rows) => around((more) => store.add(more))(rows);
  inbox = createCallbackInbox({ store: { add }, log, onWelcomes: (ids) => welcomes.push(...ids) });
  app = Fastify();
  handleFailures(app, { refused: metrics.refused, log });
  await serveWecomHooks(app, { appKeys, inbox, metrics: metrics.registry, log });
});
beforeEach(async () => {
  around = (add) => add;
  welcomes.length = 0;
  await sql`truncate wecom_callbacks`;
});
afterAll(async () => {
  await app.close();
  await inbox.close();
  await Promise.all([store.close(), sql.end()]);
  await database.drop();
});

const post = ({ url, body }: Sent, headers: Record<string, string> = { "content-type": "text/xml" }) =>
  app.inject({ method: "POST", url, payload: body, headers });
const rows = () => sql<
  { name: string; object: string; raw: string; message: string; state: string; welcome: string | null }[]
>`
  select name, object, raw, message, state, welcome from wecom_callbacks order by id`;
async function metric(line: string): Promise<number> {
  const found = (await metrics.registry.metrics()).split("\n").find((one) => one.startsWith(`${line} `));
  return Number(found?.slice(line.length) ?? 0);
}

describe("entering the URL in WeCom's console", () => {
  const key = callbackKey(APP.aesKey);
  const echoUrl = (plain: string, receiveId = APP.corpId, token = APP.token) => {
    if (!key) throw new Error("the tests' key is one");
    const encrypted = encryptMessage(key, { message: plain, receiveId });
    return `${signed(encrypted, { token }).url}&echostr=${encodeURIComponent(encrypted)}`;
  };

  it("answers the bare text, also when a plus came as a blank", async () => {
    for (const plain of ["1616140317555161061", "示例 echo\n"]) {
      const answer = await app.inject(echoUrl(plain));
      expect([answer.statusCode, answer.body]).toEqual([200, plain]);
      const unescaped = await app.inject(echoUrl(plain).replaceAll("%2B", "+"));
      expect([unescaped.statusCode, unescaped.body]).toEqual([200, plain]);
    }
  });

  it("refuses another token, another receiver, and no echo at all", async () => {
    expect((await app.inject(echoUrl("1", APP.corpId, "other"))).statusCode).toBe(401);
    expect((await app.inject(echoUrl("1", "ww-other"))).statusCode).toBe(400);
    expect((await app.inject(`/hooks/wecom/${APP_KEY}`)).statusCode).toBe(401);
    expect((await app.inject(echoUrl("1").replace(APP_KEY, "unknown"))).statusCode).toBe(404);
  });
});

describe("a delivery", () => {
  it("is stored raw and decrypted in one row before it is answered", async () => {
    const message = contactEvent("add_external_contact", "wm-1", { more: "<WelcomeCode>C</WelcomeCode>" });
    const sent = delivery(message);
    const answer = await post(sent);
    expect([answer.statusCode, answer.body]).toEqual([200, "success"]);
    expect(await rows()).toEqual([
      {
        name: "change_external_contact.add_external_contact",
        object: "contact:wm-1",
        raw: sent.body,
        message,
        state: "waiting",
        welcome: "waiting",
      },
    ]);
    expect(welcomes).toHaveLength(1);
  });

  it("is taken under any content type, and under none", async () => {
    for (const type of ["application/xml", "text/plain", "application/json", ""]) {
      const headers: Record<string, string> = type === "" ? {} : { "content-type": type };
      expect((await post(delivery(groupEvent("update", `wr-${type}`)), headers)).statusCode, type).toBe(200);
    }
  });

  it("counts once, however often, whenever and in whatever order it comes again", async () => {
    const messages = Array.from({ length: 30 }, (_, n) =>
      groupEvent("update", `wr-${n}`, { at: 1_800_000_000 + (n % 3) }),
    );
    const seenBefore = await metric('kaibo_wecom_callbacks_total{result="seen"}');
    const thrice = [...messages, ...messages, ...messages]
      .map((message) => ({ message, place: Math.random() }))
      .toSorted((a, b) => a.place - b.place);
    const answers = await Promise.all(thrice.map(({ message }) => post(delivery(message))));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(await rows()).toHaveLength(30);
    expect(await metric('kaibo_wecom_callbacks_total{result="seen"}')).toBe(seenBefore + 60);
  });

  it("of another app is another one", async () => {
    // The same message to an unknown app is no delivery at all.
    const message = groupEvent("update", "wr-1");
    expect((await post(delivery(message, { path: "another" }))).statusCode).toBe(404);
    expect(await rows()).toEqual([]);
  });

  it("that is answered late finds its place taken when it comes again meanwhile", async () => {
    const gate = Promise.withResolvers<void>();
    around = (add) => async (batch) => {
      const added = await add(batch);
      await gate.promise;
      return added;
    };
    const message = groupEvent("update", "wr-slow");
    const first = post(delivery(message));
    const second = post(delivery(message));
    await new Promise((resolve) => setTimeout(resolve, 50));
    gate.resolve();
    expect([(await first).statusCode, (await second).statusCode]).toEqual([200, 200]);
    expect(await rows()).toHaveLength(1);
  });
});

describe("refusals", () => {
  it("have a status each and are counted by code", async () => {
    const message = groupEvent("update", "wr-1");
    const good = delivery(message);
    const expected = async (sent: Sent, status: number, code: string) => {
      const line = `kaibo_refusals_total{code="${code}"}`;
      const before = await metric(line);
      const answer = await post(sent);
      expect([answer.statusCode, answer.json()]).toMatchObject([status, { code }]);
      expect(await metric(line)).toBe(before + 1);
    };
    await expected(delivery(message, { token: "other" }), 401, "wecomCallback.signature");
    await expected({ ...good, url: good.url.replace(/nonce=\d+/, "nonce=1") }, 401, "wecomCallback.signature");
    await expected({ ...good, url: `/hooks/wecom/${APP_KEY}` }, 401, "wecomCallback.signature");
    await expected({ ...good, url: `${good.url}&nonce=2` }, 401, "wecomCallback.signature");
    await expected(delivery(message, { path: "unknown" }), 404, "wecomCallback.unknown");
    await expected({ ...good, url: good.url.replace(APP_KEY, "unknown"), body: "" }, 404, "wecomCallback.unknown");
    await expected(delivery(message, { receiveId: "ww-other" }), 400, "wecomCallback.receiver");
    await expected(signed("AAAA"), 400, "wecomCallback.malformed");
    await expected({ ...good, body: "" }, 400, "wecomCallback.malformed");
    await expected({ ...good, body: "{}" }, 400, "wecomCallback.malformed");
    await expected(delivery("no XML"), 400, "wecomCallback.malformed");
    await expected(delivery("<xml><Event>a</Event></xml>"), 400, "wecomCallback.malformed");
    await expected(delivery(groupEvent("update", "a\u0000b")), 400, "wecomCallback.malformed");
    expect(await rows()).toEqual([]);
  });

  it("of what is sealed for a suite say so, in the log once for each app", async () => {
    const suite = delivery(groupEvent("update", "wr-1"), { receiveId: "dk-of-the-suite" });
    for (let times = 0; times < 3; times += 1) expect((await post(suite)).json().code).toBe("wecomCallback.receiver");
    expect(logged.filter((line) => line.includes("sealed for a suite"))).toHaveLength(1);
    expect(await rows()).toEqual([]);
  });

  it("meet a megabyte, a bomb of entities, and bytes that are no text", async () => {
    const good = delivery(groupEvent("update", "wr-1"));
    const big = await post({ ...good, body: good.body.replace("</xml>", `<A>${"x".repeat(1_048_576)}</A></xml>`) });
    expect([big.statusCode, big.json()]).toMatchObject([413, { code: "http.bodyTooLarge" }]);
    const bomb = `<!DOCTYPE xml [<!ENTITY a "ha">${"<!ENTITY b '&a;&a;&a;'>".repeat(5_000)}]>${good.body}`;
    expect((await post({ ...good, body: bomb })).statusCode).toBe(400);
    expect((await post(delivery(`<!DOCTYPE xml [<!ENTITY a "ha">]>${groupEvent("update", "&a;")}`))).statusCode).toBe(
      400,
    );
    const bytes = await app.inject({ method: "POST", url: good.url, payload: Buffer.from([0xff, 0xfe, 0x00]) });
    expect(bytes.statusCode).toBe(400);
  });

  it("are never a 500, whatever comes", async () => {
    const encrypted = fc.oneof(fc.base64String(), fc.string());
    const sent = fc.oneof(
      fc.string().map((message) => delivery(`<xml>${message}</xml>`)),
      fc.string({ unit: "binary" }).map((id) => delivery(contactEvent("add_external_contact", id))),
      fc.string().map((at) => delivery(groupEvent("update", "wr", { more: `<CreateTime>${at}</CreateTime>` }))),
      encrypted.map((text) => signed(text)),
      fc.string().map((body) => ({ ...signed("AAAA"), body })),
      fc.record({ url: fc.string().map((query) => `/hooks/wecom/${APP_KEY}?${query}`), body: fc.string() }),
      fc.record({ url: fc.string().map((path) => `/hooks/wecom/${encodeURIComponent(path)}`), body: fc.string() }),
    );
    await fc.assert(
      fc.asyncProperty(sent, async (one) => {
        expect((await post(one)).statusCode).toBeLessThan(500);
      }),
      { numRuns: 400 },
    );
  });
});

describe("while the database is away", () => {
  it("nothing is said to be stored, and everybody who waits is told at once", async () => {
    around = () => () => Promise.reject(new StoreUnavailableError("away"));
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, n) => post(delivery(groupEvent("update", `wr-${n}`)))),
    );
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([503]));
    expect(await rows()).toEqual([]);
  });

  it("what got in without an answer is found as seen when it comes again", async () => {
    const message = groupEvent("update", "wr-1");
    around = (add) => async (batch) => {
      await add(batch);
      throw new StoreUnavailableError("no answer");
    };
    expect((await post(delivery(message))).statusCode).toBe(503);
    around = (add) => add;
    expect((await post(delivery(message))).statusCode).toBe(200);
    expect(await rows()).toHaveLength(1);
  });

  it("a row that can never be stored costs nobody else", async () => {
    around = (add) => (batch) =>
      batch.some(({ object }) => object === "chat:wr-poison") ? Promise.reject(new Error("refused")) : add(batch);
    const names = ["wr-1", "wr-poison", "wr-2"];
    const answers = await Promise.all(names.map((name) => post(delivery(groupEvent("update", name)))));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 503, 200]);
  });
});
