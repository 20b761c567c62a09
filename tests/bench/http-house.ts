import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import path from "node:path";
import { io, type Socket } from "socket.io-client";
import { startEmbedded } from "#db/embedded.ts";
import { startServer } from "#tests/support/server.ts";
import { tempDir } from "#tests/support/temp-dir.ts";
import type { LoadOrder, LoadResult } from "./claim-load.ts";
import { processorMs } from "./processor-time.ts";

/** A whole house under load: a live node, followers, a durable PostgreSQL, the load generator and what it is measured against, a process each. */

export const SECRET = "a-secret-of-the-benches-that-is-long-enough";
const PASSWORD = "bench-password-1";
const TOKEN = "bench-token-0123456789abcdef";
const CONNECTIONS = 200;

export type Requests = LoadOrder["requests"];
export type House = {
  readonly url: string;
  readonly databaseUrl: string;
  /** Where the plain way answers. */
  readonly plainPort: number;
  /** Fires at the live node, or at `port`. */
  fire(requests: Requests, port?: number): Promise<LoadResult>;
  /** Processor time so far by process, in ms. */
  spent(): { readonly who: string; readonly ms: number }[];
  /** Calls of somebody who may plan. */
  staff(where: string, body?: object): Promise<object>;
  watch(sessionId: string, screens: number): Promise<void>;
  stop(): Promise<void>;
};

export async function startHouse(name: string, env: Record<string, string> = {}): Promise<House> {
  const place = tempDir(name);
  // Durable, as in a real house: we and the plain way wait for the same disk.
  const database = await startEmbedded({ dataDir: place.dir, say: () => undefined, durable: true });
  const common = { DATABASE_URL: database.url, KAIBO_SECRET: SECRET, LOG_LEVEL: "error", ...env };
  const live = await startServer({
    env: { ...common, KAIBO_ROLE: "live", KAIBO_ADMIN_PASSWORD: PASSWORD, KAIBO_API_TOKEN: TOKEN },
  });
  const jobs = await startServer({ env: { ...common, KAIBO_ROLE: "jobs" } });
  const plain = fork(path.join(import.meta.dirname, "plain-server.ts"), [database.url]);
  const [plainPort] = (await once(plain, "message")) as [number];
  const load = fork(path.join(import.meta.dirname, "claim-load.ts"));
  const screens: Socket[] = [];
  const pids = { server: live.pid, followers: jobs.pid, PostgreSQL: database.pid() ?? 0, generator: load.pid ?? 0 };
  const cookie = await signIn(live.url);
  return {
    url: live.url,
    databaseUrl: database.url,
    plainPort,
    fire: (requests, port = live.port) => fireAt(load, port, requests),
    spent: () => Object.entries(pids).map(([who, pid]) => ({ who, ms: processorMs(pid) })),
    staff: (where, body) => callAsStaff(`${live.url}${where}`, cookie, body),
    async watch(sessionId, count) {
      for (let n = 0; n < count; n += 1) screens.push(await openScreen(live.url, sessionId));
    },
    async stop() {
      for (const screen of screens) screen.close();
      for (const child of [load, plain]) child.disconnect();
      await Promise.all([live.stop(), jobs.stop()]);
      await database.stop();
      place.remove();
    },
  };
}

async function fireAt(load: ChildProcess, port: number, requests: Requests): Promise<LoadResult> {
  load.send({ port, connections: CONNECTIONS, requests } satisfies LoadOrder);
  const [result] = (await once(load, "message")) as [LoadResult];
  return result;
}

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-in/username`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ username: "owner", password: PASSWORD }),
  });
  return response.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
}

async function callAsStaff(where: string, cookie: string, body?: object): Promise<object> {
  const headers = { "content-type": "application/json", origin: new URL(where).origin, cookie };
  const response = await fetch(where, body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers });
  if (!response.ok) throw new Error(`${where} answered ${response.status}: ${await response.text()}`);
  return Object(await response.json());
}

/** A show that was just made; resolves with its id. */
export async function newShow(house: House): Promise<string> {
  const [room] = Object(await house.staff("/api/v1/rooms")).rooms;
  const now = Date.now();
  const show = { roomId: room.id, title: "示例场次", plannedStartAt: now, plannedEndAt: now + 3_600_000 };
  return Object(await house.staff("/api/v1/sessions", show)).id;
}

export async function command(house: House, sessionId: string, type: string, input: unknown): Promise<object> {
  const body = { id: randomUUID(), type, input };
  return Object(Object(await house.staff(`/api/v1/sessions/${sessionId}/commands`, body)).result);
}

async function openScreen(url: string, sessionId: string): Promise<Socket> {
  const socket = io(url, { transports: ["websocket"], auth: { token: TOKEN }, forceNew: true });
  await socket.emitWithAck("join", { sessionId, audience: "control" });
  return socket;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Of sorted or unsorted times, in ms. */
export function p99Of(took: readonly number[]): number {
  return took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.99)] ?? 0;
}
