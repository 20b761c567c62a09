import { z } from "zod";
import { DAY_MS } from "../clock.ts";
import { hasQuota } from "../phones/quota.ts";
import type { Customer } from "../state/customer-rows.ts";
import type { SenderPart, SendTask } from "../state/send-rows.ts";
import { newId } from "../state/world.ts";
import { addContent, Attachments, checkedMessage, Text } from "./attachments.ts";
import { type Call, endpoint, isRefused, refuse, type Refusal } from "./endpoint.ts";
import { sees } from "./request.ts";
import { contactStaff } from "./visible.ts";

const REMINDERS_PER_DAY = 3;

const Body = z.object({
  chat_type: z.enum(["single", "group"]).default("single"),
  external_userid: z.array(z.string()).max(10_000).default([]),
  chat_id_list: z.array(z.string()).max(2_000).default([]),
  tag_filter: z
    .object({ group_list: z.array(z.object({ tag_list: z.array(z.string()).max(100) })).default([]) })
    .optional(),
  sender: z.string().default(""),
  allow_select: z.boolean().default(false),
  text: Text.optional(),
  attachments: Attachments.default([]),
});
type Body = z.infer<typeof Body>;

type Planned = { readonly senders: SenderPart[]; readonly failed: string[] };

/** §9: makes a task only; nothing goes out before a member confirms on the phone. */
const add = endpoint({
  path: "/cgi-bin/externalcontact/add_msg_template",
  methods: ["POST"],
  contact: true,
  empty: { fail_list: [], msgid: "" },
  input: Body,
  run(call, body) {
    const text = body.text?.content ?? "";
    const wrong = checkedMessage(call, { text, attachments: body.attachments });
    if (wrong) return wrong;
    const planned = body.chat_type === "group" ? toGroups(call, body) : toCustomers(call, body);
    if (isRefused(planned)) return planned;
    const { world, corp } = call;
    const task: SendTask = {
      msgid: newId(world, "message"),
      chatType: body.chat_type,
      agentId: call.app.agentId,
      creator: null,
      madeAt: call.now,
      contentId: addContent(world, corp, { text, attachments: body.attachments }),
      allowSelect: body.allow_select,
      cancelledAt: null,
      remindedAt: [],
      senders: planned.senders,
    };
    corp.addTask(task);
    world.changed();
    return { fail_list: planned.failed, msgid: task.msgid };
  },
});

function part(userid: string, targets: readonly string[], picksByHand = false): SenderPart {
  const unsent = targets.map((id) => ({ id, status: 0, sentAt: null }));
  return { userid, sentAt: null, ignored: false, picksByHand, targets: unsent };
}

function toGroups(call: Call, { sender, chat_id_list: wanted }: Body): Planned | Refusal {
  if (sender === "") return refuse(40063, "some parameters are empty: sender");
  const staff = contactStaff(call, sender);
  if (isRefused(staff)) return staff;
  // Without a list, or on an old client, the owner chooses the groups by hand.
  if (wanted.length === 0 || staff.oldClient) return { senders: [part(sender, [], true)], failed: [] };
  const good: string[] = [];
  const failed: string[] = [];
  for (const chatId of new Set(wanted)) {
    const group = call.corp.groups.get(chatId);
    const canReceive = group !== undefined && !group.dismissed && group.owner === sender && hasQuota(call, chatId);
    (canReceive ? good : failed).push(chatId);
  }
  return good.length === 0
    ? refuse(41048, "no external user or chat to send")
    : { senders: [part(sender, good)], failed };
}

function toCustomers(call: Call, body: Body): Planned | Refusal {
  const { sender, external_userid: named } = body;
  const tagLists = (body.tag_filter?.group_list ?? []).map(({ tag_list: tags }) => tags);
  if (sender === "" && named.length === 0 && tagLists.length === 0) {
    return refuse(40063, "some parameters are empty: sender, external_userid, tag_filter");
  }
  if (sender !== "") {
    const staff = contactStaff(call, sender);
    if (isRefused(staff)) return staff;
  }
  // tag_filter is ignored when customers are named.
  const filter = named.length > 0 ? [] : tagLists;
  const candidates = named.length > 0 ? [...new Set(named)] : candidatesOf(call, sender);
  const bySender = new Map<string, string[]>();
  const failed: string[] = [];
  for (const id of candidates) {
    const customer = call.corp.customers.get(id);
    const userid = customer ? senderFor(call, customer, { sender, filter }) : null;
    if (userid === null) {
      if (named.length > 0) failed.push(id);
    } else if (!hasQuota(call, id)) {
      failed.push(id);
    } else {
      const list = bySender.get(userid);
      if (list) list.push(id);
      else bySender.set(userid, [id]);
    }
  }
  if (bySender.size === 0) return refuse(41048, "no external user or chat to send");
  return { senders: [...bySender].map(([userid, targets]) => part(userid, targets)), failed };
}

function candidatesOf({ corp }: Call, sender: string): Iterable<string> {
  return sender === "" ? corp.customers.keys() : (corp.customersOf.get(sender) ?? []);
}

type Choice = { readonly sender: string; readonly filter: readonly (readonly string[])[] };

/** The named sender, or the member who last chatted with the customer; tags in one list are OR, lists are AND. */
function senderFor(call: Call, customer: Customer, { sender, filter }: Choice): string | null {
  const { corp, app } = call;
  const ties = customer.follows.filter(({ userid, tagIds, lost }) => {
    if (lost || (sender !== "" && userid !== sender)) return false;
    const staff = corp.staff.get(userid);
    if (!staff?.externalContact || !sees(app, staff)) return false;
    return filter.every((tags) => tags.some((tag) => tagIds.includes(tag)));
  });
  const [last] = ties.toSorted((a, b) => b.lastChatAt - a.lastChatAt);
  return last?.userid ?? null;
}

const ByMessage = z.object({ msgid: z.string().default("") });

export function taskOf({ corp }: Call, msgid: string): SendTask | Refusal {
  if (msgid === "") return refuse(41046, "missing msgid");
  return corp.tasks.get(msgid) ?? refuse(41047, "invalid msgid");
}

const remind = endpoint({
  path: "/cgi-bin/externalcontact/remind_groupmsg_send",
  methods: ["POST"],
  contact: true,
  input: ByMessage,
  run(call, { msgid }) {
    const task = taskOf(call, msgid);
    if (isRefused(task)) return task;
    if (task.cancelledAt !== null) return refuse(41093, "groupmsg task has been cancelled");
    task.remindedAt = task.remindedAt.filter((at) => at > call.now - DAY_MS);
    if (task.remindedAt.length >= REMINDERS_PER_DAY) return refuse(41094, "remind over frequency");
    task.remindedAt.push(call.now);
    call.world.changed();
    return {};
  },
});

/** Stops what is unsent, recalls nothing; a second time changes nothing and is no error. */
const cancel = endpoint({
  path: "/cgi-bin/externalcontact/cancel_groupmsg_send",
  methods: ["POST"],
  contact: true,
  input: ByMessage,
  run(call, { msgid }) {
    const task = taskOf(call, msgid);
    if (isRefused(task)) return task;
    task.cancelledAt ??= call.now;
    call.world.changed();
    return {};
  },
});

export const massSendEndpoints = [add, remind, cancel];
