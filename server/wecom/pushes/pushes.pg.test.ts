import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { openDatabase, type DatabaseClient } from "#db/client.ts";
import { keepMedia } from "#db/queries/media.ts";
import { statusOf, type PushTask } from "#domain/push/state.ts";
import type { Directory } from "#server/live/directory-contract.ts";
import { wecomGroups, wecomMembers } from "#db/schema/wecom-people.ts";
import { wecomRoomCorp } from "#db/schema/wecom-people.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import { pushWorld, SHOW, until, type PushWorld } from "#tests/support/push-world.ts";
import type { PushRunner } from "./push-runner.ts";

/** One pixel. */
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";
let place: TestDatabase;
let database: DatabaseClient;
let world: PushWorld;

const skip = (ms: number) => vi.setSystemTime(Date.now() + ms);

beforeAll(async () => {
  place = await testDatabase();
  database = openDatabase({ url: place.url, name: "test", connectionsMax: 4 });
});
afterAll(async () => {
  await database.close();
  await place.drop();
});
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 20, 10, 0, 0) });
  for (const table of [wecomGroups, wecomMembers, wecomRoomCorp]) await database.db.delete(table);
  world = await pushWorld({ db: database.db, skip });
});
afterEach(async () => {
  await world.close();
  vi.useRealTimers();
});

const touch = (runner: PushRunner) => runner.stored(SHOW, ["push.touched"]);
const goOn = (runner: PushRunner) => () => {
  skip(200);
  touch(runner);
};
const corpOf = () => {
  const corp = world.emulator.control.corp(world.emulator.control.corpIds()[0] ?? "");
  if (!corp) throw new Error("no corp");
  return corp;
};
const messages = () => [...corpOf().tasks.values()];
const statesOf = async (pushId: string) => (await world.tasks(pushId)).map(({ state }) => state);
const all = (states: readonly string[], state: string) => states.length > 0 && states.every((one) => one === state);
/** Each task at most once at WeCom, by the code in its link. */
function expectOnceEach(tasks: readonly PushTask[]): void {
  const codes = messages().map(
    ({ contentId }) => /[?]p=([\w-]+)/.exec(corpOf().contents.get(contentId)?.text ?? "")?.[1],
  );
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) expect(tasks.map(({ taskId }) => taskId)).toContain(code);
}

async function planned(runner: PushRunner, more: object = {}): Promise<string> {
  const pushId = await world.plan(more);
  touch(runner);
  await until(async () => (await world.push(pushId)).resolved !== null, "resolved", goOn(runner));
  return pushId;
}
async function reserved(runner: PushRunner): Promise<string> {
  const pushId = await planned(runner);
  touch(runner);
  await until(async () => (await world.push(pushId)).quota?.is === "reserved", "reserved", goOn(runner));
  return pushId;
}
async function allSent(): Promise<void> {
  for (const { msgid, senders } of messages()) {
    for (const { userid } of senders) {
      await world.emulator.control.ask("POST", `/emulator/staff/${userid}/tasks/${msgid}/send`);
    }
  }
}

