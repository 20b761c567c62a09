import { z } from "zod";
import { privateChat } from "../state/corp.ts";
import type { Welcome } from "../state/customer-rows.ts";
import type { GroupWelcome } from "../state/group-rows.ts";
import { newId } from "../state/world.ts";
import { addContent, Attachments, checkedMessage, Text } from "./attachments.ts";
import { bytesOf } from "./byte-limits.ts";
import { type Call, endpoint, type Fields, isRefused, refuse, type Refusal } from "./endpoint.ts";

const CODE_MS = 20_000;
const TEMPLATES_MAX = 100;
const TEMPLATE_BYTES_MAX = 3_000;

/** §10: within 20 s, once, and the first app wins. */
const send = endpoint({
  path: "/cgi-bin/externalcontact/send_welcome_msg",
  methods: ["POST"],
  contact: true,
  input: z.object({
    welcome_code: z.string().default(""),
    text: Text.optional(),
    attachments: Attachments.default([]),
  }),
  run(call, { welcome_code: code, text, attachments }) {
    const { corp, app, world, rates } = call;
    if (code === "") return refuse(41049, "missing welcome code");
    const words = text?.content ?? "";
    const wrong = checkedMessage(call, { text: words, attachments });
    if (wrong) return wrong;
    const welcome = corp.welcomes.findLast((candidate) => candidate.codes[code] === app.agentId);
    if (!welcome || call.now - welcome.madeAt >= CODE_MS) return refuse(41050, "invalid welcome code");
    const object = `${corp.corpId}|welcome|${welcome.userid}|${welcome.customerId}`;
    if (rates.isHeld(object)) return refuse(41096, "welcome is being sent");
    if (welcome.wonBy !== null || hasChatted(call, welcome)) return refuse(41051, "chat has already started");
    return rates.hold<Fields | Refusal>(object, world.switches.welcomeHoldMs, () => {
      welcome.wonBy = app.agentId;
      corp.addPost(privateChat(welcome.userid, welcome.customerId), {
        id: newId(world, "post"),
        at: call.now,
        from: welcome.userid,
        via: "welcome",
        contentId: addContent(world, corp, { text: words, attachments }),
        msgid: null,
      });
      world.changed();
      return {};
    });
  },
});

function hasChatted({ corp }: Call, { userid, customerId }: Welcome): boolean {
  return (corp.posts.get(privateChat(userid, customerId)) ?? []).some(({ from }) => from === customerId);
}

const kinds = ["image", "link", "miniprogram", "file", "video"] as const;
const TemplateBody = z.looseObject({
  text: Text.optional(),
  image: z.looseObject({}).optional(),
  link: z.looseObject({}).optional(),
  miniprogram: z.looseObject({}).optional(),
  file: z.looseObject({}).optional(),
  video: z.looseObject({}).optional(),
  agentid: z.int().optional(),
  notify: z.int().default(1),
});

/** One attachment only: the first kind in this order takes effect, the others are left out without a word. */
function madeTemplate(call: Call, templateId: string, body: z.infer<typeof TemplateBody>): GroupWelcome | Refusal {
  const kind = kinds.find((candidate) => body[candidate] !== undefined);
  const attachment = kind === undefined ? null : { msgtype: kind, [kind]: body[kind] };
  const text = body.text?.content ?? "";
  if (bytesOf(text) > TEMPLATE_BYTES_MAX)
    return refuse(45002, "content size out of limit: text.content over 3000 bytes");
  const wrong = checkedMessage(call, { text, attachments: attachment === null ? [] : [attachment] });
  if (wrong) return wrong;
  return { templateId, agentId: call.app.agentId, text, attachment };
}

const add = endpoint({
  path: "/cgi-bin/externalcontact/group_welcome_template/add",
  methods: ["POST"],
  contact: true,
  empty: { template_id: "" },
  input: TemplateBody,
  run(call, body) {
    if (call.corp.groupWelcomes.size >= TEMPLATES_MAX) return refuse(41055, "group welcome templates out of limit");
    const template = madeTemplate(call, newId(call.world, "template"), body);
    if (isRefused(template)) return template;
    call.corp.groupWelcomes.set(template.templateId, template);
    call.world.changed();
    return { template_id: template.templateId };
  },
});

const ById = z.object({ template_id: z.string().min(1) });

function ownTemplate({ corp, app }: Call, id: string): GroupWelcome | Refusal {
  const template = corp.groupWelcomes.get(id);
  return template?.agentId === app.agentId ? template : refuse(41058, "no privilege to this template");
}

const edit = endpoint({
  path: "/cgi-bin/externalcontact/group_welcome_template/edit",
  methods: ["POST"],
  contact: true,
  input: TemplateBody.extend(ById.shape),
  run(call, body) {
    const known = ownTemplate(call, body.template_id);
    if (isRefused(known)) return known;
    const template = madeTemplate(call, known.templateId, body);
    if (isRefused(template)) return template;
    call.corp.groupWelcomes.set(template.templateId, template);
    call.world.changed();
    return {};
  },
});

const get = endpoint({
  path: "/cgi-bin/externalcontact/group_welcome_template/get",
  methods: ["POST"],
  contact: true,
  input: ById,
  run(call, { template_id: id }) {
    const template = ownTemplate(call, id);
    if (isRefused(template)) return template;
    const { text, attachment } = template;
    const { msgtype, ...body } = attachment ?? {};
    return { text: { content: text }, ...(msgtype === undefined ? {} : body) };
  },
});

const remove = endpoint({
  path: "/cgi-bin/externalcontact/group_welcome_template/del",
  methods: ["POST"],
  contact: true,
  input: ById.extend({ agentid: z.int().optional() }),
  run(call, { template_id: id }) {
    const template = ownTemplate(call, id);
    if (isRefused(template)) return template;
    call.corp.groupWelcomes.delete(id);
    call.world.changed();
    return {};
  },
});

export const welcomeEndpoints = [send, add, edit, get, remove];
