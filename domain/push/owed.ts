import { LOOK_UP_MS } from "./going-out.ts";
import { isMass, type PushAudience, type PushKind } from "./shapes.ts";
import {
  bookOf,
  countingTasks,
  isDone,
  isReadOut,
  isReserved,
  isResolved,
  type Push,
  type PushState,
  type PushTask,
} from "./state.ts";
import { dayOf } from "../shanghai-day.ts";

/**
 * What a show owes to the outside, read from its state alone. The runner asks after each commit that touches a push, does what is due and tells what
 * became of it by commands of `system`; what was told is owed no more. `key` names one piece of work: while one is at work on it nobody else begins it.
 * `notBefore` is real time, ms UTC, also in a rehearsal.
 */
export type Owed = { readonly key: string; readonly pushId: string; readonly notBefore: number } & OwedWork;

type OwedWork =
  /** Make tasks of a selection → `push.resolved`. */
  | {
      readonly kind: "resolve";
      readonly rev: number;
      readonly pushKind: PushKind;
      readonly corpId: string | null;
      readonly audience: PushAudience;
    }
  /** Ask the corp's stream (`quota.reserve`) → `push.reserved`. */
  | {
      readonly kind: "reserve";
      readonly rev: number;
      readonly corpId: string;
      readonly day: string;
      readonly targetIds: readonly string[];
    }
  /** Give back (`quota.release`) → `push.released`. */
  | { readonly kind: "release"; readonly rev: number; readonly corpId: string }
  /** Write the intent (`push.call`, a new command id), and when that answers `ok` call add_msg_template → `push.called`. */
  | { readonly kind: "call"; readonly taskId: string; readonly corpId: string }
  /** As `call`, by robot; at most once. */
  | { readonly kind: "robotSend"; readonly taskId: string; readonly corpId: string }
  /** Look for the task's link among the messages of the sender → `push.lookedUp`. */
  | { readonly kind: "lookUp"; readonly taskId: string; readonly corpId: string; readonly calledAt: number }
  /** Read who has sent and what came of it → `push.polled`. */
  | { readonly kind: "poll"; readonly taskId: string; readonly corpId: string; readonly msgid: string }
  /** remind_groupmsg_send → `push.reminded`. */
  | { readonly kind: "remind"; readonly taskId: string; readonly corpId: string; readonly msgid: string }
  /** cancel_groupmsg_send → `push.cancelled`. */
  | { readonly kind: "cancelCall"; readonly taskId: string; readonly corpId: string; readonly msgid: string }
  /** Tell the corp's stream what was used (`quota.settle`) → `push.quotaSettled`. */
  | {
      readonly kind: "settleQuota";
      readonly rev: number;
      readonly corpId: string;
      readonly used: readonly {
        readonly taskId: string;
        readonly day: string;
        readonly targetIds: readonly string[];
      }[];
    };

/** How often a task is read: soon after the hand-over, then while staff may still press, then for latecomers. ms */
const POLL_MS = { first: 30_000, fresh: 60_000, later: 300_000 } as const;
/** The stand-in takes any number of questions, and a rehearsal may go at sixty times the speed. */
const REHEARSED_POLL_MS = { first: 700, fresh: 1_000, later: 10_000 } as const;
const FRESH_POLLS = 15;
/** What is not known by then is not read any more. */
const POLL_UNTIL_MS = 3 * 24 * 3_600_000;

/** All that a show owes now and later. `realNow` ms UTC. */
export function owed(own: PushState, realNow: number): Owed[] {
  const found: Owed[] = [];
  for (const push of own.pushes.values()) {
    found.push(...owedOfPlan(own, push));
    if (push.rounds > 0) found.push(...settlementOf(own, push));
  }
  for (const task of own.tasks.values()) {
    const push = own.pushes.get(task.pushId);
    if (push?.resolved && push.rounds > 0) found.push(...owedOfTask(push, push.resolved.corpId, task, realNow));
  }
  for (const [pushId, { corpId, rev }] of own.toRelease) {
    found.push({ kind: "release", key: `release:${pushId}:${rev}`, pushId, notBefore: 0, rev, corpId });
  }
  return found;
}

