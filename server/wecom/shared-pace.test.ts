import pino from "pino";
import { afterEach, describe, expect, it } from "vitest";
import { connectRedis } from "#server/lib/redis.ts";
import { type TestRedis, startRedis } from "#tests/support/redis.ts";
import { ok, refuse, startTinyWecom, testLine, type TinyWecom } from "#tests/support/tiny-wecom.ts";
import { cancelMassMessage } from "./api/mass-send.ts";
import { createClient } from "./client.ts";
import { RobotClient } from "./robot-client.ts";
import { redisPace, type SharedPace } from "./shared-pace.ts";
import { realClock } from "./wecom-line.ts";

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

const SEND = "webhook/send";
const CANCEL = "externalcontact/cancel_groupmsg_send";
const ROBOT = { corpId: "ww-example", key: "robot-key-0123456789" };
const APP = { corpId: "ww-example", secret: "example-app-secret", agentId: null };

async function redis(): Promise<TestRedis> {
  const server = await startRedis();
  open.push(() => server.stop());
  return server;
}

async function connected(server: TestRedis) {
  const client = connectRedis(server.url, pino({ level: "silent" }));
  open.push(() => client.disconnect());
  await expect.poll(() => client.status).toBe("ready");
  return client;
}

async function paceOn(server: TestRedis, now?: () => number): Promise<SharedPace> {
  return redisPace(await connected(server), now);
}

async function tinyWecom(): Promise<TinyWecom> {
  const tiny = await startTinyWecom();
  open.push(() => tiny.stop());
  return tiny;
}

type Node = { readonly sharedPace?: SharedPace; readonly perMinute?: number };
function lineOf(tiny: TinyWecom, { sharedPace, perMinute = 20 }: Node) {
  const limits = { perMinute, perHour: 1_000, share: 0.5 };
  return testLine(tiny.url, { clock: realClock, limits, ...(sharedPace ? { sharedPace } : {}) }).line;
}

function robotOf(tiny: TinyWecom, sharedPace: SharedPace) {
  const robot = new RobotClient(lineOf(tiny, { sharedPace }), ROBOT);
  open.push(() => robot.close());
  const say = (content: string) =>
    robot
      .send({ message: { msgtype: "text", text: { content } }, lane: "normal", useBy: Date.now() + 600_000 })
      .catch(() => undefined);
  return { robot, say };
}

/** Long enough for one that is too many to arrive. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 300));

/** All nodes are told: it stands in Redis. */
async function isBlocked(server: TestRedis): Promise<void> {
  const redis = await connected(server);
  const until = async () => {
    const [key = ""] = await redis.keys("*");
    const isTurns = (await redis.type(key)) === "zset";
    return Number(await (isTurns ? redis.zscore(key, "blocked") : redis.hget(key, "blocked")));
  };
  await expect.poll(until).toBeGreaterThan(Date.now());
}

describe("a robot on two nodes", () => {
  it("writes 20 messages a minute, not 20 for each node", async () => {
    const tiny = await tinyWecom();
    const server = await redis();
    const [one, other] = [robotOf(tiny, await paceOn(server)), robotOf(tiny, await paceOn(server))];
    const from = performance.now();
    for (let n = 0; n < 15; n += 1) {
      void one.say(`a${n}`);
      void other.say(`b${n}`);
    }
    await expect.poll(() => tiny.of(SEND).length).toBe(20);
    await settled();
    expect(tiny.of(SEND)).toHaveLength(20);
    const waiting = [one, other].map(({ robot }) => robot.queue());
    expect(waiting.reduce((sum, { normal }) => sum + normal, 0)).toBe(10);
    // Whoever has none left has nothing to wait for.
    const waits = waiting.filter(({ normal }) => normal > 0).map(({ nextInMs }) => nextInMs);
    for (const ms of waits) expect(ms).toBeGreaterThan(59_000 - (performance.now() - from));
  });

  it("rests on both when WeCom says that it writes too often", async () => {
    const tiny = await tinyWecom();
    const server = await redis();
    const [one, other] = [robotOf(tiny, await paceOn(server)), robotOf(tiny, await paceOn(server))];
    tiny.on(SEND, refuse(45_009), ok);
    void one.say("a");
    await expect.poll(() => one.robot.queue()).toMatchObject({ normal: 1 });
    await expect.poll(() => one.robot.queue().nextInMs).toBeGreaterThan(50_000);
    await isBlocked(server);
    void other.say("b");
    await expect.poll(() => other.robot.queue().nextInMs).toBeGreaterThan(50_000);
    expect(tiny.of(SEND)).toHaveLength(1);
  });

  it("goes on alone when Redis is away, and keeps to 20", async () => {
    const tiny = await tinyWecom();
    const server = await redis();
    const { robot, say } = robotOf(tiny, await paceOn(server));
    await server.stop();
    for (let n = 0; n < 25; n += 1) void say(`a${n}`);
    await expect.poll(() => tiny.of(SEND).length).toBe(20);
    await settled();
    expect(tiny.of(SEND)).toHaveLength(20);
    expect(robot.queue().normal).toBe(5);
  });
});

