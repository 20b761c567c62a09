import { z } from "zod";
import { jsonBody } from "../api-call.ts";
import type { WecomClient } from "../client.ts";
import type { CallOptions } from "../retries.ts";
import { Count, listOf, MaybeCount, MaybeText, Text, Time } from "./answers.ts";
import { pagesOf, type Page } from "./pages.ts";

/** Customer groups. They are made, joined and left in the WeCom client alone; here they are read. */
export type GroupListed = { readonly chatId: string; readonly status: GroupStatus };

/** In order of WeCom's numbers 0 to 3: as usual, its owner left, being handed on, handed on. */
export type GroupStatus = "normal" | "ownerLeft" | "inheriting" | "inherited" | "other";
const STATUSES: readonly GroupStatus[] = ["normal", "ownerLeft", "inheriting", "inherited"];

export type GroupMember = {
  /** Of staff a userid, of others an external_userid. */
  readonly id: string;
  readonly kind: "staff" | "external";
  readonly unionid: string | null;
  readonly joinedAt: number;
  /** By which way they came. */
  readonly joinScene: "invited" | "link" | "code" | "other";
  /** Userid of the colleague who brought them in. */
  readonly invitedBy: string | null;
  /** Of the group code that they came by. */
  readonly state: string | null;
  readonly groupNickname: string;
  readonly name: string;
};

export type Group = {
  readonly chatId: string;
  /** May be empty: nobody has to name a group. */
  readonly name: string;
  readonly owner: string;
  readonly createdAt: number;
  readonly notice: string;
  readonly admins: readonly string[];
  readonly members: readonly GroupMember[];
  /** Compared with `LastMemVer` of a callback. */
  readonly memberVersion: string | null;
};

const Listed = z.object({
  group_chat_list: listOf(
    z
      .object({ chat_id: z.string().min(1), status: MaybeCount })
      .transform(({ chat_id, status }): GroupListed => ({ chatId: chat_id, status: STATUSES[status ?? 0] ?? "other" })),
  ),
  next_cursor: MaybeText,
});

const JOIN_SCENES: Readonly<Record<number, GroupMember["joinScene"]>> = { 1: "invited", 2: "link", 3: "code" };

const Member = z
  .object({
    userid: z.string(),
    type: Count,
    unionid: MaybeText,
    join_time: Time,
    join_scene: MaybeCount,
    invitor: z.object({ userid: MaybeText }).nullish(),
    state: MaybeText,
    group_nickname: Text,
    name: Text,
  })
  .transform((member): GroupMember => ({
    id: member.userid,
    kind: member.type === 1 ? "staff" : "external",
    unionid: member.unionid,
    joinedAt: member.join_time,
    joinScene: JOIN_SCENES[member.join_scene ?? 0] ?? "other",
    invitedBy: member.invitor?.userid ?? null,
    state: member.state,
    groupNickname: member.group_nickname,
    name: member.name,
  }));

const Got = z.object({
  group_chat: z
    .object({
      chat_id: z.string().min(1),
      name: Text,
      owner: Text,
      create_time: Time,
      notice: Text,
      admin_list: listOf(z.object({ userid: z.string() })),
      member_list: listOf(Member),
      member_version: MaybeText,
    })
    .transform((group): Group => ({
      chatId: group.chat_id,
      name: group.name,
      owner: group.owner,
      createdAt: group.create_time,
      notice: group.notice,
      admins: group.admin_list.map(({ userid }) => userid),
      members: group.member_list,
      memberVersion: group.member_version,
    })),
});

export type GroupFilter = {
  /** At most 100; without them an app that sees more than 1,000 owners is refused (81017). */
  readonly owners?: readonly string[];
  readonly status?: Exclude<GroupStatus, "other">;
  /** At most 1,000. */
  readonly pageSize?: number;
  /** To read on from. */
  readonly from?: string | null;
};

export function listGroups(
  client: WecomClient,
  { owners, status, pageSize = 1_000, from = null }: GroupFilter = {},
  options: CallOptions = {},
): AsyncGenerator<Page<GroupListed>, void, undefined> {
  const read = async (cursor: string) => {
    const answer = await client.call(
      {
        api: "externalcontact/groupchat/list",
        method: "POST",
        body: jsonBody({
          status_filter: status === undefined ? 0 : STATUSES.indexOf(status),
          owner_filter: owners === undefined ? undefined : { userid_list: owners },
          cursor,
          limit: pageSize,
        }),
        answer: Listed,
        repeat: "always",
      },
      options,
    );
    return { items: answer.group_chat_list, next: answer.next_cursor };
  };
  return pagesOf(read, from);
}

/** May be some seconds behind the callback that tells of a change. */
export async function getGroup(client: WecomClient, chatId: string, options: CallOptions = {}): Promise<Group> {
  const answer = await client.call(
    {
      api: "externalcontact/groupchat/get",
      method: "POST",
      body: jsonBody({ chat_id: chatId, need_name: 1 }),
      answer: Got,
      repeat: "always",
    },
    options,
  );
  return answer.group_chat;
}

/** `opengid` is what a mini program learns of the group it was opened in. */
export async function chatIdOfOpengid(
  client: WecomClient,
  opengid: string,
  options: CallOptions = {},
): Promise<string> {
  const answer = await client.call(
    {
      api: "externalcontact/opengid_to_chatid",
      method: "POST",
      body: jsonBody({ opengid }),
      answer: z.object({ chat_id: z.string().min(1) }),
      repeat: "always",
    },
    options,
  );
  return answer.chat_id;
}
