import { z } from "zod";
import { CuePlan, CueText, planOf, type Cue } from "./cue.ts";
import { reject, type AnyEvent, type Json, type Rejection } from "./op.ts";
import { difference } from "./partial.ts";
import { currentCue, inOrder, leaving, nextOf, predecessor, type RundownState } from "./rundown-state.ts";
import { durationMs, Id, Instant } from "./units.ts";

/** Shapes of the rundown's events and inputs, and what its commands share. */

/** More than a twelve-hour show needs; keeps a snapshot small. */
export const CUES_MAX = 200;

export const Place = Id.nullable();
export const Left = z.object({ cueId: Id, paused: z.boolean() });
export const Move = z.object({ cueId: Id, was: z.enum(["waiting", "skipped"]), previous: Left.nullable() });
export const PlacedCue = z.object({ cue: CuePlan, afterCueId: Place, skipped: z.boolean() });
export const Change = CueText.partial();
export type Change = z.infer<typeof Change>;
export const Lengths = z.array(z.object({ cueId: Id, plannedMs: CueText.shape.plannedMs })).max(CUES_MAX);
export type Lengths = z.infer<typeof Lengths>;
const Answer = z.object({
  act: z.string(),
  status: z.enum(["ok", "rejected", "invalid"]),
  code: z.string().nullable(),
  data: z.json().nullable(),
});
export const Answered = z.object({ cueId: Id, answers: z.array(Answer) });
export const Taken = Move.extend({ happenedAt: Instant });

export const NewCue = CueText.extend({
  cueId: Id.optional(),
  productId: CueText.shape.productId.default(null),
  plannedMs: CueText.shape.plannedMs.default(durationMs(5 * 60_000)),
  acts: CueText.shape.acts.default([]),
  note: CueText.shape.note.default(""),
});

/** 插播 is for floor too, who sets no prices and opens no sale: such acts are planned by those who may. */
export const InsertedCue = NewCue.extend({
  acts: NewCue.shape.acts.refine((acts) => acts.every(({ type }) => type !== "price" && type !== "openSale"), {
    error: "notForInserted",
  }),
});

export function newPlan(cue: z.infer<typeof NewCue>, freshId: string): CuePlan {
  const cueId = cue.cueId ?? freshId;
  return { ...cue, cueId, originId: cueId, round: 1, addedLive: false };
}

export function addEvents(own: RundownState, cue: CuePlan, afterCueId: string | null) {
  if (own.cues.has(cue.cueId)) return reject("rundown.cueTwice", { cueId: cue.cueId });
  if (own.cues.size >= CUES_MAX) return reject("rundown.tooManyCues", { max: CUES_MAX });
  if (afterCueId !== null && !own.cues.has(afterCueId)) return reject("rundown.cueNotFound", { cueId: afterCueId });
  return [{ type: "rundown.cueAdded.v1" as const, data: { cue, afterCueId, skipped: false } }];
}

/** 返场: the cue once more, as the next round of what it is about. */
export function nextRound(own: RundownState, cueId: string, newId: () => string): CuePlan | Rejection {
  const cue = own.cues.get(cueId);
  if (!cue) return reject("rundown.cueNotFound", { cueId });
  if (cue.state === "waiting" || cue.state === "skipped") return reject("rundown.cueNotBegun", { cueId });
  const rounds = inOrder(own).filter(({ originId }) => originId === cue.originId);
  const round = Math.max(...rounds.map((one) => one.round)) + 1;
  return { ...planOf(cue), cueId: newId(), round, addedLive: true };
}

/** Behind the current cue, or the one that was on last: what comes there is next. */
export function placeOfNext(own: RundownState, anchor: number): string | null {
  return inOrder(own)[anchor]?.cueId ?? null;
}

export function removeEvents(own: RundownState, cue: Cue) {
  if (cue.from !== null) return reject("rundown.cueBegun", { cueId: cue.cueId });
  const data = {
    cue: planOf(cue),
    afterCueId: predecessor(own, cue.cueId),
    skipped: cue.state === "skipped",
  };
  return [{ type: "rundown.cueRemoved.v1" as const, data }];
}

type Moved = { readonly cueId: string; readonly from: string | null; readonly to: string | null };

