import { afterEach, describe, expect, it } from "vitest";
import { createBoundVault } from "#server/lib/vault.ts";
import { connectRedis } from "#server/lib/redis.ts";
import { type TestRedis, startRedis } from "#tests/support/redis.ts";
import {
  cut,
  ok,
  refuse,
  startTinyWecom,
  steppedClock,
  type SteppedClock,
  testLine,
  type TinyWecom,
} from "#tests/support/tiny-wecom.ts";
import pino from "pino";
import { cancelMassMessage } from "./api/mass-send.ts";
import { createClient } from "./client.ts";
import { noShelf, redisShelf, type TokenShelf } from "./token-shelf.ts";
import { WecomError } from "./wecom-error.ts";

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

async function tinyWecom(): Promise<TinyWecom> {
  const tiny = await startTinyWecom();
  open.push(() => tiny.stop());
  return tiny;
}

const credentials = { corpId: "ww-example", secret: "example-app-secret", agentId: null };
const CANCEL = "externalcontact/cancel_groupmsg_send";
const MINUTE = 60_000;

function node(tiny: TinyWecom, shelf: TokenShelf = noShelf, clock: SteppedClock = steppedClock()) {
  const { line, logged } = testLine(tiny.url, { clock, shelf });
  const wecom = createClient(line, credentials);
  return { wecom, clock, logged, ask: () => cancelMassMessage(wecom, "m-1") };
}

const tokensUsed = (tiny: TinyWecom) => tiny.of(CANCEL).map(({ query }) => query.get("access_token"));

describe("one node", () => {
  it("fetches one token for many calls at once", async () => {
    const tiny = await tinyWecom();
    const { ask } = node(tiny);
    await Promise.all(Array.from({ length: 20 }, ask));
    expect(tiny.of("gettoken")).toHaveLength(1);
    expect(tiny.of("gettoken")[0]?.query.get("corpid")).toBe("ww-example");
  });

  it("renews it ten minutes before its end, while the old one still serves", async () => {
    const tiny = await tinyWecom();
    const { ask, clock } = node(tiny);
    await ask();
    clock.step(109 * MINUTE);
    await ask();
    expect(tiny.of("gettoken")).toHaveLength(1);
    clock.step(2 * MINUTE);
    await Promise.all([ask(), ask()]);
    await expect.poll(() => tiny.of("gettoken").length).toBe(2);
    await ask();
    expect(tokensUsed(tiny)).toEqual(["token-1", "token-1", "token-1", "token-1", "token-2"]);
  });

  it("goes on with the old one while WeCom does not answer the renewal", async () => {
    const tiny = await tinyWecom();
    const { ask, clock } = node(tiny);
    await ask();
    tiny.on("gettoken", cut);
    clock.step(112 * MINUTE);
    await ask();
    await ask();
    expect(new Set(tokensUsed(tiny))).toEqual(new Set(["token-1"]));
  });

  it("asks once a minute at most when WeCom gives the same token again", async () => {
    const tiny = await tinyWecom();
    const { ask, clock } = node(tiny);
    tiny.on("gettoken", { ...ok, access_token: "token-same", expires_in: 300 });
    await ask();
    for (let second = 0; second < 59; second += 1) {
      await ask();
      clock.step(1_000);
    }
    expect(tiny.of("gettoken")).toHaveLength(1);
  });

  it.each([40_014, 42_001])(
    "drops a token that holds no more (%i), fetches one and asks once more",
    async (errcode) => {
      const tiny = await tinyWecom();
      const { ask } = node(tiny);
      await ask();
      tiny.on(CANCEL, refuse(errcode), refuse(errcode), ok);
      await Promise.all([ask(), ask()]);
      expect(tiny.of("gettoken")).toHaveLength(2);
    },
  );

  it("does not loop when every token is refused, nor hammer over many calls", async () => {
    const tiny = await tinyWecom();
    const { ask } = node(tiny);
    tiny.on(CANCEL, refuse(42_001));
    await expect(ask()).rejects.toMatchObject({ errcode: 42_001, class: "token" });
    expect(tiny.of(CANCEL)).toHaveLength(2);
    expect(tiny.of("gettoken")).toHaveLength(2);
    for (let count = 0; count < 30; count += 1) await ask().catch(() => undefined);
    // Those in between waited a minute each for the next try.
    expect(tiny.of("gettoken").length).toBeLessThan(70);
  });

  it("remembers a secret that WeCom refused: not asked again for an hour, and said once", async () => {
    const tiny = await tinyWecom();
    tiny.on("gettoken", refuse(40_001, "invalid credential"));
    const { ask, clock, wecom, logged } = node(tiny);
    await expect(ask()).rejects.toMatchObject({ errcode: 40_001, class: "secret", foreseen: false });
    for (let count = 0; count < 5; count += 1) {
      await expect(ask()).rejects.toMatchObject({ errcode: 40_001, foreseen: true });
    }
    expect(tiny.of("gettoken")).toHaveLength(1);
    expect(wecom.refusedUntil()).toBe(clock.now() + 60 * MINUTE);
    expect(logged.filter((text) => text.includes("WeCom refused a corp id or secret"))).toHaveLength(1);
    expect(logged.join()).not.toContain("example-app-secret");
    clock.step(60 * MINUTE);
    tiny.on("gettoken", { ...ok, access_token: "token-later", expires_in: 7_200 });
    await ask();
    expect(wecom.refusedUntil()).toBeNull();
  });

  it("keeps tokens of two secrets apart", async () => {
    const tiny = await tinyWecom();
    const { line } = testLine(tiny.url);
    const wecoms = ["secret-of-one-app", "secret-of-another"].map((secret) =>
      createClient(line, { ...credentials, secret }),
    );
    for (const wecom of wecoms) await cancelMassMessage(wecom, "m-1");
    expect(tokensUsed(tiny)).toEqual(["token-1", "token-2"]);
  });
});

