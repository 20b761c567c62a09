import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { recallAppMessage, sendAppMessage } from "#server/wecom/api/app-messages.ts";
import {
  addContactWay,
  deleteContactWay,
  findContactWays,
  getContactWay,
  updateContactWay,
} from "#server/wecom/api/contact-ways.ts";
import {
  contactsOfMembers,
  externalUserIdOf,
  getContact,
  listContacts,
  listFollowUsers,
} from "#server/wecom/api/contacts.ts";
import { chatIdOfOpengid, getGroup, listGroups } from "#server/wecom/api/groups.ts";
import { addJoinWay, deleteJoinWay, getJoinWay, updateJoinWay } from "#server/wecom/api/join-ways.ts";
import { JsTickets, signPage } from "#server/wecom/api/js-tickets.ts";
import {
  addMassMessage,
  cancelMassMessage,
  listMassMessages,
  massResults,
  massTasks,
  remindSenders,
} from "#server/wecom/api/mass-send.ts";
import { uploadMedia, uploadPicture } from "#server/wecom/api/media.ts";
import { getMember, listMembers } from "#server/wecom/api/members.ts";
import { everyItem } from "#server/wecom/api/pages.ts";
import { memberDetail, userOfCode } from "#server/wecom/api/sign-in.ts";
import { addTags, deleteTags, listTags, markTags, renameTag } from "#server/wecom/api/tags.ts";
import { sendWelcome } from "#server/wecom/api/welcome.ts";
import { createClient, type AppClient } from "#server/wecom/client.ts";
import { type Emulator, startEmulator } from "#server/wecom/emulator/start.ts";
import { RobotClient } from "#server/wecom/robot-client.ts";
import { robotImage } from "#server/wecom/robot-message.ts";
import { isWecomFailure, type WecomFailure } from "#server/wecom/wecom-error.ts";
import { steppedClock, testLine } from "../support/tiny-wecom.ts";
import { realClock } from "#server/wecom/wecom-line.ts";

/**
 * The client against the stand-in. Both were written from the same document by people who did not look at one another's work, so a test that fails
 * here tells that one of them misread it.
 */

let wecom: Emulator;
let corpId: string;
let secret: string;
let agentId: number;
let robotKey: string;
let client: AppClient;

beforeAll(async () => {
  wecom = await startEmulator();
});
afterAll(() => wecom.close());

beforeEach(async () => {
  await wecom.control.ask("POST", "/emulator/reset");
  const corp = wecom.control.seed({ staff: 4, groups: 5, customers: 30, customersPerGroup: 6 });
  corpId = corp.corpId;
  const [app] = corp.apps.values();
  const [robot] = corp.robots.values();
  if (!app || !robot) throw new Error("a seeded corp has an app and a robot");
  ({ secret, agentId } = app);
  robotKey = robot.key;
  client = newClient();
});

const newLine = () => testLine(wecom.url, { clock: realClock }).line;
const newClient = (over: { readonly secret?: string; readonly corpId?: string } = {}) =>
  createClient(newLine(), { corpId, secret, agentId, ...over });

async function failureOf(work: Promise<unknown>): Promise<WecomFailure> {
  const failure: unknown = await work.then(
    () => new Error("it did not fail"),
    (error: unknown) => error,
  );
  if (isWecomFailure(failure)) return failure;
  throw failure;
}

function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error("there is none");
  return item;
}

const control = (method: "POST" | "PATCH", path: string, body: Record<string, unknown> = {}) =>
  wecom.control.ask(method, path, body);

/** With none of its customers' own words. */
async function someGroup() {
  const groups = await everyItem(listGroups(client));
  return getGroup(client, first(groups).chatId);
}

const message = (text: string) => ({
  text,
  attachments: [
    { msgtype: "link" as const, link: { title: "示例直播", url: "https://example.com/l/p1", desc: "今晚八点" } },
  ],
});

