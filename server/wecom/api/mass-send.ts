import { z } from "zod";
import type { WecomAttachment } from "#domain/wecom-limits.ts";
import { jsonBody } from "../api-call.ts";
import type { WecomClient } from "../client.ts";
import type { CallOptions } from "../retries.ts";
import { Count, listOf, MaybeCount, MaybeText, MaybeTime, Nothing, Text, Texts } from "./answers.ts";
import { pagesOf, type Page } from "./pages.ts";

/**
 * 群发. WeCom only makes a task of it; each member named must confirm in their client, and nobody is called back when they do. There is no key against
 * doing it twice: after an outcome `unknown` the list must be looked through before it is handed over again.
 */
export type MassMessage = { readonly text: string; readonly attachments: readonly WecomAttachment[] };

export type MassTargets =
  /** To groups of one owner, of whom these if they are named (clients from 4.1.10 on); without, the owner chooses. */
  | { readonly to: "groups"; readonly sender: string; readonly chatIds?: readonly string[] }
  | {
      readonly to: "customers";
      readonly sender?: string;
      readonly externalUserIds?: readonly string[];
      /** Tags of one list: any of them; lists: all of them. */
      readonly tagLists?: readonly (readonly string[])[];
      readonly mayUntick?: boolean;
    };

export type MassHandedOver = {
  readonly msgid: string;
  /** Customers or groups that WeCom leaves out, though it took the rest. */
  readonly failed: readonly string[];
};

const Added = z.object({ msgid: z.string().min(1), fail_list: Texts });

export async function addMassMessage(
  client: WecomClient,
  { targets, message }: { readonly targets: MassTargets; readonly message: MassMessage },
  options: CallOptions = {},
): Promise<MassHandedOver> {
  const { text, attachments } = message;
  const answer = await client.call(
    {
      api: "externalcontact/add_msg_template",
      method: "POST",
      body: jsonBody({
        ...targetFields(targets),
        text: text === "" ? undefined : { content: text },
        attachments: attachments.length === 0 ? undefined : attachments,
      }),
      answer: Added,
      repeat: "never",
    },
    options,
  );
  return { msgid: answer.msgid, failed: answer.fail_list };
}

function targetFields(targets: MassTargets): object {
  if (targets.to === "groups") {
    return { chat_type: "group", sender: targets.sender, chat_id_list: targets.chatIds };
  }
  const { sender, externalUserIds, tagLists, mayUntick } = targets;
  return {
    chat_type: "single",
    sender,
    external_userid: externalUserIds,
    tag_filter: tagLists && { group_list: tagLists.map((tags) => ({ tag_list: tags })) },
    allow_select: mayUntick,
  };
}

/** Three times in 24 hours per message, else 41094. */
export async function remindSenders(client: WecomClient, msgid: string, options: CallOptions = {}): Promise<void> {
  await client.call(
    {
      api: "externalcontact/remind_groupmsg_send",
      method: "POST",
      body: jsonBody({ msgid }),
      answer: Nothing,
      repeat: "never",
    },
    options,
  );
}

/** Stops what is not sent; calls nothing back. */
export async function cancelMassMessage(client: WecomClient, msgid: string, options: CallOptions = {}): Promise<void> {
  await client.call(
    {
      api: "externalcontact/cancel_groupmsg_send",
      method: "POST",
      body: jsonBody({ msgid }),
      answer: Nothing,
      repeat: "always",
    },
    options,
  );
}

export type MassListed = {
  readonly msgid: string;
  /** Null for those made through the API. */
  readonly creator: string | null;
  readonly createdAt: number | null;
  readonly kind: "enterprise" | "personal";
  readonly text: string;
  readonly attachments: readonly MassListedAttachment[];
};

/** As much as tells which one it is: the link carries the push's id. */
export type MassListedAttachment = {
  readonly msgtype: string;
  readonly url: string | null;
  readonly page: string | null;
};

const ListedAttachment = z
  .object({
    msgtype: Text,
    link: z.object({ url: MaybeText }).nullish(),
    miniprogram: z.object({ page: MaybeText }).nullish(),
  })
  .transform(({ msgtype, link, miniprogram }): MassListedAttachment => ({
    msgtype,
    url: link?.url ?? null,
    page: miniprogram?.page ?? null,
  }));

