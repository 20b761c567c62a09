import { z } from "zod";
import { reject, type Ctx, type Due } from "../op.ts";
import type { ArmState } from "../ops/arm.ts";
import { difference } from "../partial.ts";
import { minuteOf } from "../metrics/pace.ts";
import { HALF_HOUR_MS, lastMark } from "../report/half-hours.ts";
import { same } from "../same.ts";
import { Id, instant } from "../units.ts";
import type { Held, PushEventData } from "./events.ts";
import { followed } from "./following.ts";
import { dueAtOf, LATE_MS } from "./going-out.ts";
import { isCancellable } from "./results.ts";
import { TaskCode, type PushEventName } from "./shapes.ts";
import { isOpen, type Push, type PushState, type PushTask } from "./state.ts";

/** Holding, letting go, cancelling, what falls due and the ways back (PSH6, PSH7, PSH16, PSH17, PSH21). */

/** Real time after which a robot's call without an answer is given up; it is never repeated. */
const ROBOT_WAIT_MS = 60_000;

type Own = { readonly own: PushState };

const holdSet = ({ pushId, held: from }: Push, to: Held | null) => ({
  type: "push.holdSet.v1" as const,
  data: { pushId, from, to },
});
const closed = (pushId: string, reason: "useBy" | "ended" | "hand") => ({
  type: "push.closed.v1" as const,
  data: { pushId, reason },
});

export function decideRemove({ own }: Own, pushId: string) {
  const found = own.pushes.get(pushId);
  if (!found) return reject("push.notFound", { pushId });
  if (found.armed) return reject("push.armed", { pushId, firesAt: found.armed.firesAt });
  if (found.rounds > 0) return reject("push.alreadyHandedOver", { pushId });
  return [{ type: "push.removed.v1" as const, data: { pushId } }];
}

export function decideHold({ own }: Own, pushId: string, ctx: Ctx) {
  const found = own.pushes.get(pushId);
  if (!found) return reject("push.notFound", { pushId });
  if (found.closed) return reject("push.closed", { pushId, reason: found.closed.reason });
  if (found.armed) return reject("push.armed", { pushId, firesAt: found.armed.firesAt });
  if (found.held) return [];
  if (!isOpen(found) && found.tasks.intended === 0) return reject("push.alreadyHandedOver", { pushId });
  return [holdSet(found, { reason: "hand", code: null, by: ctx.by, at: ctx.now })];
}

export const UnholdInput = z.object({ pushIds: z.array(Id).min(1).max(200) });

export function decideUnhold(
  { own, arm }: Own & { readonly arm: ArmState },
  { pushIds }: z.infer<typeof UnholdInput>,
  ctx: Ctx,
) {
  if (arm.held) return reject("arm.held");
  const rows: Push[] = [];
  for (const pushId of new Set(pushIds)) {
    const found = own.pushes.get(pushId);
    if (!found) return reject("push.notFound", { pushId });
    if (found.held && !found.closed) rows.push(found);
  }
  // Its time is long over: it would only be held again. It needs another time, or a hand that sends it.
  const late = rows.find((row) => isLate({ ...row, held: null }, ctx.now));
  if (late) return reject("push.lateNow", { pushId: late.pushId, sendAt: late.sendAt });
  return rows.map((row) => holdSet(row, null));
}

function isLate(found: Push, now: number): boolean {
  const at = dueAtOf(found);
  return at !== null && now > at + LATE_MS;
}

export function decideFallDue({ own }: Own, pushId: string, ctx: Ctx) {
  const found = own.pushes.get(pushId);
  if (!found || !isLate(found, ctx.now)) return [];
  return [holdSet(found, { reason: "late", code: null, by: ctx.by, at: ctx.now })];
}

/** Arms it; not any more when it was held in the same breath. */
export function actsOfDue({ own }: Own, pushId: string, ctx: Ctx) {
  const found = own.pushes.get(pushId);
  const at = found ? dueAtOf(found) : null;
  return at !== null && at <= ctx.now ? [{ type: "push.handOver", input: { pushId } }] : [];
}

export function decideCancel({ own }: Own, pushId: string) {
  const found = own.pushes.get(pushId);
  if (!found) return reject("push.notFound", { pushId });
  if (found.armed) return reject("push.armed", { pushId, firesAt: found.armed.firesAt });
  return found.closed ? [] : [closed(pushId, "hand")];
}

/** What waits for half hours is set off by one that has just become full; a writer that was away tells the last alone. */
export function decideHalfHour({ own }: Own, ctx: Ctx) {
  const mark = lastMark(own.show, ctx.now);
  if (mark === null || mark === own.mark) return [];
  return [{ type: "push.halfHourPassed.v1" as const, data: { mark: instant(mark), late: ctx.now > mark + LATE_MS } }];
}

export const CancelTasksInput = z.object({ taskIds: z.array(TaskCode).min(1).max(3_000) });

export function decideCancelTasks({ own }: Own, { taskIds }: z.infer<typeof CancelTasksInput>) {
  const byPush = new Map<string, string[]>();
  for (const taskId of new Set(taskIds)) {
    const task = own.tasks.get(taskId);
    if (!task || !isCancellable(task) || (own.pushes.get(task.pushId)?.rounds ?? 0) === 0) continue;
    byPush.set(task.pushId, [...(byPush.get(task.pushId) ?? []), taskId]);
  }
  if (byPush.size === 0) return reject("push.nothingToCancel");
  return [...byPush].map(([pushId, ids]) => ({
    type: "push.tasksCancelled.v1" as const,
    data: { pushId, taskIds: ids },
  }));
}