function owedOfPlan(own: PushState, push: Push): Owed[] {
  const { pushId, rev, kind, corpId, audience, closed, resolved, quota, sendAt, rounds } = push;
  if (rounds === 0 && !closed && !isResolved(push)) {
    return [
      { kind: "resolve", key: `resolve:${pushId}:${rev}`, pushId, notBefore: 0, rev, pushKind: kind, corpId, audience },
    ];
  }
  if (!resolved || !isMass(kind)) return [];
  if (closed && rounds === 0 && quota?.is === "reserved") {
    return [{ kind: "release", key: `release:${pushId}:${rev}`, pushId, notBefore: 0, rev, corpId: resolved.corpId }];
  }
  if (closed) return [];
  const day = rounds > 0 ? (quota?.day ?? null) : sendAt === null ? null : dayOf(sendAt);
  if (day === null || (isReserved(push) && quota?.day === day)) return [];
  const targetIds = countingTasks(own, push)
    .filter(({ state }) => state === "intended")
    .flatMap(({ taskId }) => bookOf(own, taskId).targetIds);
  if (targetIds.length === 0) return [];
  const key = `reserve:${pushId}:${rev}:${day}:${push.tasks.intended}`;
  return [{ kind: "reserve", key, pushId, notBefore: 0, rev, corpId: resolved.corpId, day, targetIds }];
}

/** What was used is told once nothing more can be sent; until then all of it stays reserved. */
function settlementOf(own: PushState, push: Push): Owed[] {
  const { pushId, quota, rev, resolved } = push;
  if (!resolved || quota?.is !== "reserved" || !isDone(own, push)) return [];
  const used = [...own.tasks.values()].flatMap((task) => {
    if (task.pushId !== pushId || task.role !== "mass") return [];
    const { targetIds, over, results } = bookOf(own, task.taskId);
    // One that a person vouches for has no results: all of its targets are taken as used.
    const vouched = task.state === "sent" && task.msgid === null;
    const sent = targetIds.filter((id) => (vouched ? !over.has(id) : results.get(id)?.status === "sent"));
    const day = task.pressedAt === null ? quota.day : dayOf(task.pressedAt);
    return sent.length === 0 ? [] : [{ taskId: task.taskId, day, targetIds: sent }];
  });
  const { corpId } = resolved;
  return [{ kind: "settleQuota", key: `settleQuota:${pushId}:${rev}`, pushId, notBefore: 0, rev, corpId, used }];
}

function owedOfTask(push: Push, corpId: string, task: PushTask, realNow: number): Owed[] {
  const { pushId, taskId, role, state, msgid, callingAt } = task;
  const of = { pushId, taskId, corpId };
  if (role === "forward") return [];
  if (state === "intended") {
    if (push.held || push.closed || task.round > push.rounds) return [];
    if (role === "mass" && !isReserved(push)) return [];
    const notBefore = task.againAt ?? 0;
    const kind = role === "mass" ? ("call" as const) : ("robotSend" as const);
    return [{ ...of, kind, key: `${kind}:${taskId}:${task.tries}`, notBefore }];
  }
  if (role !== "mass") return [];
  if (state === "calling" && callingAt !== null) {
    const notBefore = callingAt + (LOOK_UP_MS[task.lookUps] ?? 0);
    return [{ ...of, kind: "lookUp", key: `lookUp:${taskId}:${task.lookUps}`, notBefore, calledAt: callingAt }];
  }
  if (msgid === null) return [];
  const owing: Owed[] = [];
  if (task.cancel?.is === "asked") {
    owing.push({ ...of, kind: "cancelCall", key: `cancelCall:${taskId}`, notBefore: 0, msgid });
  } else if (task.remindOwed) {
    owing.push({ ...of, kind: "remind", key: `remind:${taskId}:${task.reminders.length}`, notBefore: 0, msgid });
  }
  const pollAt = pollAtOf(task, realNow, push.resolved?.emulated ? REHEARSED_POLL_MS : POLL_MS);
  if (pollAt !== null)
    owing.push({ ...of, kind: "poll", key: `poll:${taskId}:${task.polls}`, notBefore: pollAt, msgid });
  return owing;
}

function pollAtOf(
  task: PushTask,
  realNow: number,
  paceMs: { readonly first: number; readonly fresh: number; readonly later: number },
): number | null {
  const { callingAt, polledAt, polls, closedAt } = task;
  const from = callingAt ?? 0;
  if (polledAt === null) return from + paceMs.first;
  if (isReadOut(task) || realNow > from + POLL_UNTIL_MS) return null;
  if (closedAt !== null) return closedAt;
  return polledAt + (polls < FRESH_POLLS ? paceMs.fresh : paceMs.later);
}