/** What the stand-in's own controls answer. */
const Made = z.object({ id: z.string(), unionid: z.string(), openid: z.string() });
const Delivered = z.object({ deliveries: z.array(z.object({ xml: z.string() })) });
const Opened = z.object({ opengid: z.string() });

/** §9: list, task and result answer 41063 for the first seconds. */
const dispatched = () => wecom.control.advance(60_000);

describe("tokens", () => {
  it("are had once, outlive being revoked, and end", async () => {
    await listFollowUsers(client);
    await control("POST", "/emulator/tokens/revoke");
    expect((await listFollowUsers(client)).length).toBeGreaterThan(0);
    wecom.control.advance(7_300_000);
    expect((await listFollowUsers(client)).length).toBeGreaterThan(0);
  });

  it("are refused to a wrong secret and a wrong corp id", async () => {
    expect(await failureOf(listFollowUsers(newClient({ secret: "a-wrong-secret" })))).toMatchObject({
      errcode: 40_001,
      class: "secret",
    });
    expect(await failureOf(listFollowUsers(newClient({ corpId: "ww-nobody" })))).toMatchObject({
      errcode: 40_013,
      advice: "checkCorpId",
    });
  });
});

describe("rights", () => {
  it("name what is missing: address, allowed app, range", async () => {
    await control("PATCH", `/emulator/apps/${agentId}`, { trustedIps: ["203.0.113.1"] });
    const untrusted = await failureOf(listFollowUsers(client));
    expect(untrusted).toMatchObject({ errcode: 60_020, advice: "trustIp", ip: "127.0.0.1" });
    expect(untrusted).toMatchObject({ hint: expect.stringMatching(/^\d+$/) });
    await control("PATCH", `/emulator/apps/${agentId}`, { trustedIps: [], externalContact: false });
    expect(await failureOf(listFollowUsers(client))).toMatchObject({ errcode: 48_002, advice: "allowApp" });
    await control("PATCH", `/emulator/apps/${agentId}`, { externalContact: true, seesAll: false });
    expect(await listFollowUsers(client)).toEqual([]);
  });
});

describe("groups", () => {
  it("are listed in pages, by owner, and read", async () => {
    const pages = [];
    for await (const page of listGroups(client, { pageSize: 2 })) pages.push(page);
    expect(pages.map(({ items }) => items.length)).toEqual([2, 2, 1]);
    expect(pages.at(-1)?.next).toBeNull();
    const resumed = await everyItem(listGroups(client, { pageSize: 2, from: pages[0]?.next ?? null }));
    expect(resumed).toHaveLength(3);
    const group = await someGroup();
    expect(group.members.find(({ id }) => id === group.owner)).toMatchObject({ kind: "staff" });
    expect(group.members.filter(({ kind }) => kind === "external").length).toBeGreaterThan(0);
    expect(Math.abs(group.createdAt - Date.now())).toBeLessThan(5 * 365 * 86_400_000);
    expect(group.memberVersion).not.toBeNull();
    const own = await everyItem(listGroups(client, { owners: [group.owner] }));
    expect(own.map(({ chatId }) => chatId)).toContain(group.chatId);
    expect(await failureOf(getGroup(client, "wr-nobody"))).toMatchObject({ outcome: "notSent" });
  });

  it("tell who came how, after their lag", async () => {
    const group = await someGroup();
    const made = Made.parse(await control("POST", "/emulator/customers", { name: "示例新客户" }));
    await control("POST", `/emulator/groups/${group.chatId}/join`, { ids: [made.id], scene: 1, invitor: group.owner });
    wecom.control.advance(5_000);
    const after = await getGroup(client, group.chatId);
    expect(after.members.find(({ id }) => id === made.id)).toMatchObject({
      kind: "external",
      joinScene: "invited",
      invitedBy: group.owner,
    });
    expect(after.memberVersion).not.toBe(group.memberVersion);
  });

  it("are found by what a mini program knows of them", async () => {
    const group = await someGroup();
    const shown = Opened.parse(await wecom.control.ask("GET", `/emulator/groups/${group.chatId}`));
    expect(await chatIdOfOpengid(client, shown.opengid)).toBe(group.chatId);
    expect(await failureOf(chatIdOfOpengid(client, "og-nobody"))).toMatchObject({ class: "target" });
  });
});

