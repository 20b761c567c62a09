import { z } from "zod";
import { inPlace } from "../in-place.ts";
import type { EventMeta } from "../op.ts";
import { defined } from "../partial.ts";
import { Id, type Instant } from "../units.ts";
import type { Held, PushEventData, PushEvents } from "./events.ts";
import { setOff } from "./following.ts";
import { calledTask, codeOfRound, lookedUpTask, tasksOfRound } from "./going-out.ts";
import { cancelledTask, closedTask, tickedTask } from "./results.ts";
import { isMass } from "./shapes.ts";
import {
  bookOf,
  countingTasks,
  keepBook,
  newBook,
  newPush,
  newTask,
  recounted,
  stateOfResults,
  taskOf,
  withPush,
  withTask,
  withTasks,
  type Push,
  type PushState,
  type PushTask,
} from "./state.ts";
import { expiresAtOf, sendAtOf, type ShowTimes } from "./times.ts";

/** How events change the rows (`apply` of the op). Works on a lean fold as on a whole one. */

function foldPlanned(own: PushState, planned: PushEventData<"push.planned.v1">, { by }: EventMeta): PushState {
  const pushes = new Map(own.pushes).set(planned.pushId, newPush(planned, by, own.show));
  return { ...own, pushes, nextRev: Math.max(own.nextRev, planned.rev + 1) };
}

function foldEdited(own: PushState, { pushId, to, rev }: PushEventData<"push.edited.v1">): PushState {
  const state = withPush(own, pushId, (push) => timed({ ...push, ...defined(to), rev: rev.to }, own.show));
  return { ...state, nextRev: Math.max(own.nextRev, rev.to + 1) };
}

const timed = (push: Push, show: ShowTimes): Push => ({
  ...push,
  sendAt: push.rounds > 0 ? push.sendAt : sendAtOf(push, show),
  expiresAt: expiresAtOf(push, show),
});

function foldRemoved(own: PushState, pushId: string): PushState {
  const push = own.pushes.get(pushId);
  const pushes = new Map(own.pushes);
  pushes.delete(pushId);
  return { ...withoutTasks(own, pushId), pushes, toRelease: releaseOf(own, push) };
}

function releaseOf({ toRelease }: PushState, push: Push | undefined): PushState["toRelease"] {
  if (push?.quota?.is !== "reserved" || !push.resolved) return toRelease;
  return new Map(toRelease).set(push.pushId, { corpId: push.resolved.corpId, rev: push.quota.rev });
}

function withoutTasks(own: PushState, pushId: string): PushState {
  const tasks = new Map([...own.tasks].filter(([, task]) => task.pushId !== pushId));
  const books = own.books && inPlace(own.books);
  for (const [taskId, task] of own.tasks) if (task.pushId === pushId) books?.delete(taskId);
  return { ...own, tasks };
}

function foldResolved(own: PushState, data: PushEventData<"push.resolved.v1">): PushState {
  const { pushId, tasks, rev, corpId, emulated, zone, leftOut } = data;
  const state = withoutTasks(own, pushId);
  for (const { taskId, targetIds } of tasks) keepBook(state, taskId, () => newBook(targetIds));
  const targets = tasks.reduce((sum, task) => sum + task.targetIds.length, 0);
  const resolved = { rev, corpId, emulated, zone, leftOut, tasks: tasks.length, targets };
  const named = withPush(state, pushId, (push) => ({ ...push, resolved }));
  const made = withTasks(
    named,
    tasks.map((task) => taskOf(pushId, task)),
  );
  return tasks.length === 0 ? recounted(made, pushId) : made;
}

function foldReserved(own: PushState, data: PushEventData<"push.reserved.v1">, { at }: EventMeta): PushState {
  const { pushId, rev, day, over, unknown, overByTask } = data;
  const overOf = new Map(overByTask.map((task) => [task.taskId, task.over]));
  const overIds = new Set(over);
  const changed = [...own.tasks.values()]
    .filter((task) => task.pushId === pushId && task.role === "mass" && task.state === "intended")
    .map((task) => {
      const left = overOf.get(task.taskId) ?? 0;
      keepBook(own, task.taskId, (book) => ({
        ...book,
        over: new Set(book.targetIds.filter((id) => overIds.has(id))),
      }));
      return { ...task, over: left, counts: { ...task.counts, unsent: task.targets - left } };
    });
  const state = withTasks(own, changed);
  return withPush(state, pushId, (push) => {
    const sum = countingTasks(state, push).reduce((count, task) => count + task.over, 0);
    return { ...push, quota: { is: "reserved", rev, day, over: sum, unknown, at } };
  });
}

