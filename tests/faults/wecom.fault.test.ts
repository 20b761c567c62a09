import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  type Connected,
  messagesOf,
  planNow,
  press,
  tasksOf,
  until,
  wecomEvening,
  type WecomEvening,
} from "#tests/support/wecom-evening.ts";

/**
 * A whole Kaibo and a whole stand-in of WeCom, with the product's own timers, while one of them is killed, away, or says no. Nothing is handed over
 * twice, nothing is lost, the show goes on.
 */

let evening: WecomEvening;
/** Three owners, six groups; whom most happens to. */
let first: Connected;
/** Another company with a pace of its own, which meets its limit while the other tests run. */
let second: Connected;
let limited = "";

beforeAll(async () => {
  evening = await wecomEvening();
  first = await evening.connect({ corpId: "wwfirstsample", staff: 3, groups: 6 });
  second = await evening.connect({ corpId: "wwsecondsample", staff: 2, groups: 2 });
});
afterAll(() => evening.close());

const ask = (path: string, input: Record<string, unknown>) =>
  evening.wecom().control.ask("POST", `/emulator/${path}`, input);
const states = async (pushId: string) => (await tasksOf(evening, pushId)).map(({ state }) => state);
const all = (rows: readonly string[], count: number, state: string) =>
  rows.length === count && rows.every((one) => one === state);
const isAll = (pushId: string, count: number, state: string) => async () => all(await states(pushId), count, state);

/** Each task of the push is at WeCom once, under the number that Kaibo knows. */
async function expectOnceEach(pushId: string, company: Connected, count: number): Promise<void> {
  const tasks = await tasksOf(evening, pushId);
  const messages = messagesOf(evening, company, tasks);
  expect(tasks).toHaveLength(count);
  expect(messages.map(({ code, msgid }) => `${code} ${msgid}`).toSorted()).toEqual(
    tasks.map(({ taskId, msgid }) => `${taskId} ${msgid}`).toSorted(),
  );
  expect(new Set(messages.flatMap(({ senders }) => senders.map(({ userid }) => userid))).size).toBe(count);
}

const Calls = z.object({ calls: z.array(z.object({ path: z.string(), errcode: z.number().nullable() })) });
const callsTo = async (path: string) =>
  Calls.parse(await evening.wecom().control.ask("GET", "/emulator/calls", { path, limit: 2_000 })).calls;

describe("a show whose pushes go through WeCom", () => {
  it("killed between the request and its answer, looks up what WeCom took, and hands nothing over again", async () => {
    await ask("faults", { path: "add_msg_template", kind: "slow", times: 3, delayMs: 600_000 });
    const pushId = await planNow(evening, first, "示例开播提醒");
    await until("all three have reached WeCom", async () => {
      const tasks = await tasksOf(evening, pushId);
      return messagesOf(evening, first, tasks).length === 3;
    });
    await evening.killKaibo();
    // Staff send while nobody listens.
    await press(evening, first, await tasksOf(evening, pushId));
    await evening.startKaibo();
    // Nobody opens the show: it is found by what it owes.
    limited = await startLimited();
    await until("what was taken is found and read out", isAll(pushId, 3, "sent"));
    await expectOnceEach(pushId, first, 3);
  }, 150_000);

  it("goes on while WeCom is away: acts are taken, what falls due waits and goes out once WeCom is back", async () => {
    const pushId = await planNow(evening, first, "示例返场提醒");
    await evening.stopWecom();
    await until("the hand-over was tried", async () => {
      const tried = await evening.sql`
        select distinct data->>'taskId' from session_events
        where type = 'push.called.v1' and data->>'pushId' = ${pushId} and data->'outcome'->>'class' = 'away'`;
      return tried.length === 3;
    });
    for (let act = 0; act < 20; act += 1) {
      const command = { id: randomUUID(), type: "session.edit", input: { title: `示例场次 ${act}` } };
      const answer = await evening.call("POST", `sessions/${first.sessionId}/commands`, command);
      expect(answer).toMatchObject({ status: 200, body: { status: "ok" } });
      await sleep(200);
    }
    expect(await states(pushId)).toEqual(["intended", "intended", "intended"]);
    await evening.startWecom();
    await until("all are handed over", isAll(pushId, 3, "waiting"));
    await expectOnceEach(pushId, first, 3);
  }, 150_000);

  it("with its token revoked in the middle, fetches one and goes on", async () => {
    const before = (await callsTo("gettoken")).length;
    await ask("tokens/revoke", {});
    const pushId = await planNow(evening, first, "示例福利提醒");
    await until("all are handed over", isAll(pushId, 3, "waiting"));
    await expectOnceEach(pushId, first, 3);
    const refused = (await callsTo("add_msg_template")).filter(({ errcode }) => errcode === 40014);
    expect(refused.length).toBeGreaterThan(0);
    expect((await callsTo("gettoken")).length).toBe(before + 1);
  }, 150_000);

  it("tells WeCom to come back while the database is away, and keeps what comes back once", async () => {
    const switches = { callbacks: { retryDelayMs: 4_000 } };
    await evening.wecom().control.ask("PATCH", "/emulator/switches", switches);
    const Deliveries = z.object({
      deliveries: z.array(z.object({ outcome: z.string(), tries: z.array(z.object({ answer: z.string() })) })),
    });
    const last = async () =>
      Deliveries.parse(await evening.wecom().control.ask("GET", "/emulator/deliveries", { limit: 1 })).deliveries[0];
    const corp = evening.wecom().control.corp(first.corpId);
    const [userid] = corp?.staff.keys() ?? [];
    const customer = z.object({ id: z.string() }).parse(await ask("customers", { corp: first.corpId }));
    const rows = () => evening.sql<{ state: string; outcome: string }[]>`
      select state, outcome from wecom_callbacks where object = ${`contact:${customer.id}`}`;
    await evening.wire.goAway();
    await ask(`customers/${customer.id}/add`, { corp: first.corpId, userid });
    await until("it was refused once", async () => ((await last())?.tries.length ?? 0) > 0);
    expect((await last())?.tries[0]?.answer).toBe("503");
    await evening.wire.resume();
    await until("it was taken", async () => (await last())?.outcome === "accepted");
    await until("it was worked", async () => (await rows()).some(({ state }) => state === "done"));
    expect(await rows()).toEqual([{ state: "done", outcome: "told" }]);
  }, 150_000);

  it("told 45009, leaves WeCom alone for the length of its rule and then goes on", async () => {
    await until("both are handed over", isAll(limited, 2, "waiting"));
    await expectOnceEach(limited, second, 2);
  }, 150_000);
});

/** WeCom says no to the first of two owners, and would block whoever went on asking. */
async function startLimited(): Promise<string> {
  await ask("faults", { path: "add_msg_template", kind: "errcode", errcode: 45_009 });
  const pushId = await planNow(evening, second, "示例预告");
  await until("it was refused", async () => {
    const rows = await evening.sql`select 1 from push_tasks where push_id = ${pushId} and errcode = 45009`;
    return rows.length > 0;
  });
  const refused = (await callsTo("add_msg_template")).filter(({ errcode }) => errcode === 45_009);
  expect(refused).toHaveLength(1);
  return pushId;
}
