import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { callAs, eventually, first, startReceiver, startTestCorp, type TestCorp } from "../test-corp.ts";
import { seal, unseal } from "./seal.ts";

let place: TestCorp;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeEach(async () => {
  place = await startTestCorp();
  receiver = await startReceiver(place.app);
});
afterEach(async () => {
  await receiver.close();
  await place.emulator.close();
});

const owner = "staff01";
const chat = () => first(place.corp.groupsOf.get(owner) ?? []);
const customer = () => first(place.corp.customersOf.get(owner) ?? []);
const stranger = () => [...place.corp.customers.keys()].at(-1) ?? "";
const switches = (callbacks: object, rest: object = {}) =>
  place.act("PATCH", "/emulator/switches", { callbacks, ...rest });
const arrived = (count: number) => eventually(() => receiver.received.length === count);
const settled = async () => {
  await eventually(() => true);
  await new Promise((resolve) => setTimeout(resolve, 60));
};
const nameOfTags = (xml: string) => [...xml.matchAll(/<(\w+)>/g)].map(([, name]) => name);

describe("§14 form", () => {
  test("§14 padded to 32 bytes, length in big endian, whom it is for at the end", () => {
    const key = { aesKey: Buffer.alloc(32, 7).toString("base64").replace("=", "") };
    for (let length = 0; length < 70; length += 1) {
      const message = "播".repeat(length);
      const sealed = seal(message, "ww1", key);
      expect(Buffer.from(sealed, "base64").length % 32).toBe(0);
      expect(unseal(sealed, key)).toEqual({ message, receiveId: "ww1" });
    }
  });

  test("§14 signed over the sorted parts, for the corp", async () => {
    await place.act("PATCH", `/emulator/groups/${chat()}`, { name: "新名字" });
    await arrived(1);
    const [{ url, envelope, receiveId, xml } = { url: new URL("http://x"), envelope: "", receiveId: "", xml: "" }] =
      receiver.received;
    const sealed = /<Encrypt><!\[CDATA\[([^\]]+)/.exec(envelope)?.[1] ?? "";
    const query = (name: string) => url.searchParams.get(name) ?? "";
    const joined = [place.app.callbackToken, query("timestamp"), query("nonce"), sealed].toSorted().join("");
    expect(query("msg_signature")).toBe(createHash("sha1").update(joined).digest("hex"));
    expect(receiveId).toBe(place.corp.corpId);
    expect(envelope).toContain(`<AgentID><![CDATA[${place.app.agentId}]]></AgentID>`);
    expect(nameOfTags(xml)).toEqual([
      "xml",
      "ToUserName",
      "FromUserName",
      "CreateTime",
      "MsgType",
      "Event",
      "ChangeType",
      "ChatId",
      "UpdateDetail",
    ]);
    expect(xml).toContain("<UpdateDetail><![CDATA[change_name]]></UpdateDetail>");
  });

  test("§14 suite form, empty AgentID and shuffled children by switch", async () => {
    await switches({ form: "suite", childOrder: "shuffled" });
    await place.act("PATCH", `/emulator/groups/${chat()}`, { name: "新名字" });
    await arrived(1);
    const [one] = receiver.received;
    expect(one?.receiveId).toBe(place.app.suiteId);
    expect(one?.xml).toContain(`<AuthCorpId><![CDATA[${place.corp.corpId}]]></AuthCorpId>`);
    expect(one?.envelope).toContain("<AgentID><![CDATA[]]></AgentID>");
  });

  test("§14 the URL is verified by the plain text", async () => {
    const verify = () => place.act("POST", `/emulator/apps/${place.app.agentId}/verify-callback`);
    expect(await verify()).toEqual({ ok: true, reason: "" });
    place.app.callbackUrl = `${place.emulator.url}/nobody`;
    expect(await verify()).toMatchObject({ ok: false });
  });
});

describe("§14 what raises a callback", () => {
  test("§14 a joiner by code, with both member versions", async () => {
    const { config_id: configId } = await place.post("externalcontact/groupchat/add_join_way", {
      scene: 2,
      chat_id_list: [chat()],
      state: "live1",
    });
    const before = place.corp.groups.get(chat())?.memberVersion;
    const id = stranger();
    await place.act("POST", `/emulator/customers/${id}/scan`, { code: String(configId) });
    await arrived(1);
    const xml = receiver.received[0]?.xml ?? "";
    expect(xml).toContain(`<UpdateDetail><![CDATA[add_member]]></UpdateDetail><JoinScene>3</JoinScene>`);
    expect(xml).toContain(
      `<MemChangeCnt>1</MemChangeCnt><MemChangeList><Item><![CDATA[${id}]]></Item></MemChangeList>`,
    );
    expect(xml).toContain(`<LastMemVer><![CDATA[${before}]]></LastMemVer>`);
    expect(xml).toContain(`<CurMemVer><![CDATA[${place.corp.groups.get(chat())?.memberVersion}]]></CurMemVer>`);
  });

  test.each([
    ["commaList", "<MemChangeList><![CDATA["],
    ["absent", "add_member"],
  ])("§14 an older list of members: %s", async (memChangeList, expected) => {
    await switches({ memChangeList });
    await place.act("POST", `/emulator/groups/${chat()}/join`, { ids: [stranger()] });
    await arrived(1);
    expect(receiver.received[0]?.xml).toContain(expected);
    expect(receiver.received[0]?.xml).not.toContain("<Item>");
  });

  test("§14 contacts: added, half-added, edited, removed by either side", async () => {
    const id = stranger();
    const act = (what: string, input: object) =>
      place.act("POST", `/emulator/customers/${id}/${what}`, { userid: owner, ...input });
    await act("add", { state: "ch1" });
    await act("remark", { remark: "示例" });
    await act("remove", {});
    await act("remove", { by: "transfer" });
    await act("add", { half: true });
    await arrived(5);
    const byType = (type: string) => receiver.received.find(({ xml }) => xml.includes(`[${type}]`))?.xml ?? "";
    expect(byType("add_external_contact")).toMatch(/<State><!\[CDATA\[ch1]]><\/State><WelcomeCode>/);
    expect(byType("edit_external_contact")).toContain(id);
    expect(byType("del_follow_user")).toContain(id);
    expect(byType("del_external_contact")).toContain("<Source><![CDATA[DELETE_BY_TRANSFER]]></Source>");
    expect(byType("add_half_external_contact")).toContain("<WelcomeCode>");
  });

  test("§14 writes through the API are silent, and a mass send is never reported", async () => {
    const { msgid } = await place.post("externalcontact/add_msg_template", {
      chat_type: "group",
      sender: owner,
      chat_id_list: [chat()],
      text: { content: "x" },
    });
    await place.post("externalcontact/remark", { userid: owner, external_userid: customer(), remark: "x" });
    await place.post("externalcontact/add_corp_tag", { group_name: "g", tag: [{ name: "t" }] });
    await place.act("POST", `/emulator/staff/${owner}/tasks/${String(msgid)}/send`);
    await settled();
    expect(receiver.received).toEqual([]);
  });

  test("§14 an app hears only of members in its visible range, if it ticked the box", async () => {
    await place.act("PATCH", `/emulator/apps/${place.app.agentId}`, { seesAll: false, seesUsers: ["staff02"] });
    await place.act("PATCH", `/emulator/groups/${chat()}`, { name: "新名字" });
    await place.act("PATCH", `/emulator/apps/${place.app.agentId}`, { seesAll: true, contactCallbacks: false });
    await place.act("PATCH", `/emulator/groups/${chat()}`, { name: "又一个" });
    await settled();
    expect(receiver.received).toEqual([]);
  });
});

describe("§14 delivery", () => {
  test("§14 three tries in all, then given up", async () => {
    await switches({ retryDelayMs: 5 });
    receiver.status = 500;
    await place.act("PATCH", `/emulator/groups/${chat()}`, { name: "新名字" });
    await arrived(3);
    await settled();
    expect(receiver.received).toHaveLength(3);
    expect(new Set(receiver.received.map(({ xml }) => xml)).size).toBe(1);
    const { deliveries } = Object(await place.act("GET", "/emulator/deliveries"));
    expect(deliveries).toMatchObject([
      { outcome: "givenUp", tries: [{ answer: "500" }, { answer: "500" }, { answer: "500" }] },
    ]);
  });

  test("§14 accepted after a failure", async () => {
    await switches({ retryDelayMs: 20 });
    receiver.status = 503;
    await place.act("PATCH", `/emulator/groups/${chat()}`, { name: "新名字" });
    await arrived(1);
    receiver.status = 200;
    await arrived(2);
    await settled();
    expect(receiver.received).toHaveLength(2);
  });

  test("§16 duplicates, losses and disorder by switch", async () => {
    await switches({ copies: 3 });
    await place.act("PATCH", `/emulator/groups/${chat()}`, { name: "新名字" });
    await arrived(3);
    await switches({ copies: 1, lossShare: 1 });
    await place.act("PATCH", `/emulator/groups/${chat()}`, { name: "丢了" });
    await settled();
    expect(receiver.received).toHaveLength(3);
    await switches({ lossShare: 0, disorderMs: 60 });
    for (let at = 0; at < 12; at += 1) await place.act("PATCH", `/emulator/groups/${chat()}`, { notice: `公告${at}` });
    await arrived(15);
    const times = receiver.received.slice(3).map(({ url }) => url.searchParams.get("nonce"));
    expect(new Set(times).size).toBe(12);
  });
});

describe("§10 welcome", () => {
  const codeOf = (at: number) => /<WelcomeCode><!\[CDATA\[([^\]]+)/.exec(receiver.received[at]?.xml ?? "")?.[1];
  const welcome = (code: string | undefined, as = place) =>
    as.post("externalcontact/send_welcome_msg", { welcome_code: code, text: { content: "欢迎" } });
  const add = async () => {
    await place.act("POST", `/emulator/customers/${stranger()}/add`, { userid: owner });
    await arrived(1);
    return codeOf(0);
  };

  test("§10 once, within 20 s", async () => {
    const code = await add();
    place.emulator.control.advance(19_999);
    expect((await welcome(code)).errcode).toBe(0);
    expect((await welcome(code)).errcode).toBe(41051);
    expect(place.corp.posts.get(`${owner}|${stranger()}`)).toMatchObject([{ via: "welcome" }]);
  });

  test("§10 late is 41050, missing 41049, used 41051", async () => {
    const code = await add();
    expect((await welcome(undefined)).errcode).toBe(41049);
    expect((await welcome(code)).errcode).toBe(0);
    expect((await welcome(code)).errcode).toBe(41051);
    place.emulator.control.advance(20_000);
    expect((await welcome(code)).errcode).toBe(41050);
  });

  test("§10 the first app wins; while it sends, the other gets 41096, then 41051", async () => {
    await place.act("POST", "/emulator/apps", { agentId: 1_000_009 });
    const other = place.corp.apps.get(1_000_009);
    if (!other) throw new Error("the second app is missing");
    const asOther = { ...place, ...callAs(place.emulator, place.corp, other) };
    await Promise.all([place.token(), asOther.token()]);
    const code = await add();
    const otherCode = Object.entries(place.corp.welcomes.at(-1)?.codes ?? {}).find(
      ([, agentId]) => agentId === other.agentId,
    )?.[0];
    const [mine, theirs] = await Promise.all([welcome(code), welcome(otherCode, asOther)]);
    expect([mine.errcode, theirs.errcode].toSorted((a, b) => a - b)).toEqual([0, 41096]);
    expect((await welcome(otherCode, asOther)).errcode).toBe(41051);
    expect((await welcome(code, asOther)).errcode).toBe(41050);
  });

  test("§10 a chat that began has no welcome any more", async () => {
    const code = await add();
    await place.act("POST", `/emulator/customers/${stranger()}/say`, { chatId: owner, text: "你好" });
    expect((await welcome(code)).errcode).toBe(41051);
  });

  test("§10 no WelcomeCode when the admin set one, or for a contact of WeCom", async () => {
    await place.act("PATCH", `/emulator/staff/${owner}`, { adminWelcome: true });
    expect(await add()).toBeUndefined();
    await place.act("POST", "/emulator/customers", { name: "示例伙伴", type: 2 });
    await place.act("POST", `/emulator/customers/${stranger()}/add`, { userid: "staff02" });
    await arrived(2);
    expect(codeOf(1)).toBeUndefined();
  });
});
