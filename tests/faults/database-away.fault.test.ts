import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { promised } from "#tests/support/machine-pace.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import { startRelay, type Relay } from "#tests/support/relay.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

/** A whole Kaibo whose database is away for a while: everybody is told to come back, nobody is told that something broke, and then it goes on. */

const PASSWORD = "database-away-test";
const AWAY_MS = 8_000;
let database: TestDatabase;
let wire: Relay;
let server: TestServer;
let followers: TestServer;
let socket: Socket;
let cookie = "";
let coldCookie = "";
let sessionId = "";
let seen = "";

beforeAll(async () => {
  database = await testDatabase();
  wire = await startRelay(database.url);
  const env = { DATABASE_URL: wire.url, KAIBO_ADMIN_PASSWORD: PASSWORD };
  server = await startServer({ env: { ...env, KAIBO_ROLE: "live" } });
  followers = await startServer({ env: { ...env, KAIBO_ROLE: "jobs" } });
  cookie = await signIn();
  coldCookie = await signIn();
  const rooms = z
    .object({ rooms: z.array(z.object({ id: z.string() })) })
    .parse((await call("GET", "/api/v1/rooms")).body);
  const plan = { title: "示例", plannedStartAt: 1_800_000_000_000, plannedEndAt: 1_800_003_600_000 };
  const made = await call("POST", "/api/v1/sessions", { roomId: rooms.rooms[0]?.id, ...plan });
  sessionId = z.object({ id: z.string() }).parse(made.body).id;
  socket = io(server.url, { transports: ["websocket"], extraHeaders: { cookie } });
  const take = (message: unknown) => (seen = JSON.stringify(message));
  socket.on("snapshot", take);
  socket.on("frame", take);
  socket.on("connect", () => socket.emit("join", { sessionId, audience: "control" }));
});
afterAll(async () => {
  socket.disconnect();
  await Promise.all([server.stop(), followers.stop()]);
  await wire.close();
  await database.drop();
});

async function signIn(): Promise<string> {
  const answer = await fetch(`${server.url}/api/auth/sign-in/username`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.url },
    body: JSON.stringify({ username: "owner", password: PASSWORD }),
  });
  expect(answer.status).toBe(200);
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
}

const Retry = z.object({ status: z.literal("retry"), retryAfterMs: z.number() });
const PATIENCE_MS = 12_000;

type Told = { status: number; body: unknown; retryAfter: string | null; ms: number };

async function call(method: "GET" | "POST", path: string, body?: object, as = cookie): Promise<Told> {
  const startedAt = performance.now();
  const answer = await fetch(new URL(path, server.url), {
    method,
    headers: { origin: server.url, cookie: as, ...(body ? { "content-type": "application/json" } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await answer.text();
  const json = answer.headers.get("content-type")?.startsWith("application/json");
  const ms = performance.now() - startedAt;
  return {
    status: answer.status,
    body: json ? JSON.parse(text) : text,
    retryAfter: answer.headers.get("retry-after"),
    ms,
  };
}

const edit = (title: string) =>
  call("POST", `/api/v1/sessions/${sessionId}/commands`, { id: randomUUID(), type: "session.edit", input: { title } });

/** Everything that needs the database, as screens and programs ask it. */
const questions: readonly [name: string, ask: () => Promise<Told>][] = [
  ["act", () => edit("während")],
  ["me", () => call("GET", "/api/v1/me")],
  ["a cookie that was never seen by this process", () => call("GET", "/api/v1/me", undefined, coldCookie)],
  ["list", () => call("GET", "/api/v1/sessions")],
  ["a show", () => call("GET", `/api/v1/sessions/${sessionId}`)],
  ["an unknown show", () => call("GET", "/api/v1/viewer/sessions/s_nobody")],
  ["view", () => call("GET", `/api/v1/sessions/${sessionId}/view?audience=control`)],
  ["any second", () => call("GET", `/api/v1/sessions/${sessionId}/view?audience=control&at=1800000000000`)],
  ["log", () => call("GET", `/api/v1/sessions/${sessionId}/events`)],
  ["orders as CSV", () => call("GET", `/api/v1/sessions/${sessionId}/exports/orders.csv`)],
  ["sign-in", () => call("POST", "/api/auth/sign-in/username", { username: "owner", password: PASSWORD }, "")],
  ["sign-out", () => call("POST", "/api/auth/sign-out", {}, "kaibo.session_token=x")],
  ["ready", () => call("GET", "/readyz")],
  ["ready to follow", () => call("GET", `${followers.url}/readyz`)],
];

async function everybodyIsToldToComeBack(): Promise<void> {
  const limit = promised(PATIENCE_MS);
  const answers = await Promise.all(questions.map(async ([name, ask]) => ({ name, ...(await ask()) })));
  const patienceMs = limit.onThisMachine();
  const wrong = answers.flatMap(({ name, status, body, retryAfter, ms }) => {
    // Nobody was signed in, so there is nothing to end.
    const told = status === 503 && Retry.safeParse(body).success && Number(retryAfter) > 0 && ms < patienceMs;
    const fine = told || (name === "sign-out" && status === 200);
    return fine ? [] : [`${name}: ${status} ${JSON.stringify(body).slice(0, 200)} after ${Math.round(ms)} ms`];
  });
  expect(wrong).toEqual([]);
  expect((await call("GET", "/healthz")).status).toBe(200);
  expect((await call("GET", "/metrics")).status).toBe(200);
}

async function goesOn(): Promise<void> {
  const limit = promised(5_000);
  const backAt = performance.now();
  const title = randomUUID();
  await expect.poll(() => edit(title).then(({ status }) => status)).toBe(200);
  expect(performance.now() - backAt).toBeLessThan(limit.onThisMachine());
  await expect.poll(() => seen).toContain(title);
  for (const [name, ask] of questions) {
    await expect.poll(() => ask().then(({ status }) => status), { message: name }).toBeLessThan(405);
  }
}

describe("while the database is away", () => {
  it("because it refuses connections: everybody is told to come back, then it goes on", async () => {
    await expect.poll(() => seen).not.toBe("");
    await wire.goAway();
    await everybodyIsToldToComeBack();
    await sleep(AWAY_MS);
    await wire.resume();
    await goesOn();
  });

  it("because it says nothing any more: likewise", async () => {
    wire.holdAnswers();
    await everybodyIsToldToComeBack();
    await wire.resume();
    await goesOn();
  });

  it("tells nobody's secrets in its log, and calls nothing a bug", async () => {
    // The address of a host's screen is its key.
    for (const { url } of [server, followers]) await fetch(`${url}/screen/ks_secret`);
    const lines = `${server.output()}${followers.output()}`.split("\n");
    expect(lines.filter((line) => /request failed|params:|ks_secret/.test(line))).toEqual([]);
  });
});
