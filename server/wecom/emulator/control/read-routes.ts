import { z } from "zod";
import { NotPossible } from "../desk.ts";
import { quotaOf } from "../phones/quota.ts";
import { type Corp, privateChat } from "../state/corp.ts";
import type { Group } from "../state/group-rows.ts";
import type { Post, SendTask } from "../state/send-rows.ts";
import type { World } from "../state/world.ts";
import { customerOf } from "../phones/customer-acts.ts";
import { groupOf } from "../phones/group-acts.ts";
import { Nothing, Page, type Place, type Route, route } from "./route.ts";

/** What a phone shows, and what a test wants to look at. */

function nameOf(corp: Corp, id: string): string {
  if (id.startsWith("robot:")) return corp.robots.get(id.slice(6))?.name ?? "机器人";
  if (id.startsWith("app:")) return corp.apps.get(Number(id.slice(4)))?.name ?? "应用";
  return corp.staff.get(id)?.name ?? corp.customers.get(id)?.name ?? id;
}

function postCard(corp: Corp, { contentId, ...post }: Post): object {
  return { ...post, fromName: nameOf(corp, post.from), content: corp.contents.get(contentId) ?? null };
}

function postsOf(corp: Corp, chat: string): object[] {
  return (corp.posts.get(chat) ?? []).map((post) => postCard(corp, post));
}

function groupCard(world: World, corp: Corp, group: Group): object {
  const last = corp.posts.get(group.chatId)?.at(-1);
  return {
    chatId: group.chatId,
    name: group.name,
    owner: group.owner,
    ownerName: nameOf(corp, group.owner),
    status: group.status,
    size: group.members.length,
    quota: quotaOf({ world, corp }, group.chatId),
    last: last ? { at: last.at, text: corp.contents.get(last.contentId)?.text ?? "" } : null,
  };
}

function taskCard(corp: Corp, task: SendTask): object {
  const { senders, contentId, ...rest } = task;
  return { ...rest, content: corp.contents.get(contentId) ?? null, senders };
}

function page<Row>(
  rows: Iterable<Row>,
  { offset, limit }: { offset: number; limit: number },
  fits: (row: Row) => boolean,
) {
  const shown: Row[] = [];
  let total = 0;
  for (const row of rows) {
    if (!fits(row)) continue;
    if (total >= offset && shown.length < limit) shown.push(row);
    total += 1;
  }
  return { total, shown };
}

const staffRoutes: Route[] = [
  route({
    method: "GET",
    path: "/emulator/staff",
    input: Page,
    run({ input }, corp) {
      const known = corp();
      const { total, shown } = page(known.staff.values(), input, ({ name, userid }) =>
        `${name} ${userid}`.includes(input.q),
      );
      const rows = shown.map((staff) => ({
        ...staff,
        waiting: waitingFor(known, staff.userid).length,
        groups: known.groupsOf.get(staff.userid)?.size ?? 0,
        customers: known.customersOf.get(staff.userid)?.size ?? 0,
      }));
      return { total, staff: rows };
    },
  }),
  route({
    method: "GET",
    path: "/emulator/staff/:userid/phone",
    input: Nothing,
    run: ({ place, params }, corp) => phoneOf(place, corp(), params["userid"] ?? ""),
  }),
];

function waitingFor(corp: Corp, userid: string): SendTask[] {
  return [...(corp.tasksOf.get(userid) ?? [])].flatMap((msgid) => {
    const task = corp.tasks.get(msgid);
    const part = task?.senders.find((candidate) => candidate.userid === userid);
    if (!task || !part || task.cancelledAt !== null || part.ignored || task.agentId === null) return [];
    const isOpen = part.targets.some(({ status }) => status === 0) || (part.picksByHand && part.sentAt === null);
    return isOpen ? [task] : [];
  });
}

const TASKS_SHOWN = 30;
const TARGETS_SHOWN = 300;
const GROUPS_SHOWN = 200;