describe("codes", () => {
  it("of groups are made, read, replaced and deleted, and bring their state along", async () => {
    const group = await someGroup();
    const nextGroup = { baseName: "示例群", firstNumber: 6 };
    const wish = { kind: "code" as const, chatIds: [group.chatId], remark: "示例", state: "q-1", nextGroup };
    const configId = await addJoinWay(client, wish);
    const way = await getJoinWay(client, configId);
    expect(way).toMatchObject({
      chatIds: [group.chatId],
      state: "q-1",
      autoCreate: true,
      baseName: "示例群",
      baseNumber: 6,
    });
    expect(way.qrCode).toMatch(/^https?:/);
    const made = Made.parse(await control("POST", "/emulator/customers"));
    await control("POST", `/emulator/customers/${made.id}/scan`, { code: configId });
    wecom.control.advance(5_000);
    const member = (await getGroup(client, group.chatId)).members.find(({ id }) => id === made.id);
    expect(member).toMatchObject({ joinScene: "code", state: "q-1" });
    await updateJoinWay(client, { ...wish, configId, state: "q-2", nextGroup: null });
    expect(await getJoinWay(client, configId)).toMatchObject({ state: "q-2", autoCreate: false });
    await deleteJoinWay(client, configId);
    expect((await failureOf(getJoinWay(client, configId))).outcome).toBe("notSent");
  });

  it("of contacts are made, found again, changed and deleted", async () => {
    const users = (await listFollowUsers(client)).slice(0, 2);
    const { configId, qrCode } = await addContactWay(client, { users, remark: "示例", state: "q-3" });
    expect(qrCode).toMatch(/^https?:/);
    expect(await getContactWay(client, configId)).toMatchObject({
      users,
      state: "q-3",
      skipVerify: true,
      remark: "示例",
    });
    expect(await everyItem(findContactWays(client, {}))).toContain(configId);
    await updateContactWay(client, { configId, users: users.slice(0, 1), state: "q-4" });
    const single = await addContactWay(client, { users: users.slice(0, 1), state: "q-5" });
    const added = Made.parse(await control("POST", "/emulator/customers"));
    await control("POST", `/emulator/customers/${added.id}/scan`, { code: single.configId });
    const contact = await getContact(client, added.id);
    expect(contact.follows[0]).toMatchObject({ userid: users[0], addWay: 1, state: "q-5" });
    await deleteContactWay(client, configId);
    expect(await failureOf(getContactWay(client, configId))).toMatchObject({ advice: "recordAgain" });
  });
});

