import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DAY_MS } from "../clock.ts";
import { first, startTestCorp, type TestCorp } from "../test-corp.ts";

let place: TestCorp;
beforeEach(async () => {
  place = await startTestCorp();
});
afterEach(() => place.emulator.close());

const owner = "staff01";
const groupsOf = (userid: string) => [...(place.corp.groupsOf.get(userid) ?? [])];
const customersOf = (userid: string) => [...(place.corp.customersOf.get(userid) ?? [])];

function add(body: object) {
  return place.post("externalcontact/add_msg_template", { text: { content: "示例" }, ...body });
}
const toGroups = (chats: readonly string[], sender = owner) => add({ chat_type: "group", sender, chat_id_list: chats });
const send = (msgid: unknown, targets?: string[]) =>
  place.act("POST", `/emulator/staff/${owner}/tasks/${String(msgid)}/send`, targets ? { targets } : {});
const result = (msgid: unknown) => place.post("externalcontact/get_groupmsg_send_result", { msgid, userid: owner });

describe("§9 add_msg_template", () => {
  test("§9.1 makes a task and sends nothing until the member confirms", async () => {
    const [chat = ""] = groupsOf(owner);
    const { errcode, msgid, fail_list: failed } = await toGroups([chat]);
    expect([errcode, failed]).toEqual([0, []]);
    expect(place.corp.posts.get(chat)).toBeUndefined();
    await send(msgid);
    expect(place.corp.posts.get(chat)).toHaveLength(1);
  });

  test("§9 names what cannot be sent and still makes the task", async () => {
    const [chat = ""] = groupsOf(owner);
    const [foreign = ""] = groupsOf("staff02");
    const { errcode, fail_list: failed } = await toGroups([chat, foreign, "wrNobody"]);
    expect([errcode, failed]).toEqual([0, [foreign, "wrNobody"]]);
  });

  test("§4 41048 when nothing is left to send to", async () => {
    expect((await toGroups(["wrNobody"])).errcode).toBe(41048);
  });

  test("§9 text is limited to 4000 bytes, not characters", async () => {
    const [chat = ""] = groupsOf(owner);
    const body = { chat_type: "group", sender: owner, chat_id_list: [chat] };
    expect((await add({ ...body, text: { content: "播".repeat(1_333) } })).errcode).toBe(0);
    expect((await add({ ...body, text: { content: "播".repeat(1_334) } })).errcode).toBe(45002);
  });

  test("§9 up to nine attachments of known kinds, link fields in bytes", async () => {
    const [chat = ""] = groupsOf(owner);
    const link = (title: string) => ({ msgtype: "link", link: { title, url: "https://example.com/" } });
    const body = { chat_type: "group", sender: owner, chat_id_list: [chat] };
    expect((await add({ ...body, attachments: Array.from({ length: 9 }, () => link("示例")) })).errcode).toBe(0);
    expect((await add({ ...body, attachments: Array.from({ length: 10 }, () => link("示例")) })).errcode).toBe(41064);
    expect((await add({ ...body, attachments: [link("播".repeat(43))] })).errcode).toBe(45002);
    expect((await add({ ...body, attachments: [{ msgtype: "channels", channels: {} }] })).errcode).toBe(41065);
    expect((await add({ ...body, attachments: [{ msgtype: "image", image: { media_id: "old" } }] })).errcode).toBe(
      40007,
    );
    expect((await add({ ...body, text: { content: "" } })).errcode).toBe(40063);
  });

  test("§9 a member on an old client picks the groups by hand", async () => {
    await place.act("PATCH", `/emulator/staff/${owner}`, { oldClient: true });
    const [chat = "", other = ""] = groupsOf(owner);
    const { msgid } = await toGroups([chat]);
    expect(await send(msgid, [other])).toMatchObject({ sent: 1 });
    expect(place.corp.posts.get(chat)).toBeUndefined();
  });

  test("§9.2 single goes to the member who last chatted with the customer", async () => {
    const [customer = ""] = customersOf(owner);
    await place.act("POST", `/emulator/customers/${customer}/add`, { userid: "staff02" });
    await place.act("POST", `/emulator/customers/${customer}/say`, { chatId: "staff02", text: "在吗" });
    const { msgid } = await add({ external_userid: [customer] });
    expect(place.corp.tasks.get(String(msgid))?.senders.map(({ userid }) => userid)).toEqual(["staff02"]);
  });

  test("§2 60011 for a sender outside the visible range", async () => {
    await place.act("PATCH", `/emulator/apps/${place.app.agentId}`, { seesAll: false, seesUsers: ["staff02"] });
    expect((await toGroups(groupsOf(owner))).errcode).toBe(60011);
  });
});

