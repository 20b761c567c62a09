import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Fastify, { type FastifyInstance } from "fastify";
import pino from "pino";
import { Registry } from "prom-client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { openDatabase, type DatabaseClient } from "#db/client.ts";
import { corpOfRoom } from "#db/queries/wecom-room-corps.ts";
import { wecomApps, wecomCorps, wecomRobots } from "#db/schema/wecom-corps.ts";
import { wecomContacts, wecomGroups, wecomMembers } from "#db/schema/wecom-people.ts";
import { STAND_IN_CORP, STAND_IN_ROBOT } from "#domain/wecom-stand-in.ts";
import { Lifecycle } from "#server/lib/lifecycle.ts";
import { startWecom, type StartedWecom } from "#server/wecom-start.ts";
import { memoryDirectory } from "#tests/support/memory-directory.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import { freePort } from "#tests/support/ports.ts";

/** The rehearsals' WeCom as `npm start` has it: its process, its people in the tables, its callbacks. */

const SECRET = "a secret of this test alone, never used elsewhere";
const log = pino({ level: process.argv.includes("--log") ? "info" : "silent" });
const REHEARSAL = { rehearsal: true } as const;
const REAL = { rehearsal: false } as const;

let place: TestDatabase;
let database: DatabaseClient;
let dataDir: string;
let lifecycle: Lifecycle;
let app: FastifyInstance;
let port: number;
let started: StartedWecom;

const launch = async (): Promise<void> => {
  lifecycle = new Lifecycle(log);
  app = Fastify();
  const env = { wecomUrl: "http://127.0.0.1:9", redisUrl: null, dataDir, host: "127.0.0.1", port };
  const metrics = new Registry();
  const directory = memoryDirectory();
  const { db } = database;
  started = startWecom({ env, databaseUrl: place.url, db, secret: SECRET, directory, metrics, lifecycle, log });
  await started.serveHooks(app);
  await app.listen({ port, host: "127.0.0.1" });
};
const stop = async (): Promise<void> => {
  await app.close();
  await lifecycle.stop();
};

beforeEach(async () => {
  place = await testDatabase();
  database = openDatabase({ url: place.url, name: "test", connectionsMax: 4 });
  dataDir = mkdtempSync(path.join(tmpdir(), "kaibo-stand-in-"));
  port = await freePort();
  await launch();
});
afterEach(async () => {
  await stop();
  await database.close();
  await place.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error("it did not come true");
    await sleep(50);
  }
}

