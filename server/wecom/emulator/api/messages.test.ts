import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DAY_MS } from "../clock.ts";
import { appChat } from "../state/corp.ts";
import { callAs, read, startTestCorp, type TestCorp } from "../test-corp.ts";

let place: TestCorp;
beforeEach(async () => {
  place = await startTestCorp();
});
afterEach(() => place.emulator.close());

const agentid = () => place.app.agentId;
const send = (body: object) =>
  place.post("message/send", { agentid: agentid(), msgtype: "text", text: { content: "示例" }, ...body });
const inboxOf = (userid: string) => place.corp.posts.get(appChat(agentid(), userid)) ?? [];
const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(20)]);
const upload = async (path: string, bytes: Buffer, query: Record<string, string> = {}) => {
  const form = new FormData();
  form.set("media", new Blob([Uint8Array.from(bytes)]), "示例.png");
  const address = new URLSearchParams({ access_token: await place.token(), ...query });
  return read(await fetch(`${place.emulator.url}/cgi-bin/media/${path}?${address}`, { method: "POST", body: form }));
};

describe("§6 message/send", () => {
  test("§6 errcode 0 with names that are not valid is a partial failure", async () => {
    const answer = await send({ touser: "staff01|nobody|staff02" });
    expect(answer).toMatchObject({ errcode: 0, invaliduser: "nobody", msgid: expect.any(String) });
    expect([inboxOf("staff01").length, inboxOf("staff02").length]).toEqual([1, 1]);
  });

  test("§4 81013 when all are invalid, 82001 when nobody is named, 40056 for another agent", async () => {
    expect((await send({ touser: "nobody" })).errcode).toBe(81013);
    expect((await send({})).errcode).toBe(82001);
    expect((await send({ touser: "staff01", agentid: 1 })).errcode).toBe(40056);
    expect((await send({ touser: Array.from({ length: 1_001 }, () => "staff01").join("|") })).errcode).toBe(40032);
  });

  test("§6 limits of words, articles and kinds", async () => {
    const to = { touser: "staff01" };
    expect((await send({ ...to, text: { content: "播".repeat(683) } })).errcode).toBe(45002);
    expect((await send({ ...to, text: { content: "" } })).errcode).toBe(44004);
    expect((await send({ ...to, msgtype: "markdown", markdown: { content: "播".repeat(683) } })).errcode).toBe(45002);
    const articles = Array.from({ length: 9 }, () => ({ title: "示例", url: "https://example.com/" }));
    expect((await send({ ...to, msgtype: "news", news: { articles } })).errcode).toBe(45008);
    expect((await send({ ...to, msgtype: "image", image: { media_id: "none" } })).errcode).toBe(40007);
    expect((await send({ ...to, msgtype: "music" })).errcode).toBe(40008);
    expect(
      (
        await send({
          ...to,
          msgtype: "textcard",
          textcard: { title: "t", description: "d", url: "https://example.com/" },
        })
      ).errcode,
    ).toBe(0);
  });

  test("§3 over 30 a minute and member is dropped without a word", async () => {
    for (let step = 0; step < 32; step += 1) expect((await send({ touser: "staff01" })).errcode).toBe(0);
    expect(inboxOf("staff01")).toHaveLength(30);
  });

  test("§6 a repeat inside the interval is answered and not sent", async () => {
    const body = { touser: "staff01", enable_duplicate_check: 1, duplicate_check_interval: 60 };
    await send(body);
    await send(body);
    expect(inboxOf("staff01")).toHaveLength(1);
    place.emulator.control.advance(61_000);
    await send(body);
    expect(inboxOf("staff01")).toHaveLength(2);
  });

  test("§6 recall within 24 hours; a response_code is used once", async () => {
    const { msgid } = await send({ touser: "staff01" });
    expect((await place.post("message/recall", { msgid })).errcode).toBe(0);
    expect(inboxOf("staff01")).toHaveLength(0);
    const late = await send({ touser: "staff01" });
    place.emulator.control.advance(DAY_MS);
    expect((await place.post("message/recall", { msgid: late["msgid"] })).errcode).not.toBe(0);
    const card = { card_type: "button_interaction", main_title: { title: "示例" } };
    const { response_code: code } = await send({ touser: "staff01", msgtype: "template_card", template_card: card });
    const update = () =>
      place.post("message/update_template_card", { response_code: code, agentid: agentid(), userids: ["staff01"] });
    expect([(await update()).errcode, (await update()).errcode]).toEqual([0, 40058]);
  });
});

