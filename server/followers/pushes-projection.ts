import { and, eq, inArray } from "drizzle-orm";
import { pushTasks, reportPushes } from "#db/schema/wecom-pushes.ts";
import type { ShowState } from "#domain/engine.ts";
import type { SessionState } from "#domain/ops/session.ts";
import { owed } from "#domain/push/owed.ts";
import { statusOf, type Push, type PushState, type PushTask } from "#domain/push/state.ts";
import { inChunks, type Projection, type Transaction } from "./projection.ts";

/** Rows of a show's pushes (`report_pushes`) and of their tasks (`push_tasks`). */
export const pushesProjection: Projection = {
  name: "pushes",
  async write(tx, { sessionId, state, events }) {
    // The start of the show moves what follows it, and what is held stands in another op's events.
    if (!events.some(({ type }) => /^(push|arm|session)\./.test(type))) return;
    const own = state.slices["push"] as PushState;
    await writePushes(tx, sessionId, state);
    const touched = new Set(events.flatMap(({ type, data }) => (type.startsWith("push.") ? pushIdsIn(data) : [])));
    if (touched.size === 0) return;
    await tx.delete(pushTasks).where(and(eq(pushTasks.sessionId, sessionId), inArray(pushTasks.pushId, [...touched])));
    const rows = [...own.tasks.values()]
      .filter(({ pushId }) => touched.has(pushId))
      .map((task) => taskRow(sessionId, task));
    await inChunks(rows, (chunk) => tx.insert(pushTasks).values(chunk));
  },
  async clear(tx, sessionId) {
    await tx.delete(reportPushes).where(eq(reportPushes.sessionId, sessionId));
    await tx.delete(pushTasks).where(eq(pushTasks.sessionId, sessionId));
  },
};

/** At most 200 a show: all of them, so that rows do not depend on how the log was cut. */
async function writePushes(tx: Transaction, sessionId: string, state: ShowState): Promise<void> {
  const own = state.slices["push"] as PushState;
  const session = state.slices["session"] as SessionState;
  const owing = new Set(owed(own, state.at).map(({ pushId }) => pushId));
  await tx.delete(reportPushes).where(eq(reportPushes.sessionId, sessionId));
  const rows = [...own.pushes.values()].map((push) => pushRow({ ...session, sessionId }, push, owing.has(push.pushId)));
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
