import type { Json } from "../op.ts";
import { personsIn } from "./named.ts";
import { isCancellable } from "./results.ts";
import { isOpen, statusOf, type Push, type PushState, type PushTask } from "./state.ts";

/** What screens see of pushes: neither targets nor what set one off. */

export function pushRow(push: Push) {
  const { trigger: _trigger, lastTrigger: _lastTrigger, ...row } = push;
  // Names are joined by id where the view leaves the server.
  return { ...row, status: statusOf(push), persons: push.filled ? personsIn(push.filled) : [] };
}
export type PushRow = ReturnType<typeof pushRow>;

export function taskRow(task: PushTask) {
  const { againAt: _againAt, complete: _complete, closedAt: _closedAt, pressSeenAt: _pressSeenAt, ...row } = task;
  return row;
}
export type PushTaskRow = ReturnType<typeof taskRow>;

export type PushBoard = {
  readonly planned: number;
  readonly held: number;
  readonly armed: number;
  /** Handed over and not through yet. */
  readonly underway: number;
  /** Members who have not sent, of tasks that wait. */
  readonly unsentStaff: number;
  readonly unknownTasks: number;
  readonly failedTasks: number;
  /** Tasks that could still be called off. */
  readonly cancellable: number;
  readonly reached: number;
  readonly targets: number;
  readonly ticks: number;
  readonly next: { readonly pushId: string; readonly title: string; readonly sendAt: number } | null;
};

const boards = new WeakMap<PushState["pushes"], PushBoard>();

/** Counted once for each change of a push: the slice is asked for whenever the show moves. */
export function pushBoard(own: PushState): Json {
  const known = boards.get(own.pushes);
  if (known) return known;
  const board = countBoard(own);
  boards.set(own.pushes, board);
  return board;
}

function countBoard({ pushes, tasks }: PushState): PushBoard {
  const rows = [...pushes.values()];
  const all = [...tasks.values()];
  const counted = (status: string) => rows.filter((push) => statusOf(push) === status).length;
  const out = rows.filter(({ rounds }) => rounds > 0);
  const handed = all.filter(({ pushId }) => (pushes.get(pushId)?.rounds ?? 0) > 0);
  const unsent = handed.filter(
    ({ role, state, pressedAt }) => role === "mass" && state === "waiting" && pressedAt === null,
  );
  const sum = (of: (push: Push) => number) => out.reduce((total, push) => total + of(push), 0);
  return {
    planned: counted("planned"),
    held: counted("held"),
    armed: counted("armed"),
    underway: counted("handedOver") + counted("waiting"),
    unsentStaff: new Set(unsent.map(({ staffId }) => staffId)).size,
    unknownTasks: all.filter(({ state }) => state === "unknown").length,
    failedTasks: sum(({ tasks: byState }) => byState.failed),
    cancellable: handed.filter(isCancellable).length,
    reached: sum(({ counts }) => counts.sent),
    targets: sum(({ resolved, quota }) => (resolved?.targets ?? 0) - (quota?.over ?? 0)),
    ticks: sum(({ ticks }) => ticks),
    next: nextOf(rows),
  };
}

function nextOf(rows: readonly Push[]): PushBoard["next"] {
  const coming = rows
    .filter((push) => isOpen(push) && !push.held && push.rounds === 0)
    .flatMap(({ pushId, title, sendAt }) => (sendAt === null ? [] : [{ pushId, title, sendAt }]))
    .toSorted((a, b) => a.sendAt - b.sendAt);
  return coming[0] ?? null;
}