describe("contacts", () => {
  it("are listed by member, read alone and in batches, and found by unionid", async () => {
    const userids = await listFollowUsers(client);
    const lists = await Promise.all(userids.map((userid) => listContacts(client, userid).catch(() => [])));
    const id = first(lists.flat());
    const detail = await getContact(client, id);
    expect(detail.contact).toMatchObject({ externalUserId: id, kind: "wechat" });
    expect(detail.follows.length).toBeGreaterThan(0);
    const all = await everyItem(contactsOfMembers(client, { userids }));
    expect(new Set(all.map(({ contact }) => contact.externalUserId))).toEqual(new Set(lists.flat()));
    const made = Made.parse(await control("POST", "/emulator/customers"));
    await control("POST", `/emulator/customers/${made.id}/add`, {
      userid: first(userids),
      addWay: 10,
      channels: { nickname: "示例视频号", source: 2 },
    });
    expect(await externalUserIdOf(client, made)).toBe(made.id);
    expect((await getContact(client, made.id)).follows[0]).toMatchObject({
      addWay: 10,
      channels: { nickname: "示例视频号", source: "liveRoom" },
    });
    expect(await failureOf(getContact(client, "wm-nobody"))).toMatchObject({ class: "target" });
  });

  it("carry tags, edited one after the other also when asked for at once", async () => {
    const userid = first(await listFollowUsers(client));
    const externalUserId = first(await listContacts(client, userid));
    const group = await addTags(client, { group: { name: "示例渠道" }, names: ["直播间", "包裹卡"] });
    expect(group).toMatchObject({ name: "示例渠道", tags: [{ name: "直播间" }, { name: "包裹卡" }] });
    const [one, two] = group.tags;
    await Promise.all([
      markTags(client, { userid, externalUserId, add: [one?.id ?? ""] }),
      markTags(client, { userid, externalUserId, add: [two?.id ?? ""] }),
    ]);
    const { follows } = await getContact(client, externalUserId);
    const tags = follows.find((follow) => follow.userid === userid)?.tags ?? [];
    expect(tags.map(({ name, kind }) => [name, kind])).toEqual([
      ["直播间", "corp"],
      ["包裹卡", "corp"],
    ]);
    await renameTag(client, { id: one?.id ?? "", name: "直播" });
    expect((await failureOf(addTags(client, { group: { id: group.id }, names: ["直播"] }))).outcome).toBe("notSent");
    await deleteTags(client, { tagIds: [two?.id ?? ""] });
    const listed = (await listTags(client)).find(({ id }) => id === group.id);
    expect(listed?.tags.map(({ name }) => name)).toEqual(["直播"]);
  });
});