/** The account was told; of a push that is gone nothing more is owed. */
function foldQuotaTold(own: PushState, { pushId }: { pushId: string }, is: "released" | "settled"): PushState {
  const toRelease = new Map(own.toRelease);
  toRelease.delete(pushId);
  return withPush({ ...own, toRelease }, pushId, (push) => ({ ...push, quota: push.quota && { ...push.quota, is } }));
}

function foldHandedOver(own: PushState, data: PushEventData<"push.handedOver.v1">, { at }: EventMeta): PushState {
  const { pushId, round, filled, about } = data;
  const push = own.pushes.get(pushId);
  if (!push) return own;
  const tasks = tasksOfRound(own, push, round).map(begun);
  for (const first of round === 1 ? [] : tasksOfRound(own, push, 1)) {
    const { targetIds } = bookOf(own, first.taskId);
    keepBook(own, codeOfRound(first.taskId, round), () => newBook(targetIds));
  }
  const robot = !isMass(push.kind);
  const changed: Push = {
    ...push,
    rounds: round,
    handedOverAt: at,
    filled,
    handedAbout: about,
    held: null,
    armed: null,
    trigger: null,
    lastTrigger: push.trigger,
    // Rounds after the first keep what went out first.
    wentOutAt: robot ? (push.wentOutAt ?? at) : push.wentOutAt,
  };
  return withTasks({ ...own, pushes: new Map(own.pushes).set(pushId, changed) }, tasks);
}

/** 员工转发 waits for its ticks at once; where all targets are over their quota there is nothing to call. */
function begun(task: PushTask): PushTask {
  if (task.role === "forward") return { ...task, state: task.targets === 0 ? "cancelled" : "waiting" };
  return task.role === "mass" && task.over >= task.targets ? { ...task, state: "failed" } : task;
}

function foldCalling(own: PushState, { taskId, realAt }: PushEventData<"push.calling.v1">): PushState {
  return withTask(own, taskId, (task) => ({
    ...task,
    state: "calling",
    callingAt: realAt,
    againAt: null,
    lookUps: 0,
    tries: task.tries + 1,
  }));
}

function foldCalled(
  own: PushState,
  { taskId, outcome, realAt }: PushEventData<"push.called.v1">,
  { at }: EventMeta,
): PushState {
  if (outcome.is === "handedOver") {
    keepBook(own, taskId, (book) => {
      const results = new Map(book.results);
      for (const targetId of outcome.failed) results.set(targetId, { status: "invalid", at: null });
      return { ...book, results };
    });
  }
  return withTask(own, taskId, (task) => calledTask(task, outcome, { realAt, at }));
}

function foldLookedUp(own: PushState, { taskId, msgid }: PushEventData<"push.lookedUp.v1">): PushState {
  return withTask(own, taskId, (task) => lookedUpTask(task, msgid));
}

function foldPolled(own: PushState, { reports, realAt }: PushEventData<"push.polled.v1">): PushState {
  const changed = reports.flatMap(({ taskId, changed: news, pressedAt, complete, counts }) => {
    const task = own.tasks.get(taskId);
    if (!task) return [];
    keepBook(own, taskId, (book) => {
      if (news.length === 0) return book;
      const results = new Map(book.results);
      for (const { targetId, status, at } of news) results.set(targetId, { status, at });
      return { ...book, results };
    });
    const pressSeenAt = task.pressSeenAt ?? (pressedAt === null ? null : realAt);
    const polled = { ...task, pressedAt, pressSeenAt, complete, counts, polledAt: realAt, polls: task.polls + 1 };
    return [{ ...polled, state: stateOfResults(polled) }];
  });
  return withTasks(own, changed);
}

function foldRemindAsked(own: PushState, data: PushEventData<"push.remindAsked.v1">): PushState {
  const { pushId, taskIds, realAt, nudges } = data;
  const push = own.pushes.get(pushId);
  if (!push) return own;
  const reminded = taskIds.flatMap((taskId) => {
    const task = own.tasks.get(taskId);
    return task ? [{ ...task, remindOwed: true, reminders: [...task.reminders, realAt] }] : [];
  });
  const lines = nudges.map(({ taskId, robotId, staffIds }) => ({
    ...newTask({ pushId, taskId, role: "nudge" as const, staffId: null, robotId, targets: 0 }),
    round: push.rounds,
    staffIds,
  }));
  return withTasks(own, [...reminded, ...lines]);
}

/** One that WeCom refused does not count against the three, unless it says that they are used up. */
function foldReminded(own: PushState, { taskId, errcode }: PushEventData<"push.reminded.v1">): PushState {
  return withTask(own, taskId, (task) => ({
    ...task,
    remindOwed: false,
    errcode,
    reminders: errcode === 0 || errcode === 41_094 ? task.reminders : task.reminders.slice(0, -1),
  }));
}

