import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import path from "node:path";
import postgres from "postgres";
import { io, type Socket } from "socket.io-client";
import { startEmbedded } from "#db/embedded.ts";
import { createViewerTokens } from "#server/auth/viewer-token.ts";
import { startServer } from "#tests/support/server.ts";
import { tempDir } from "#tests/support/temp-dir.ts";
import type { Bench, Measure } from "./bench.ts";
import type { LoadOrder, LoadResult } from "./claim-load.ts";
import { processorMs } from "./processor-time.ts";

const SECRET = "a-secret-of-the-claim-bench-that-is-long-enough";
const PASSWORD = "bench-password-1";
const TOKEN = "bench-token-0123456789abcdef";
const CONNECTIONS = 200;
const SCREENS = 20;
const ROUNDS = 3;
/** Rounds before it counts: the server of a running show is compiled code. */
const WARM_UP = 3;
const CLAIMS = 20_000;
const PLAIN = 4_000;

type Requests = LoadOrder["requests"];

/** Durable claims a second over HTTP, with followers and control screens running, against the plain way and an empty POST. */
export const claimHttp: Bench = {
  name: "claim.http",
  async run(say) {
    const place = tempDir("claims");
    // Durable, as in a real house: claims and the plain way wait for the same disk.
    const database = await startEmbedded({ dataDir: place.dir, say: () => undefined, durable: true });
    const env = { DATABASE_URL: database.url, KAIBO_SECRET: SECRET, LOG_LEVEL: "error" };
    const live = await startServer({
      env: { ...env, KAIBO_ROLE: "live", KAIBO_ADMIN_PASSWORD: PASSWORD, KAIBO_API_TOKEN: TOKEN },
    });
    const jobs = await startServer({ env: { ...env, KAIBO_ROLE: "jobs" } });
    const plain = fork(path.join(import.meta.dirname, "plain-server.ts"), [database.url]);
    const [plainPort] = (await once(plain, "message")) as [number];
    const load = fork(path.join(import.meta.dirname, "claim-load.ts"));
    const screens: Socket[] = [];
    try {
      const { sessionId, couponId } = await openCoupon(live.url);
      for (let n = 0; n < SCREENS; n += 1) screens.push(await openScreen(live.url, sessionId));
      const tokens = createViewerTokens(SECRET);
      const claimPath = `/api/v1/viewer/sessions/${sessionId}/coupons/${couponId}/claim`;
      const acked: string[] = [];
      const rates = { claim: [] as number[], plain: [] as number[], empty: [] as number[] };
      const took: number[] = [];
      const pids = { server: live.pid, followers: jobs.pid, PostgreSQL: database.pid() ?? 0, generator: load.pid ?? 0 };
      const processor = Object.entries(pids).map(([who, pid]) => ({ who, pid, ms: 0 }));
      for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
        const people = Array.from(
          { length: CLAIMS },
          (_, n) => `v_bench${String(round * CLAIMS + n).padStart(12, "0")}`,
        );
        const expiresAt = Date.now() + 3_600_000;
        const claims: Requests = people.map((personId) => ({
          path: claimPath,
          token: tokens.sign({ sessionId, personId, anonymous: false, expiresAt }),
        }));
        const plains: Requests = people.slice(0, PLAIN).map((person) => ({ path: `/plain/${person}`, token: "-" }));
        // The same headers and the same body as a claim.
        const empties: Requests = claims.map(({ token }) => ({ path: "/empty", token }));
        const before = processor.map(({ pid }) => processorMs(pid));
        const ours = await fire(load, live.port, claims);
        const spent = processor.map(({ pid }, at) => processorMs(pid) - (before[at] ?? 0));
        const theirs = await fire(load, plainPort, plains);
        const nothing = await fire(load, plainPort, empties);
        if (ours.statuses["200"] !== CLAIMS)
          throw new Error(`not all claims got a 200: ${JSON.stringify(ours.statuses)}`);
        acked.push(...people);
        if (round < WARM_UP) continue;
        for (const [at, ms] of spent.entries()) if (processor[at]) processor[at].ms += ms;
        rates.claim.push((CLAIMS / ours.wallMs) * 1_000);
        rates.plain.push((PLAIN / theirs.wallMs) * 1_000);
        rates.empty.push((CLAIMS / nothing.wallMs) * 1_000);
        took.push(...ours.tookMs);
      }
      const perClaim = processor.map(({ who, ms }) => `${who} ${((ms * 1_000) / (CLAIMS * ROUNDS)).toFixed(0)}`);
      say(`µs of processor a claim: ${perClaim.join(", ")}`);
      const oversold = await fire(load, live.port, lastCodes(tokens, sessionId, claimPath));
      const late = oversold.statuses["200"] ?? 0;
      await checkLog(database.url, sessionId, acked, late);
      say(`${acked.length + late} claims acknowledged, all in the log once, none above the total`);
      took.sort((a, b) => a - b);
      const p99 = took[Math.floor(took.length * 0.99)] ?? 0;
      const measure = (name: string, value: number, baseline: number | null, goal: Measure["goal"]): Measure => ({
        name,
        value: Math.round(value),
        unit: name.endsWith("p99") ? "ms" : "claims/s",
        baseline: baseline === null ? null : Math.round(baseline),
        goal,
      });
      return [
        measure("claim.http", median(rates.claim), median(rates.plain), { kind: "ratioAtLeast", value: 5 }),
        measure("claim.http.toEmptyPost", median(rates.claim), median(rates.empty), {
          kind: "ratioAtLeast",
          value: 0.4,
        }),
        measure("claim.http.p99", p99, null, { kind: "atMost", value: 150 }),
      ];
    } finally {
      for (const screen of screens) screen.close();
      for (const child of [load, plain]) child.disconnect();
      await Promise.all([live.stop(), jobs.stop()]);
      await database.stop();
      place.remove();
    }
  },
};