describe("群发", () => {
  test("goes out once for each owner, is pressed, read back group by group, and its quota is settled", async () => {
    const runner = world.run();
    const pushId = await reserved(runner);
    expect(messages()).toEqual([]);
    await world.handOver(pushId);
    touch(runner);
    await until(async () => all(await statesOf(pushId), "waiting"), "handed over", goOn(runner));
    expectOnceEach(await world.tasks(pushId));
    expect(messages()).toHaveLength((await world.tasks(pushId)).length);
    await allSent();
    skip(31_000);
    touch(runner);
    await until(async () => all(await statesOf(pushId), "sent"), "read back", goOn(runner));
    await until(async () => (await world.push(pushId)).quota?.is === "settled", "settled", goOn(runner));
    const push = await world.push(pushId);
    expect(statusOf(push)).toBe("sent");
    expect(push.counts.sent).toBe(world.groupIds.length);
  });

  test("has a cover of Kaibo's own handed to WeCom once, and shows it by the address that it got there", async () => {
    const key = "u_cover";
    const cover = { key, roomId: "r_pushes", mime: "image/png", bytes: Buffer.from(PNG, "base64") };
    await keepMedia(database.db, { ...cover, createdBy: "p", createdAt: 1 });
    const card = { kind: "link", title: "示例", desc: "", picUrl: null, coverKey: key };
    const runner = world.run();
    const pushId = await planned(runner, { copy: { text: "今晚开播", card } });
    await until(async () => (await world.push(pushId)).quota?.is === "reserved", "reserved", goOn(runner));
    await world.handOver(pushId);
    touch(runner);
    await until(async () => all(await statesOf(pushId), "waiting"), "handed over", goOn(runner));
    const shown = [...corpOf().contents.values()].flatMap(({ attachments }) => attachments);
    const addresses = new Set(shown.map(({ link }) => z.object({ picurl: z.string() }).parse(link).picurl));
    expect(addresses.size).toBe(1);
    expect([...addresses][0]?.startsWith(world.emulator.url)).toBe(true);
  });

  test("of a robot fails at once when its picture is gone, and the robot says nothing", async () => {
    const runner = world.run();
    const card = { kind: "image", mediaKey: "u_gone" };
    const audience = { robotIds: [world.robotId] };
    const copy = { text: "", card, link: "none" };
    const pushId = await planned(runner, { kind: "robot", when: { by: "hand" }, copy, audience });
    await world.handOver(pushId);
    touch(runner);
    await until(async () => all(await statesOf(pushId), "failed"), "failed", goOn(runner));
    expect((await world.tasks(pushId))[0]?.errcode).toBe(40_007);
  });

  test("whose answer was cut off after WeCom took it is found by its link and never called again", async () => {
    const runner = world.run();
    const pushId = await reserved(runner);
    world.emulator.control.fault({ path: "*add_msg_template", kind: "cutAfter", times: 1 });
    await world.handOver(pushId);
    touch(runner);
    await until(
      async () => (await statesOf(pushId)).filter((state) => state === "waiting").length >= 2,
      "the others",
      goOn(runner),
    );
    await until(
      async () => messages().length === (await world.tasks(pushId)).length,
      "taken all the same",
      goOn(runner),
    );
    skip(31_000);
    touch(runner);
    await until(async () => all(await statesOf(pushId), "waiting"), "found", goOn(runner));
    expectOnceEach(await world.tasks(pushId));
    expect(messages()).toHaveLength((await world.tasks(pushId)).length);
  });

  test("whose answer was lost before WeCom took it stays unknown, and a person decides", async () => {
    const runner = world.run();
    const pushId = await reserved(runner);
    // Held so long that the client gives up, and then not done.
    world.emulator.control.fault({ path: "*add_msg_template", kind: "cutBefore", times: 1 });
    await world.handOver(pushId);
    touch(runner);
    const count = (await world.tasks(pushId)).length;
    await until(async () => messages().length === count - 1, "the others", goOn(runner));
    for (let times = 0; times < 6; times += 1) {
      skip(601_000);
      touch(runner);
      await until(
        async () => {
          const lost = (await world.tasks(pushId)).find(({ state }) => state === "calling" || state === "unknown");
          return lost === undefined || lost.state === "unknown" || lost.lookUps > times;
        },
        "looked up",
        goOn(runner),
      );
    }
    expect(await statesOf(pushId)).toContain("unknown");
    expect(statusOf(await world.push(pushId))).toBe("unknown");
    expect(messages()).toHaveLength(count - 1);
  });
});

/** A runner that dies with its `at`-th word to the log: before it is said, or after it was stored and before its answer came. */
function dyingAt(
  at: number,
  when: "before" | "after",
): { readonly through: Pick<Directory, "send" | "read">; readonly died: Promise<void> } {
  let said = 0;
  const dead = Promise.withResolvers<void>();
  const never = () => new Promise<never>(() => undefined);
  return {
    died: dead.promise,
    through: {
      read: (sessionId, look) => (said >= at ? never() : world.directory.read(sessionId, look)),
      async send(sessionId, command, sender) {
        said += 1;
        if (said < at) return world.directory.send(sessionId, command, sender);
        if (said === at && when === "after") await world.directory.send(sessionId, command, sender);
        dead.resolve();
        return never();
      },
    },
  };
}

describe("killed at any step", () => {
  const steps = Array.from({ length: 9 }, (_, at) => at + 1).flatMap((at) => [
    { at, when: "before" as const },
    { at, when: "after" as const },
  ]);
  test.for(steps)("nothing goes out twice: word $at, $when it is stored", async ({ at, when }) => {
    const { through, died } = dyingAt(at, when);
    const first = world.run(through);
    const pushId = await world.plan();
    touch(first);
    const ready = until(async () => (await world.push(pushId)).quota?.is === "reserved", "reserved", goOn(first)).catch(
      () => undefined,
    );
    await Promise.race([died, ready]);
    if ((await world.push(pushId)).quota?.is === "reserved") {
      await world.handOver(pushId);
      touch(first);
      await died;
    }
    const second = world.run();
    touch(second);
    await until(async () => (await world.push(pushId)).quota?.is === "reserved", "reserved by the next", goOn(second));
    if ((await world.push(pushId)).rounds === 0) await world.handOver(pushId);
    for (let times = 0; times < 6; times += 1) {
      touch(second);
      await until(
        async () => {
          const tasks = await world.tasks(pushId);
          return tasks.every(({ state, lookUps }) => state !== "intended" && (state !== "calling" || lookUps >= times));
        },
        "under way",
        goOn(second),
      );
      skip(601_000);
    }
    touch(second);
    await until(
      async () => (await statesOf(pushId)).every((state) => state !== "calling" && state !== "intended"),
      "known",
      goOn(second),
    );
    expectOnceEach(await world.tasks(pushId));
    // What is not at WeCom is told as unknown, never as handed over.
    for (const { taskId, state } of await world.tasks(pushId)) {
      const there = messages().some(({ contentId }) => corpOf().contents.get(contentId)?.text.includes(`p=${taskId}`));
      expect(state === "unknown" ? !there : there).toBe(true);
    }
  });
});
