import { z } from "zod";
import { DAY_MS, HOUR_MS } from "../clock.ts";
import { appChat } from "../state/corp.ts";
import { newId } from "../state/world.ts";
import { addContent } from "./attachments.ts";
import { type Call, endpoint, isRefused, refuse } from "./endpoint.ts";
import { appMessage } from "./message-content.ts";
import { type RateRule, rateRules } from "./rates.ts";
import { sees } from "./request.ts";

const USERS_MAX = 1_000;
/** §3: so many person-times a day for each account of the corp. */
const PER_ACCOUNT_AND_DAY = 200;
const PARTIES_MAX = 100;
const RESPONSE_CODE_MS = 72 * HOUR_MS;

const split = (list: string) => list.split("|").filter((id) => id !== "");

const Body = z.looseObject({
  touser: z.string().default(""),
  toparty: z.string().default(""),
  totag: z.string().default(""),
  agentid: z.coerce.number().int(),
  msgtype: z.string(),
  safe: z.int().default(0),
  enable_id_trans: z.int().default(0),
  enable_duplicate_check: z.int().default(0),
  duplicate_check_interval: z.int().min(0).max(14_400).default(1_800),
});
type Body = z.infer<typeof Body>;

type Addressed = {
  readonly users: string[];
  readonly invalidUsers: string[];
  readonly invalidParties: string[];
  readonly named: number;
};

function addressed({ corp, app }: Call, { touser, toparty, totag }: Body): Addressed {
  const isVisible = (userid: string) => {
    const staff = corp.staff.get(userid);
    return staff !== undefined && sees(app, staff);
  };
  if (touser === "@all") {
    return { users: [...corp.staff.keys()].filter(isVisible), invalidUsers: [], invalidParties: [], named: 1 };
  }
  const users = split(touser);
  const parties = split(toparty);
  const inParties = [...corp.staff.values()].filter(({ departments }) =>
    departments.some((one) => parties.includes(String(one))),
  );
  const good = new Set([...users, ...inParties.map(({ userid }) => userid)].filter(isVisible));
  return {
    users: [...good],
    invalidUsers: users.filter((userid) => !isVisible(userid)),
    invalidParties: parties.filter((id) => !corp.departments.has(Number(id))),
    named: users.length + parties.length + split(totag).length,
  };
}

/** §6: errcode 0 with a non-empty invaliduser is a partial failure; over 30 a minute and member is dropped without a word. */
const send = endpoint({
  path: "/cgi-bin/message/send",
  methods: ["POST"],
  empty: { invaliduser: "", invalidparty: "", invalidtag: "" },
  input: Body,
  run(call, body) {
    const { world, corp, app, rates, now } = call;
    if (body.agentid !== app.agentId) return refuse(40056, "invalid agentid");
    if (split(body.touser).length > USERS_MAX) return refuse(40032, "invalid userid list length");
    if (split(body.toparty).length > PARTIES_MAX || split(body.totag).length > PARTIES_MAX)
      return refuse(40035, "too many parties or tags");
    const to = addressed(call, body);
    if (to.named === 0) return refuse(82001, "all touser, toparty, totag are empty");
    if (to.users.length === 0) return refuse(81013, "all touser, toparty, totag are invalid");
    const content = appMessage(call, body.msgtype, body);
    if (isRefused(content)) return content;
    const day: RateRule = { name: "messageDay", max: corp.staff.size * PER_ACCOUNT_AND_DAY, per: "day" };
    if (!rates.take(day, `${corp.corpId}|${app.agentId}`, to.users.length))
      return refuse(45009, "api freq out of limit");
    const msgid = newId(world, "message");
    const isRepeat = body.enable_duplicate_check === 1 && isRepeated(call, body);
    const contentId = addContent(world, corp, content);
    for (const userid of isRepeat ? [] : to.users) {
      const member = `${corp.corpId}|${app.agentId}|${userid}`;
      if (!rates.take(rateRules.messageMemberMinute, member) || !rates.take(rateRules.messageMemberHour, member))
        continue;
      const post = { id: newId(world, "post"), at: now, from: `app:${app.agentId}`, contentId, msgid };
      corp.addPost(appChat(app.agentId, userid), { ...post, via: "app" });
    }
    const isButtons =
      content.kind === "template_card" && !String(content.attachments[0]?.["card_type"]).endsWith("notice");
    const code = isButtons ? newId(world, "code") : null;
    if (code !== null) world.responseCodes.set(code, now + RESPONSE_CODE_MS);
    world.changed();
    return {
      invaliduser: to.invalidUsers.join("|"),
      invalidparty: to.invalidParties.join("|"),
      invalidtag: split(body.totag).join("|"),
      unlicenseduser: "",
      msgid,
      ...(code === null ? {} : { response_code: code }),
    };
  },
});

/** The same words to the same people inside the interval: answered as sent, and not sent. */
function isRepeated({ world, app, corp, now }: Call, body: Body): boolean {
  const { duplicate_check_interval: seconds } = body;
  const key = `${corp.corpId}|${app.agentId}|${JSON.stringify(body)}`;
  const last = world.sentBefore.get(key);
  world.sentBefore.set(key, now);
  return last !== undefined && now - last < seconds * 1000;
}

const recall = endpoint({
  path: "/cgi-bin/message/recall",
  methods: ["POST"],
  input: z.object({ msgid: z.string().min(1) }),
  run({ world, corp, app, now }, { msgid }) {
    let found = false;
    for (const [chat, posts] of corp.posts) {
      if (!chat.startsWith(`app:${app.agentId}|`)) continue;
      const kept = posts.filter((post) => post.msgid !== msgid || now - post.at >= DAY_MS);
      if (kept.length === posts.length) continue;
      found = true;
      corp.posts.set(chat, kept);
    }
    world.changed();
    return found ? {} : refuse(40058, "invalid Request Parameter: msgid");
  },
});

const updateCard = endpoint({
  path: "/cgi-bin/message/update_template_card",
  methods: ["POST"],
  empty: { invaliduser: [] },
  input: z.looseObject({ response_code: z.string().min(1), agentid: z.coerce.number().int() }),
  run({ world, now }, { response_code: code }) {
    const until = world.responseCodes.get(code);
    world.responseCodes.delete(code);
    return until !== undefined && until > now
      ? { invaliduser: [] }
      : refuse(40058, "invalid Request Parameter: response_code");
  },
});

export const appMessageEndpoints = [send, recall, updateCard];