const groupRows = () => database.db.select().from(wecomGroups);
async function phones(method: string, route: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${await started.standIn.url()}/emulator/${route}`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { "content-type": "application/json" } } : {}),
  });
  return answer.json();
}
const Groups = z.object({ groups: z.array(z.object({ chatId: z.string(), size: z.int() })) });
const firstChat = async () => Groups.parse(await phones("GET", "groups")).groups[0] ?? { chatId: "", size: 0 };

describe("the rehearsals' WeCom", () => {
  it("is there without any set-up, and its people are read into the tables by the true reading", async () => {
    expect(await corpOfRoom(database.db, "r_any", "rehearsal")).toBe(STAND_IN_CORP);
    expect(await corpOfRoom(database.db, "r_any", "show")).toBeUndefined();
    expect(await started.standInPeople.knownWithin(15_000)).toBe(true);
    const groups = await groupRows();
    expect(groups).toHaveLength(12);
    expect(new Set(groups.map(({ purpose }) => purpose))).toEqual(new Set(["live", "flash", "content", "benefit"]));
    expect(groups.every(({ name, corpId }) => name.startsWith("示例") && corpId === STAND_IN_CORP)).toBe(true);
    expect(await database.db.select().from(wecomMembers)).toHaveLength(4);
    expect(await database.db.select().from(wecomContacts)).toHaveLength(300);
    expect(await database.db.select().from(wecomCorps)).toEqual([]);
  });

  it("tells of what happens on its phones, and from elsewhere nobody can", async () => {
    await started.standInPeople.knownWithin(15_000);
    const chat = await firstChat();
    const { id } = z.object({ id: z.string() }).parse(await phones("POST", "customers", {}));
    await phones("POST", `groups/${chat.chatId}/join`, { ids: [id] });
    await until(async () =>
      (await groupRows()).some(({ chatId, size }) => chatId === chat.chatId && size === chat.size + 1),
    );

    const hook = `/hooks/wecom/${STAND_IN_CORP}?msg_signature=x&timestamp=1&nonce=n`;
    const body = "<xml><Encrypt>x</Encrypt></xml>";
    const from = (remoteAddress: string, headers = {}) =>
      app.inject({
        method: "POST",
        url: hook,
        remoteAddress,
        headers: { "content-type": "text/xml", ...headers },
        payload: body,
      });
    expect((await from("127.0.0.1")).statusCode).toBe(401);
    expect((await from("203.0.113.7")).statusCode).toBe(404);
    expect((await from("127.0.0.1", { "x-forwarded-for": "203.0.113.7" })).statusCode).toBe(404);
  });

  it("keeps its groups over a restart, under other keys, and begins anew from a file that can't be read", async () => {
    await started.standInPeople.knownWithin(15_000);
    const chat = await firstChat();
    await phones("POST", `groups/${chat.chatId}/join`, {
      ids: [z.object({ id: z.string() }).parse(await phones("POST", "customers", {})).id],
    });
    const before = await started.standIn.standIns.corp(STAND_IN_CORP);
    await stop();
    await launch();
    expect((await firstChat()).size).toBe(chat.size + 1);
    const after = await started.standIn.standIns.corp(STAND_IN_CORP);
    expect(after?.corpId).toBe(before?.corpId);
    expect(after?.secret).not.toBe(before?.secret);

    await stop();
    const file = path.join(dataDir, "rehearsal-wecom.json");
    writeFileSync(file, "{ half a fi");
    await launch();
    expect((await firstChat()).size).toBe(chat.size);
    expect(existsSync(`${file}.unreadable`)).toBe(true);
  });

  it("does not start for a company or a robot that is none of its own", async () => {
    const { standIns } = started.standIn;
    expect([await standIns.corp("w_real"), await standIns.robot("b_real")]).toEqual([null, null]);
    expect(existsSync(path.join(dataDir, "rehearsal-wecom.json"))).toBe(false);
  });
});

describe("[PSH8] a rehearsal and the true secrets of the house", () => {
  /** A true company whose secrets are sealed in the tables, as the settings put them there. */
  async function connectTrueCorp(): Promise<void> {
    const { secrets } = started.wecom;
    const made = { createdBy: "p_owner", createdAt: 1 };
    await database.db.insert(wecomCorps).values({ id: "w_real", corpId: "wwreal", name: "示例真企业", ...made });
    await database.db.insert(wecomApps).values({
      id: "a_real",
      corpRow: "w_real",
      name: "示例应用",
      purpose: "customers",
      agentId: 1,
      appKey: "real-app-key",
      createdAt: 1,
      secretSealed: secrets.seal("secret", "a_real", "true-secret"),
    });
    await database.db.insert(wecomRobots).values({
      id: "b_real",
      corpRow: "w_real",
      name: "示例机器人",
      groupName: "示例群",
      purpose: "all",
      keySealed: secrets.seal("robotKey", "b_real", "true-key"),
      keyAt: 1,
      keyHash: secrets.keyHash("true-key"),
      createdAt: 1,
    });
    secrets.forget();
  }

  it("gives a rehearsal no client of a true company or robot, and a true show none of the stand-in", async () => {
    await connectTrueCorp();
    const { wecomFor } = started.wecom;
    expect(await wecomFor(REAL).clientFor("w_real")).not.toBeNull();
    expect(await wecomFor(REAL).robotFor("b_real")).not.toBeNull();
    expect(await wecomFor(REHEARSAL).clientFor("w_real")).toBeNull();
    expect(await wecomFor(REHEARSAL).robotFor("b_real")).toBeNull();
    expect(await wecomFor(REAL).clientFor(STAND_IN_CORP)).toBeNull();
    expect(await wecomFor(REAL).robotFor(STAND_IN_ROBOT)).toBeNull();
    expect((await wecomFor(REHEARSAL).clientFor(STAND_IN_CORP))?.world).toBe("rehearsal");
  });

  it("finds the true app's keys by no path of the stand-in, nor the other way round", async () => {
    await connectTrueCorp();
    await started.standIn.url();
    expect(await started.standIn.appKeys.find("real-app-key")).toBeNull();
    expect(await started.wecom.secrets.appKeys.find(STAND_IN_CORP)).toBeNull();
  });
});