describe("mass sends", () => {
  it("make a task that a member confirms, and tell who has and what came of it", async () => {
    const group = await someGroup();
    const targets = { to: "groups" as const, sender: group.owner, chatIds: [group.chatId] };
    const { msgid, failed } = await addMassMessage(client, { targets, message: message("示例群发") });
    expect(failed).toEqual([]);
    expect(await failureOf(everyItem(massTasks(client, { msgid })))).toMatchObject({
      errcode: 41_063,
      class: "notReady",
    });
    dispatched();
    expect(await everyItem(massTasks(client, { msgid }))).toEqual([{ userid: group.owner, sent: false, sentAt: null }]);
    const question = { msgid, userid: group.owner };
    expect(await everyItem(massResults(client, question))).toMatchObject([{ chatId: group.chatId, state: "unsent" }]);
    await remindSenders(client, msgid);
    await control("POST", `/emulator/staff/${group.owner}/tasks/${msgid}/send`);
    expect(await everyItem(massTasks(client, { msgid }))).toMatchObject([{ sent: true, sentAt: expect.any(Number) }]);
    expect(await everyItem(massResults(client, question))).toMatchObject([
      { chatId: group.chatId, externalUserId: null, state: "sent", userid: group.owner },
    ]);
  });

  it("are found again by the link in them, also those that staff sent by themselves", async () => {
    const group = await someGroup();
    const targets = { to: "groups" as const, sender: group.owner, chatIds: [group.chatId] };
    const { msgid } = await addMassMessage(client, { targets, message: message("示例") });
    await control("POST", `/emulator/staff/${group.owner}/personal-send`, {
      chatType: "group",
      targets: [group.chatId],
      words: { text: "自己发的" },
    });
    dispatched();
    const now = Date.now() + 60_000;
    const question = { to: "groups" as const, since: now - 86_400_000, until: now + 1_000 };
    const listed = await everyItem(listMassMessages(client, question));
    expect(listed.find((one) => one.attachments.some(({ url }) => url === "https://example.com/l/p1"))).toMatchObject({
      msgid,
      kind: "enterprise",
      text: "示例",
      creator: null,
    });
    expect(listed.find(({ kind }) => kind === "personal")).toMatchObject({ text: "自己发的", creator: group.owner });
    expect(await everyItem(listMassMessages(client, { ...question, kind: "enterprise" }))).toHaveLength(1);
  });

  it("are reminded of three times in a day, and cancelled once and for all", async () => {
    const group = await someGroup();
    const targets = { to: "groups" as const, sender: group.owner, chatIds: [group.chatId] };
    const { msgid } = await addMassMessage(client, { targets, message: message("示例") });
    dispatched();
    for (let times = 0; times < 3; times += 1) await remindSenders(client, msgid);
    expect(await failureOf(remindSenders(client, msgid))).toMatchObject({ errcode: 41_094, advice: "remindLater" });
    await cancelMassMessage(client, msgid);
    await cancelMassMessage(client, msgid);
    expect(await failureOf(remindSenders(client, msgid))).toMatchObject({ outcome: "notSent" });
  });

  it("to customers: those of a member, some by name, and what can't be reached is told", async () => {
    const userid = first(await listFollowUsers(client));
    const ids = (await listContacts(client, userid)).slice(0, 2);
    const targets = { to: "customers" as const, sender: userid, externalUserIds: [...ids, "wm-nobody"] };
    const { msgid, failed } = await addMassMessage(client, { targets, message: message("示例") });
    expect(failed).toEqual(["wm-nobody"]);
    dispatched();
    const results = await everyItem(massResults(client, { msgid, userid }));
    expect(results.every(({ externalUserId }) => externalUserId !== null && ids.includes(externalUserId))).toBe(true);
    const nobody = { to: "customers" as const, sender: userid, externalUserIds: ["wm-nobody"] };
    expect(await failureOf(addMassMessage(client, { targets: nobody, message: message("示例") }))).toMatchObject({
      errcode: 41_048,
      advice: "noTargets",
    });
  });

  it("say no to what is too long, in bytes", async () => {
    const group = await someGroup();
    const targets = { to: "groups" as const, sender: group.owner, chatIds: [group.chatId] };
    await addMassMessage(client, { targets, message: message(`${"字".repeat(1_333)}.`) });
    const tooLong = addMassMessage(client, { targets, message: message("字".repeat(1_334)) });
    expect(await failureOf(tooLong)).toMatchObject({ errcode: 45_002, class: "content" });
  });

  it.each(["cutAfter", "half", "malformed"] as const)(
    "leave the outcome open when the answer is lost (%s), and are there",
    async (kind) => {
      const group = await someGroup();
      const targets = { to: "groups" as const, sender: group.owner, chatIds: [group.chatId] };
      wecom.control.fault({ path: "/cgi-bin/externalcontact/add_msg_template", kind });
      expect(await failureOf(addMassMessage(client, { targets, message: message("示例") }))).toMatchObject({
        outcome: "unknown",
      });
      dispatched();
      const now = Date.now() + 60_000;
      const listed = await everyItem(
        listMassMessages(client, { to: "groups", since: now - 86_400_000, until: now + 1_000 }),
      );
      expect(listed).toHaveLength(1);
    },
  );

  it("go on after a token was revoked in the middle, once", async () => {
    const group = await someGroup();
    const targets = { to: "groups" as const, sender: group.owner, chatIds: [group.chatId] };
    await control("POST", "/emulator/tokens/revoke");
    await addMassMessage(client, { targets, message: message("示例") });
    dispatched();
    const now = Date.now() + 60_000;
    const listed = await everyItem(
      listMassMessages(client, { to: "groups", since: now - 86_400_000, until: now + 1_000 }),
    );
    expect(listed).toHaveLength(1);
  });
});

