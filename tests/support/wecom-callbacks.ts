import { encryptMessage, callbackKey, signatureOf } from "#server/wecom/crypto.ts";
import type { AppKey, AppKeys } from "#server/wecom/callbacks/app-keys.ts";
import type { ContactAdded, ContactRead, Welcome, WecomPeople } from "#server/wecom/callbacks/people-contract.ts";
import type { WecomCalls } from "#server/wecom/callbacks/wecom-calls.ts";

/** An app of the tests, what WeCom would send to it, and people who only remember what they were told. */

export const APP_KEY = "app-of-the-tests";
export const APP: AppKey = {
  corpId: "ww-sample-corp",
  token: "TokenOfTheTests",
  aesKey: "a2FpYm8ta2V5LW9mLXRoZS10ZXN0cy0zMi1ieXRlcyE",
  corpRow: "corp-1",
};
export const appKeys: AppKeys & { verified(appKey: string): Promise<void> } = {
  find: (appKey) => Promise.resolve(appKey === APP_KEY ? APP : null),
  verified: () => Promise.resolve(),
};

export type Sent = { readonly url: string; readonly body: string };

type How = {
  readonly receiveId?: string;
  readonly token?: string;
  /** Seconds, when it is sent. */
  readonly at?: number;
  readonly path?: string;
};

/** One delivery as WeCom makes it: fresh random bytes, nonce and signature each time. */
export function delivery(message: string, how: How = {}): Sent {
  const { receiveId = APP.corpId, token = APP.token, at = Math.trunc(Date.now() / 1_000), path = APP_KEY } = how;
  return signed(encryptMessage(keyOfTests(), { message, receiveId }), { token, at, path });
}

export function signed(
  encrypted: string,
  { token = APP.token, at = 1_800_000_000, path = APP_KEY }: Omit<How, "receiveId"> = {},
): Sent {
  const parts = { timestamp: String(at), nonce: String(Math.trunc(Math.random() * 1e9)), encrypted };
  const query = new URLSearchParams({
    msg_signature: signatureOf(token, parts),
    timestamp: parts.timestamp,
    nonce: parts.nonce,
  });
  return {
    url: `/hooks/wecom/${path}?${query.toString()}`,
    body: `<xml><ToUserName><![CDATA[${APP.corpId}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt><AgentID></AgentID></xml>`,
  };
}

function keyOfTests() {
  const made = callbackKey(APP.aesKey);
  if (!made) throw new Error("the tests' key is one");
  return made;
}

const head = (at: number) =>
  `<ToUserName><![CDATA[${APP.corpId}]]></ToUserName><FromUserName>sys</FromUserName><CreateTime>${at}</CreateTime><MsgType>event</MsgType>`;

const seconds = () => Math.trunc(Date.now() / 1_000);

export function contactEvent(change: string, externalUserId: string, { at = seconds(), more = "" } = {}): string {
  return `<xml>${head(at)}<Event>change_external_contact</Event><ChangeType>${change}</ChangeType><UserID>staff-a</UserID><ExternalUserID>${externalUserId}</ExternalUserID>${more}</xml>`;
}

export function groupEvent(change: string, chatId: string, { at = seconds(), more = "" } = {}): string {
  return `<xml>${head(at)}<Event>change_external_chat</Event><ChatId>${chatId}</ChatId><ChangeType>${change}</ChangeType>${more}</xml>`;
}

export type Told = readonly [what: keyof WecomPeople, of: unknown];

/** Remembers in order what it was told; `welcome` and `tagIds` are what the tests prepared. */
export function rememberingPeople(
  prepared: { readonly welcome?: Welcome | null; readonly tagIds?: readonly string[] } = {},
): WecomPeople & { readonly told: Told[] } {
  const told: Told[] = [];
  const take = (what: keyof WecomPeople) => (of: object) => {
    told.push([what, of]);
    return Promise.resolve();
  };
  return {
    told,
    welcomeFor: () => Promise.resolve(prepared.welcome ?? null),
    contactAdded: async (added: ContactAdded) => {
      await take("contactAdded")(added);
      return { tagIds: prepared.tagIds ?? [] };
    },
    contactChanged: take("contactChanged"),
    contactRemoved: take("contactRemoved"),
    transferFailed: take("transferFailed"),
    groupChanged: take("groupChanged"),
    groupDismissed: take("groupDismissed"),
    tagsChanged: take("tagsChanged"),
  };
}

/** A customer of `staff-a` who came from a live room. */
export function contactRead(externalUserId: string, tagIds: readonly string[] = []): ContactRead {
  const channels = { name: "示例视频号", source: 2 };
  const follow = { userId: "staff-a", since: 1_800_000_000_000, addWay: 10, state: "ch1", channels, tagIds };
  return { externalUserId, name: "示例顾客", type: 1, unionid: null, follows: [follow] };
}

export type Call = readonly [what: keyof WecomCalls, of: unknown];

/** Answers everything, and remembers what it was asked. */
export function rememberingCalls(other: Partial<WecomCalls> = {}): WecomCalls & { readonly calls: Call[] } {
  const calls: Call[] = [];
  return {
    calls,
    readContact: (externalUserId) => {
      calls.push(["readContact", externalUserId]);
      return other.readContact?.(externalUserId) ?? Promise.resolve(contactRead(externalUserId));
    },
    sendWelcome: (code, welcome, options) => {
      calls.push(["sendWelcome", code]);
      return other.sendWelcome?.(code, welcome, options) ?? Promise.resolve();
    },
    addTags: (pair, tagIds) => {
      calls.push(["addTags", tagIds]);
      return other.addTags?.(pair, tagIds) ?? Promise.resolve();
    },
  };
}