function phoneOf({ desk: { world } }: Place, corp: Corp, userid: string): object {
  const staff = corp.staff.get(userid);
  if (!staff) throw new NotPossible(`there is no member ${userid}`);
  const waiting = new Set(waitingFor(corp, userid).map(({ msgid }) => msgid));
  const tasks = [...(corp.tasksOf.get(userid) ?? [])]
    .toReversed()
    .slice(0, TASKS_SHOWN)
    .flatMap((msgid) => {
      const task = corp.tasks.get(msgid);
      const part = task?.senders.find((candidate) => candidate.userid === userid);
      if (!task || !part) return [];
      const targets = part.targets.slice(0, TARGETS_SHOWN).map((target) => ({
        ...target,
        name: corp.groups.get(target.id)?.name ?? nameOf(corp, target.id),
      }));
      return [
        {
          ...taskCard(corp, task),
          senders: undefined,
          part: { ...part, targets, total: part.targets.length },
          open: waiting.has(msgid),
        },
      ];
    });
  const groupIds = [...(corp.groupsOf.get(userid) ?? [])].slice(0, GROUPS_SHOWN);
  const moments = [...corp.moments.values()]
    .toReversed()
    .flatMap(({ jobId, madeAt, contentId, cancelled, senders }) => {
      const own = senders.find((candidate) => candidate.userid === userid);
      const content = corp.contents.get(contentId) ?? null;
      return own ? [{ jobId, madeAt, cancelled, postedAt: own.postedAt, readers: own.customers.length, content }] : [];
    });
  return {
    staff,
    tasks,
    moments: moments.slice(0, TASKS_SHOWN),
    groups: groupIds.map((chatId) => groupCard(world, corp, groupOf(corp, chatId))),
    internalChats: [...corp.internalChats.values()]
      .filter(({ members }) => members.includes(userid))
      .map(({ chatId, name }) => ({ chatId, name, posts: postsOf(corp, chatId).slice(-50) })),
    apps: [...corp.apps.values()].map(({ agentId, name }) => ({
      agentId,
      name,
      posts: postsOf(corp, `app:${agentId}|${userid}`).slice(-50),
    })),
  };
}

const groupRoutes: Route[] = [
  route({
    method: "GET",
    path: "/emulator/groups",
    input: Page.extend({ owner: z.string().optional() }),
    run({ place: { desk }, input }, corp) {
      const known = corp();
      const fits = ({ name, chatId, owner, dismissed }: Group) =>
        !dismissed && (input.owner === undefined || owner === input.owner) && `${name} ${chatId}`.includes(input.q);
      const { total, shown } = page(known.groups.values(), input, fits);
      return { total, groups: shown.map((group) => groupCard(desk.world, known, group)) };
    },
  }),
  route({
    method: "GET",
    path: "/emulator/groups/:chatId",
    input: Nothing,
    run({ place: { desk }, params }, corp) {
      const known = corp();
      const group = groupOf(known, params["chatId"] ?? "");
      const members = group.members.map((member) => ({ ...member, name: nameOf(known, member.id) }));
      return {
        ...groupCard(desk.world, known, group),
        notice: group.notice,
        opengid: group.opengid,
        memberVersion: group.memberVersion,
        members,
        posts: postsOf(known, group.chatId),
      };
    },
  }),
  route({
    method: "GET",
    path: "/emulator/internal-chats/:chatId",
    input: Nothing,
    run({ params }, corp) {
      const chat = corp().internalChats.get(params["chatId"] ?? "");
      if (!chat) throw new NotPossible("there is no such chat");
      return { ...chat, posts: postsOf(corp(), chat.chatId) };
    },
  }),
];

const otherRoutes: Route[] = [
  route({
    method: "GET",
    path: "/emulator/customers",
    input: Page,
    run({ input }, corp) {
      const { total, shown } = page(corp().customers.values(), input, ({ name, id }) =>
        `${name} ${id}`.includes(input.q),
      );
      return { total, customers: shown };
    },
  }),
  route({
    method: "GET",
    path: "/emulator/customers/:id",
    input: Nothing,
    run({ place: { desk }, params }, corp) {
      const known = corp();
      const customer = customerOf(known, params["id"] ?? "");
      const groups = [...(known.groupsWith.get(customer.id) ?? [])].map((chatId) =>
        groupCard(desk.world, known, groupOf(known, chatId)),
      );
      const chats = customer.follows.map(({ userid }) => ({
        userid,
        name: nameOf(known, userid),
        posts: postsOf(known, privateChat(userid, customer.id)),
      }));
      return { customer, groups, chats, quota: quotaOf({ world: desk.world, corp: known }, customer.id) };
    },
  }),
  route({
    method: "GET",
    path: "/emulator/tasks",
    input: Page,
    run({ input }, corp) {
      const { total, shown } = page([...corp().tasks.values()].toReversed(), input, () => true);
      return { total, tasks: shown.map((task) => taskCard(corp(), task)) };
    },
  }),
  route({
    method: "GET",
    path: "/emulator/codes",
    input: Nothing,
    run: (_asked, corp) => ({ joinWays: [...corp().joinWays.values()], contactWays: [...corp().contactWays.values()] }),
  }),
  route({
    method: "GET",
    path: "/emulator/taps",
    input: z.object({ limit: z.coerce.number().int().min(1).max(20_000).default(200) }),
    run: ({ input }, corp) => ({ taps: corp().taps.slice(-input.limit).toReversed() }),
  }),
];

export const readRoutes: readonly Route[] = [...staffRoutes, ...groupRoutes, ...otherRoutes];
