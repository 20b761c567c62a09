import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { promised } from "#tests/support/machine-pace.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import { freePort } from "#tests/support/ports.ts";
import { startRedis, type TestRedis } from "#tests/support/redis.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

/** A rehearsal on two whole Kaibo processes: where its clock stands is a matter of its log, not of the node that moves it. */

const PASSWORD = "rehearsal-test-only";
/** Far from today: a clock that falls back to the wall's would jump by months. */
const PLANNED_AT = Date.UTC(2030, 5, 1, 12);
let database: TestDatabase;
let redis: TestRedis;
let a: TestServer;
let b: TestServer;
let cookie = "";
let sessionId = "";

const launch = async () =>
  startServer({
    port: await freePort(),
    env: {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      KAIBO_ROLE: "live",
      KAIBO_SECRET: "one secret for both nodes of this test",
      KAIBO_ADMIN_PASSWORD: PASSWORD,
    },
  });

const Rehearsal = z.object({
  state: z.string(),
  message: z.string().nullable(),
  progress: z.object({ showAt: z.number(), endsAt: z.number().nullable(), speed: z.number() }).nullable(),
});

async function ask(node: TestServer, method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${node.url}/api/v1/${path}`, {
    method,
    headers: { origin: node.url, cookie, ...(body ? { "content-type": "application/json" } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
  return JSON.parse(text);
}

const rehearsal = async (node: TestServer) =>
  Rehearsal.parse(await ask(node, "GET", `sessions/${sessionId}/rehearsal`));
const showAt = async (node: TestServer) => (await rehearsal(node)).progress?.showAt ?? 0;

async function until(what: () => Promise<boolean>, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs;
  // A node that is taking a show over may answer that one should come back.
  while (!(await what().catch(() => false))) {
    if (performance.now() > end) throw new Error(`not within ${withinMs} ms`);
    await sleep(200);
  }
}

/** Where it stands once it stands still: a step may be under way. */
async function stillAt(node: TestServer): Promise<number> {
  for (let at = await showAt(node), tries = 0; tries < 15; tries += 1) {
    await sleep(2_000);
    const before = at;
    at = await showAt(node);
    if (at === before) return at;
  }
  throw new Error("it does not stand still");
}

/** At most as far on as its clock may have gone since, at forty times the speed: no jump to anybody's wall clock. */
function farthest(from: number): () => number {
  const since = performance.now();
  return () => from + (performance.now() - since + 1_000) * 40;
}

beforeAll(async () => {
  [database, redis] = await Promise.all([testDatabase(), startRedis()]);
  a = await launch();
  b = await launch();
  const signedIn = await fetch(`${a.url}/api/auth/sign-in/username`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: a.url },
    body: JSON.stringify({ username: "owner", password: PASSWORD }),
  });
  cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const { rooms } = z.object({ rooms: z.array(z.object({ id: z.string() })) }).parse(await ask(a, "GET", "rooms"));
  const plan = {
    roomId: rooms[0]?.id,
    title: "示例彩排",
    rehearsal: true,
    plannedStartAt: PLANNED_AT,
    plannedEndAt: PLANNED_AT + 7_200_000,
  };
  sessionId = z.object({ id: z.string() }).parse(await ask(a, "POST", "sessions", plan)).id;
});
afterAll(async () => {
  await Promise.all([a.stop(), b.stop()]);
  await redis.stop();
  await database.drop();
});

describe("a rehearsal on two nodes", () => {
  it("is shown and steered on the node that does not run it", async () => {
    await ask(a, "POST", `sessions/${sessionId}/rehearsal`, { audience: false, speed: 20, minutes: 700 });
    await until(async () => (await showAt(b)) > PLANNED_AT, 60_000);
    expect(await rehearsal(b)).toMatchObject({ state: "running", progress: { speed: 20 } });
    await expect(ask(b, "POST", `sessions/${sessionId}/rehearsal`, {})).rejects.toThrow("rehearsal.running");

    await ask(b, "PATCH", `sessions/${sessionId}/rehearsal`, { paused: true });
    const stood = await stillAt(a);
    expect(await rehearsal(a)).toMatchObject({ state: "paused", progress: { showAt: stood } });
    await ask(b, "PATCH", `sessions/${sessionId}/rehearsal`, { paused: false, speed: 40 });
    await until(async () => (await showAt(b)) > stood + 40_000, 60_000);
  });

  it("goes on from where it stood when the node that ran it is killed", async () => {
    const before = await showAt(b);
    const latest = farthest(before);
    await a.kill();
    await until(async () => (await showAt(b)) > before + 60_000, 90_000);
    const after = await rehearsal(b);
    expect(after).toMatchObject({ state: "running", message: null, progress: { speed: 40 } });
    expect(after.progress?.showAt).toBeLessThan(latest());
  });

  it("goes on after an orderly restart of all nodes, with nobody looking", async () => {
    const before = await showAt(b);
    const latest = farthest(before);
    const resumed = promised(12_000);
    await b.stop();
    b = await launch();
    await sleep(resumed.onThisMachine());
    const { progress, state } = await rehearsal(b);
    expect(state).toBe("running");
    expect(progress?.showAt).toBeGreaterThan(before + 40_000);
    expect(progress?.showAt).toBeLessThan(latest());
    await ask(b, "DELETE", `sessions/${sessionId}/rehearsal`);
    expect(await rehearsal(b)).toMatchObject({ state: "done" });
    await stillAt(b);
  });
});
