import { z } from "zod";
import { jsonBody } from "../api-call.ts";
import type { WecomClient } from "../client.ts";
import type { CallOptions } from "../retries.ts";
import { listOf, MaybeCount, Nothing, Text } from "./answers.ts";

/** Tags of the corp. An app changes only those that it made (301002). */
export type CorpTag = { readonly id: string; readonly name: string };
export type CorpTagGroup = { readonly id: string; readonly name: string; readonly tags: readonly CorpTag[] };

const TagPart = z
  .object({ id: z.string().min(1), name: Text, deleted: z.boolean().nullish() })
  .transform(({ id, name, deleted }) => ({ id, name, gone: deleted ?? false }));

const GroupPart = z
  .object({
    group_id: z.string().min(1),
    group_name: Text,
    order: MaybeCount,
    deleted: z.boolean().nullish(),
    tag: listOf(TagPart),
  })
  .transform((group) => ({
    id: group.group_id,
    name: group.group_name,
    gone: group.deleted ?? false,
    tags: group.tag.filter(({ gone }) => !gone).map(({ id, name }): CorpTag => ({ id, name })),
  }));

export async function listTags(client: WecomClient, options: CallOptions = {}): Promise<CorpTagGroup[]> {
  const answer = await client.call(
    {
      api: "externalcontact/get_corp_tag_list",
      method: "POST",
      body: jsonBody({}),
      answer: z.object({ tag_group: listOf(GroupPart) }),
      repeat: "always",
    },
    options,
  );
  return answer.tag_group.filter(({ gone }) => !gone).map(({ id, name, tags }) => ({ id, name, tags }));
}

/** Into a group that is there, or one that is made. After a lost answer read the list: a name that exists is refused (40071). */
export async function addTags(
  client: WecomClient,
  wish: { readonly group: { readonly id: string } | { readonly name: string }; readonly names: readonly string[] },
  options: CallOptions = {},
): Promise<CorpTagGroup> {
  const { group, names } = wish;
  const answer = await client.call(
    {
      api: "externalcontact/add_corp_tag",
      method: "POST",
      body: jsonBody({
        ...("id" in group ? { group_id: group.id } : { group_name: group.name }),
        tag: names.map((name) => ({ name })),
        agentid: client.agentId ?? undefined,
      }),
      answer: z.object({ tag_group: GroupPart }),
      repeat: "never",
    },
    options,
  );
  const { id, name, tags } = answer.tag_group;
  return { id, name, tags };
}

/** `id` of a tag or of a group. */
export async function renameTag(
  client: WecomClient,
  { id, name }: { readonly id: string; readonly name: string },
  options: CallOptions = {},
): Promise<void> {
  await client.call(
    {
      api: "externalcontact/edit_corp_tag",
      method: "POST",
      body: jsonBody({ id, name, agentid: client.agentId ?? undefined }),
      answer: Nothing,
      repeat: "always",
      serial: `tag ${id}`,
    },
    options,
  );
}

export async function deleteTags(
  client: WecomClient,
  { tagIds = [], groupIds = [] }: { readonly tagIds?: readonly string[]; readonly groupIds?: readonly string[] },
  options: CallOptions = {},
): Promise<void> {
  await client.call(
    {
      api: "externalcontact/del_corp_tag",
      method: "POST",
      body: jsonBody({ tag_id: tagIds, group_id: groupIds, agentid: client.agentId ?? undefined }),
      answer: Nothing,
      repeat: "always",
    },
    options,
  );
}

/** What one member says of one customer. Edits of one customer go one after the other: two at once are refused (45035). */
export async function markTags(
  client: WecomClient,
  mark: {
    readonly userid: string;
    readonly externalUserId: string;
    readonly add?: readonly string[];
    readonly remove?: readonly string[];
  },
  options: CallOptions = {},
): Promise<void> {
  const { userid, externalUserId, add, remove } = mark;
  await client.call(
    {
      api: "externalcontact/mark_tag",
      method: "POST",
      body: jsonBody({ userid, external_userid: externalUserId, add_tag: add, remove_tag: remove }),
      answer: Nothing,
      repeat: "always",
      serial: `customer ${externalUserId}`,
    },
    options,
  );
}