describe("§9 statuses", () => {
  test("§9 41063 until the task has been dispatched", async () => {
    const { msgid } = await toGroups(groupsOf(owner));
    expect((await result(msgid)).errcode).toBe(41063);
    expect((await place.post("externalcontact/get_groupmsg_task", { msgid })).errcode).toBe(41063);
    place.emulator.control.advance(20_000);
    expect((await result(msgid)).errcode).toBe(0);
  });

  test("§9 unsent, sent to some, the rest later", async () => {
    const chats = groupsOf(owner);
    const [chat = "", other = ""] = chats;
    const { msgid } = await toGroups(chats);
    place.emulator.control.advance(60_000);
    await send(msgid, [chat]);
    const { send_list: list } = await result(msgid);
    expect(list).toMatchObject([
      { chat_id: chat, userid: owner, status: 1 },
      { chat_id: other, userid: owner, status: 0 },
    ]);
    expect((await place.post("externalcontact/get_groupmsg_task", { msgid }))["task_list"]).toMatchObject([
      { userid: owner, status: 2 },
    ]);
  });

  test.each([
    ["monthDays", 30],
    ["weekly7", 7],
    ["daily1", 1],
  ])("§9.3 the cap %s lets %i through, the next is status 3", async (quotaRule, max) => {
    await place.act("PATCH", "/emulator/switches", { quotaRule, dispatchMs: 0 });
    const [chat = ""] = groupsOf(owner);
    const late = (await toGroups([chat]))["msgid"];
    const words = { text: "示例" };
    for (let sent = 0; sent < max; sent += 1) {
      await place.act("POST", `/emulator/staff/${owner}/personal-send`, { chatType: "group", targets: [chat], words });
    }
    await send(late);
    expect((await result(late))["send_list"]).toMatchObject([{ status: 3 }]);
    expect((await toGroups([chat])).errcode).toBe(41048);
    place.emulator.control.advance(31 * DAY_MS);
    expect((await toGroups([chat])).errcode).toBe(0);
  });

  test("§9 status 2 when the customer removed the member", async () => {
    await place.act("PATCH", "/emulator/switches", { dispatchMs: 0 });
    const [customer = ""] = customersOf(owner);
    const { msgid } = await add({ external_userid: [customer], sender: owner });
    await place.act("POST", `/emulator/customers/${customer}/remove`, { userid: owner });
    await send(msgid);
    expect((await result(msgid))["send_list"]).toMatchObject([{ external_userid: customer, status: 2 }]);
  });
});

describe("§9 remind and cancel", () => {
  test("§9 three reminders in 24 hours, then 41094", async () => {
    const { msgid } = await toGroups(groupsOf(owner));
    const remind = async () => (await place.post("externalcontact/remind_groupmsg_send", { msgid })).errcode;
    expect([await remind(), await remind(), await remind(), await remind()]).toEqual([0, 0, 0, 41094]);
    place.emulator.control.advance(DAY_MS + 1);
    expect(await remind()).toBe(0);
  });

  test("§9 cancel stops the unsent, twice is once, and reminding is 41093 afterwards", async () => {
    const [chat = "", other = ""] = groupsOf(owner);
    const { msgid } = await toGroups([chat, other]);
    await send(msgid, [chat]);
    const cancel = async () => (await place.post("externalcontact/cancel_groupmsg_send", { msgid })).errcode;
    expect([await cancel(), await cancel()]).toEqual([0, 0]);
    await expect(send(msgid)).rejects.toThrow("cancelled");
    expect(place.corp.posts.get(chat)).toHaveLength(1);
    expect((await place.post("externalcontact/remind_groupmsg_send", { msgid })).errcode).toBe(41093);
    expect((await place.post("externalcontact/remind_groupmsg_send", {})).errcode).toBe(41046);
    expect((await place.post("externalcontact/remind_groupmsg_send", { msgid: "x" })).errcode).toBe(41047);
  });
});

describe("§9 get_groupmsg_list_v2", () => {
  const list = (body: object) => {
    const now = Math.floor(Date.UTC(2026, 10, 20, 4) / 1000);
    return place.post("externalcontact/get_groupmsg_list_v2", {
      chat_type: "group",
      start_time: now - 86_400,
      end_time: now + 86_400,
      ...body,
    });
  };

  test("§9 personal sends are there by default, and apart by filter_type", async () => {
    await place.act("PATCH", "/emulator/switches", { dispatchMs: 0 });
    const chats = groupsOf(owner);
    const { msgid } = await toGroups(chats);
    await place.act("POST", `/emulator/staff/${owner}/personal-send`, {
      chatType: "group",
      targets: [first(chats)],
      words: { text: "示例" },
    });
    expect((await list({}))["group_msg_list"]).toMatchObject([
      { msgid, create_type: 0 },
      { creator: owner, create_type: 1 },
    ]);
    expect((await list({ filter_type: 0 }))["group_msg_list"]).toMatchObject([{ msgid }]);
    expect((await list({ filter_type: 1 }))["group_msg_list"]).toMatchObject([{ creator: owner }]);
    const page = await list({ limit: 1 });
    expect(page["group_msg_list"]).toHaveLength(1);
    expect((await list({ limit: 1, cursor: page["next_cursor"] }))["next_cursor"]).toBe("");
  });

  test("§9 at most a month, at most 100 rows", async () => {
    expect((await list({ start_time: 0 })).errcode).toBe(40058);
    expect((await list({ limit: 101 })).errcode).toBe(40058);
  });
});