const MassList = z.object({
  group_msg_list: listOf(
    z
      .object({
        msgid: z.string().min(1),
        creator: MaybeText,
        create_time: MaybeTime,
        create_type: MaybeCount,
        text: z.object({ content: Text }).nullish(),
        attachments: listOf(ListedAttachment),
      })
      .transform((row): MassListed => ({
        msgid: row.msgid,
        creator: row.creator,
        createdAt: row.create_time,
        kind: row.create_type === 1 ? "personal" : "enterprise",
        text: row.text?.content ?? "",
        attachments: row.attachments,
      })),
  ),
  next_cursor: MaybeText,
});

const FILTERS = { enterprise: 0, personal: 1, all: 2 } as const;

export type MassListQuestion = {
  readonly to: MassTargets["to"];
  /** ms UTC, at most a month apart. */
  readonly since: number;
  readonly until: number;
  readonly creator?: string;
  readonly kind?: keyof typeof FILTERS;
  readonly from?: string | null;
};

export function listMassMessages(
  client: WecomClient,
  { to, since, until, creator, kind = "all", from = null }: MassListQuestion,
  options: CallOptions = {},
): AsyncGenerator<Page<MassListed>, void, undefined> {
  const read = async (cursor: string) => {
    const answer = await client.call(
      {
        api: "externalcontact/get_groupmsg_list_v2",
        method: "POST",
        body: jsonBody({
          chat_type: to === "groups" ? "group" : "single",
          start_time: Math.floor(since / 1_000),
          end_time: Math.ceil(until / 1_000),
          creator,
          filter_type: FILTERS[kind],
          limit: 100,
          cursor,
        }),
        answer: MassList,
        repeat: "always",
      },
      options,
    );
    return { items: answer.group_msg_list, next: answer.next_cursor };
  };
  return pagesOf(read, from);
}

export type MassTask = { readonly userid: string; readonly sent: boolean; readonly sentAt: number | null };

const Tasks = z.object({
  task_list: listOf(
    z
      // The table says 0 and 2, the sample shows 1: whatever is not 0 was sent.
      .object({ userid: z.string(), status: Count, send_time: MaybeTime })
      .transform(({ userid, status, send_time }): MassTask => ({
        userid,
        sent: status !== 0,
        sentAt: status === 0 ? null : send_time,
      })),
  ),
  next_cursor: MaybeText,
});

/** Who has confirmed. Right after the hand-over 41063, class `notReady`. */
export function massTasks(
  client: WecomClient,
  { msgid, from = null }: { readonly msgid: string; readonly from?: string | null },
  options: CallOptions = {},
): AsyncGenerator<Page<MassTask>, void, undefined> {
  const read = async (cursor: string) => {
    const answer = await client.call(
      {
        api: "externalcontact/get_groupmsg_task",
        method: "POST",
        body: jsonBody({ msgid, limit: 1_000, cursor }),
        answer: Tasks,
        repeat: "always",
      },
      options,
    );
    return { items: answer.task_list, next: answer.next_cursor };
  };
  return pagesOf(read, from);
}

export type MassResult = {
  readonly userid: string;
  readonly externalUserId: string | null;
  readonly chatId: string | null;
  readonly state: "unsent" | "sent" | "notFriend" | "overCap" | "other";
  readonly sentAt: number | null;
};
const RESULTS: readonly MassResult["state"][] = ["unsent", "sent", "notFriend", "overCap"];

const Results = z.object({
  send_list: listOf(
    z
      .object({
        userid: z.string(),
        external_userid: MaybeText,
        chat_id: MaybeText,
        status: Count,
        send_time: MaybeTime,
      })
      .transform((row): MassResult => ({
        userid: row.userid,
        externalUserId: row.external_userid,
        chatId: row.chat_id,
        state: RESULTS[row.status] ?? "other",
        sentAt: row.status === 0 ? null : row.send_time,
      })),
  ),
  next_cursor: MaybeText,
});

/** What became of one member's part of it. */
export function massResults(
  client: WecomClient,
  { msgid, userid, from = null }: { readonly msgid: string; readonly userid: string; readonly from?: string | null },
  options: CallOptions = {},
): AsyncGenerator<Page<MassResult>, void, undefined> {
  const read = async (cursor: string) => {
    const answer = await client.call(
      {
        api: "externalcontact/get_groupmsg_send_result",
        method: "POST",
        body: jsonBody({ msgid, userid, limit: 1_000, cursor }),
        answer: Results,
        repeat: "always",
      },
      options,
    );
    return { items: answer.send_list, next: answer.next_cursor };
  };
  return pagesOf(read, from);
}