describe("§6 appchat", () => {
  const create = (body: object) =>
    place.post("appchat/create", { name: "示例群", userlist: ["staff01", "staff02"], ...body });
  const say = (chatid: unknown, as: Pick<TestCorp, "post"> = place) =>
    as.post("appchat/send", { chatid, msgtype: "text", text: { content: "示例" } });

  test("§6 only chats this app made: 86008, 86001, 86003", async () => {
    const { chatid } = await create({ chatid: "sample1" });
    expect((await say(chatid)).errcode).toBe(0);
    expect(place.corp.posts.get(String(chatid))).toHaveLength(1);
    await place.act("POST", "/emulator/apps", { agentId: 1_000_009 });
    const asOther = callAs(place.emulator, place.corp, place.corp.apps.get(1_000_009) ?? place.app);
    expect((await say(chatid, asOther)).errcode).toBe(86008);
    expect((await say("none")).errcode).toBe(86001);
    expect((await say("")).errcode).toBe(86003);
  });

  test("§6 2 to 2000 members, a name of 50, the root department", async () => {
    expect((await create({ userlist: ["staff01"] })).errcode).toBe(86006);
    expect((await create({ name: "示".repeat(51) })).errcode).toBe(40058);
    expect((await create({ chatid: "not-allowed" })).errcode).toBe(40058);
    const { chatid } = await create({});
    const update = await place.post("appchat/update", {
      chatid,
      name: "新名",
      add_user_list: ["staff03"],
      del_user_list: ["staff01"],
    });
    expect(update.errcode).toBe(0);
    expect((await place.get("appchat/get", { chatid: String(chatid) }))["chat_info"]).toMatchObject({
      name: "新名",
      userlist: ["staff02", "staff03"],
    });
    await place.act("PATCH", `/emulator/apps/${agentid()}`, { seesAll: false, seesUsers: ["staff01"] });
    expect((await create({})).errcode).toBe(60011);
  });
});

describe("§7 media", () => {
  test("§7 created_at is a text, errmsg is empty, three days to live", async () => {
    const answer = await upload("upload", png, { type: "image" });
    expect(answer).toMatchObject({ errcode: 0, errmsg: "", type: "image", created_at: expect.stringMatching(/^\d+$/) });
    const image = { msgtype: "image", image: { media_id: answer["media_id"] } };
    expect((await send({ touser: "staff01", ...image })).errcode).toBe(0);
    place.emulator.control.advance(3 * DAY_MS);
    expect((await send({ touser: "staff01", ...image })).errcode).toBe(40007);
  });

  test("§7 kinds and sizes", async () => {
    expect((await upload("upload", png, { type: "voice" })).errcode).toBe(40004);
    expect((await upload("upload", png, { type: "music" })).errcode).toBe(40005);
    expect((await upload("upload", Buffer.alloc(0), { type: "file" })).errcode).toBe(44001);
    expect((await upload("upload", Buffer.alloc(5), { type: "file" })).errcode).toBe(40006);
    expect((await upload("upload", Buffer.alloc(20 * 1024 * 1024 + 1), { type: "file" })).errcode).toBe(45001);
    expect((await upload("uploadimg", Buffer.concat([png, Buffer.alloc(2 * 1024 * 1024)]))).errcode).toBe(45001);
  });

  test("§7 an address from uploadimg, and no other, is what a mass send takes", async () => {
    const { url } = await upload("uploadimg", png);
    expect((await fetch(String(url))).headers.get("content-type")).toBe("image/png");
    const mass = (picUrl: unknown) =>
      place.post("externalcontact/add_msg_template", {
        chat_type: "group",
        sender: "staff01",
        attachments: [{ msgtype: "image", image: { pic_url: picUrl } }],
      });
    expect((await mass(url)).errcode).toBe(0);
    expect((await mass("https://example.com/a.png")).errcode).toBe(40058);
  });

  test("§3 uploadimg: 1000 a day, then blocked to midnight in Beijing", async () => {
    await place.act("PATCH", "/emulator/switches", { limits: { uploadimgDay: 1 } });
    expect((await upload("uploadimg", png)).errcode).toBe(0);
    expect((await upload("uploadimg", png)).errcode).toBe(45009);
    // The tests begin at 12:00 in Beijing.
    place.emulator.control.advance(DAY_MS / 2 - 1_000);
    expect((await upload("uploadimg", png)).errcode).toBe(45009);
    place.emulator.control.advance(1_000);
    expect((await upload("uploadimg", png)).errcode).toBe(0);
  });
});

