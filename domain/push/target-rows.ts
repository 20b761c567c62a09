import { bookOf, countingTasks, type PushState, type PushTask } from "./state.ts";

/** What became of each group or customer of a push, for those who look after it. Pure. */

/** `noQuota`: left out before the hand-over. `none`: nothing is known of it yet, or it was never handed over. `forwarded`: ticked by hand. */
export const TARGET_STATES = [
  "none",
  "unsent",
  "sent",
  "notFriend",
  "overQuota",
  "invalid",
  "noQuota",
  "forwarded",
  "cancelled",
  "unknown",
] as const;
export type TargetState = (typeof TARGET_STATES)[number];

export type TargetRow = {
  readonly id: string;
  readonly taskId: string;
  readonly state: TargetState;
  readonly at: number | null;
};

/** Targets of the last hand-over, task by task; `null`: no such push. */
export function targetsOf(own: PushState, pushId: string): TargetRow[] | null {
  const push = own.pushes.get(pushId);
  if (!push) return null;
  return countingTasks(own, push).flatMap((task) => {
    const { taskId } = task;
    const { targetIds, over, results, ticks } = bookOf(own, taskId);
    const rest = restState(task);
    return targetIds.map((id): TargetRow => {
      const tick = ticks.get(id);
      if (tick) return { id, taskId, state: "forwarded", at: tick.happenedAt };
      if (over.has(id)) return { id, taskId, state: "noQuota", at: null };
      const result = results.get(id);
      // What was not sent when its task was cancelled never will be.
      const known = result && !(result.status === "unsent" && rest === "cancelled") ? result.status : rest;
      return { id, taskId, state: known, at: result?.at ?? null };
    });
  });
}

/** Of targets that no result names. */
function restState({ state, msgid, cancel }: PushTask): TargetState {
  if (state === "cancelled" || cancel?.is === "done") return "cancelled";
  if (state === "unknown") return "unknown";
  // A person vouches for it: the whole message went out.
  if (state === "sent" && msgid === null) return "sent";
  return state === "waiting" || state === "partly" ? "unsent" : "none";
}
