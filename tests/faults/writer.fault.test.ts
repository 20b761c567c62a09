import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { startEmbedded } from "#db/embedded.ts";
import type { EventStore } from "#db/event-store-contract.ts";
import { openEventStore } from "#db/event-store.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { startLiveNode, type LiveNode } from "#tests/support/live-nodes.ts";
import { create, SHOW } from "#tests/support/live-show.ts";
import { damageOf } from "#tests/support/log-checker.ts";
import { promised } from "#tests/support/machine-pace.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import { startRelay, type Relay } from "#tests/support/relay.ts";
import { startStorm, type Storm } from "#tests/support/storm.ts";
import { tempDir } from "#tests/support/temp-dir.ts";

/** Real processes on a real database. After each damage the log must be sound and hold all that was acknowledged. */
const SENDERS = 20;

let database: TestDatabase;
let store: EventStore;
let nodes: LiveNode[];
let relays: Relay[];
let storm: Storm;

beforeEach(async () => {
  database = await testDatabase();
  store = openEventStore({ url: database.url, name: "checker" });
  nodes = [];
  relays = [];
});
afterEach(async () => {
  await Promise.all(nodes.map((node) => node.kill()));
  await Promise.all(relays.map((relay) => relay.close()));
  await store.close();
  await database.drop();
});

async function node(owner: string, options: { through?: Relay; fence?: boolean } = {}): Promise<LiveNode> {
  const { through, fence = true } = options;
  const started = await startLiveNode({ databaseUrl: through?.url ?? database.url, owner, fence });
  nodes.push(started);
  return started;
}

async function relay(): Promise<Relay> {
  const started = await startRelay(database.url);
  relays.push(started);
  return started;
}

async function createOn(at: LiveNode): Promise<void> {
  const sender = { id: "staff:op", grants: ["operator"] };
  const answer = await at.post("/send", { sessionId: SHOW, command: create(), sender });
  expect(answer).toMatchObject({ status: "ok" });
}

async function act(at: LiveNode, type: string, input: unknown): Promise<unknown> {
  const sender = { id: "staff:op", grants: ["operator"] };
  const body = { sessionId: SHOW, command: { id: type, type, input }, sender };
  return z.object({ status: z.literal("ok"), result: z.unknown().optional() }).parse(await at.post("/send", body))
    .result;
}

async function soundAfter(count: number, log: EventStore = store): Promise<void> {
  await storm.acked(storm.acks.length + count);
  await storm.stop();
  expect(storm.counts.refused).toBe(0);
  expect(await damageOf(log, SHOW, storm.acks)).toEqual([]);
}

