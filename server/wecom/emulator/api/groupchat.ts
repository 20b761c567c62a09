import { z } from "zod";
import type { Group } from "../state/group-rows.ts";
import { type Call, endpoint, type Fields, isRefused, refuse, type Refusal } from "./endpoint.ts";
import { contactStaff, cursorOf, offsetOf, seesGroup, visibleStaff } from "./visible.ts";

const OWNERS_WITHOUT_FILTER_MAX = 1_000;

const list = endpoint({
  path: "/cgi-bin/externalcontact/groupchat/list",
  methods: ["POST"],
  contact: true,
  empty: { group_chat_list: [], next_cursor: "" },
  input: z.object({
    status_filter: z.int().min(0).max(3).default(0),
    owner_filter: z.object({ userid_list: z.array(z.string()).max(100).default([]) }).optional(),
    cursor: z.string().optional(),
    limit: z.int().min(1).max(1_000),
  }),
  run(call, { status_filter: status, owner_filter: filter, cursor, limit }) {
    const offset = offsetOf(cursor);
    if (isRefused(offset)) return offset;
    const owners = filter?.userid_list ?? [];
    if (owners.length === 0 && visibleStaff(call).length > OWNERS_WITHOUT_FILTER_MAX) {
      return refuse(81017, "too many owners, use owner_filter");
    }
    for (const userid of owners) {
      const owner = contactStaff(call, userid);
      if (isRefused(owner)) return owner;
    }
    return page(wanted(call, owners, status), offset, limit);
  },
});

function* wanted(call: Call, owners: readonly string[], status: number): Generator<Group> {
  const { corp } = call;
  const chosen = new Set(owners);
  for (const group of corp.groups.values()) {
    if (group.dismissed || (status !== 0 && group.status !== status)) continue;
    if (chosen.size === 0 ? seesGroup(call, group) : chosen.has(group.owner)) yield group;
  }
}

function page(groups: Iterable<Group>, offset: number, limit: number): Fields {
  const shown: { chat_id: string; status: number }[] = [];
  let at = 0;
  for (const { chatId, status } of groups) {
    at += 1;
    if (at <= offset) continue;
    if (shown.length === limit) return { group_chat_list: shown, next_cursor: cursorOf(offset + limit) };
    shown.push({ chat_id: chatId, status });
  }
  return { group_chat_list: shown, next_cursor: "" };
}

const get = endpoint({
  path: "/cgi-bin/externalcontact/groupchat/get",
  methods: ["POST"],
  contact: true,
  empty: { group_chat: { member_list: [], admin_list: [] } },
  input: z.object({ chat_id: z.string().min(1), need_name: z.union([z.literal(0), z.literal(1)]).default(0) }),
  run(call, { chat_id: chatId, need_name: needName }) {
    const group = visibleGroup(call, chatId);
    return isRefused(group) ? group : { group_chat: detail(call, asRead(call, group), needName === 1) };
  },
});

/** 90501 stands for both: an id of an internal chat and one nobody knows. */
export function visibleGroup(call: Call, chatId: string): Group | Refusal {
  const group = call.corp.groups.get(chatId);
  if (!group || group.dismissed) return refuse(90501, "not external chat");
  return seesGroup(call, group) ? group : refuse(60011, "no privilege to access/modify contact/party/agent");
}

/** §8: the detail lags behind: as it was before the oldest change that does not show yet. */
function asRead({ corp, now }: Call, group: Group): Group {
  const pending = corp.lagging.get(group.chatId)?.filter(({ visibleAt }) => visibleAt > now) ?? [];
  if (pending.length === 0) corp.lagging.delete(group.chatId);
  else corp.lagging.set(group.chatId, pending);
  return pending[0]?.before ?? group;
}

function detail({ corp }: Call, group: Group, withNames: boolean): Fields {
  const members = group.members.map((member) => {
    const isStaff = member.type === 1;
    const customer = isStaff ? undefined : corp.customers.get(member.id);
    const name = isStaff ? corp.staff.get(member.id)?.name : customer?.name;
    return {
      userid: member.id,
      type: member.type,
      ...(customer?.type === 1 ? { unionid: customer.unionid } : {}),
      join_time: Math.floor(member.joinedAt / 1000),
      join_scene: member.scene,
      ...(member.invitor === null ? {} : { invitor: { userid: member.invitor } }),
      ...(member.scene === 3 && member.state !== "" ? { state: member.state } : {}),
      group_nickname: member.nickname,
      ...(withNames ? { name: name ?? "" } : {}),
    };
  });
  return {
    chat_id: group.chatId,
    name: group.name,
    owner: group.owner,
    create_time: Math.floor(group.madeAt / 1000),
    notice: group.notice,
    member_list: members,
    admin_list: group.admins.map((userid) => ({ userid })),
    member_version: group.memberVersion,
  };
}

const opengid = endpoint({
  path: "/cgi-bin/externalcontact/opengid_to_chatid",
  methods: ["POST"],
  contact: true,
  empty: { chat_id: "" },
  input: z.object({ opengid: z.string().min(1) }),
  run(call, { opengid: wantedId }) {
    const group = [...call.corp.groups.values()].find((candidate) => candidate.opengid === wantedId);
    if (!group) return refuse(90511, "invalid opengid");
    const visible = visibleGroup(call, group.chatId);
    return isRefused(visible) ? visible : { chat_id: group.chatId };
  },
});

export const groupchatEndpoints = [list, get, opengid];
