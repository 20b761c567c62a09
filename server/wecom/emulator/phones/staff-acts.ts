import { addContent } from "../api/attachments.ts";
import { type Desk, NotPossible } from "../desk.ts";
import { type Corp, privateChat } from "../state/corp.ts";
import type { Content, SenderPart, SendTask } from "../state/send-rows.ts";
import { newId } from "../state/world.ts";
import { countReceived, hasQuota } from "./quota.ts";

export function taskFor(corp: Corp, userid: string, msgid: string): { task: SendTask; part: SenderPart } {
  const task = corp.tasks.get(msgid);
  const part = task?.senders.find((candidate) => candidate.userid === userid);
  if (!task || !part) throw new NotPossible(`${userid} has no task ${msgid}`);
  return { task, part };
}

export type Sent = {
  readonly sent: number;
  readonly notFriends: number;
  readonly overCap: number;
  readonly left: number;
};

/**
 * The member presses send: to all that are left, or to those chosen. What was not chosen stays unsent and can be sent later.
 * Never raises a callback (§9): the app has to ask.
 */
export function confirmTask(
  { world }: Desk,
  corp: Corp,
  press: { userid: string; msgid: string; targets?: readonly string[] | undefined },
): Sent {
  const { task, part } = taskFor(corp, press.userid, press.msgid);
  if (task.cancelledAt !== null) throw new NotPossible("the task was cancelled");
  const now = world.now();
  if (part.picksByHand) addPicked(corp, part, press.targets ?? []);
  const chosen = press.targets === undefined ? null : new Set(press.targets);
  const statuses = part.targets
    .filter(({ id, status }) => status === 0 && (chosen === null || chosen.has(id)))
    .map((target) => {
      target.status = outcomeOf({ world, corp }, task, part.userid, target.id);
      target.sentAt = now;
      if (target.status === 1) arrive({ world, corp }, { task, userid: part.userid, target: target.id });
      return target.status;
    });
  if (statuses.length > 0) part.sentAt ??= now;
  world.changed();
  const count = (wanted: number) => statuses.filter((status) => status === wanted).length;
  return {
    sent: count(1),
    notFriends: count(2),
    overCap: count(3),
    left: part.targets.filter(({ status }) => status === 0).length,
  };
}

function addPicked(corp: Corp, part: SenderPart, chatIds: readonly string[]): void {
  for (const id of chatIds) {
    if (part.targets.some((target) => target.id === id)) continue;
    if (!corp.groupsOf.get(part.userid)?.has(id)) throw new NotPossible(`${part.userid} does not own ${id}`);
    part.targets.push({ id, status: 0, sentAt: null });
  }
}

type Place = { readonly world: Desk["world"]; readonly corp: Corp };

/** §9: 1 sent, 2 not a friend any more, 3 the cap was used meanwhile. */
function outcomeOf(place: Place, task: SendTask, userid: string, target: string): 1 | 2 | 3 {
  const { corp } = place;
  if (task.chatType === "single") {
    const tie = corp.followOf(userid, target);
    if (!tie || tie.lost) return 2;
  } else {
    const group = corp.groups.get(target);
    if (!group || group.dismissed || !group.members.some(({ id }) => id === userid)) return 2;
  }
  return hasQuota(place, target) ? 1 : 3;
}

function arrive(
  { world, corp }: Place,
  { task, userid, target }: { task: SendTask; userid: string; target: string },
): void {
  countReceived({ world, corp }, target);
  const chat = task.chatType === "single" ? privateChat(userid, target) : target;
  corp.addPost(chat, {
    id: newId(world, "post"),
    at: world.now(),
    from: userid,
    via: task.agentId === null ? "personal" : "mass",
    contentId: task.contentId,
    msgid: task.msgid,
  });
}

export function ignoreTask({ world }: Desk, corp: Corp, { userid, msgid }: { userid: string; msgid: string }): void {
  taskFor(corp, userid, msgid).part.ignored = true;
  world.changed();
}

export type Words = Partial<Pick<Content, "text" | "attachments">>;

/** 员工转发: by hand into groups, which costs no quota. */
export function forward(
  { world }: Desk,
  corp: Corp,
  act: { userid: string; chatIds: readonly string[]; contentId?: string | undefined; words?: Words | undefined },
): number {
  if (!corp.staff.has(act.userid)) throw new NotPossible(`there is no member ${act.userid}`);
  const known = act.contentId === undefined ? undefined : corp.contents.get(act.contentId);
  const contentId = known?.id ?? addContent(world, corp, act.words ?? {});
  for (const chatId of act.chatIds) {
    const members = corp.groups.get(chatId)?.members.map(({ id }) => id) ?? corp.internalChats.get(chatId)?.members;
    if (!members?.includes(act.userid)) throw new NotPossible(`${act.userid} is not in ${chatId}`);
    const post = { id: newId(world, "post"), at: world.now(), from: act.userid, contentId, msgid: null };
    corp.addPost(chatId, { ...post, via: act.words === undefined ? "forward" : "hand" });
  }
  world.changed();
  return act.chatIds.length;
}

/** 个人群发: a member's own mass send; counts against the same cap and appears in the list with create_type 1. */
export function sendPersonally(
  desk: Desk,
  corp: Corp,
  act: { userid: string; chatType: "single" | "group"; targets: readonly string[]; words: Words },
): { msgid: string } & Sent {
  const { world } = desk;
  if (!corp.staff.has(act.userid)) throw new NotPossible(`there is no member ${act.userid}`);
  const own = act.chatType === "group" ? corp.groupsOf.get(act.userid) : corp.customersOf.get(act.userid);
  const stranger = act.targets.find((id) => !own?.has(id));
  if (stranger !== undefined) throw new NotPossible(`${stranger} does not belong to ${act.userid}`);
  const targets = act.targets.map((id) => ({ id, status: 0, sentAt: null }));
  const task: SendTask = {
    msgid: newId(world, "message"),
    chatType: act.chatType,
    agentId: null,
    creator: act.userid,
    madeAt: world.now(),
    contentId: addContent(world, corp, act.words),
    allowSelect: false,
    cancelledAt: null,
    remindedAt: [],
    senders: [{ userid: act.userid, sentAt: null, ignored: false, picksByHand: false, targets }],
  };
  corp.addTask(task);
  return { msgid: task.msgid, ...confirmTask(desk, corp, { userid: act.userid, msgid: task.msgid }) };
}

/** The member posts a company's Moment. */
export function postMoment({ world }: Desk, corp: Corp, { userid, jobId }: { userid: string; jobId: string }): void {
  const task = corp.moments.get(jobId);
  const sender = task?.senders.find((candidate) => candidate.userid === userid);
  if (!task || !sender || task.cancelled) throw new NotPossible(`${userid} has no Moment ${jobId} to post`);
  sender.postedAt ??= world.now();
  world.changed();
}