function foldClosed(
  own: PushState,
  { pushId, reason }: PushEventData<"push.closed.v1">,
  { by, at }: EventMeta,
): PushState {
  const push = own.pushes.get(pushId);
  if (!push) return own;
  const state = withPush(own, pushId, (row) => ({ ...row, closed: { reason, by, at }, trigger: null }));
  const all = [...state.tasks.values()].filter((task) => task.pushId === pushId);
  return push.rounds === 0 ? state : withTasks(state, all.map(closedTask));
}

function foldTasksCancelled(own: PushState, { taskIds }: PushEventData<"push.tasksCancelled.v1">): PushState {
  return withTasks(own, taskIds.flatMap((taskId) => own.tasks.get(taskId) ?? []).map(closedTask));
}

function foldCancelled(own: PushState, { taskId, errcode, realAt }: PushEventData<"push.cancelled.v1">): PushState {
  return withTask(own, taskId, (task) => {
    const cancelled = cancelledTask(task, errcode, realAt);
    return { ...cancelled, state: stateOfResults(cancelled) };
  });
}

/** A person's word for it: all of it went out, or nothing. */
function foldUnknownSettled(own: PushState, data: PushEventData<"push.unknownSettled.v1">, at: Instant): PushState {
  const { taskId, as } = data;
  return withTask(own, taskId, (task) =>
    as === "notSent"
      ? { ...task, state: "failed", errcode: null }
      : {
          ...task,
          state: "sent",
          complete: true,
          pressedAt: at,
          counts: { ...task.counts, sent: task.counts.unsent, unsent: 0 },
        },
  );
}

function foldRetried(own: PushState, { taskId, newTaskId }: PushEventData<"push.retried.v1">): PushState {
  const old = own.tasks.get(taskId);
  if (!old) return own;
  const book = bookOf(own, taskId);
  keepBook(own, newTaskId, () => ({ ...newBook(book.targetIds), over: book.over }));
  const { pushId, role, staffId, robotId, targets, round, over, staffIds } = old;
  const fresh = newTask({ pushId, taskId: newTaskId, role, staffId, robotId, targets });
  const counts = { ...fresh.counts, unsent: targets - over };
  return withTasks(own, [{ ...fresh, round, over, counts, staffIds, retryOf: taskId }]);
}

function foldTicked(own: PushState, data: PushEventData<"push.ticked.v1">, by: string): PushState {
  const { pushId, taskId, targetId, happenedAt, ticks, lastTickAt } = data;
  keepBook(own, taskId, (book) => ({ ...book, ticks: new Map(book.ticks).set(targetId, { by, happenedAt }) }));
  const closed = Boolean(own.pushes.get(pushId)?.closed);
  return withTask(own, taskId, (task) => tickedTask(task, ticks, lastTickAt, closed));
}

function foldUnticked(own: PushState, data: PushEventData<"push.unticked.v1">): PushState {
  const { pushId, taskId, targetId, ticks, lastTickAt } = data;
  keepBook(own, taskId, (book) => {
    const left = new Map(book.ticks);
    left.delete(targetId);
    return { ...book, ticks: left };
  });
  const closed = Boolean(own.pushes.get(pushId)?.closed);
  return withTask(own, taskId, (task) => tickedTask(task, ticks, lastTickAt, closed));
}

function foldOpened(own: PushState, { opens }: PushEventData<"push.opened.v1">): PushState {
  const sums = new Map<string, number>();
  for (const { taskId, count } of opens) sums.set(taskId, (sums.get(taskId) ?? 0) + count);
  const changed = [...sums].flatMap(([taskId, count]) => {
    const task = own.tasks.get(taskId);
    return task ? [{ ...task, opens: task.opens + count }] : [];
  });
  return withTasks(own, changed);
}

/** Pushes that follow the start or the end of the show, anew. */
export function rescheduled(own: PushState, show: ShowTimes): PushState {
  const pushes = new Map(
    [...own.pushes].map(([pushId, push]) => {
      const now = timed(push, show);
      return [pushId, now.sendAt === push.sendAt && now.expiresAt === push.expiresAt ? push : now];
    }),
  );
  return { ...own, show, pushes };
}

const ArmedInput = z.object({ pushId: Id });

export function foldArmed(
  own: PushState,
  act: { armId: string; firesAt: Instant; type: string; input: unknown },
): PushState {
  const input = act.type === "push.handOver" ? ArmedInput.safeParse(act.input).data : undefined;
  if (!input) return own;
  return withPush(own, input.pushId, (push) => ({ ...push, armed: { armId: act.armId, firesAt: act.firesAt } }));
}

