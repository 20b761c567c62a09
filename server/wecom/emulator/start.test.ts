import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startEmulator } from "./start.ts";
import { callAs, eventually, first, START, startTestCorp, type TestCorp } from "./test-corp.ts";

let place: TestCorp;
beforeEach(async () => {
  place = await startTestCorp();
});
afterEach(() => place.emulator.close());

const owner = "staff01";
const chats = () => [...(place.corp.groupsOf.get(owner) ?? [])];
const handOver = () =>
  place.post("externalcontact/add_msg_template", {
    chat_type: "group",
    sender: owner,
    chat_id_list: chats(),
    text: { content: "示例" },
  });
const fault = (kind: string, rest: object = {}) =>
  place.act("POST", "/emulator/faults", { path: "add_msg_template", kind, ...rest });

describe("faults", () => {
  test.each(["cutAfter", "half", "malformed"])("%s: no good answer, and the task was made", async (kind) => {
    await place.token();
    await fault(kind);
    await expect(handOver()).rejects.toThrow();
    expect(place.corp.tasks.size).toBe(1);
    expect((await handOver()).errcode).toBe(0);
  });

  test("cutBefore and http500: no answer, and no task", async () => {
    await place.token();
    await fault("cutBefore");
    await expect(handOver()).rejects.toThrow();
    await fault("http500");
    await expect(handOver()).rejects.toThrow();
    expect(place.corp.tasks.size).toBe(0);
  });

  test("slow: taken at once, answered late", async () => {
    await place.token();
    await fault("slow", { delayMs: 80 });
    const answered = handOver();
    await eventually(() => place.corp.tasks.size === 1);
    expect((await answered).errcode).toBe(0);
  });

  test("errcode answers for so many calls, after so many", async () => {
    await fault("errcode", { errcode: 45009, times: 2, after: 1 });
    const codes: number[] = [];
    for (let call = 0; call < 4; call += 1) codes.push((await handOver()).errcode);
    expect(codes).toEqual([0, 45009, 45009, 0]);
    expect(place.corp.tasks.size).toBe(2);
  });

  test("extraFields: an answer with what nobody knows", async () => {
    await fault("extraFields");
    expect(await handOver()).toMatchObject({ errcode: 0, emulator_new_field: {} });
  });

  test("a pattern of the whole path, and taking back", async () => {
    await place.act("POST", "/emulator/faults", { path: "/cgi-bin/*/add_msg_*", kind: "http500", times: 9 });
    await expect(handOver()).rejects.toThrow();
    await place.act("DELETE", "/emulator/faults");
    expect((await handOver()).errcode).toBe(0);
  });
});

describe("control API", () => {
  test("over HTTP as inside: what cannot be is 409, what is not understood 400, unknown 404", async () => {
    const call = (route: string, init?: RequestInit) => fetch(`${place.emulator.url}/emulator/${route}`, init);
    expect((await call("groups/none")).status).toBe(409);
    expect((await call("switches", { method: "PATCH", body: '{"quotaRule":"never"}' })).status).toBe(400);
    expect((await call("switches", { method: "PATCH", body: '{"quotaRull":"daily1"}' })).status).toBe(400);
    expect((await call("nothing")).status).toBe(404);
    expect((await call("corps", { headers: { origin: "https://example.com" } })).status).toBe(403);
    expect(await (await call("groups?limit=2")).json()).toMatchObject({ total: 6, groups: { length: 2 } });
  });

  test("calls are counted by path, for a test of at most once", async () => {
    await handOver();
    await fault("cutAfter");
    await handOver().catch(() => undefined);
    const { counts, calls } = Object(await place.act("GET", "/emulator/calls", { path: "add_msg" }));
    expect(counts["/cgi-bin/externalcontact/add_msg_template"]).toBe(2);
    expect(calls).toMatchObject([
      { fault: "cutAfter", errcode: 0 },
      { fault: null, body: { sender: owner } },
    ]);
  });

  test("forwarding by hand reaches a group and costs nothing of its quota", async () => {
    const words = { attachments: [{ msgtype: "channels", channels: { title: "示例直播" } }] };
    await place.act("POST", `/emulator/staff/${owner}/forward`, { chatIds: chats(), words });
    expect(await place.act("GET", `/emulator/groups/${first(chats())}`)).toMatchObject({
      quota: { used: 0 },
      posts: [{ from: owner, via: "hand" }],
    });
    const foreign = { chatIds: [...(place.corp.groupsOf.get("staff02") ?? [])], words };
    await expect(place.act("POST", `/emulator/staff/${owner}/forward`, foreign)).rejects.toThrow("not in");
  });

  test("the same seed gives the same people and ids", async () => {
    const other = await startEmulator({ clock: { now: () => START }, seed: 7 });
    const again = other.control.seed({ staff: 3, groups: 6, customers: 30, customersPerGroup: 5 });
    expect([...again.groups.keys()]).toEqual([...place.corp.groups.keys()]);
    expect(again.corpId).toBe(place.corp.corpId);
    await other.close();
  });

  test("the pages and the script are there", async () => {
    expect(await (await fetch(place.emulator.url)).text()).toContain("企业微信模拟器");
    expect((await fetch(`${place.emulator.url}/assets/app.js`)).status).toBe(200);
    expect((await fetch(`${place.emulator.url}/assets/none.js`)).status).toBe(404);
    expect((await fetch(`${place.emulator.url}/assets/..%2fpage.ts`)).status).toBe(404);
  });
});

test("the file brings everything back: tokens, tasks, who received what", async () => {
  const dir = mkdtempSync(path.join(tmpdir(), "wecom-emulator-"));
  const dataFile = path.join(dir, "state.json");
  const one = await startEmulator({ dataFile, seed: 3 });
  const corp = one.control.seed({ staff: 2, groups: 2, customers: 4 });
  const app = first(corp.apps.values());
  const call = callAs(one, corp, app);
  const token = await call.token();
  const chat = first(corp.groupsOf.get(owner) ?? []);
  const body = { chat_type: "group", sender: owner, chat_id_list: [chat], text: { content: "x" } };
  const { msgid } = await call.post("externalcontact/add_msg_template", body);
  await one.control.ask("POST", `/emulator/staff/${owner}/tasks/${String(msgid)}/send`);
  await one.close();

  const two = await startEmulator({ dataFile });
  const again = two.control.corp(corp.corpId);
  expect(again?.saved()).toEqual(corp.saved());
  expect(await callAs(two, corp, app).token()).toBe(token);
  expect(await two.control.ask("GET", `/emulator/groups/${chat}`)).toMatchObject({ quota: { used: 1 } });
  await two.close();
  rmSync(dir, { recursive: true });
});
