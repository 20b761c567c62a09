import { z } from "zod";
import { endUnreadFollows } from "#db/queries/wecom-contacts.ts";
import { groupsByChat, groupsLeftToRead, markGroupsListed, readUnlistedGroups } from "#db/queries/wecom-groups.ts";
import {
  activeMembers,
  countCustomers,
  markMembersListed,
  membersByUserid,
  nameMembers,
  retireMembers,
} from "#db/queries/wecom-members.ts";
import { saveTags } from "#db/queries/wecom-tags.ts";
import { WECOM_COUNTS } from "#domain/wecom-limits.ts";
import { newId } from "../../auth/ids.ts";
import { contactsOfMembers, listFollowUsers, type ContactOfMember } from "../api/contacts.ts";
import { listGroups, type GroupListed } from "../api/groups.ts";
import { listMembers } from "../api/members.ts";
import type { Page } from "../api/pages.ts";
import { listTags } from "../api/tags.ts";
import type { WecomClient } from "../client.ts";
import { stepQuota } from "../quota-read.ts";
import { WecomError } from "../wecom-error.ts";
import { contactsRead } from "./contacts-read.ts";
import { keepContacts } from "./keep-contacts.ts";
import { readDueGroups } from "./read-group.ts";
import type { StepAt, StepContext, StepDone } from "./step.ts";

/**
 * A corp is read in parts, each page by page: tags, staff, the list of groups, each group, all customers. A step reads one page, keeps it, and says where the
 * next one begins; a step that is done twice changes nothing more.
 */
export const SYNC_PARTS = ["tags", "members", "groups", "details", "customers"] as const;
/** What a reading by itself reads too, and what is asked for on its own: who sent what to whom. */
export const READ_PARTS = [...SYNC_PARTS, "quota"] as const;
export type SyncPart = (typeof READ_PARTS)[number];

export const steps: Readonly<Record<SyncPart, (context: StepContext, at: StepAt) => Promise<StepDone>>> = {
  tags: stepTags,
  members: stepMembers,
  groups: stepGroups,
  details: stepDetails,
  customers: stepCustomers,
  quota: stepQuota,
};

const CHUNK = 500;

async function stepTags({ db, client, corpId, now, signal }: StepContext): Promise<StepDone> {
  const groups = await listTags(client, { signal });
  const tags = groups.flatMap(({ name: groupName, tags: list }) =>
    list.map(({ id, name }) => ({ tagId: id, name, groupName })),
  );
  await saveTags(db, corpId, tags, now());
  return { next: null, done: tags.length, total: tags.length };
}

async function stepMembers({ db, client, corpId, now, signal }: StepContext, at: StepAt): Promise<StepDone> {
  const userids = await listFollowUsers(client, { signal });
  const names = await namesOf(client, signal);
  for (let from = 0; from < userids.length; from += CHUNK) {
    const chunk = userids.slice(from, from + CHUNK);
    const ids = await membersByUserid(db, corpId, chunk, { now: now(), newId: () => newId("m") });
    await markMembersListed(db, [...ids.values()], now());
    const named = [...ids].flatMap(([userid, id]) => {
      const name = names.get(userid);
      return name === undefined ? [] : [{ id, name }];
    });
    await nameMembers(db, named);
  }
  await retireMembers(db, corpId, at.startedAt);
  return { next: null, done: userids.length, total: userids.length };
}

/** Many apps are told no names; then the id is all there is. */
async function namesOf(client: WecomClient, signal: AbortSignal): Promise<Map<string, string>> {
  try {
    const members = await listMembers(client, {}, { signal });
    return new Map(members.flatMap(({ userid, name }) => (name === userid ? [] : [[userid, name] as const])));
  } catch (error) {
    if (error instanceof WecomError && (error.class === "permission" || error.class === "other")) return new Map();
    throw error;
  }
}

/** `after`: the member after whom the next owners come; null: WeCom lists all groups at once. */
const GroupsCursor = z.object({ after: z.string().nullable(), from: z.string().nullable() });
const TOO_MANY_OWNERS = 81017;

