import type { CorpEvent, XmlField } from "../callbacks/event-xml.ts";
import { addContent } from "../api/attachments.ts";
import { type Desk, NotPossible } from "../desk.ts";
import { type Corp, privateChat } from "../state/corp.ts";
import type { App } from "../state/corp-rows.ts";
import type { Customer, Follow, Welcome } from "../state/customer-rows.ts";
import { freshFollow } from "../state/seed.ts";
import { newId } from "../state/world.ts";

/** Older chances can be won by nobody; a few are kept so that a late call still gets 41050 for a code it knew. */
const WELCOMES_KEPT = 5_000;

export function customerOf(corp: Corp, id: string): Customer {
  const customer = corp.customers.get(id);
  if (!customer) throw new NotPossible(`there is no customer ${id}`);
  return customer;
}

export type Adding = {
  readonly customerId: string;
  /** By a contact code, or straight to a member. */
  readonly configId?: string | undefined;
  readonly userid?: string | undefined;
  readonly addWay?: number | undefined;
  readonly channels?: Follow["channels"] | undefined;
  readonly state?: string | undefined;
  /** The member has not accepted yet. */
  readonly half?: boolean | undefined;
};

/** A customer adds a member. What this gives the app: a tie, an event, and 20 s for a welcome. */
export function addContact(desk: Desk, corp: Corp, adding: Adding): { userid: string; welcomeCode: boolean } {
  const { world } = desk;
  const customer = customerOf(corp, adding.customerId);
  const way = adding.configId === undefined ? undefined : corp.contactWays.get(adding.configId);
  if (adding.configId !== undefined && !way) throw new NotPossible(`there is no code ${adding.configId}`);
  const userid = way ? nextOf(corp, way, customer) : adding.userid;
  const staff = userid === undefined ? undefined : corp.staff.get(userid);
  if (userid === undefined || !staff) throw new NotPossible("nobody to add");
  const known = corp.followOf(userid, customer.id);
  if (known && !known.lost) throw new NotPossible("they know each other already");
  const state = way?.state ?? adding.state ?? "";
  if (known) {
    known.lost = false;
  } else {
    const addWay = adding.addWay ?? 1;
    corp.addFollow(customer, { ...freshFollow(userid, world.now()), addWay, channels: adding.channels ?? null, state });
  }
  const chatted = corp.posts.has(privateChat(userid, customer.id));
  const canWelcome = !staff.adminWelcome && customer.type === 1 && !chatted;
  const welcome = canWelcome ? newWelcome(desk, corp, userid, customer.id) : null;
  const isHalf = adding.half === true || way?.skipVerify === false;
  contactEvent(desk, corp, {
    changeType: isHalf ? "add_half_external_contact" : "add_external_contact",
    userid,
    fields: (app) => [...who(userid, customer.id), ...stateField(state), ...codeField(welcome, app)],
  });
  return { userid, welcomeCode: welcome !== null };
}

type Way = {
  readonly users: readonly string[];
  readonly parties: readonly number[];
  readonly isExclusive: boolean;
  turn: number;
};

/** A multi code hands its customers round; an exclusive one gives a known customer the member they have. */
function nextOf(corp: Corp, way: Way, customer: Customer): string | undefined {
  const members = [...corp.staff.values()].filter(
    ({ userid, departments }) => way.users.includes(userid) || departments.some((one) => way.parties.includes(one)),
  );
  const had =
    way.isExclusive && customer.follows.find(({ userid }) => members.some((member) => member.userid === userid));
  if (had) return had.userid;
  const free = members.filter(({ userid }) => corp.followOf(userid, customer.id) === undefined);
  const chosen = (free.length > 0 ? free : members)[way.turn % Math.max(1, free.length || members.length)];
  way.turn += 1;
  return chosen?.userid;
}

