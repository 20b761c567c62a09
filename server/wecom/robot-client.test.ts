import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
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
import { freePort } from "#tests/support/ports.ts";
import { RobotClient, type RobotLane } from "./robot-client.ts";
import { robotImage } from "./robot-message.ts";

const SEND = "webhook/send";
const KEY = "robot-key-0123456789";
let tiny: TinyWecom;
let clock: SteppedClock;
let robot: RobotClient;

beforeEach(async () => {
  tiny = await startTinyWecom();
  clock = steppedClock();
  robot = new RobotClient(testLine(tiny.url, { clock }).line, { corpId: "ww-example", key: KEY });
});
afterEach(async () => {
  robot.close();
  await tiny.stop();
});

const say = (content: string, lane: RobotLane = "normal", lifeMs = 3_600_000, signal?: AbortSignal) =>
  robot.send({ message: { msgtype: "text", text: { content } }, lane, useBy: clock.now() + lifeMs, signal });
const said = () => tiny.of(SEND).map(({ body }): string => JSON.parse(body).text.content);
const failing = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

describe("a robot", () => {
  it("sends in order, with its key in the query", async () => {
    await Promise.all(["一", "二", "三"].map((text) => say(text)));
    expect(said()).toEqual(["一", "二", "三"]);
    expect(tiny.of(SEND)[0]?.query.get("key")).toBe(KEY);
    expect(robot.last()).toMatchObject({ failure: null });
  });

  it("sends at most 20 in any minute", async () => {
    const times: number[] = [];
    tiny.on(SEND, (response) => {
      times.push(clock.now());
      clock.step(200);
      response.end(JSON.stringify(ok));
    });
    await Promise.all(Array.from({ length: 65 }, (_, n) => say(String(n))));
    expect(times).toHaveLength(65);
    for (let at = 20; at < times.length; at += 1) {
      expect((times[at] ?? 0) - (times[at - 20] ?? 0)).toBeGreaterThanOrEqual(60_000);
    }
  });

  it("joins late ones that may be joined into one message, and answers each", async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => say(`a${n}`)));
    const late = ["b", "c", "d"].map((content) =>
      robot.send({
        message: { msgtype: "text", text: { content, mentioned_list: [`u-${content}`] } },
        lane: "normal",
        useBy: clock.now() + 3_600_000,
        mayJoin: true,
      }),
    );
    await Promise.all([...late, say("alone")]);
    expect(said().slice(20)).toEqual(["b\n\nc\n\nd", "alone"]);
    const { body = "" } = tiny.of(SEND)[20] ?? {};
    expect(JSON.parse(body).text.mentioned_list).toEqual(["u-b", "u-c", "u-d"]);
  });

  it("joins no more than fit", async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => say(`a${n}`)));
    const long = "长".repeat(400);
    const send = () =>
      robot.send({
        message: { msgtype: "text", text: { content: long } },
        lane: "normal",
        useBy: clock.now() + 3_600_000,
        mayJoin: true,
      });
    await Promise.all([send(), send()]);
    expect(said().slice(20)).toEqual([long, long]);
  });

  it("lets urgent ones before those that wait", async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => say(`a${n}`)));
    expect(robot.queue()).toMatchObject({ urgent: 0, normal: 0, nextInMs: 60_000 });
    await Promise.all([say("late 1"), say("late 2"), say("urgent", "urgent")]);
    expect(said().slice(20)).toEqual(["urgent", "late 1", "late 2"]);
  });

  it("never sends again what may have gone", async () => {
    tiny.on(SEND, cut, ok);
    expect(await failing(say("一"))).toMatchObject({ reason: "cut", outcome: "unknown" });
    tiny.on(SEND, refuse(-1), ok);
    expect(await failing(say("二"))).toMatchObject({ errcode: -1, outcome: "unknown" });
    await say("三");
    expect(said()).toEqual(["一", "二", "三"]);
  });

  it("waits out a block of WeCom's with what it was refused, and keeps the order", async () => {
    tiny.on(SEND, refuse(45_009), ok);
    const from = clock.now();
    await Promise.all([say("一"), say("二")]);
    expect(said()).toEqual(["一", "一", "二"]);
    expect(clock.now() - from).toBeGreaterThanOrEqual(60_000);
  });

  it("gives up at once on a robot that was removed", async () => {
    tiny.on(SEND, refuse(93_000));
    expect(await failing(say("一"))).toMatchObject({ errcode: 93_000, advice: "checkRobot" });
    expect(robot.last()?.failure).toMatchObject({ errcode: 93_000 });
  });

  it("does not send what has become useless", async () => {
    tiny.on(SEND, refuse(45_009), ok);
    const [first, second] = await Promise.all([failing(say("一", "normal", 30_000)), failing(say("二"))]);
    expect(first).toMatchObject({ reason: "tooLate", outcome: "notSent" });
    expect(second).toBeNull();
    expect(said()).toEqual(["一", "二"]);
  });

  it("keeps what did not go while WeCom is away, and sends it once when it is back", async () => {
    const port = await freePort();
    const came: string[] = [];
    const back = createServer((request, response) => {
      request.on("data", (chunk: Buffer) => came.push(chunk.toString("utf8")));
      request.on("end", () => response.end(JSON.stringify(ok)));
    });
    const from = clock.now();
    const outage = {
      ...clock,
      sleep: async (ms: number) => {
        await clock.sleep(ms);
        const isBack = clock.now() - from >= 600_000;
        if (isBack && !back.listening) await new Promise<void>((resolve) => back.listen(port, "127.0.0.1", resolve));
      },
    };
    const { line } = testLine(`http://127.0.0.1:${port}`, { clock: outage });
    const away = new RobotClient(line, { corpId: "ww-example", key: KEY });
    const send = (content: string, lifeMs: number) =>
      away.send({ message: { msgtype: "text", text: { content } }, lane: "normal", useBy: clock.now() + lifeMs });
    const results = await Promise.all([send("一", 3_600_000), failing(send("短", 60_000)), send("二", 3_600_000)]);
    expect(results[1]).toMatchObject({ reason: "tooLate", outcome: "notSent" });
    expect(came.map((body): string => JSON.parse(body).text.content).filter((content) => content !== "")).toEqual([
      "一",
      "二",
    ]);
    away.close();
    line.close();
    back.closeAllConnections();
    await new Promise((resolve) => back.close(resolve));
  });

  it("takes back what waits, when it is told", async () => {
    const holding = new AbortController();
    const first = Array.from({ length: 20 }, (_, n) => say(`a${n}`));
    const held = [
      failing(say("x", "normal", 3_600_000, holding.signal)),
      failing(say("y", "urgent", 3_600_000, holding.signal)),
    ];
    holding.abort();
    for (const one of held) expect(await one).toMatchObject({ reason: "stopped", outcome: "notSent" });
    await Promise.all(first);
    expect(said()).toHaveLength(20);
  });

  it("has a queue with an end, where urgent ones still find a place", async () => {
    const stuck = Promise.withResolvers<void>();
    tiny.on(SEND, (response) => void stuck.promise.then(() => response.end(JSON.stringify(refuse(93_000)))));
    const results = Array.from({ length: 201 }, (_, n) => failing(say(String(n))));
    const over = failing(say("over"));
    expect(await over).toMatchObject({ reason: "queueFull", outcome: "notSent" });
    const urgent = failing(say("urgent", "urgent"));
    expect(await results.at(-1)).toMatchObject({ reason: "queueFull" });
    expect(robot.queue()).toMatchObject({ urgent: 1, normal: 199 });
    robot.close();
    expect(await urgent).toMatchObject({ reason: "stopped" });
    stuck.resolve();
    await Promise.all(results);
    expect(said()).toHaveLength(1);
  });

  it("uploads a file for itself", async () => {
    tiny.on("webhook/upload_media", { errcode: 0, errmsg: "", media_id: "media-1", created_at: "1750000000" });
    const file = { name: '示例"表.csv', type: "text/csv", bytes: Buffer.from("a,b\n1,2\n") };
    expect(await robot.upload("file", file)).toEqual({ mediaId: "media-1", createdAt: 1_750_000_000_000 });
    const [asked] = tiny.of("webhook/upload_media");
    expect(asked?.query.get("type")).toBe("file");
    expect(asked?.body).toContain('name="media"; filename="示例_表.csv"');
    expect(asked?.body).toContain("a,b\n1,2\n");
  });

  it("puts a picture into the message with the MD5 of its bytes", () => {
    expect(robotImage(Buffer.from("hello"))).toEqual({
      msgtype: "image",
      image: { base64: "aGVsbG8=", md5: "5d41402abc4b2a76b9719d911017c592" },
    });
    expect(() => robotImage(Buffer.alloc(2 * 1024 * 1024 + 1))).toThrow(RangeError);
  });
});
