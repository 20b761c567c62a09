import { isLateForwarder, remindersLeft } from "#domain/push/results.ts";
import type { PushRow, PushTaskRow } from "#domain/push/rows.ts";

/** The rows of a board: one for each member's message, robot's message or list to forward. Pure. */

/** Tasks of the last hand-over that count; a task that was handed over anew stands for the one before it. */
export function tasksOf(
  tasks: ReadonlyMap<string, PushTaskRow>,
  push: Pick<PushRow, "pushId" | "rounds">,
): PushTaskRow[] {
  const own = [...tasks.values()].filter(({ pushId, role }) => pushId === push.pushId && role !== "nudge");
  const replaced = new Set(own.flatMap(({ retryOf }) => retryOf ?? []));
  return own.filter(({ round, taskId }) => round === Math.max(1, push.rounds) && !replaced.has(taskId));
}

/** Lines with names that went to internal groups. */
export const nudgesOf = (tasks: ReadonlyMap<string, PushTaskRow>, { pushId }: Pick<PushRow, "pushId">): PushTaskRow[] =>
  [...tasks.values()].filter((task) => task.pushId === pushId && task.role === "nudge");

/** Its member has not pressed send, and still can. */
export const isUnsent = ({ role, state, pressedAt, msgid, cancel }: PushTaskRow): boolean =>
  role === "mass" && state === "waiting" && pressedAt === null && msgid !== null && cancel === null;

/** WeCom was away when it was to be handed over; that is tried again by itself. */
export const isKeptBack = ({ away, state }: PushTaskRow): boolean =>
  away && (state === "intended" || state === "calling");

/** Somebody should look at it. */
export const isTrouble = ({ state }: PushTaskRow): boolean =>
  state === "unknown" || state === "failed" || state === "partly";

/** It surely did not go out, and was not tried again: a new task may take its place. */
export const isRetryable = (
  { state, msgid, round }: PushTaskRow,
  push: Pick<PushRow, "closed" | "held" | "rounds" | "armed">,
): boolean =>
  state === "failed" && msgid === null && !push.closed && !push.held && !push.armed && round === push.rounds;

export const isForwarding = ({ role, ticks, targets }: PushTaskRow): boolean => role === "forward" && ticks < targets;

/** First those who owe something, the longest waiting first among them; then the rest by how much they have. */
export function inOrder(rows: readonly PushTaskRow[], push: Pick<PushRow, "handedOverAt">, now: number): PushTaskRow[] {
  const rank = (task: PushTaskRow): number => {
    if (task.state === "unknown") return 0;
    if (isLateForwarder(task, push.handedOverAt ?? now, now) && isForwarding(task)) return 1;
    if (isUnsent(task) || isForwarding(task)) return 2;
    return task.state === "failed" ? 3 : task.state === "calling" || task.state === "intended" ? 4 : 5;
  };
  return rows.toSorted((a, b) => rank(a) - rank(b) || b.targets - a.targets || (a.taskId < b.taskId ? -1 : 1));
}

/** How many of the three reminders the most reminded of them have left, and when the next of nobody's is free. */
export function remindRest(rows: readonly PushTaskRow[], realNow: number) {
  const unsent = rows.filter(isUnsent);
  const rests = unsent.map((task) => remindersLeft(task, realNow));
  const free = rests.filter(({ left }) => left > 0).length;
  const freeAt = Math.min(...rests.map((rest) => rest.freeAt ?? Infinity));
  // Of those who forward by hand WeCom knows nothing; a robot names them.
  const forwarding = rows.filter((task) => task.state === "waiting" && isForwarding(task)).length;
  return { unsent: unsent.length, forwarding, free, freeAt: free > 0 || !Number.isFinite(freeAt) ? null : freeAt };
}
