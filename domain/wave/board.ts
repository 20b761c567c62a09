import type { PushState } from "../push/state.ts";
import { statusOf } from "../push/state.ts";
import { dayOf } from "../shanghai-day.ts";
import { PUSH_KIND_OF, type Cell } from "./shapes.ts";
import { startOf, type WaveState } from "./state.ts";

/** The grid at a glance: how each beat stands, and how often one day asks the same people. */

export type WaveSee = { readonly own: WaveState; readonly push: PushState };

/** A cell is through when it was ticked, or its push went out. */
export function isThrough({ done, pushId }: Cell, { pushes }: PushState): boolean {
  if (done) return true;
  const found = pushId === null ? undefined : pushes.get(pushId);
  return found !== undefined && found.rounds > 0;
}

export function boardOf({ own, push }: WaveSee) {
  const cells = [...own.cells.values()];
  const beats = own.beats.map((beat) => {
    const inBeat = cells.filter(({ beatId }) => beatId === beat.beatId);
    return {
      ...beat,
      cells: inBeat.length,
      through: inBeat.filter((cell) => isThrough(cell, push)).length,
      failed: inBeat.filter((cell) => isFailed(cell, push)).length,
      firstAt: inBeat.length === 0 ? null : Math.min(...inBeat.map(({ at }) => at)),
    };
  });
  const open = cells.filter((cell) => !isThrough(cell, push)).toSorted((a, b) => a.at - b.at);
  const next = open.find(({ heldBack }) => !heldBack);
  return {
    version: own.version,
    startsAt: startOf(own),
    quietHours: own.quietHours,
    beats,
    quiet: cells.filter(({ quiet }) => quiet).length,
    heldBack: open.filter(({ heldBack }) => heldBack).length,
    next: next ? { cellId: next.cellId, title: next.title, at: next.at } : null,
    massByDay: massByDay(cells),
  };
}
export type WaveBoard = ReturnType<typeof boardOf>;

function isFailed({ pushId }: Cell, { pushes }: PushState): boolean {
  const found = pushId === null ? undefined : pushes.get(pushId);
  return found !== undefined && ["failed", "unknown", "cancelled"].includes(statusOf(found));
}

const DAYS_SHOWN = 8;

/** 群发 by day: a group or customer takes one a day at most where the corp's rule is by day (the quota page knows the rule). */
function massByDay(cells: readonly Cell[]) {
  const days = new Map<string, { groups: number; customers: number }>();
  for (const { channel, at } of cells) {
    const kind = PUSH_KIND_OF[channel];
    if (kind !== "groups" && kind !== "customers") continue;
    const day = days.get(dayOf(at)) ?? { groups: 0, customers: 0 };
    day[kind] += 1;
    days.set(dayOf(at), day);
  }
  return [...days]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, DAYS_SHOWN)
    .map(([day, counts]) => ({ day, ...counts }));
}
