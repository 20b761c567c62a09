import { expect, it } from "vitest";
import { parseCallbackXml } from "../callback-xml.ts";
import { readCallback } from "./callback-event.ts";

const read = (xml: string) => {
  const tree = parseCallbackXml(`<xml>${xml}</xml>`);
  if (!tree) throw new Error("the test's XML is well formed");
  return readCallback(tree);
};
const head =
  "<ToUserName>ww-示例</ToUserName><FromUserName>sys</FromUserName><CreateTime>1800000000</CreateTime><MsgType>event</MsgType>";
const contact = (change: string, more = "") =>
  read(
    `${head}<Event>change_external_contact</Event><ChangeType>${change}</ChangeType><UserID>staff-a</UserID><ExternalUserID>wm-a</ExternalUserID>${more}`,
  );
const chat = (change: string, more = "") =>
  read(`${head}<Event>change_external_chat</Event><ChatId>wr-a</ChatId>${change}${more}`);

it("reads contacts that come, half or whole, with state and welcome code when there are any", () => {
  const of = { userId: "staff-a", externalUserId: "wm-a" };
  expect(contact("add_external_contact", "<State>ch1</State><WelcomeCode>CODE</WelcomeCode>")).toMatchObject({
    name: "change_external_contact.add_external_contact",
    object: "contact:wm-a",
    happenedAt: 1_800_000_000_000,
    event: { kind: "contact.added", ...of, half: false, state: "ch1", welcomeCode: "CODE" },
  });
  expect(contact("add_half_external_contact", "<State></State>")?.event).toEqual({
    kind: "contact.added",
    ...of,
    half: true,
    state: null,
    welcomeCode: null,
  });
});

it("reads contacts that change, go, or can't be handed on", () => {
  const of = { userId: "staff-a", externalUserId: "wm-a" };
  expect(contact("edit_external_contact")?.event).toEqual({ kind: "contact.edited", ...of });
  expect(contact("del_external_contact")?.event).toEqual({ kind: "contact.removed", ...of, transferred: false });
  expect(contact("del_external_contact", "<Source>DELETE_BY_TRANSFER</Source>")?.event).toMatchObject({
    transferred: true,
  });
  expect(contact("del_follow_user")?.event).toEqual({ kind: "member.removed", ...of });
  expect(contact("transfer_fail", "<FailReason>customer_refused</FailReason>")?.event).toMatchObject({
    kind: "transfer.failed",
    reason: "customer_refused",
  });
  expect(contact("msg_audit_approved", "<WelcomeCode>C</WelcomeCode>")?.event).toMatchObject({ welcomeCode: "C" });
});

it("reads groups in today's form, in the old one with commas, and in one that says nothing but the group", () => {
  const versions = "<LastMemVer>v1</LastMemVer><CurMemVer>v2</CurMemVer>";
  const update = "<ChangeType>update</ChangeType><UpdateDetail>add_member</UpdateDetail>";
  const items = "<MemChangeList><Item>wm-a</Item>\n<Item><![CDATA[wm-b]]></Item></MemChangeList>";
  expect(chat(update, items + versions)).toMatchObject({
    object: "chat:wr-a",
    event: { kind: "group.changed", detail: "add_member", members: ["wm-a", "wm-b"], from: "v1", to: "v2" },
  });
  expect(chat(update, "<MemChangeList><![CDATA[wm-a, wm-b,]]></MemChangeList>")?.event).toMatchObject({
    members: ["wm-a", "wm-b"],
    from: null,
  });
  expect(chat("")?.event).toMatchObject({ kind: "group.changed", detail: null, members: [] });
  expect(chat("<ChangeType>dismiss</ChangeType>")?.event).toEqual({ kind: "group.dismissed", chatId: "wr-a" });
});

it("reads the form of third parties", () => {
  const xml =
    "<SuiteId>s</SuiteId><AuthCorpId>ww</AuthCorpId><InfoType>change_external_contact</InfoType><TimeStamp>1800000001</TimeStamp><ChangeType>del_follow_user</ChangeType><UserID>staff-a</UserID><ExternalUserID>wm-a</ExternalUserID>";
  expect(read(xml)).toMatchObject({
    happenedAt: 1_800_000_001_000,
    event: { kind: "member.removed", userId: "staff-a" },
  });
});

it("keeps what it does not know, and refuses what says neither when nor what", () => {
  expect(read(`${head}<Event>something_new</Event>`)).toMatchObject({
    name: "something_new",
    event: { kind: "other" },
  });
  expect(contact("something_new")?.event).toEqual({ kind: "other" });
  expect(read(`${head}<Event>change_external_chat</Event>`)?.event).toEqual({ kind: "other" });
  for (const xml of [
    "",
    "<CreateTime>1</CreateTime>",
    "<Event>a</Event>",
    "<CreateTime>soon</CreateTime><Event>a</Event>",
  ]) {
    expect(read(xml), xml).toBeNull();
  }
});

it("knows an event again in any order of its parts, and tells it from one that differs in one of them", () => {
  const parts = ["<CreateTime>1</CreateTime>", "<Event>change_external_chat</Event>", "<ChatId>a</ChatId>"];
  const key = read(parts.join(""))?.dedupeKey;
  expect(read(parts.toReversed().join("\n"))?.dedupeKey).toBe(key);
  for (const other of ["<ChatId>b</ChatId>", "<ChatId>a</ChatId><ChangeType>update</ChangeType>"]) {
    expect(read(parts.slice(0, 2).join("") + other)?.dedupeKey).not.toBe(key);
  }
  const message = (id: string, text: string) =>
    read(`${head}<MsgId>${id}</MsgId><Content>${text}</Content>`)?.dedupeKey;
  expect(message("1", "a")).toBe(message("1", "b"));
  expect(message("1", "a")).not.toBe(message("2", "a"));
});