describe("what else is sent", () => {
  it("a robot's words of every kind, to its group and nowhere else", async () => {
    const robot = new RobotClient(newLine(), { corpId, key: robotKey });
    const useBy = Date.now() + 30_000;
    const send = (words: Parameters<typeof robot.send>[0]["message"]) =>
      robot.send({ message: words, lane: "normal", useBy });
    await send({ msgtype: "text", text: { content: "示例战报", mentioned_list: ["@all"] } });
    await send({ msgtype: "markdown", markdown: { content: '<font color="info">示例</font>' } });
    await send({ msgtype: "markdown_v2", markdown_v2: { content: "# 示例\n| a | b |\n| - | - |\n| 1 | 2 |" } });
    await send({ msgtype: "news", news: { articles: [{ title: "示例", url: "https://example.com" }] } });
    await send(
      robotImage(
        Buffer.from(
          "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
          "base64",
        ),
      ),
    );
    const { mediaId } = await robot.upload("file", {
      name: "示例.csv",
      type: "text/csv",
      bytes: Buffer.from("a,b\n1,2\n3,4\n"),
    });
    await send({ msgtype: "file", file: { media_id: mediaId } });
    await send({
      msgtype: "template_card",
      template_card: {
        card_type: "text_notice",
        main_title: { title: "示例战报", desc: "开播 30 分钟" },
        emphasis_content: { title: "128", desc: "成交单" },
        horizontal_content_list: [{ keyname: "成交额", value: "¥12,800" }],
        card_action: { type: 1, url: "https://example.com" },
      },
    });
    expect(await failureOf(send({ msgtype: "text", text: { content: "" } }))).toMatchObject({ errcode: 44_004 });
    expect(await failureOf(send({ msgtype: "text", text: { content: "字".repeat(700) } }))).toMatchObject({
      class: "content",
    });
    await control("PATCH", `/emulator/robots/${robotKey}`, { state: "removed" });
    expect(await failureOf(send({ msgtype: "text", text: { content: "示例" } }))).toMatchObject({
      advice: "checkRobot",
    });
    robot.close();
  });

  it("a welcome, once and in time", async () => {
    const userid = first(await listFollowUsers(client));
    // Nobody listens there; what was to be delivered is kept all the same.
    await control("PATCH", `/emulator/apps/${agentId}`, { callbackUrl: "http://127.0.0.1:9/hooks" });
    const add = async () => {
      const made = Made.parse(await control("POST", "/emulator/customers"));
      await control("POST", `/emulator/customers/${made.id}/add`, { userid });
      const { deliveries } = Delivered.parse(await wecom.control.ask("GET", "/emulator/deliveries"));
      return { welcomeCode: /<WelcomeCode>(?:<!\[CDATA\[)?([^\]<]+)/.exec(deliveries[0]?.xml ?? "")?.[1] ?? "" };
    };
    const { welcomeCode } = await add();
    await sendWelcome(client, { welcomeCode, message: message("欢迎") });
    expect(await failureOf(sendWelcome(client, { welcomeCode, message: message("欢迎") }))).toMatchObject({
      advice: "welcomeTaken",
    });
    const late = await add();
    wecom.control.advance(21_000);
    expect(
      await failureOf(sendWelcome(client, { welcomeCode: late.welcomeCode, message: message("欢迎") })),
    ).toMatchObject({
      errcode: 41_050,
      advice: "welcomeLate",
    });
  });

  it("files and pictures", async () => {
    const bytes = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    );
    const file = { name: "示例.png", type: "image/png", bytes };
    const { mediaId } = await uploadMedia(client, { kind: "image", file });
    const picUrl = await uploadPicture(client, file);
    const group = await someGroup();
    const targets = { to: "groups" as const, sender: group.owner, chatIds: [group.chatId] };
    const attachments = [
      { msgtype: "image" as const, image: { media_id: mediaId } },
      { msgtype: "image" as const, image: { pic_url: picUrl } },
    ];
    await addMassMessage(client, { targets, message: { text: "", attachments } });
    expect(
      await failureOf(uploadMedia(client, { kind: "image", file: { ...file, bytes: Buffer.alloc(0) } })),
    ).toMatchObject({
      advice: "fileTooLarge",
    });
  });

  it("a message of the app to members", async () => {
    const userid = first(await listFollowUsers(client));
    const body = {
      msgtype: "textcard" as const,
      textcard: { title: "示例", description: "请转发", url: "https://example.com" },
    };
    const sent = await sendAppMessage(client, { users: [userid, "nobody"], body });
    expect(sent).toMatchObject({ msgid: expect.any(String), invalidUsers: ["nobody"] });
    await recallAppMessage(client, sent.msgid ?? "");
    const none = sendAppMessage(client, { users: ["nobody"], body });
    expect(await failureOf(none)).toMatchObject({ advice: "noTargets" });
  });
});

