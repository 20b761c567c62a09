import { readFileSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDatabase, type DatabaseClient } from "#db/client.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

/** The sample of a first start, whose simulator dies: another one takes its place, twice, and the show ends as it should. */

let database: TestDatabase;
let client: DatabaseClient;
let kaibo: TestServer;
beforeAll(async () => {
  database = await testDatabase();
  client = openDatabase({ url: database.url, name: "test", connectionsMax: 2 });
  const env = { DATABASE_URL: database.url, KAIBO_ROLE: "live", KAIBO_SAMPLES: "on" };
  kaibo = await startServer({ env: { ...env, KAIBO_SECRET: "the secret of this test, and of it alone" } });
});
afterAll(async () => {
  await kaibo.stop();
  await client.close();
  await database.drop();
});

/** Of the server alone: other tests have simulators too. */
function simulator(): number | undefined {
  const children = readdirSync("/proc").filter((pid) => /^\d+$/.test(pid));
  for (const pid of children) {
    try {
      const isOurs = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[1] === String(kaibo.pid);
      if (isOurs && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("rehearsal-worker")) return Number(pid);
    } catch {
      // Gone while we were looking.
    }
  }
  return undefined;
}

async function told(type: string): Promise<Record<string, unknown>[]> {
  const rows = await client.db.execute(sql`select data from session_events where type = ${type} order by seq`);
  return rows.map(({ data }) => data as Record<string, unknown>);
}

async function until<T>(what: () => Promise<T | undefined>, withinMs: number): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    const found = await what();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`not within ${withinMs} ms: ${kaibo.output().slice(-2_000)}`);
    await sleep(100);
  }
}
const oneMore = (type: string, than: number) => async () => ((await told(type)).length > than ? true : undefined);

it("the sample ends although its simulator was killed twice, once before the show and once in it", async () => {
  await until(oneMore("rehearsal.reported.v1", 0), 60_000);
  const first = simulator();
  expect(first).toBeDefined();
  process.kill(first ?? 0, "SIGKILL");
  await until(oneMore("rehearsal.resumed.v1", 0), 20_000);

  await until(oneMore("session.started.v1", 0), 60_000);
  const second = await until(() => Promise.resolve(simulator()), 20_000);
  expect(second).not.toBe(first);
  process.kill(second, "SIGKILL");
  await until(oneMore("rehearsal.resumed.v1", 1), 20_000);

  await until(oneMore("session.ended.v1", 0), 90_000);
  await until(oneMore("rehearsal.ended.v1", 0), 20_000);
  expect(await told("rehearsal.ended.v1")).toEqual([expect.objectContaining({ how: "done", message: null })]);
  expect(kaibo.output()).toContain("another one takes its place");
}, 240_000);