export function decideExpire({ own }: Own, pushId: string, ctx: Ctx) {
  const found = own.pushes.get(pushId);
  if (!found || found.expiresAt === null || ctx.now < found.expiresAt || !isUnderWay(found)) return [];
  return [closed(pushId, found.useBy !== null && found.useBy <= ctx.now ? "useBy" : "ended")];
}

export function decideGiveUp({ own }: Own, taskId: string, ctx: Ctx) {
  const task = own.tasks.get(taskId);
  if (task?.state !== "calling" || task.role === "mass" || task.callingAt === null) return [];
  if (ctx.realNow < task.callingAt + ROBOT_WAIT_MS) return [];
  return [{ type: "push.lost.v1" as const, data: { pushId: task.pushId, taskId } }];
}

/** Something of it is still to go out, or to come back. */
const isUnderWay = (found: Push): boolean =>
  !found.closed && (isOpen(found) || found.tasks.intended + found.tasks.calling + found.tasks.waiting > 0);

type Dues = Pick<PushState, "pushes" | "mark" | "show"> & { readonly found: readonly Due[] };
const dues = new WeakMap<PushState["tasks"], Dues>();

/** Asked for at every commit of the show: found once for each change of a push. */
export function duesOf(own: PushState): readonly Due[] {
  const known = dues.get(own.tasks);
  const { pushes, tasks, mark, show } = own;
  if (known?.pushes === pushes && known.mark === mark && known.show === show) return known.found;
  const found = [
    ...[...pushes.values()].flatMap(dueOfPush),
    ...[...tasks.values()].flatMap(dueOfTask),
    ...nextMark(own),
  ];
  dues.set(tasks, { pushes, mark, show, found });
  return found;
}

function dueOfPush(row: Push): Due[] {
  const { pushId, expiresAt } = row;
  const at = dueAtOf(row);
  const times: Due[] = [];
  if (expiresAt !== null && isUnderWay(row)) {
    const id = `push.expire:${pushId}:${expiresAt}`;
    times.push({ at: expiresAt, clock: "show", id, type: "push.expire", input: { pushId } });
  }
  if (at !== null && (expiresAt === null || at < expiresAt)) {
    const id = `push.fallDue:${pushId}:${row.rev}:${at}`;
    times.push({ at: instant(at), clock: "show", id, type: "push.fallDue", input: { pushId } });
  }
  return times;
}

function nextMark({ pushes, mark, show }: PushState): Due[] {
  const { startedAt, endedAt } = show;
  if (startedAt === null || endedAt !== null) return [];
  const isAwaited = [...pushes.values()].some(
    (push) => push.when.by === "event" && push.when.on === "halfHour" && isOpen(push),
  );
  if (!isAwaited) return [];
  // Counted from the start as it is known now: it may have been corrected since.
  const start = minuteOf(startedAt);
  const full = Math.floor((Math.max(mark ?? start, start) - start) / HALF_HOUR_MS);
  const at = instant(start + (full + 1) * HALF_HOUR_MS);
  return [{ at, clock: "show", id: `push.halfHour:${at}`, type: "push.halfHour", input: {} }];
}

function dueOfTask({ taskId, role, state, callingAt, tries }: PushTask): Due[] {
  if (state !== "calling" || role === "mass" || callingAt === null) return [];
  const at = instant(callingAt + ROBOT_WAIT_MS);
  return [{ at, clock: "real", id: `push.giveUp:${taskId}:${tries}`, type: "push.giveUp", input: { taskId } }];
}

export function undoPlanned({ own }: Own, { pushId }: PushEventData<"push.planned.v1">) {
  const found = own.pushes.get(pushId);
  if (!found) return reject("undo.superseded", { pushId });
  if (found.rounds > 0 || found.armed || found.closed) return reject("undo.hasConsequences", { pushId });
  return [{ type: "push.removed.v1" as const, data: { pushId } }];
}

export function undoEdited({ own }: Own, { pushId, from, to, rev }: PushEventData<"push.edited.v1">) {
  const found = own.pushes.get(pushId);
  if (!found || Object.keys(difference(found, to).to).length > 0) return reject("undo.superseded", { pushId });
  if (found.rounds > 0 || found.armed || found.closed) return reject("undo.hasConsequences", { pushId });
  // Tasks that were made for the old selection serve again, unless others were made since.
  const back = { from: rev.to, to: rev.from };
  return [{ type: "push.edited.v1" as const, data: { pushId, from: to, to: from, rev: back } }];
}

export function undoHold({ own }: Own, { pushId, from, to }: PushEventData<"push.holdSet.v1">) {
  const found = own.pushes.get(pushId);
  if (!found || !same(found.held, to)) return reject("undo.superseded", { pushId });
  if (found.closed || found.armed) return reject("undo.hasConsequences", { pushId });
  return [{ type: "push.holdSet.v1" as const, data: { pushId, from: to, to: from } }];
}

/** What a push went out for can't be taken back as if nothing had been. */
export function guardFollowed({ own }: Own, on: PushEventName, subjectId: string, since: number) {
  const found = followed(own, on, subjectId, since);
  return found && reject("undo.hasConsequences", { pushId: found.pushId, title: found.title });
}