describe("limits", () => {
  it("45009 rests one API for its minute, and it recovers", async () => {
    await control("PATCH", "/emulator/switches", { limits: { apiMinute: 3 } });
    const clock = steppedClock(Date.now());
    const own = createClient(testLine(wecom.url, { clock }).line, { corpId, secret, agentId });
    const failures: WecomFailure[] = [];
    for (let count = 0; count < 6; count += 1) {
      await listFollowUsers(own).catch((error: unknown) => {
        if (!isWecomFailure(error)) throw error;
        failures.push(error);
      });
    }
    expect(failures).toMatchObject([
      { errcode: 45_009, class: "rate", foreseen: false },
      { foreseen: true },
      { foreseen: true },
    ]);
    clock.step(60_000);
    wecom.control.advance(61_000);
    expect((await listFollowUsers(own)).length).toBeGreaterThan(0);
  });

  it.each(["sliding", "fixed"])(
    "a robot that keeps its pace is never refused, however WeCom counts the minute (%s)",
    async (robotWindow) => {
      await control("PATCH", "/emulator/switches", { robotWindow });
      // Both clocks go forward together: what the client sleeps, WeCom sleeps.
      const clock = steppedClock(Date.now());
      const sleeping = {
        ...clock,
        sleep: async (ms: number, signal?: AbortSignal) => {
          wecom.control.advance(ms);
          await clock.sleep(ms, signal);
        },
      };
      const { line, figures } = testLine(wecom.url, { clock: sleeping });
      const robot = new RobotClient(line, { corpId, key: robotKey });
      const useBy = clock.now() + 3_600_000;
      const sends = Array.from({ length: 70 }, (_, n) =>
        robot.send({ message: { msgtype: "text", text: { content: `示例 ${n}` } }, lane: "normal", useBy }),
      );
      await Promise.all(sends);
      expect(figures.filter(({ result }) => result !== "0")).toEqual([]);
      robot.close();
    },
  );
});

describe("members and pages", () => {
  it("members are read", async () => {
    const all = await listMembers(client);
    expect(all.length).toBe(4);
    expect(await getMember(client, first(all).userid)).toMatchObject({ userid: first(all).userid });
    expect(await failureOf(getMember(client, "nobody"))).toMatchObject({ class: "target" });
  });

  it("tickets are had for pages, and kept", async () => {
    const tickets = new JsTickets(client, Date.now);
    const ticket = await tickets.get("corp");
    expect(await tickets.get("corp")).toBe(ticket);
    expect(await tickets.get("agent")).not.toBe(ticket);
    const page = { ticket: "t", url: "https://example.com/?a=1#part", nonce: "n", timestamp: 1 };
    expect(signPage(page)).toEqual(signPage({ ...page, url: "https://example.com/?a=1" }));
  });

  it("a made-up code signs nobody in", async () => {
    expect(await failureOf(userOfCode(client, "made-up"))).toMatchObject({ errcode: 40_029, advice: "signInAgain" });
    expect((await failureOf(memberDetail(client, "made-up"))).outcome).toBe("notSent");
  });
});