function newWelcome({ world }: Desk, corp: Corp, userid: string, customerId: string): Welcome {
  const codes = Object.fromEntries([...corp.apps.keys()].map((agentId) => [newId(world, "welcome"), agentId]));
  const welcome: Welcome = { userid, customerId, madeAt: world.now(), codes, wonBy: null };
  corp.welcomes.push(welcome);
  if (corp.welcomes.length > WELCOMES_KEPT) corp.welcomes.splice(0, corp.welcomes.length - WELCOMES_KEPT);
  return welcome;
}

function codeField(welcome: Welcome | null, app: App): XmlField[] {
  const code = Object.entries(welcome?.codes ?? {}).find(([, agentId]) => agentId === app.agentId)?.[0];
  return code === undefined ? [] : [["WelcomeCode", code]];
}

function who(userid: string, customerId: string): XmlField[] {
  return [
    ["UserID", userid],
    ["ExternalUserID", customerId],
  ];
}

function stateField(state: string): XmlField[] {
  return state === "" ? [] : [["State", state]];
}

/** The customer removed the member: still in the member's list, unreachable. */
export function customerRemoves(desk: Desk, corp: Corp, customerId: string, userid: string): void {
  const tie = tieOf(corp, customerId, userid);
  tie.lost = true;
  contactEvent(desk, corp, { changeType: "del_follow_user", userid, fields: () => who(userid, customerId) });
}

/** The member removed the customer; `byTransfer` when the customer was handed to a colleague. */
export function staffRemoves(
  desk: Desk,
  corp: Corp,
  act: { customerId: string; userid: string; byTransfer: boolean },
): void {
  const { customerId, userid, byTransfer } = act;
  tieOf(corp, customerId, userid);
  corp.removeFollow(customerOf(corp, customerId), userid);
  const source: XmlField[] = byTransfer ? [["Source", "DELETE_BY_TRANSFER"]] : [];
  contactEvent(desk, corp, {
    changeType: "del_external_contact",
    userid,
    fields: () => [...who(userid, customerId), ...source],
  });
}

/** The member writes another remark on the phone. */
export function editRemark(desk: Desk, corp: Corp, act: { customerId: string; userid: string; remark: string }): void {
  const tie = tieOf(corp, act.customerId, act.userid);
  tie.remark = act.remark;
  contactEvent(desk, corp, {
    changeType: "edit_external_contact",
    userid: act.userid,
    fields: () => [...who(act.userid, act.customerId), ...stateField(tie.state)],
  });
}

function tieOf(corp: Corp, customerId: string, userid: string): Follow {
  const tie = corp.followOf(userid, customerId);
  if (!tie) throw new NotPossible(`${customerId} is no customer of ${userid}`);
  return tie;
}

/** The customer writes, in a group or to a member; a chat that has begun can have no welcome any more (41051). */
export function say(desk: Desk, corp: Corp, act: { customerId: string; chatId: string; text: string }): void {
  const { world } = desk;
  customerOf(corp, act.customerId);
  const tie = corp.followOf(act.chatId, act.customerId);
  const inGroup = corp.groups.get(act.chatId)?.members.some(({ id }) => id === act.customerId) === true;
  if (!tie && !inGroup) throw new NotPossible(`${act.customerId} is not in ${act.chatId}`);
  if (tie) tie.lastChatAt = world.now();
  const contentId = addContent(world, corp, { kind: "text", text: act.text });
  const post = { id: newId(world, "post"), at: world.now(), from: act.customerId, contentId, msgid: null };
  corp.addPost(tie ? privateChat(act.chatId, act.customerId) : act.chatId, { ...post, via: "hand" });
  world.changed();
}

/** Recorded only; opening the address is the phone's or the simulated audience's own affair. */
export function tap(desk: Desk, corp: Corp, act: { customerId: string; chatId: string; url: string }): void {
  customerOf(corp, act.customerId);
  corp.addTap({ at: desk.world.now(), ...act });
  desk.world.changed();
}

function contactEvent(desk: Desk, corp: Corp, event: Pick<CorpEvent, "changeType" | "fields" | "userid">): void {
  desk.deliveries.raise(corp, { event: "change_external_contact", ...event });
  desk.world.changed();
}