async function stepGroups(context: StepContext, at: StepAt): Promise<StepDone> {
  const { db, client, corpId, now, signal } = context;
  const cursor = at.cursor === null ? { after: null, from: null } : GroupsCursor.parse(JSON.parse(at.cursor));
  if (cursor.after !== null) return stepGroupsOfOwners(context, at, { after: cursor.after, from: cursor.from });
  let page: Page<GroupListed>;
  try {
    page = await firstOf(listGroups(client, { from: cursor.from }, { signal }));
  } catch (error) {
    if (!(error instanceof WecomError && error.errcode === TOO_MANY_OWNERS)) throw error;
    return { next: JSON.stringify({ after: "", from: null }), done: 0, total: null };
  }
  await keepListed(context, page.items);
  const done = at.done + page.items.length;
  if (page.next !== null) return { next: JSON.stringify({ after: null, from: page.next }), done, total: null };
  await readUnlistedGroups(db, { corpId, listedBefore: at.startedAt, now: now() });
  return { next: null, done, total: done };
}

/** For apps that see more than a thousand owners: a hundred of them at a time. */
async function stepGroupsOfOwners(
  context: StepContext,
  at: StepAt,
  { after, from }: { readonly after: string; readonly from: string | null },
): Promise<StepDone> {
  const { db, client, corpId, now, signal } = context;
  const owners = await activeMembers(db, corpId, { after, limit: WECOM_COUNTS.ownersOfGroupList });
  const last = owners.at(-1);
  if (!last) {
    await readUnlistedGroups(db, { corpId, listedBefore: at.startedAt, now: now() });
    return { next: null, done: at.done, total: at.done };
  }
  const page = await firstOf(listGroups(client, { owners: owners.map(({ userid }) => userid), from }, { signal }));
  await keepListed(context, page.items);
  const next = page.next === null ? { after: last.id, from: null } : { after, from: page.next };
  return { next: JSON.stringify(next), done: at.done + page.items.length, total: null };
}

async function keepListed({ db, corpId, now }: StepContext, groups: readonly GroupListed[]): Promise<void> {
  const ids = await groupsByChat(
    db,
    corpId,
    groups.map(({ chatId }) => chatId),
    { now: now(), newId: () => newId("g") },
  );
  const listed = groups.flatMap(({ chatId, status }) => {
    const id = ids.get(chatId);
    return id === undefined ? [] : [{ id, status }];
  });
  await markGroupsListed(db, listed, now());
}

const GROUPS_A_STEP = 20;

/** Whatever is due, also what callbacks made due meanwhile. Those that are due later are read when they are. */
async function stepDetails(context: StepContext): Promise<StepDone> {
  const { db, corpId } = context;
  const read = await readDueGroups(context, corpId, GROUPS_A_STEP);
  const { left, all } = await groupsLeftToRead(db, corpId);
  return { next: read > 0 ? "more" : null, done: all - left, total: all };
}

const CustomersCursor = z.object({ after: z.string().nullable(), from: z.string().nullable() });
const MEMBERS_A_STEP = 100;

/** A hundred members at a time, a hundred customers a page. `done` counts customers, once for each member who has them; how many there are nobody tells. */
async function stepCustomers({ db, client, corpId, now, signal }: StepContext, at: StepAt): Promise<StepDone> {
  const { after, from } =
    at.cursor === null ? { after: null, from: null } : CustomersCursor.parse(JSON.parse(at.cursor));
  const members = await activeMembers(db, corpId, { after, limit: MEMBERS_A_STEP });
  const last = members.at(-1);
  if (!last) {
    await countCustomers(db, corpId);
    return { next: null, done: at.done, total: at.done };
  }
  const page = await customersOf(client, { userids: members.map(({ userid }) => userid), from }, signal);
  await keepContacts(db, corpId, contactsRead(page.items), now());
  const done = at.done + page.items.length;
  if (page.next !== null) return { next: JSON.stringify({ after, from: page.next }), done, total: null };
  await endUnreadFollows(db, { memberIds: members.map(({ id }) => id), readBefore: at.startedAt, now: now() });
  return { next: JSON.stringify({ after: last.id, from: null }), done, total: null };
}

/** Members without any customer are refused where others would be an empty page. */
async function customersOf(
  client: WecomClient,
  asked: { readonly userids: readonly string[]; readonly from: string | null },
  signal: AbortSignal,
): Promise<Page<ContactOfMember>> {
  try {
    return await firstOf(contactsOfMembers(client, asked, { signal }));
  } catch (error) {
    if (error instanceof WecomError && error.class === "target") return { items: [], next: null };
    throw error;
  }
}

async function firstOf<T>(pages: AsyncGenerator<Page<T>, void, undefined>): Promise<Page<T>> {
  for await (const page of pages) return page;
  return { items: [], next: null };
}
