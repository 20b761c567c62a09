import type { Json } from "../op.ts";
import type { SessionState } from "../ops/session.ts";
import { bookOf, countingTasks, statusOf, type Push, type PushState, type PushTask } from "./state.ts";

/**
 * What the phone page of one 员工转发 may know (PSH25): its words and how far each member is; of one member also the groups. Asked for under a key that no viewer has.
 */
export const forwardKey = (pushId: string, staffId?: string): string =>
  staffId === undefined ? `${MARK}${pushId}` : `${MARK}${pushId}|${staffId}`;

/** Stands in no id. */
const MARK = "forward|";

type Seen = { readonly own: PushState; readonly session: SessionState };

export function forwardPart({ own, session }: Seen, key: string): Json {
  if (!key.startsWith(MARK)) return null;
  const [pushId = "", staffId] = key.slice(MARK.length).split("|");
  const push = own.pushes.get(pushId);
  if (push?.kind !== "forward") return null;
  const lists = countingTasks(own, push).filter(({ role }) => role === "forward");
  const { title, phase, rehearsal, plannedStartAt, startedAt, endedAt, roomId } = session;
  return {
    show: { title, phase, rehearsal, plannedStartAt, startedAt, endedAt, roomId },
    push: shownPush(push),
    members: lists.map(shownList),
    groups:
      staffId === undefined ? null : lists.flatMap((task) => (task.staffId === staffId ? groupsOf(own, task) : [])),
  };
}

function shownPush(push: Push): Json {
  const { text, card } = push.filled ?? push.copy;
  return {
    title: push.title,
    text,
    card,
    link: push.copy.link,
    corpId: push.resolved?.corpId ?? null,
    status: statusOf(push),
    handedOverAt: push.handedOverAt,
    expiresAt: push.expiresAt,
    closed: push.closed?.reason ?? null,
  };
}

function shownList({ taskId, staffId, targets, ticks, lastTickAt, state }: PushTask): Json {
  return { taskId, staffId, targets, ticks, lastTickAt, state };
}

function groupsOf(own: PushState, { taskId }: PushTask): Json[] {
  const { targetIds, ticks } = bookOf(own, taskId);
  return targetIds.map((groupId) => ({ taskId, groupId, tickedAt: ticks.get(groupId)?.happenedAt ?? null }));
}