/** Back to where it stood, while both are there and it has not moved on. */
export function undoMove(own: RundownState, { cueId, from, to }: Moved) {
  const cue = own.cues.get(cueId);
  const gone = from !== null && !own.cues.has(from);
  if (!cue || gone || cue.from !== null || predecessor(own, cueId) !== to) return reject("undo.superseded", { cueId });
  return [{ type: "rundown.cueMoved.v1" as const, data: { cueId, from: to, to: from } }];
}

export function changedCue(cue: Cue): Rejection {
  const { cueId, kind, title, productId, plannedMs, note, version, state } = cue;
  return reject("state.changed", { cueId, kind, title, productId, plannedMs, note, version, state });
}

export function changedCurrent(own: RundownState): Rejection {
  return reject("state.changed", { currentCueId: own.currentCueId });
}

/** What of `change` differs from the cue, before and after. */
export function changeOf(cue: Cue, change: Change): { from: Change; to: Change } {
  const { from, to } = difference(cue, change);
  return { from: Change.parse(from), to: Change.parse(to) };
}

export function lengthsOf(own: RundownState, of: Lengths): Lengths {
  return of.map(({ cueId, plannedMs }) => ({ cueId, plannedMs: own.cues.get(cueId)?.plannedMs ?? plannedMs }));
}

/** Refuses lengths set on a screen that showed other ones, with those that there are: of cues that left the plan, none. */
export function staleLengths(own: RundownState, seen: Lengths): Rejection | undefined {
  const moved = seen.filter(({ cueId, plannedMs }) => own.cues.get(cueId)?.plannedMs !== plannedMs);
  if (moved.length === 0) return undefined;
  return reject("state.changed", {
    lengths: moved.map(({ cueId }) => ({ cueId, plannedMs: own.cues.get(cueId)?.plannedMs ?? null })),
  });
}

export function setLengths(own: RundownState, lengths: Lengths) {
  if (new Set(lengths.map(({ cueId }) => cueId)).size < lengths.length) return reject("rundown.cueTwice");
  for (const { cueId } of lengths) {
    const cue = own.cues.get(cueId);
    if (!cue) return reject("rundown.cueNotFound", { cueId });
    if (cue.state === "done") return reject("rundown.cueDone", { cueId });
  }
  const to = lengths.filter(({ cueId, plannedMs }) => own.cues.get(cueId)?.plannedMs !== plannedMs);
  if (to.length === 0) return [];
  return [{ type: "rundown.lengthsSet.v1" as const, data: { from: lengthsOf(own, to), to } }];
}

/** Which cue was taken and what its acts came to. */
export function takeResult(events: readonly AnyEvent[]): Json {
  const taken = events.find(({ type }) => type === "rundown.taken.v1");
  const answered = events.find(({ type }) => type === "rundown.actsAnswered.v1");
  return {
    cueId: taken ? Taken.parse(taken.data).cueId : null,
    acts: answered ? Answered.parse(answered.data).answers : [],
  };
}

export function addedCueId(events: readonly AnyEvent[]): Json {
  return { cueId: PlacedCue.parse(events[0]?.data).cue.cueId };
}

/** The clock of the current cue, for pausing and finishing. */
export function pausing(own: RundownState, want: "running" | "paused") {
  const left = leaving(own);
  if (!left) return reject("rundown.noCurrentCue");
  if (left.paused && want === "running") return reject("rundown.alreadyPaused", { cueId: left.cueId });
  if (!left.paused && want === "paused") return reject("rundown.notPaused", { cueId: left.cueId });
  return left;
}

export function shownRundown(own: RundownState) {
  const { currentCueId, lengthAtStartMs } = own;
  return { currentCueId, nextCueId: nextOf(own)?.cueId ?? null, lengthAtStartMs };
}

export function shownToHost(own: RundownState): Json {
  const now = currentCue(own);
  const next = nextOf(own);
  return {
    current: now && {
      cueId: now.cueId,
      title: now.title,
      kind: now.kind,
      productId: now.productId,
      round: now.round,
      plannedMs: now.plannedMs,
      from: now.from,
      pauses: now.pauses,
      gaps: now.gaps,
    },
    next: next && {
      cueId: next.cueId,
      title: next.title,
      kind: next.kind,
      productId: next.productId,
      round: next.round,
      plannedMs: next.plannedMs,
    },
  };
}