describe("turns of a robot", () => {
  it("come back a minute after the end of what took them, and at once when nothing was sent", async () => {
    let now = 1_750_000_000_000;
    const turns = (await paceOn(await redis(), () => now)).turnsOf("key");
    const taken = await Promise.all(Array.from({ length: 20 }, () => turns.take()));
    expect(taken.map((one) => one?.waitMs)).toEqual(Array.from({ length: 20 }, () => 0));
    now += 1_000;
    // Under way they count until they must have ended.
    expect(await turns.take()).toMatchObject({ waitMs: 74_000 });
    for (const one of taken) await turns.ended(one?.turn ?? "");
    expect(await turns.take()).toMatchObject({ waitMs: 60_000 });
    await turns.giveBack(taken[3]?.turn ?? "");
    const last = await turns.take();
    expect(last).toMatchObject({ waitMs: 0 });
    await turns.ended(last?.turn ?? "");
    now += 59_999;
    expect(await turns.take()).toMatchObject({ waitMs: 1 });
    now += 1;
    expect(await turns.take()).toMatchObject({ waitMs: 0 });
  });
});

describe("calls of an API on two nodes", () => {
  it("stay below one share together, and are told to all after 45009", async () => {
    const tiny = await tinyWecom();
    const server = await redis();
    const nodes = await Promise.all([1, 2].map(async () => lineOf(tiny, { sharedPace: await paceOn(server) })));
    const ask = (at: number) => {
      const line = nodes[at % 2] ?? lineOf(tiny, {});
      return cancelMassMessage(createClient(line, APP), "m-1", { deadlineMs: 0 }).catch((error: unknown) => error);
    };
    const asked = [];
    for (let at = 0; at < 14; at += 1) asked.push(await ask(at));
    expect(tiny.of(CANCEL)).toHaveLength(10);
    expect(asked.slice(10)).toMatchObject(Array.from({ length: 4 }, () => ({ foreseen: true, class: "rate" })));
    await (await connected(server)).flushall();
    tiny.on(CANCEL, refuse(45_009), ok);
    expect(await ask(0)).toMatchObject({ foreseen: false, class: "rate" });
    await isBlocked(server);
    expect(await ask(1)).toMatchObject({ foreseen: true, class: "rate" });
    expect(tiny.of(CANCEL)).toHaveLength(11);
  });

  it("are counted by minutes and hours that slide, without growing", async () => {
    let now = 1_750_000_000_000;
    const server = await redis();
    const pace = await paceOn(server, () => now);
    const take = async () => (await pace.take("key", { perMinute: 10, perHour: 25 }))?.waitMs;
    for (let n = 0; n < 10; n += 1) expect(await take()).toBe(0);
    expect(await take()).toBeGreaterThan(59_000);
    now += 65_000;
    for (let n = 0; n < 10; n += 1) expect(await take()).toBe(0);
    now += 65_000;
    for (let n = 0; n < 5; n += 1) expect(await take()).toBe(0);
    expect(await take()).toBeGreaterThan(50 * 60_000);
    for (let hour = 0; hour < 30; hour += 1) {
      now += 61 * 60_000;
      expect(await take()).toBe(0);
    }
    const [key = ""] = await (await connected(server)).keys("*");
    expect(await (await connected(server)).hlen(key)).toBeLessThanOrEqual(74);
    expect(key).not.toContain(":key");
  });

  it("are counted by each node itself while Redis is silent, and it is asked once for it", async () => {
    const tiny = await tinyWecom();
    const server = await redis();
    const line = lineOf(tiny, { sharedPace: await paceOn(server) });
    const wecom = createClient(line, APP);
    await cancelMassMessage(wecom, "m-1");
    server.pause();
    const from = Date.now();
    for (let n = 0; n < 9; n += 1) await cancelMassMessage(wecom, "m-1");
    // One silence of two seconds, not nine.
    expect(Date.now() - from).toBeLessThan(10_000);
    expect(await cancelMassMessage(wecom, "m-1", { deadlineMs: 0 }).catch((error: unknown) => error)).toMatchObject({
      foreseen: true,
    });
    server.resume();
  });
});
