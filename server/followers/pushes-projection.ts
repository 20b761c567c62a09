import { and, eq, inArray } from "drizzle-orm";
import { pushTargets, pushTasks, REMOVED_PUSH, reportPushes } from "#db/schema/wecom-pushes.ts";
import type { StoredEvent } from "#domain/event.ts";
import type { ShowState } from "#domain/engine.ts";
import type { SessionState } from "#domain/ops/session.ts";
import { owed } from "#domain/push/owed.ts";
import { bookOf, statusOf, type Push, type PushState, type PushTask, type TaskBook } from "#domain/push/state.ts";
import { sliceOf } from "#domain/slice-of.ts";
import { inChunks, type Projection, type Transaction } from "./projection.ts";

/** Rows of a show's pushes (`report_pushes`), of their tasks (`push_tasks`) and of whom these go to (`push_targets`). */
export const pushesProjection: Projection = {
  name: "pushes",
  async write(tx, { sessionId, state, events }) {
    // The start of the show moves what follows it, and what is held stands in another op's events.
    if (!events.some(({ type }) => /^(push|arm|session)\./.test(type))) return;
    const own = sliceOf(state, "push");
    await writePushes(tx, sessionId, state);
    const touched = new Set(events.flatMap(({ type, data }) => (type.startsWith("push.") ? pushIdsIn(data) : [])));
    if (touched.size === 0) return;
    await tx.delete(pushTasks).where(and(eq(pushTasks.sessionId, sessionId), inArray(pushTasks.pushId, [...touched])));
    const rows = [...own.tasks.values()]
      .filter(({ pushId }) => touched.has(pushId))
      .map((task) => taskRow(sessionId, task));
    await inChunks(rows, (chunk) => tx.insert(pushTasks).values(chunk));
    await writeTargets(tx, sessionId, own, events);
  },
  async clear(tx, sessionId) {
    await tx.delete(reportPushes).where(eq(reportPushes.sessionId, sessionId));
    await tx.delete(pushTasks).where(eq(pushTasks.sessionId, sessionId));
    await tx.delete(pushTargets).where(eq(pushTargets.sessionId, sessionId));
  },
};

/** Events after which targets of single tasks stand otherwise, and those after which all of a push do. */
const OF_TASK: ReadonlySet<string> = new Set([
  "push.called.v1",
  "push.polled.v1",
  "push.unknownSettled.v1",
  "push.retried.v1",
  "push.ticked.v1",
  "push.unticked.v1",
]);
const OF_PUSH: ReadonlySet<string> = new Set([
  "push.removed.v1",
  "push.resolved.v1",
  "push.reserved.v1",
  "push.handedOver.v1",
]);

/** Only those of tasks that the events touched: there may be ten thousand of them, and a push is read every minute. */
async function writeTargets(
  tx: Transaction,
  sessionId: string,
  own: PushState,
  events: readonly StoredEvent[],
): Promise<void> {
  const pushIds = new Set(events.flatMap(({ type, data }) => (OF_PUSH.has(type) ? pushIdsIn(data) : [])));
  const taskIds = new Set(events.flatMap(({ type, data }) => (OF_TASK.has(type) ? taskIdsIn(data) : [])));
  const inPush = and(eq(pushTargets.sessionId, sessionId), inArray(pushTargets.pushId, [...pushIds]));
  if (pushIds.size > 0) await tx.delete(pushTargets).where(inPush);
  const inTask = and(eq(pushTargets.sessionId, sessionId), inArray(pushTargets.taskId, [...taskIds]));
  if (taskIds.size > 0) await tx.delete(pushTargets).where(inTask);
  const rows = [...own.tasks.values()]
    .filter(({ pushId, taskId }) => pushIds.has(pushId) || taskIds.has(taskId))
    .flatMap((task) => targetRows(sessionId, task, bookOf(own, task.taskId)));
  await inChunks(rows, (chunk) => tx.insert(pushTargets).values(chunk));
}