describe("§12 moments", () => {
  const moment = async (scene = "1") => {
    const { media_id: mediaId } = await upload("upload_attachment", png, {
      media_type: "image",
      attachment_type: scene,
    });
    return place.post("externalcontact/add_moment_task", {
      text: { content: "示例" },
      attachments: [{ msgtype: "image", image: { media_id: mediaId } }],
      visible_range: { sender_list: { user_list: ["staff01", "nobody"] } },
    });
  };

  test("§7 a pair of media and scene that does not fit is 41072", async () => {
    expect((await upload("upload_attachment", png, { media_type: "file", attachment_type: "1" })).errcode).toBe(41072);
    expect((await moment("2")).errcode).toBe(41072);
  });

  test("§12 each member confirms; GET and POST are both taken", async () => {
    const { jobid } = await moment();
    place.emulator.control.advance(30_000);
    const byGet = await place.get("externalcontact/get_moment_task_result", { jobid: String(jobid) });
    expect(await place.post("externalcontact/get_moment_task_result", { jobid })).toEqual(byGet);
    expect(byGet).toMatchObject({ status: 3, result: { invalid_sender_list: { user_list: ["nobody"] } } });
    const { moment_id: momentId } = Object(byGet["result"]);
    const sent = () => place.post("externalcontact/get_moment_send_result", { moment_id: momentId, userid: "staff01" });
    expect((await sent()).errcode).toBe(41062);
    await place.act("POST", `/emulator/staff/staff01/moments/${String(jobid)}/post`);
    expect((await sent())["customer_list"]).toHaveLength(10);
    expect((await place.post("externalcontact/get_moment_task", { moment_id: momentId }))["task_list"]).toEqual([
      { userid: "staff01", publish_status: 1 },
    ]);
    expect((await place.post("externalcontact/get_moment_task", { moment_id: "x" })).errcode).toBe(41060);
  });

  test("§12 nine pictures, or one link", async () => {
    const add = (attachments: object[]) => place.post("externalcontact/add_moment_task", { attachments });
    const image = { msgtype: "image", image: { media_id: "x" } };
    const link = { msgtype: "link", link: { media_id: "x", url: "https://example.com/", title: "t" } };
    expect((await add(Array.from({ length: 10 }, () => image))).errcode).toBe(41064);
    expect((await add([link, link])).errcode).toBe(41064);
    expect((await add([image, link])).errcode).toBe(41064);
    expect((await add([{ msgtype: "file", file: {} }])).errcode).toBe(41065);
    expect((await add([])).errcode).toBe(40063);
  });
});

describe("§10 group welcome library", () => {
  const template = (body: object) =>
    place.post("externalcontact/group_welcome_template/add", { text: { content: "欢迎 %NICKNAME%" }, ...body });

  test("§10 100 a corp, 3000 bytes, own ones only", async () => {
    const { template_id: id } = await template({});
    expect((await template({ text: { content: "播".repeat(1_001) } })).errcode).toBe(45002);
    for (let made = 1; made < 100; made += 1) await template({});
    expect((await template({})).errcode).toBe(41055);
    expect((await place.post("externalcontact/group_welcome_template/get", { template_id: "x" })).errcode).toBe(41058);
    expect((await place.post("externalcontact/group_welcome_template/del", { template_id: id })).errcode).toBe(0);
  });

  test("§15.1 of several attachments only the first kind takes effect", async () => {
    const link = { title: "示例", url: "https://example.com/" };
    const { template_id: id } = await template({ link, miniprogram: { title: "x" } });
    const read2 = await place.post("externalcontact/group_welcome_template/get", { template_id: id });
    expect(read2).toMatchObject({ text: { content: "欢迎 %NICKNAME%" }, link });
    expect(read2).not.toHaveProperty("miniprogram");
  });

  test("§10 the owner attaches it by hand; joiners share one greeting", async () => {
    const { template_id: id } = await template({});
    const [group] = place.corp.groups.values();
    const chat = group?.chatId ?? "";
    await place.act("PATCH", `/emulator/groups/${chat}`, { welcomeTemplateId: String(id) });
    const [a = "", b = ""] = [...place.corp.customers.keys()].slice(-2);
    await place.act("POST", `/emulator/groups/${chat}/join`, { ids: [a] });
    await place.act("POST", `/emulator/groups/${chat}/join`, { ids: [b] });
    expect(place.corp.posts.get(chat)).toHaveLength(1);
  });
});