const SPARE = 500;

/** More people than there are coupons left. */
function lastCodes(tokens: ReturnType<typeof createViewerTokens>, sessionId: string, claimPath: string): Requests {
  return Array.from({ length: SPARE * 2 }, (_, n) => ({
    path: claimPath,
    token: tokens.sign({
      sessionId,
      personId: `v_late${String(n).padStart(13, "0")}`,
      anonymous: false,
      expiresAt: Date.now() + 3_600_000,
    }),
  }));
}

async function fire(load: ChildProcess, port: number, requests: Requests): Promise<LoadResult> {
  load.send({ port, connections: CONNECTIONS, requests } satisfies LoadOrder);
  const [result] = (await once(load, "message")) as [LoadResult];
  return result;
}

async function checkLog(url: string, sessionId: string, acked: readonly string[], late: number): Promise<void> {
  const sql = postgres(url, { max: 1 });
  const rows = await sql<{ person: string }[]>`
    select data->>'personId' as person from session_events
    where session_id = ${sessionId} and type = 'coupon.claimed.v1'`;
  await sql.end();
  const found = new Set(rows.map(({ person }) => person));
  if (found.size !== rows.length) throw new Error("a person claimed twice");
  const lost = acked.filter((person) => !found.has(person));
  if (lost.length > 0) throw new Error(`${lost.length} acknowledged claims are not in the log`);
  if (rows.length !== acked.length + SPARE || late !== SPARE) {
    throw new Error(`${rows.length} claims in the log, ${late} of the last ${SPARE} acknowledged`);
  }
}

async function openCoupon(url: string): Promise<{ sessionId: string; couponId: string }> {
  const headers = { "content-type": "application/json", origin: url };
  const call = async (where: string, body: object, cookie = "") => {
    const response = await fetch(`${url}${where}`, {
      method: "POST",
      headers: { ...headers, cookie },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${where} answered ${response.status}: ${await response.text()}`);
    return response;
  };
  const signedIn = await call("/api/auth/sign-in/username", { username: "owner", password: PASSWORD });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const rooms = await fetch(`${url}/api/v1/rooms`, { headers: { cookie } });
  const roomId: string = Object(await rooms.json()).rooms[0].id;
  const now = Date.now();
  const show = { roomId, title: "示例场次", plannedStartAt: now, plannedEndAt: now + 3_600_000 };
  const sessionId: string = Object(await (await call("/api/v1/sessions", show, cookie)).json()).id;
  const send = async (type: string, input: object) => {
    const body = { id: randomUUID(), type, input };
    return Object(await (await call(`/api/v1/sessions/${sessionId}/commands`, body, cookie)).json()).result;
  };
  const discount = { kind: "direct", offFen: 100, productIds: null };
  const total = CLAIMS * (WARM_UP + ROUNDS) + SPARE;
  const { couponId } = Object(await send("coupon.plan", { carrier: "own", title: "示例券", discount, total }));
  await send("session.start", { reason: "示例" });
  await send("coupon.push", { couponId });
  return { sessionId, couponId };
}

async function openScreen(url: string, sessionId: string): Promise<Socket> {
  const socket = io(url, { transports: ["websocket"], auth: { token: TOKEN }, forceNew: true });
  await socket.emitWithAck("join", { sessionId, audience: "control" });
  return socket;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
