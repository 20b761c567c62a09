import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import type { Frame } from "#domain/wire.ts";
import { startServer } from "#tests/support/server.ts";
import type { Bench } from "./bench.ts";

const PRODUCTS = 500;
const ORDERS_A_SECOND = 500;
const SCREENS = 20;
const ACTS = 100;
const PASSWORD = "bench-password-1";
const TOKEN = "bench-token-0123456789abcdef";

/** From the request of an act to the frame that shows it, on a show of 500 products into which 500 orders a second come. */
export const actToScreen: Bench = {
  name: "act.toScreen",
  async run(say) {
    const server = await startServer({
      env: { KAIBO_ROLE: "live", KAIBO_ADMIN_PASSWORD: PASSWORD, KAIBO_API_TOKEN: TOKEN, LOG_LEVEL: "error" },
    });
    const screens: Socket[] = [];
    try {
      const desk = await signIn(server.url);
      const sessionId = await planShow(server.url, desk);
      const shown = new Map<string, (at: number) => void>();
      for (let n = 0; n < SCREENS; n += 1)
        screens.push(await openScreen(server.url, sessionId, n === 0 ? shown : new Map()));
      const load = orders(server.url, sessionId);
      await sleep(2_000);
      const took: number[] = [];
      for (let n = 0; n < ACTS; n += 1) {
        const text = `示例 ${n}`;
        const seen = new Promise<number>((resolve) => shown.set(text, resolve));
        const startedAt = performance.now();
        const body = { id: randomUUID(), type: "message.send", input: { to: "host", text } };
        await desk.post(`/api/v1/sessions/${sessionId}/commands`, body);
        took.push((await seen) - startedAt);
        await sleep(50);
      }
      const sent = await load.stop();
      say(
        `${sent.orders} orders in ${(sent.ms / 1_000).toFixed(1)} s: ${Math.round(sent.orders / (sent.ms / 1_000))} a second`,
      );
      took.sort((a, b) => a - b);
      const p = (share: number) => Math.round(took[Math.floor(took.length * share)] ?? 0);
      return [
        { name: "act.toScreen.p99", value: p(0.99), unit: "ms", baseline: null, goal: { kind: "atMost", value: 250 } },
        { name: "act.toScreen.p50", value: p(0.5), unit: "ms", baseline: null, goal: null },
        {
          name: "act.toScreen.load",
          value: Math.round(sent.orders / (sent.ms / 1_000)),
          unit: "orders/s",
          baseline: null,
          goal: { kind: "atLeast", value: ORDERS_A_SECOND * 0.95 },
        },
      ];
    } finally {
      for (const screen of screens) screen.close();
      await server.stop();
    }
  },
};

type Desk = { post(path: string, body: object): Promise<unknown> };

async function signIn(url: string): Promise<Desk> {
  const headers = { "content-type": "application/json", origin: url };
  const answer = await fetch(`${url}/api/auth/sign-in/username`, {
    method: "POST",
    headers,
    body: JSON.stringify({ username: "owner", password: PASSWORD }),
  });
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  return {
    async post(path, body) {
      const response = await fetch(`${url}${path}`, {
        method: "POST",
        headers: { ...headers, cookie },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
      return response.json();
    },
  };
}

async function planShow(url: string, desk: Desk): Promise<string> {
  const rooms = await fetch(`${url}/api/v1/rooms`, { headers: { authorization: `Bearer ${TOKEN}` } });
  const roomId: string = Object(await rooms.json()).rooms[0].id;
  const startAt = Date.now();
  const plan = { roomId, title: "示例场次", plannedStartAt: startAt, plannedEndAt: startAt + 3_600_000 };
  const sessionId: string = Object(await desk.post("/api/v1/sessions", plan)).id;
  const products = Array.from({ length: PRODUCTS }, (_, index) => ({
    linkNo: index + 1,
    platformId: `P${index}`,
    name: `示例商品 ${index}`,
    skus: [{ platformId: `S${index}`, name: "默认", liveFen: 9_900, sellable: 100_000, pool: 0 }],
  }));
  const send = (type: string, input: object) =>
    desk.post(`/api/v1/sessions/${sessionId}/commands`, { id: randomUUID(), type, input });
  await send("bag.applySheet", { products });
  await send("session.start", { reason: "示例" });
  return sessionId;
}

async function openScreen(url: string, sessionId: string, shown: Map<string, (at: number) => void>): Promise<Socket> {
  const socket = io(url, { transports: ["websocket"], auth: { token: TOKEN }, forceNew: true });
  socket.on("frame", (frame: Frame) => {
    const change = frame.slices["messages"];
    if (!change || !("set" in change)) return;
    for (const [, row] of change.set) shown.get(String(Object(row).text))?.(performance.now());
  });
  const first = new Promise((resolve) => socket.once("snapshot", resolve));
  await socket.emitWithAck("join", { sessionId, audience: "control" });
  await first;
  return socket;
}

/** Ten requests of fifty orders a second, each order placed and paid by a person of its own. */
function orders(url: string, sessionId: string) {
  const startedAt = performance.now();
  let going = true;
  let sent = 0;
  const running = (async () => {
    for (let tick = 0; going; tick += 1) {
      await sleep(Math.max(0, startedAt + tick * 100 - performance.now()));
      const at = Date.now();
      const items = Array.from({ length: ORDERS_A_SECOND / 10 }, (_, n) => {
        const index = (tick * 50 + n * 7) % PRODUCTS;
        return {
          orderId: `bench-${tick}-${n}`,
          sourceUpdatedAt: at,
          status: "paid",
          placedAt: at,
          paidAt: at,
          personKey: `bench-${tick}-${n}`,
          lines: [{ lineId: "1", productId: `P${index}`, skuId: `S${index}`, units: 1, paidFen: 9_900 }],
        };
      });
      const response = await fetch(`${url}/api/v1/ingest/sessions/${sessionId}/orders`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${TOKEN}` },
        body: JSON.stringify({ items }),
      });
      if (!response.ok) throw new Error(`ingest answered ${response.status}: ${await response.text()}`);
      await response.body?.cancel();
      sent += items.length;
    }
  })();
  return {
    async stop() {
      going = false;
      const ms = performance.now() - startedAt;
      const orders = sent;
      await running;
      return { orders, ms };
    },
  };
}