/** It did not go out: what would go by itself is held, so that nobody is surprised a second later. */
export function foldDisarmed(own: PushState, armId: string, hold: Held): PushState {
  const push = [...own.pushes.values()].find(({ armed }) => armed?.armId === armId);
  if (!push) return own;
  const gone = hold.code === "push.triggerGone";
  const byItself = push.when.by !== "hand" && !gone;
  const held = byItself ? hold : push.held;
  return withPush(own, push.pushId, (row) => ({ ...row, armed: null, trigger: null, held }));
}

/** 拦下全部: whatever has not been called yet waits until somebody lets it go, one by one. */
export function foldHeldAll(state: PushState, { by, at }: EventMeta): PushState {
  // A line with names is about this minute: it is not kept for later.
  const lines = [...state.tasks.values()].filter((task) => task.role === "nudge" && task.state === "intended");
  const own = withTasks(state, lines.map(closedTask));
  const pushes = new Map(
    [...own.pushes].map(([pushId, push]) => {
      const waits = push.rounds === 0 || push.tasks.intended > 0 || (push.when.by === "event" && !push.when.once);
      if (push.closed || push.held || !waits) return [pushId, push];
      const held: Held = { reason: "holdAll", code: null, by, at };
      return [pushId, { ...push, held, trigger: null }];
    }),
  );
  return { ...own, pushes };
}

/** How many 拦下全部 held at that moment, those that were armed included. */
export const heldAt = ({ pushes }: PushState, at: Instant): number =>
  [...pushes.values()].filter(({ held }) => held?.reason === "holdAll" && held.at === at).length;

export function disarmedBy(reason: string, by: string, at: Instant): Held {
  if (reason === "held") return { reason: "holdAll", code: null, by, at };
  return reason === "late" ? { reason: "late", code: null, by, at } : { reason: "refused", code: reason, by, at };
}

export function foldFired(own: PushState, armId: string): PushState {
  const found = [...own.pushes.values()].find(({ armed }) => armed?.armId === armId);
  return found ? withPush(own, found.pushId, (row) => ({ ...row, armed: null })) : own;
}

/** `apply` of the op. */
export const pushFolds: {
  readonly [T in keyof PushEvents]: (own: PushState, data: PushEventData<T>, meta: EventMeta) => PushState;
} = {
  "push.planned.v1": foldPlanned,
  "push.edited.v1": foldEdited,
  "push.removed.v1": (own, { pushId }) => foldRemoved(own, pushId),
  "push.refreshAsked.v1": (own, { pushId, rev }) => ({
    ...withPush(own, pushId, (row) => ({ ...row, rev })),
    nextRev: Math.max(own.nextRev, rev + 1),
  }),
  // What happens while it is held is not made up for.
  "push.holdSet.v1": (own, { pushId, to }) =>
    withPush(own, pushId, (row) => ({ ...row, held: to, trigger: to ? null : row.trigger })),
  "push.heldBack.v1": (own, { pushId, code }, { by, at }) =>
    withPush(own, pushId, (row) => ({ ...row, trigger: null, held: { reason: "refused", code, by, at } })),
  "push.resolved.v1": foldResolved,
  "push.reserved.v1": foldReserved,
  "push.released.v1": (own, data) => foldQuotaTold(own, data, "released"),
  "push.quotaSettled.v1": (own, data) => foldQuotaTold(own, data, "settled"),
  "push.handedOver.v1": foldHandedOver,
  "push.calling.v1": foldCalling,
  "push.called.v1": foldCalled,
  "push.lookedUp.v1": foldLookedUp,
  "push.lost.v1": (own, { taskId }) => withTask(own, taskId, (task) => ({ ...task, state: "unknown" })),
  "push.polled.v1": foldPolled,
  "push.remindAsked.v1": foldRemindAsked,
  "push.reminded.v1": foldReminded,
  "push.closed.v1": foldClosed,
  "push.tasksCancelled.v1": foldTasksCancelled,
  "push.cancelled.v1": foldCancelled,
  "push.unknownSettled.v1": (own, data, { at }) => foldUnknownSettled(own, data, at),
  "push.retried.v1": foldRetried,
  "push.ticked.v1": (own, data, { by }) => foldTicked(own, data, by),
  "push.unticked.v1": foldUnticked,
  "push.halfHourPassed.v1": (own, { mark, late }, { at }) =>
    late ? { ...own, mark } : setOff({ ...own, mark }, { on: "halfHour", subjectId: null, at }),
  "push.opened.v1": foldOpened,
};
