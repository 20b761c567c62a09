import { z } from "zod";
import type { InternalChat } from "../state/corp-rows.ts";
import { newId } from "../state/world.ts";
import { addContent } from "./attachments.ts";
import { type Call, endpoint, isRefused, refuse, type Refusal } from "./endpoint.ts";
import { appMessage } from "./message-content.ts";
import { rateRules } from "./rates.ts";

const MEMBERS_MAX = 2_000;
const NAME_MAX = 50;

const ChatId = z.string().regex(/^[0-9a-zA-Z]{1,32}$/);
const tooOften = () => refuse(45009, "api freq out of limit");

/** §6: only the chats this app made. */
function ownChat({ corp, app }: Call, chatId: string): InternalChat | Refusal {
  if (chatId === "") return refuse(86003, "missing chatid");
  const chat = corp.internalChats.get(chatId);
  if (!chat) return refuse(86001, "invalid chatid");
  return chat.byAgent === app.agentId ? chat : refuse(86008, "chat is not created by this app");
}

const create = endpoint({
  path: "/cgi-bin/appchat/create",
  methods: ["POST"],
  empty: { chatid: "" },
  input: z.object({
    name: z.string().max(NAME_MAX).default(""),
    owner: z.string().optional(),
    userlist: z.array(z.string()),
    chatid: ChatId.optional(),
  }),
  run(call, { name, owner, userlist, chatid: wanted }) {
    const { corp, app, world, rates } = call;
    if (!rates.take(rateRules.appchatCreateDay, corp.corpId)) return tooOften();
    // The visible range must be the root department.
    if (!app.seesAll && !app.seesDepartments.includes(1))
      return refuse(60011, "no privilege to access/modify contact/party/agent");
    const members = [...new Set(userlist)];
    if (members.length < 2 || members.length > MEMBERS_MAX) return refuse(86006, "too many or too few members");
    if (members.some((userid) => !corp.staff.has(userid))) return refuse(86007, "invalid member");
    if (owner !== undefined && !members.includes(owner)) return refuse(86005, "invalid owner");
    const chatId = wanted ?? world.chance.hex(32);
    if (corp.internalChats.has(chatId)) return refuse(86215, "chatid exists");
    const first = owner ?? members[0] ?? "";
    corp.internalChats.set(chatId, {
      chatId,
      name: name === "" ? "群聊" : name,
      owner: first,
      members,
      byAgent: app.agentId,
    });
    world.changed();
    return { chatid: chatId };
  },
});

const update = endpoint({
  path: "/cgi-bin/appchat/update",
  methods: ["POST"],
  input: z.object({
    chatid: z.string().default(""),
    name: z.string().max(NAME_MAX).optional(),
    owner: z.string().optional(),
    add_user_list: z.array(z.string()).default([]),
    del_user_list: z.array(z.string()).default([]),
  }),
  run(call, input) {
    const { corp, world, rates } = call;
    if (!rates.take(rateRules.appchatUpdateHour, corp.corpId)) return tooOften();
    const chat = ownChat(call, input.chatid);
    if (isRefused(chat)) return chat;
    if (input.add_user_list.some((userid) => !corp.staff.has(userid))) return refuse(86007, "invalid member");
    const gone = new Set(input.del_user_list);
    const members = [...new Set([...chat.members, ...input.add_user_list])].filter((userid) => !gone.has(userid));
    if (members.length < 2 || members.length > MEMBERS_MAX) return refuse(86006, "too many or too few members");
    if (input.owner !== undefined && !members.includes(input.owner)) return refuse(86005, "invalid owner");
    chat.members = members;
    chat.name = input.name ?? chat.name;
    chat.owner = input.owner ?? chat.owner;
    world.changed();
    return {};
  },
});

const get = endpoint({
  path: "/cgi-bin/appchat/get",
  methods: ["GET"],
  empty: { chat_info: {} },
  input: z.object({ chatid: z.string().default("") }),
  run(call, { chatid: chatId }) {
    const chat = ownChat(call, chatId);
    if (isRefused(chat)) return chat;
    return { chat_info: { chatid: chat.chatId, name: chat.name, owner: chat.owner, userlist: chat.members } };
  },
});

const send = endpoint({
  path: "/cgi-bin/appchat/send",
  methods: ["POST"],
  input: z.looseObject({ chatid: z.string().default(""), msgtype: z.string(), safe: z.int().default(0) }),
  run(call, body) {
    const { corp, app, world, rates, now } = call;
    const chat = ownChat(call, body.chatid);
    if (isRefused(chat)) return chat;
    const content = appMessage(call, body.msgtype, body);
    if (isRefused(content)) return content;
    const times = chat.members.length;
    const isInLimit =
      rates.take(rateRules.appchatSendMinute, corp.corpId, times) &&
      rates.take(rateRules.appchatSendHour, corp.corpId, times);
    if (!isInLimit) return tooOften();
    corp.addPost(chat.chatId, {
      id: newId(world, "post"),
      at: now,
      from: `app:${app.agentId}`,
      via: "app",
      contentId: addContent(world, corp, content),
      msgid: null,
    });
    world.changed();
    return {};
  },
});

export const appchatEndpoints = [create, update, get, send];
