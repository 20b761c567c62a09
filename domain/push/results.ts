import { z } from "zod";
import { reject, type Ctx } from "../op.ts";
import { happened, type SessionState } from "../ops/session.ts";
import { Id, instant, type Instant } from "../units.ts";
import { WECOM_COUNTS } from "../wecom-limits.ts";
import type { TargetCounts } from "./events.ts";
import type { CallAnswer, Opened, Polled, TaskReport } from "./reports.ts";
import { TaskCode } from "./shapes.ts";
import { bookOf, countingTasks, NO_TARGETS, type PushState, type PushTask, type TaskBook } from "./state.ts";

/** What comes back after a hand-over, and what people do about it (PSH14–PSH20). */

const DAY_MS = 24 * 3_600_000;

type Own = { readonly own: PushState };
type OfShow = Own & { readonly session: Pick<SessionState, "rehearsal"> };

/** Only what is new of a report is stored; that it was read is always noted, so that it is known when to read again. */
export function decidePolled({ own, session }: OfShow, { reports }: z.infer<typeof Polled>, ctx: Ctx) {
  const seen = new Set<string>();
  const stored = [];
  for (const report of reports) {
    const task = own.tasks.get(report.taskId);
    if (!task) return reject("push.taskNotFound", { taskId: report.taskId });
    if (task.msgid === null) return reject("push.notCalling", { taskId: report.taskId, state: task.state });
    if (seen.has(report.taskId)) return reject("push.taskTwice");
    seen.add(report.taskId);
    // The emulator's times are real ones, a rehearsal's clock goes by its own pace.
    const sentAt = session.rehearsal ? ctx.now : (report.sentAt ?? ctx.now);
    stored.push(whatIsNew(task, bookOf(own, report.taskId), { ...report, sentAt }));
  }
  return [{ type: "push.polled.v1" as const, data: { realAt: ctx.realNow, reports: stored } }];
}

function whatIsNew(task: PushTask, book: TaskBook, report: TaskReport) {
  const known = new Set(book.targetIds);
  const changed = report.results.filter(({ targetId, status, at }) => {
    const was = book.results.get(targetId);
    return known.has(targetId) && !book.over.has(targetId) && (was?.status !== status || was.at !== at);
  });
  // What was sent can't become unsent again: pages are read one after the other while staff press send.
  const kept = changed.filter(
    ({ targetId, status }) => status !== "unsent" || book.results.get(targetId) === undefined,
  );
  const last = [...new Map(kept.map((result) => [result.targetId, result])).values()];
  const after = new Map(book.results);
  for (const { targetId, status, at } of last) after.set(targetId, { status, at });
  return {
    pushId: task.pushId,
    taskId: task.taskId,
    pressedAt: task.pressedAt ?? (report.sent ? report.sentAt : null),
    complete: report.complete,
    changed: last,
    counts: countsOf(book, after),
  };
}

function countsOf({ targetIds, over }: TaskBook, results: TaskBook["results"]): TargetCounts {
  const counts = { ...NO_TARGETS };
  for (const targetId of targetIds) {
    if (!over.has(targetId)) counts[results.get(targetId)?.status ?? "unsent"] += 1;
  }
  return counts;
}

export const RemindInput = z.object({
  pushId: Id,
  /** Of these members' messages; none named: of all who have not sent. */
  taskIds: z.array(TaskCode).max(2_000).default([]),
  /** Names them to these internal groups too. */
  robotIds: z.array(Id).max(10).default([]),
});

/** How many reminders WeCom would still take of a message at `now`, and when the next becomes free. */
export function remindersLeft({ reminders }: Pick<PushTask, "reminders">, now: number) {
  const recent = reminders.filter((at) => at > now - DAY_MS);
  const left = Math.max(0, WECOM_COUNTS.reminders - recent.length);
  return { left, freeAt: left > 0 ? null : Math.min(...recent) + DAY_MS };
}

const isUnsent = ({ role, state, pressedAt, msgid, cancel }: PushTask): boolean =>
  role === "mass" && state === "waiting" && pressedAt === null && msgid !== null && cancel === null;

const isUnticked = ({ role, state, ticks, targets }: PushTask): boolean =>
  role === "forward" && state === "waiting" && ticks < targets;

