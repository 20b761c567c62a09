import { randomUUID } from "node:crypto";
import { io, type Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { promised } from "#tests/support/machine-pace.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import { startRedis, type TestRedis } from "#tests/support/redis.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

/** Two whole Kaibo processes on one PostgreSQL and one Redis: whichever of them a person reaches, it is the same show. */

const PASSWORD = "two-nodes-test-only";
let database: TestDatabase;
let redis: TestRedis;
let a: TestServer;
let b: TestServer;
let sessionId = "";
const sockets: Socket[] = [];

const launch = () =>
  startServer({
    env: {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      KAIBO_ROLE: "live",
      KAIBO_SECRET: "one secret for both nodes of this test",
      KAIBO_ADMIN_PASSWORD: PASSWORD,
    },
  });

beforeAll(async () => {
  [database, redis] = await Promise.all([testDatabase(), startRedis()]);
  a = await launch();
  b = await launch();
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});
afterAll(async () => {
  await Promise.all([a.stop(), b.stop()]);
  await redis.stop();
  await database.drop();
});

async function signIn(node: TestServer): Promise<string> {
  const answer = await fetch(`${node.url}/api/auth/sign-in/username`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: node.url },
    body: JSON.stringify({ username: "owner", password: PASSWORD }),
  });
  expect(answer.status).toBe(200);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

async function post(node: TestServer, path: string, body: object): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(node.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", origin: node.url, cookie: await cookie() },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

let signedIn: Promise<string> | undefined;
/** One sign-in is good on both: the secret and the database are the same. */
const cookie = () => (signedIn ??= signIn(a));

const edit = (node: TestServer, title: string) =>
  post(node, `/api/v1/sessions/${sessionId}/commands`, { id: randomUUID(), type: "session.edit", input: { title } });

const Titled = z.object({ session: z.object({ value: z.object({ title: z.string() }) }).optional() });
const Shown = z.object({ seq: z.number(), slices: Titled });
const Present = z.object({ online: z.array(z.object({ pages: z.array(z.string()) })) });

type Screen = { socket: Socket; title(): string; online(): readonly string[] };

/** A control screen that knows nothing but what it was sent; like the real one it joins again whenever it is connected again. */
async function screen(node: TestServer, page: string): Promise<Screen> {
  let title = "";
  let online: string[] = [];
  const socket = io(node.url, { transports: ["websocket"], forceNew: true, extraHeaders: { cookie: await cookie() } });
  sockets.push(socket);
  const take = (message: unknown) => {
    title = Shown.parse(message).slices.session?.value.title ?? title;
  };
  socket.on("snapshot", take);
  socket.on("frame", take);
  socket.on("presence", (message: unknown) => {
    online = Present.parse(message).online.flatMap(({ pages }) => pages);
  });
  socket.on("connect", () => socket.emit("join", { sessionId, audience: "control", page }));
  await expect.poll(() => title).not.toBe("");
  return { socket, title: () => title, online: () => online };
}

const shows = (one: Screen, title: string) => expect.poll(() => one.title()).toBe(title);

describe("two Kaibos and one show", () => {
  beforeAll(async () => {
    const room = z.object({ rooms: z.array(z.object({ id: z.string() })).min(1) });
    const rooms = await fetch(`${a.url}/api/v1/rooms`, { headers: { cookie: await cookie() } });
    const [first] = room.parse(await rooms.json()).rooms;
    const plan = {
      roomId: first?.id,
      title: "示例",
      plannedStartAt: 1_800_000_000_000,
      plannedEndAt: 1_800_003_600_000,
    };
    const made = await post(a, "/api/v1/sessions", plan);
    sessionId = z.object({ id: z.string() }).parse(made.body).id;
  });

  it("answers on B a command for a show of A, and shows it on both", async () => {
    const [onA, onB] = await Promise.all([screen(a, "control"), screen(b, "plan")]);
    expect(await edit(b, "从 B 改")).toMatchObject({ status: 200, body: { status: "ok" } });
    await Promise.all([shows(onA, "从 B 改"), shows(onB, "从 B 改")]);
    expect(await edit(a, "从 A 改")).toMatchObject({ status: 200, body: { status: "ok" } });
    await Promise.all([shows(onA, "从 A 改"), shows(onB, "从 A 改")]);
    const refused = await post(b, `/api/v1/sessions/${sessionId}/commands`, {
      id: "x",
      type: "session.end",
      input: {},
    });
    expect(refused).toMatchObject({ status: 409, body: { status: "rejected" } });
  });

  it("tells on each node who is online on the other", async () => {
    const [onA, onB] = await Promise.all([screen(a, "control"), screen(b, "plan")]);
    for (const one of [onA, onB]) {
      await expect.poll(() => [...one.online()].toSorted()).toEqual(["control", "plan"]);
    }
    onB.socket.disconnect();
    await expect.poll(() => onA.online()).toEqual(["control"]);
  });

  it("asks for the key of the house between nodes", async () => {
    const ask = (authorization: string) =>
      fetch(`${a.url}/internal/live/snapshot`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization },
        body: JSON.stringify({ sessionId, audience: "control" }),
      });
    expect((await ask("Bearer guess")).status).toBe(401);
    expect((await fetch(`${a.url}/internal/live/snapshot`)).status).toBe(404);
  });

  it("gives who guesses passwords no more tries by asking both", async () => {
    const guess = (node: TestServer) =>
      fetch(`${node.url}/api/auth/sign-in/username`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: node.url },
        body: JSON.stringify({ username: "victim", password: "a guess" }),
      }).then(({ status }) => status);
    for (let n = 0; n < 10; n += 1) expect(await guess(n % 2 === 0 ? a : b)).toBe(401);
    await expect.poll(() => guess(a)).toBe(429);
    expect(await guess(b)).toBe(429);
  });

  it("goes on while Redis is gone: what was acknowledged stays, each node's screens are shown it", async () => {
    const [onA, onB] = await Promise.all([screen(a, "control"), screen(b, "plan")]);
    const { port } = redis;
    await redis.stop();
    expect(await edit(b, "没有 Redis")).toMatchObject({ status: 200 });
    // The owner's own screens need no Redis; the other node asks once a second.
    await shows(onA, "没有 Redis");
    await shows(onB, "没有 Redis");
    redis = await startRedis(port);
    await expect.poll(() => edit(a, "Redis 回来").then(({ status }) => status)).toBe(200);
    await Promise.all([shows(onA, "Redis 回来"), shows(onB, "Redis 回来")]);
    await expect.poll(() => onA.online().length).toBe(2);
  });

  it("takes over within seconds when the owner is killed, and its screens go on", async () => {
    const onB = await screen(b, "plan");
    expect(await edit(b, "之前")).toMatchObject({ status: 200 });
    await a.kill();
    const limit = promised(6_000);
    const killedAt = performance.now();
    await expect.poll(() => edit(b, "之后").then(({ status }) => status)).toBe(200);
    expect(performance.now() - killedAt).toBeLessThan(limit.onThisMachine());
    await shows(onB, "之后");
    a = await launch();
    const onA = await screen(a, "control");
    expect(onA.title()).toBe("之后");
    expect(await edit(a, "又是两个")).toMatchObject({ status: 200 });
    await shows(onB, "又是两个");
  });
});