function targetRows(
  sessionId: string,
  { pushId, taskId }: PushTask,
  { targetIds, over, results, ticks }: TaskBook,
): (typeof pushTargets.$inferInsert)[] {
  return [...new Set(targetIds)].map((targetId) => ({
    sessionId,
    pushId,
    taskId,
    targetId,
    over: over.has(targetId),
    status: results.get(targetId)?.status ?? null,
    statusAt: results.get(targetId)?.at ?? null,
    tickedAt: ticks.get(targetId)?.happenedAt ?? null,
    tickedBy: ticks.get(targetId)?.by ?? null,
  }));
}

/** Of a report only where it brought something new. */
function taskIdsIn(data: unknown): string[] {
  if (typeof data !== "object" || data === null) return [];
  if ("reports" in data && Array.isArray(data.reports)) return data.reports.flatMap(taskIdsIn);
  if ("changed" in data && Array.isArray(data.changed) && data.changed.length === 0) return [];
  const ids = ["taskId" in data ? data.taskId : null, "newTaskId" in data ? data.newTaskId : null];
  return ids.filter((id) => typeof id === "string");
}

/** At most 200 a show: all of them, so that rows do not depend on how the log was cut. */
async function writePushes(tx: Transaction, sessionId: string, state: ShowState): Promise<void> {
  const own = sliceOf(state, "push");
  const session = sliceOf(state, "session");
  const owing = new Set(owed(own, state.at).map(({ pushId }) => pushId));
  await tx.delete(reportPushes).where(eq(reportPushes.sessionId, sessionId));
  const show = { ...session, sessionId };
  const rows = [...own.pushes.values()].map((push) => pushRow(show, push, owing.has(push.pushId)));
  for (const [pushId, { corpId }] of own.toRelease) rows.push(removedRow(show, pushId, corpId));
  await inChunks(rows, (chunk) => tx.insert(reportPushes).values(chunk));
}

function pushRow(
  { sessionId, roomId, rehearsal }: SessionState,
  push: Push,
  active: boolean,
): typeof reportPushes.$inferInsert {
  const { pushId, kind, title, sendAt, handedOverAt, expiresAt, wentOutAt, ticks, opens, tasks } = push;
  return {
    sessionId,
    pushId,
    roomId,
    rehearsal,
    corpId: push.resolved?.corpId ?? push.corpId,
    kind,
    title,
    status: statusOf(push),
    heldReason: push.held?.reason ?? null,
    sendAt,
    handedOverAt,
    expiresAt,
    wentOutAt,
    targets: push.resolved?.targets ?? 0,
    over: push.quota?.over ?? 0,
    ...push.counts,
    ticks,
    opens,
    tasks,
    active,
  };
}

/** It is gone, but its quota is still to be given back: until then somebody must find the show. */
function removedRow(
  { sessionId, roomId, rehearsal }: SessionState,
  pushId: string,
  corpId: string,
): typeof reportPushes.$inferInsert {
  const none = { targets: 0, over: 0, sent: 0, unsent: 0, notFriend: 0, overQuota: 0, invalid: 0, ticks: 0, opens: 0 };
  const of = { sessionId, pushId, roomId, rehearsal, corpId };
  return { ...of, ...none, kind: "groups", title: "", status: REMOVED_PUSH, tasks: {}, active: true };
}

function taskRow(sessionId: string, task: PushTask): typeof pushTasks.$inferInsert {
  const { pushId, taskId, role, round, staffId, robotId, state, msgid, errcode, targets, over, ticks, opens } = task;
  const { sent, unsent } = task.counts;
  const reminders = task.reminders.length;
  const { pressedAt } = task;
  return {
    sessionId,
    pushId,
    taskId,
    role,
    round,
    staffId,
    robotId,
    state,
    msgid,
    errcode,
    targets,
    over,
    sent,
    unsent,
    ticks,
    opens,
    reminders,
    pressedAt,
  };
}

/** Pushes that an event names, at its top or in its list. */
function pushIdsIn(data: unknown): string[] {
  if (Array.isArray(data)) return data.flatMap(pushIdsIn);
  if (typeof data !== "object" || data === null) return [];
  if ("pushId" in data && typeof data.pushId === "string") return [data.pushId];
  return [...("reports" in data ? pushIdsIn(data.reports) : []), ...("opens" in data ? pushIdsIn(data.opens) : [])];
}
