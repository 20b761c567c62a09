import { isCancellable, remindersLeft } from "#domain/push/results.ts";
import type { PushRow, PushTaskRow } from "#domain/push/rows.ts";
import { isPrepared } from "./prepared.ts";

/** What the desk shows of a show's pushes, by what there is to do about each. Pure. */

/** It can still go out, by itself or by a hand. */
export const mayGo = ({ closed, rounds, when, armed }: PushRow): boolean =>
  !closed && !armed && (rounds === 0 || (when.by === "event" && !when.once));

export type PushLists = {
  /** Prepared for a hand, in the order of the plan: a push that went out must not move the numbers of the others. */
  readonly prepared: readonly PushRow[];
  /** By a time or an event, the next first; those that are held before all. */
  readonly coming: readonly PushRow[];
  /** Something of it is still to be sent, to be told or to be decided. */
  readonly underway: readonly PushRow[];
  /** The last first. */
  readonly done: readonly PushRow[];
};

export function pushLists(rows: Iterable<PushRow>): PushLists {
  const prepared: PushRow[] = [];
  const coming: PushRow[] = [];
  const underway: PushRow[] = [];
  const done: PushRow[] = [];
  for (const row of rows) {
    if (isPrepared(row)) prepared.push(row);
    const { intended, calling, waiting, unknown } = row.tasks;
    const isOut = row.rounds > 0 && intended + calling + waiting + unknown > 0;
    // A robot that is speaking just now says so on its own row; what nobody can tell of it is to be looked at.
    if (isOut && !(isPrepared(row) && row.kind === "robot" && unknown === 0)) underway.push(row);
    else if (row.rounds > 0 && !isOut && !mayGo(row) && !isPrepared(row)) done.push(row);
    if (!isPrepared(row) && !isOut && (mayGo(row) || row.armed)) coming.push(row);
  }
  return {
    prepared,
    coming: coming.toSorted((a, b) => rank(a) - rank(b)),
    underway: underway.toSorted((a, b) => (b.handedOverAt ?? 0) - (a.handedOverAt ?? 0)),
    done: done.toSorted((a, b) => (b.handedOverAt ?? 0) - (a.handedOverAt ?? 0)),
  };
}

const rank = ({ held, sendAt }: PushRow): number => (held ? -1 : (sendAt ?? Number.MAX_SAFE_INTEGER));

export type Waiting = {
  /** Members who are to send (or to tick), and those who have. */
  readonly members: number;
  readonly sent: number;
  readonly unsentIds: readonly string[];
  /** How many reminders WeCom would still take, of the member with the most left; it counts them in real time. */
  readonly remindersLeft: number;
};

/** How far the members of a push are: of its last hand-over, without the lines that remind. */
export function waitingOf(
  push: Pick<PushRow, "pushId" | "rounds">,
  tasks: Iterable<PushTaskRow>,
  now: number,
): Waiting {
  let members = 0;
  let sent = 0;
  let left = 0;
  const unsentIds = new Set<string>();
  for (const task of tasks) {
    const { pushId, role, round, staffId, state, pressedAt } = task;
    if (pushId !== push.pushId || role === "nudge" || role === "robot" || round !== Math.max(1, push.rounds)) continue;
    if (state === "cancelled" || state === "failed") continue;
    members += 1;
    if (pressedAt !== null || state === "sent" || (role === "forward" && task.ticks >= task.targets)) sent += 1;
    else if (staffId !== null) {
      unsentIds.add(staffId);
      if (role === "mass" && state === "waiting" && task.cancel === null) {
        left = Math.max(left, remindersLeft(task, now).left);
      }
    }
  }
  return { members, sent, unsentIds: [...unsentIds], remindersLeft: left };
}

export type HeldList = {
  /** Handed over, and no member has pressed send: what can be called off still. */
  readonly out: readonly { readonly push: PushRow; readonly tasks: readonly PushTaskRow[] }[];
  /** Stays until somebody lets it go. */
  readonly held: readonly PushRow[];
};

export function heldList(pushes: ReadonlyMap<string, PushRow>, tasks: Iterable<PushTaskRow>): HeldList {
  const byPush = new Map<string, PushTaskRow[]>();
  for (const task of tasks) {
    if ((pushes.get(task.pushId)?.rounds ?? 0) === 0 || !isUnsent(task)) continue;
    const own = byPush.get(task.pushId);
    if (own) own.push(task);
    else byPush.set(task.pushId, [task]);
  }
  return {
    out: [...byPush].flatMap(([pushId, own]) => {
      const push = pushes.get(pushId);
      return push ? [{ push, tasks: own }] : [];
    }),
    held: [...pushes.values()].filter(({ held, closed }) => held !== null && !closed),
  };
}

/** Also one whose cancelling is on its way, so that it does not vanish from under the finger. */
const isUnsent = (task: PushTaskRow): boolean =>
  isCancellable(task) || (task.role === "mass" && task.state === "waiting" && task.cancel?.is === "asked");
