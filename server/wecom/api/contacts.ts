import { z } from "zod";
import { jsonBody } from "../api-call.ts";
import type { WecomClient } from "../client.ts";
import type { CallOptions } from "../retries.ts";
import { listOf, MaybeCount, MaybeText, MaybeTime, Text, Texts } from "./answers.ts";
import { pagesOf, type Page } from "./pages.ts";

/** Customers: whom a member has added, or who added a member. */
export type Contact = {
  readonly externalUserId: string;
  readonly name: string;
  readonly avatar: string | null;
  readonly kind: "wechat" | "wecom";
  readonly unionid: string | null;
};

export type ContactTag = {
  readonly id: string | null;
  readonly name: string;
  readonly group: string;
  /** Tags of a member's own have no id. */
  readonly kind: "corp" | "personal" | "rule" | "other";
};

export type Follow = {
  readonly userid: string;
  readonly remark: string;
  readonly description: string;
  readonly createdAt: number | null;
  /** WeCom's number of the way they came by: 1 code, 10 Channels, …; new ones may come. */
  readonly addWay: number | null;
  readonly state: string | null;
  readonly operUserid: string | null;
  readonly tags: readonly ContactTag[];
  /** Ids alone, where the answer has no more (batch). */
  readonly tagIds: readonly string[];
  /** With addWay 10: the only word that WeCom has on a live room. */
  readonly channels: {
    readonly nickname: string;
    readonly source: "unknown" | "profile" | "liveRoom" | "other";
  } | null;
};

export type ContactDetail = { readonly contact: Contact; readonly follows: readonly Follow[] };

const ContactPart = z
  .object({
    external_userid: z.string().min(1),
    name: Text,
    avatar: MaybeText,
    type: MaybeCount,
    unionid: MaybeText,
  })
  .transform((contact): Contact => ({
    externalUserId: contact.external_userid,
    name: contact.name,
    avatar: contact.avatar,
    kind: contact.type === 2 ? "wecom" : "wechat",
    unionid: contact.unionid,
  }));

const TAG_KINDS: Readonly<Record<number, ContactTag["kind"]>> = { 1: "corp", 2: "personal", 3: "rule" };
const TagPart = z
  .object({ tag_id: MaybeText, tag_name: Text, group_name: Text, type: MaybeCount })
  .transform((tag): ContactTag => ({
    id: tag.tag_id,
    name: tag.tag_name,
    group: tag.group_name,
    kind: TAG_KINDS[tag.type ?? 0] ?? "other",
  }));

const SOURCES = ["unknown", "profile", "liveRoom"] as const;
const FollowPart = z
  .object({
    userid: z.string(),
    remark: Text,
    description: Text,
    createtime: MaybeTime,
    add_way: MaybeCount,
    state: MaybeText,
    oper_userid: MaybeText,
    tags: listOf(TagPart),
    tag_id: Texts,
    wechat_channels: z.object({ nickname: Text, source: MaybeCount }).nullish(),
  })
  .transform((follow): Follow => {
    const ids = follow.tags.flatMap(({ id }) => (id === null ? [] : [id]));
    const channels = follow.wechat_channels ?? null;
    return {
      userid: follow.userid,
      remark: follow.remark,
      description: follow.description,
      createdAt: follow.createtime,
      addWay: follow.add_way,
      state: follow.state,
      operUserid: follow.oper_userid,
      tags: follow.tags,
      tagIds: follow.tag_id.length > 0 ? follow.tag_id : ids,
      channels: channels && { nickname: channels.nickname, source: SOURCES[channels.source ?? 0] ?? "other" },
    };
  });

/** Members who may speak to customers, as far as the app may see them; empty when it sees none. */
export async function listFollowUsers(client: WecomClient, options: CallOptions = {}): Promise<readonly string[]> {
  const answer = await client.call(
    {
      api: "externalcontact/get_follow_user_list",
      method: "GET",
      answer: z.object({ follow_user: Texts }),
      repeat: "always",
    },
    options,
  );
  return answer.follow_user;
}

/** 84061, class `target`: a member without any customer. */
export async function listContacts(
  client: WecomClient,
  userid: string,
  options: CallOptions = {},
): Promise<readonly string[]> {
  const answer = await client.call(
    {
      api: "externalcontact/list",
      method: "GET",
      query: { userid },
      answer: z.object({ external_userid: Texts }),
      repeat: "always",
    },
    options,
  );
  return answer.external_userid;
}

const Got = z.object({ external_contact: ContactPart, follow_user: listOf(FollowPart), next_cursor: MaybeText });

/** With all who follow them, also where there are more than 500. */
export async function getContact(
  client: WecomClient,
  externalUserId: string,
  options: CallOptions = {},
): Promise<ContactDetail> {
  const follows: Follow[] = [];
  let contact: Contact | null = null;
  const read = async (cursor: string) => {
    const answer = await client.call(
      {
        api: "externalcontact/get",
        method: "GET",
        query: { external_userid: externalUserId, ...(cursor === "" ? {} : { cursor }) },
        answer: Got,
        repeat: "always",
      },
      options,
    );
    contact ??= answer.external_contact;
    return { items: answer.follow_user, next: answer.next_cursor };
  };
  for await (const page of pagesOf(read)) follows.push(...page.items);
  if (contact === null) throw new Error("pages without a first one");
  return { contact, follows };
}

export type ContactOfMember = { readonly contact: Contact; readonly follow: Follow };

const Batch = z.object({
  external_contact_list: listOf(z.object({ external_contact: ContactPart, follow_info: FollowPart })),
  next_cursor: MaybeText,
});

/** All customers of up to 100 members, in detail. */
export function contactsOfMembers(
  client: WecomClient,
  { userids, from = null }: { readonly userids: readonly string[]; readonly from?: string | null },
  options: CallOptions = {},
): AsyncGenerator<Page<ContactOfMember>, void, undefined> {
  const read = async (cursor: string) => {
    const answer = await client.call(
      {
        api: "externalcontact/batch/get_by_user",
        method: "POST",
        body: jsonBody({ userid_list: userids, cursor, limit: 100 }),
        answer: Batch,
        repeat: "always",
      },
      options,
    );
    const items = answer.external_contact_list.map(({ external_contact, follow_info }) => ({
      contact: external_contact,
      follow: follow_info,
    }));
    return { items, next: answer.next_cursor };
  };
  return pagesOf(read, from);
}

/** The customer behind a unionid; the openid must be of the same company. Null: none that this app may see. */
export async function externalUserIdOf(
  client: WecomClient,
  { unionid, openid }: { readonly unionid: string; readonly openid: string },
  options: CallOptions = {},
): Promise<string | null> {
  const answer = await client.call(
    {
      api: "externalcontact/unionid_to_external_userid",
      method: "POST",
      body: jsonBody({ unionid, openid }),
      answer: z.object({ external_userid: MaybeText }),
      repeat: "always",
    },
    options,
  );
  return answer.external_userid;
}