export function decideRemind({ own }: Own, { pushId, taskIds, robotIds }: z.infer<typeof RemindInput>, ctx: Ctx) {
  const push = own.pushes.get(pushId);
  if (!push) return reject("push.notFound", { pushId });
  if (push.held) return reject("push.held", { pushId, reason: push.held.reason });
  const named = new Set(taskIds);
  const unsent = [...own.tasks.values()].filter(
    (task) => task.pushId === pushId && isUnsent(task) && (named.size === 0 || named.has(task.taskId)),
  );
  // WeCom reminds of nothing that is forwarded by hand: there the robot alone does.
  const forwarders = countingTasks(own, push).filter(
    (task) => isUnticked(task) && (named.size === 0 || named.has(task.taskId)),
  );
  if (unsent.length + forwarders.length === 0) return reject("push.nobodyToRemind", { pushId });
  if (unsent.length === 0 && robotIds.length === 0) return reject("push.noRobot");
  const free = unsent.filter((task) => !task.remindOwed && remindersLeft(task, ctx.realNow).left > 0);
  if (free.length === 0 && robotIds.length === 0) {
    const freeAt = Math.min(...unsent.map((task) => remindersLeft(task, ctx.realNow).freeAt ?? Infinity));
    return reject("push.remindLimit", { pushId, freeAt: Number.isFinite(freeAt) ? freeAt : null });
  }
  const staffIds = [...new Set([...unsent, ...forwarders].flatMap(({ staffId }) => staffId ?? []))];
  const code = newCode(ctx);
  const nudges = [...new Set(robotIds)].map((robotId, at) => ({ taskId: `${code}-${at + 1}`, robotId, staffIds }));
  const data = { pushId, taskIds: free.map(({ taskId }) => taskId), realAt: ctx.realNow, nudges };
  return [{ type: "push.remindAsked.v1" as const, data }];
}

/** Twelve letters and digits that can be read aloud: 60 bits. */
export function newCode(ctx: Pick<Ctx, "randomBytes">): string {
  const letters = "abcdefghjkmnpqrstuvwxyz023456789";
  return [...ctx.randomBytes(12)].map((byte) => letters[byte % letters.length]).join("");
}

/** An answer to a reminder or a cancelling. None: both may be tried again, so nothing is noted. */
export function decideAnswer<T extends "push.reminded.v1" | "push.cancelled.v1">(
  type: T,
  { own }: Own,
  { taskId, errcode }: z.infer<typeof CallAnswer>,
  ctx: Ctx,
) {
  const task = own.tasks.get(taskId);
  if (!task) return reject("push.taskNotFound", { taskId });
  const owed = type === "push.reminded.v1" ? task.remindOwed : task.cancel?.is === "asked";
  if (!owed || errcode === null) return [];
  return [{ type, data: { pushId: task.pushId, taskId, errcode, realAt: ctx.realNow } }];
}

/** Cancelled before WeCom says so: it was cancelled already, or is there no more. */
const ALREADY_CANCELLED = 41_093;

export function cancelledTask(task: PushTask, errcode: number, realAt: Instant): PushTask {
  const done = errcode === 0 || errcode === ALREADY_CANCELLED;
  return { ...task, cancel: { is: done ? "done" : "refused", errcode }, closedAt: done ? realAt : null };
}

/** What becomes of a task when nothing more of it is to go out. */
export function closedTask(task: PushTask): PushTask {
  if (task.state === "intended") return { ...task, state: "cancelled" };
  if (task.role === "forward" && task.state === "waiting") {
    return { ...task, state: task.ticks > 0 ? "partly" : "cancelled" };
  }
  if (task.role !== "mass" || (task.state !== "waiting" && task.state !== "calling")) return task;
  return task.pressedAt === null && task.cancel === null
    ? { ...task, cancel: { is: "asked", errcode: null }, remindOwed: false }
    : task;
}

export const isCancellable = ({
  role,
  state,
  pressedAt,
  cancel,
}: Pick<PushTask, "role" | "state" | "pressedAt" | "cancel">): boolean =>
  state === "intended" ||
  (role === "mass" &&
    (state === "waiting" || state === "calling") &&
    pressedAt === null &&
    cancel?.is !== "asked" &&
    cancel?.is !== "done");

/** Results a person vouches for: an unknown one was found on somebody's phone, or was not. */
export function decideSettle({ own }: Own, taskId: string, as: "sent" | "notSent") {
  const task = own.tasks.get(taskId);
  if (!task) return reject("push.taskNotFound", { taskId });
  if (task.state !== "unknown") return reject("push.notUnknown", { taskId, state: task.state });
  return [{ type: "push.unknownSettled.v1" as const, data: { pushId: task.pushId, taskId, as } }];
}