describe("the writer under fire", () => {
  it("keeps every acknowledged command exactly once through kill -9 in a storm", async () => {
    let current = await node("a");
    await createOn(current);
    storm = startStorm({ sessionId: SHOW, senders: SENDERS, urlOf: () => current.url });
    for (const owner of ["b", "a"]) {
      await storm.acked(storm.acks.length + 500);
      await current.kill();
      current = await node(owner);
    }
    await soundAfter(500);
    expect(storm.counts.lost).toBeGreaterThan(0);
  });

  it("gives out each coupon once and none too many through kill -9 in a claim storm", async () => {
    const total = 1_500;
    let current = await node("a");
    await createOn(current);
    const discount = { kind: "moneyOff", thresholdFen: 10_000, offFen: 1_000, productIds: null };
    const plan = { carrier: "own", title: "满 100 减 10", discount, total };
    const { couponId } = z.object({ couponId: z.string() }).parse(await act(current, "coupon.plan", plan));
    await act(current, "coupon.push", { couponId });
    storm = startStorm({
      sessionId: SHOW,
      senders: SENDERS,
      urlOf: () => current.url,
      commandOf: (sender, n) => ({
        command: { id: "claim", type: "coupon.claim", input: { couponId } },
        sender: { id: `person:p${sender}-${n}`, grants: ["viewer"] },
      }),
    });
    for (const owner of ["b", "a"]) {
      await storm.acked(storm.acks.length + 400);
      await current.kill();
      current = await node(owner);
    }
    await expect.poll(() => storm.counts.refused, { timeout: 60_000 }).toBeGreaterThan(SENDERS);
    await storm.stop();
    expect(await damageOf(store, SHOW, storm.acks)).toEqual([]);
    // Every coupon went to somebody who was told so.
    expect(storm.acks).toHaveLength(total);
    expect(new Set(storm.acks.map(({ seq }) => seq)).size).toBe(total);
  });

  it("finds out what became of INSERTs whose connection was cut after they were sent", async () => {
    const wire = await relay();
    const at = await node("a", { through: wire });
    await createOn(at);
    storm = startStorm({ sessionId: SHOW, senders: SENDERS, urlOf: () => at.url });
    for (let n = 0; n < 20; n += 1) {
      await storm.acked(storm.acks.length + 50);
      wire.cutOnNextAnswer();
    }
    await soundAfter(200);
    // All of it without losing the lease or being started again.
    expect(storm.counts.lost).toBe(0);
  });

  it("says retry while PostgreSQL is away for 30 s, and goes on by itself", async () => {
    const wire = await relay();
    const at = await node("a", { through: wire });
    await createOn(at);
    storm = startStorm({ sessionId: SHOW, senders: SENDERS, urlOf: () => at.url });
    await storm.acked(200);
    await wire.goAway();
    await sleep(30_000);
    const before = storm.counts.retry;
    expect(before).toBeGreaterThan(SENDERS);
    const limit = promised(5_000);
    const backAt = performance.now();
    await wire.resume();
    await storm.acked(storm.acks.length + SENDERS);
    expect(performance.now() - backAt).toBeLessThan(limit.onThisMachine());
    await soundAfter(200);
    // Every try had an answer within its deadline.
    expect(storm.counts.lost).toBe(0);
  });

  it("goes on when PostgreSQL itself crashes and comes back", async () => {
    const place = tempDir("writer-pg");
    const embedded = await startEmbedded({ dataDir: place.dir, say: () => undefined, durable: true });
    try {
      await migrateDatabase(embedded.url);
      const at = await startLiveNode({ databaseUrl: embedded.url, owner: "a" });
      nodes.push(at);
      await createOn(at);
      storm = startStorm({ sessionId: SHOW, senders: SENDERS, urlOf: () => at.url });
      for (const signal of ["SIGQUIT", "SIGINT"] as const) {
        await storm.acked(storm.acks.length + 200);
        process.kill(embedded.pid() ?? 0, signal);
      }
      const checker = openEventStore({ url: embedded.url, name: "checker" });
      await soundAfter(200, checker);
      await checker.close();
      expect(storm.counts.lost).toBe(0);
      await at.kill();
    } finally {
      await embedded.stop();
      place.remove();
    }
  });

  it("does not wait for ever on a database that takes everything and answers nothing", async () => {
    const wire = await relay();
    const at = await node("a", { through: wire });
    await createOn(at);
    storm = startStorm({ sessionId: SHOW, senders: SENDERS, urlOf: () => at.url });
    await storm.acked(200);
    wire.holdAnswers();
    await sleep(8_000);
    await wire.resume();
    await soundAfter(200);
    expect(storm.counts.lost).toBe(0);
  });

  it("keeps time from running back when the machine's clock is set back an hour", async () => {
    const at = await node("a");
    await createOn(at);
    storm = startStorm({ sessionId: SHOW, senders: SENDERS, urlOf: () => at.url });
    for (const offsetMs of [-3_600_000, 0, -7_200_000]) {
      await storm.acked(storm.acks.length + 100);
      await at.post("/clock", { offsetMs });
    }
    await soundAfter(100);
  });
});

describe("an owner that was stopped for 10 s", () => {
  it("finds itself fenced when it wakes, and acknowledges nothing", async () => {
    const first = await node("a");
    await createOn(first);
    const second = await node("b");
    let takenOver = false;
    const urlOf = (sender: number) => (sender % 2 === 1 || takenOver ? second.url : first.url);
    storm = startStorm({ sessionId: SHOW, senders: SENDERS, urlOf, timeoutMs: 15_000 });
    await storm.acked(200);
    first.signal("SIGSTOP");
    await sleep(10_000);
    const whileStopped = storm.acks.length;
    expect(whileStopped).toBeGreaterThan(300);
    takenOver = true;
    first.signal("SIGCONT");
    await soundAfter(500);
  });

  it("would do damage without the fence, and the checker finds it", async () => {
    const first = await node("a", { fence: false });
    await createOn(first);
    const second = await node("b", { fence: false });
    storm = startStorm({
      sessionId: SHOW,
      senders: SENDERS,
      urlOf: (sender) => (sender % 2 === 1 ? second.url : first.url),
      timeoutMs: 15_000,
    });
    await storm.acked(200);
    first.signal("SIGSTOP");
    await sleep(10_000);
    first.signal("SIGCONT");
    await storm.acked(storm.acks.length + 500);
    await storm.stop();
    const damage = await damageOf(store, SHOW, storm.acks);
    expect(damage.some((line) => line.includes("was acknowledged"))).toBe(true);
  });
});
