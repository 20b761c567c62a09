import type { ShowState } from "#domain/engine.ts";
import { bookOf, type Push, type PushState, type PushTask } from "#domain/push/state.ts";
import { sliceOf } from "#domain/slice-of.ts";
import type { PushParts } from "./push-parts.ts";

/** A task of a show as its log has it, with what it takes to call WeCom for it. Internal ids only. */
export type TaskFacts = {
  readonly push: Push;
  readonly task: PushTask;
  readonly rehearsal: boolean;
  readonly roomId: string;
  /** Groups or customers to be reached: without those whose quota is used up. */
  readonly targetIds: readonly string[];
  /** Messages of this show's other tasks. */
  readonly otherMsgids: ReadonlySet<string>;
};

/** What a show is, for pieces that belong to no task. */
export type ShowFacts = { readonly rehearsal: boolean; readonly roomId: string };

export const pushesOf = (state: ShowState): PushState => sliceOf(state, "push");

export function showFacts(state: ShowState): ShowFacts {
  const { rehearsal, roomId } = sliceOf(state, "session");
  return { rehearsal, roomId };
}

/** `null`: there is no such task. */
export function readTask({ directory }: PushParts, sessionId: string, taskId: string): Promise<TaskFacts | null> {
  return directory.read(sessionId, (state) => {
    const own = pushesOf(state);
    const task = own.tasks.get(taskId);
    const push = task && own.pushes.get(task.pushId);
    if (!task || !push) return null;
    const { targetIds, over } = bookOf(own, taskId);
    return {
      push,
      task,
      ...showFacts(state),
      targetIds: targetIds.filter((targetId) => !over.has(targetId)),
      otherMsgids: new Set([...own.tasks.values()].flatMap((other) => (other === task ? [] : (other.msgid ?? [])))),
    };
  });
}