/** PSH12: what surely did not go out may be handed over again, as a new task with a code of its own. */
export function decideRetry({ own }: Own, taskId: string, ctx: Ctx) {
  const task = own.tasks.get(taskId);
  const push = task && own.pushes.get(task.pushId);
  if (!task || !push) return reject("push.taskNotFound", { taskId });
  if (task.state !== "failed" || task.msgid !== null) return reject("push.notFailed", { taskId, state: task.state });
  if ([...own.tasks.values()].some(({ retryOf }) => retryOf === taskId))
    return reject("push.retriedAlready", { taskId });
  if (push.closed) return reject("push.closed", { pushId: push.pushId, reason: push.closed.reason });
  if (push.held) return reject("push.held", { pushId: push.pushId, reason: push.held.reason });
  if (task.round !== push.rounds) return reject("push.notFailed", { taskId, state: task.state });
  const data = { pushId: push.pushId, taskId, newTaskId: newCode(ctx) };
  return [{ type: "push.retried.v1" as const, data }];
}

/** 员工转发 (PSH18). */
export function decideTick(
  { own }: Own,
  input: { readonly taskId: string; readonly targetId: string; readonly ago: number },
  ctx: Ctx,
) {
  const { taskId, targetId, ago } = input;
  const task = own.tasks.get(taskId);
  if (!task || task.role !== "forward") return reject("push.taskNotFound", { taskId });
  if (task.state === "intended") return reject("push.notHandedOver", { taskId });
  const book = bookOf(own, taskId);
  if (!book.targetIds.includes(targetId)) return reject("push.noSuchTarget", { taskId, targetId });
  if (book.ticks.has(targetId)) return [];
  const happenedAt = happened(ctx, ago);
  const lastTickAt = instant(Math.max(happenedAt, task.lastTickAt ?? 0));
  const data = { pushId: task.pushId, taskId, targetId, happenedAt, ticks: task.ticks + 1, lastTickAt };
  return [{ type: "push.ticked.v1" as const, data }];
}

/** Whoever has not ticked all groups this long after the hand-over is late, and is named on the board. */
export const TICK_LATE_MS = 10 * 60_000;

type Forwarding = Pick<PushTask, "role" | "ticks" | "targets" | "lastTickAt">;

/** `now` is the show's time. One who was late stays so, also when all is ticked by now. */
export function isLateForwarder(
  { role, ticks, targets, lastTickAt }: Forwarding,
  handedOverAt: number,
  now: number,
): boolean {
  if (role !== "forward" || targets === 0) return false;
  const until = handedOverAt + TICK_LATE_MS;
  return ticks < targets ? now > until : (lastTickAt ?? 0) > until;
}

export function tickedTask(task: PushTask, ticks: number, lastTickAt: Instant | null, closed: boolean): PushTask {
  const all = ticks >= task.targets;
  const part = closed ? (ticks > 0 ? "partly" : "cancelled") : "waiting";
  return { ...task, ticks, lastTickAt, state: all ? "sent" : part };
}

/** The way back of a tick, with what was the last one before. */
export function decideUntick(
  { own }: Own,
  { taskId, targetId }: { readonly taskId: string; readonly targetId: string },
) {
  const task = own.tasks.get(taskId);
  const { ticks } = bookOf(own, taskId);
  if (!task || !ticks.has(targetId)) return reject("undo.superseded", { taskId, targetId });
  const others = [...ticks].flatMap(([id, { happenedAt }]) => (id === targetId ? [] : [happenedAt]));
  const lastTickAt = others.length === 0 ? null : instant(Math.max(...others));
  const data = { pushId: task.pushId, taskId, targetId, ticks: task.ticks - 1, lastTickAt };
  return [{ type: "push.unticked.v1" as const, data }];
}

export function decideOpened({ own }: Own, { opens }: z.infer<typeof Opened>) {
  const known = opens.flatMap(({ taskId, count }) => {
    const task = own.tasks.get(taskId);
    return task ? [{ pushId: task.pushId, taskId, count }] : [];
  });
  return known.length === 0 ? [] : [{ type: "push.opened.v1" as const, data: { opens: known } }];
}