describe("nodes with a Redis", () => {
  async function redis(): Promise<TestRedis> {
    const server = await startRedis();
    open.push(() => server.stop());
    return server;
  }

  async function shelfOn(server: TestRedis): Promise<TokenShelf> {
    const client = connectRedis(server.url, pino({ level: "silent" }));
    open.push(() => client.disconnect());
    await expect.poll(() => client.status).toBe("ready");
    return redisShelf(client, createBoundVault("a-secret-of-the-tests-0123456789abcdef", "wecom tokens"));
  }

  it("share one token, and it lies there sealed", async () => {
    const tiny = await tinyWecom();
    const server = await redis();
    const clock = steppedClock(Date.now());
    const nodes = [node(tiny, await shelfOn(server), clock), node(tiny, await shelfOn(server), clock)];
    await Promise.all(nodes.flatMap(({ ask }) => [ask(), ask()]));
    expect(tiny.of("gettoken")).toHaveLength(1);
    const raw = connectRedis(server.url, pino({ level: "silent" }));
    open.push(() => raw.disconnect());
    await expect.poll(() => raw.status).toBe("ready");
    const keys = await raw.keys("*");
    expect(keys.some((key) => key.startsWith("kaibo:wecom:token:"))).toBe(true);
    const lying = `${keys.join()} ${(await Promise.all(keys.map((key) => raw.get(key)))).join()}`;
    expect(lying).not.toContain("token-1");
    expect(lying).not.toContain("example-app-secret");
    expect(lying).not.toContain("ww-example");
  });

  it("learn from one another that a token holds no more, and that a secret is bad", async () => {
    const tiny = await tinyWecom();
    const server = await redis();
    const clock = steppedClock(Date.now());
    const one = node(tiny, await shelfOn(server), clock);
    const other = node(tiny, await shelfOn(server), clock);
    await one.ask();
    await other.ask();
    tiny.on(CANCEL, refuse(40_014), ok);
    await one.ask();
    await other.ask();
    expect(tiny.of("gettoken")).toHaveLength(2);
    tiny.on(CANCEL, refuse(42_001), ok);
    tiny.on("gettoken", refuse(40_001));
    await expect(one.ask()).rejects.toBeInstanceOf(WecomError);
    const third = node(tiny, await shelfOn(server), clock);
    await expect(third.ask()).rejects.toMatchObject({ errcode: 40_001, foreseen: true });
    expect(tiny.of("gettoken")).toHaveLength(3);
  });

  it("go on alone when it is away", async () => {
    const tiny = await tinyWecom();
    const server = await redis();
    const { ask } = node(tiny, await shelfOn(server), steppedClock(Date.now()));
    await server.stop();
    await ask();
    await ask();
    expect(tiny.of("gettoken")).toHaveLength(1);
  });
});
