import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { openEventStore } from "#db/event-store.ts";
import type { EventStore } from "#db/event-store-contract.ts";
import { startLiveNode, type LiveNode } from "#tests/support/live-nodes.ts";
import { create, SHOW } from "#tests/support/live-show.ts";
import { damageOf } from "#tests/support/log-checker.ts";
import { promised } from "#tests/support/machine-pace.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import { startRedis, type TestRedis } from "#tests/support/redis.ts";
import { startStorm } from "#tests/support/storm.ts";

/** Two nodes serve one show: the owner decides, the other one forwards commands and shows what comes back through Redis. */
const Shown = z.array(
  z.object({ kind: z.enum(["snapshot", "frame"]), frame: z.number(), seq: z.number(), at: z.number() }),
);
const sender = { id: "staff:op", grants: ["operator"] };

let database: TestDatabase;
let store: EventStore;
let redis: TestRedis;
let owner: LiveNode;
let other: LiveNode;
let sent = 0;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

beforeEach(async () => {
  database = await testDatabase();
  store = openEventStore({ url: database.url, name: "checker" });
  const options = { databaseUrl: database.url, redisUrl: redis.url };
  [owner, other] = await Promise.all([
    startLiveNode({ ...options, owner: "a" }),
    startLiveNode({ ...options, owner: "b" }),
  ]);
  await owner.post("/send", { sessionId: SHOW, command: create(), sender });
  return async () => {
    await Promise.all([owner.kill(), other.kill(), store.close()]);
    await database.drop();
  };
});

const edit = (at: LiveNode) => {
  sent += 1;
  const command = { id: `e${sent}`, type: "session.edit", input: { title: `示例 ${sent}` } };
  return at.post("/send", { sessionId: SHOW, command, sender });
};
const shownOn = async (node: LiveNode) => Shown.parse(await node.post("/shown", {}));
const lastSeq = async (node: LiveNode) => (await shownOn(node)).at(-1)?.seq ?? 0;

describe("two nodes and one show", () => {
  it("decides on the owner what reached the other, and shows it on both without a gap", async () => {
    await other.post("/watch", { sessionId: SHOW });
    for (let n = 0; n < 5; n += 1) {
      expect(await edit(other)).toEqual({ status: "ok", seq: n + 2 });
      await sleep(150);
    }
    await expect.poll(() => lastSeq(other)).toBe(6);
    const shown = await shownOn(other);
    expect(shown[0]?.kind).toBe("snapshot");
    expect(shown.filter(({ kind }) => kind === "frame").length).toBeGreaterThan(2);
    expect(shown.slice(1).every(({ frame }, at) => frame >= (shown[at]?.frame ?? 0))).toBe(true);
  });

  it("refuses whoever does not hold the key", async () => {
    const response = await fetch(`${owner.url}/internal/live/snapshot`, {
      method: "POST",
      headers: { authorization: "Bearer guess" },
      body: JSON.stringify({ sessionId: SHOW, audience: "control" }),
    });
    expect(response.status).toBe(401);
  });

  it("keeps the other node's screens alive while Redis is frozen, and loses nothing", async () => {
    await other.post("/watch", { sessionId: SHOW });
    redis.pause();
    try {
      expect(await edit(other)).toMatchObject({ status: "ok", seq: 2 });
      await expect.poll(() => lastSeq(other)).toBe(2);
    } finally {
      redis.resume();
    }
    expect(await edit(other)).toMatchObject({ status: "ok", seq: 3 });
    await expect.poll(() => lastSeq(other)).toBe(3);
  });

  it("lets the other node take over when the owner is killed, and its screens follow", async () => {
    await other.post("/watch", { sessionId: SHOW });
    const storm = startStorm({ sessionId: SHOW, senders: 10, urlOf: () => other.url });
    await storm.acked(200);
    await owner.kill();
    const limit = promised(6_000);
    const killedAt = performance.now();
    await storm.acked(storm.acks.length + 50);
    expect(performance.now() - killedAt).toBeLessThan(limit.onThisMachine());
    await storm.acked(storm.acks.length + 200);
    await storm.stop();
    expect(storm.counts.refused).toBe(0);
    expect(await damageOf(store, SHOW, storm.acks)).toEqual([]);
    const last = Math.max(...storm.acks.map(({ seq }) => seq));
    await expect.poll(() => lastSeq(other)).toBe(last);
  });
});
