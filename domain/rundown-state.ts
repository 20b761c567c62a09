import { ALWAYS_ON, gapsIn, type AirTime } from "./air-time.ts";
import { explains, planOf, type Cue, type CuePlan, type Pause } from "./cue.ts";
import { lastBegun, nextCue } from "./rundown-clock.ts";
import { same } from "./same.ts";
import type { Instant } from "./units.ts";

/** The rundown's state and the pure steps that change it; which step is allowed when stands in ops/rundown.ts. */

export type RundownState = {
  readonly cues: ReadonlyMap<string, Cue>;
  readonly order: readonly string[];
  /** Counts changes of the order and of which cues there are, for `expect`. */
  readonly version: number;
  readonly currentCueId: string | null;
  /** What explaining a product moved, so that taking the explanation back moves it back. */
  readonly followed: Move | null;
  /** Sum of the planned lengths when the show started. */
  readonly lengthAtStartMs: number | null;
  readonly onAir: boolean;
  /** The cue that the end of the show cut, for when the show goes on after all or its end is set right. */
  readonly cutByEnd: Left | null;
  readonly air: AirTime;
};

/** A cue that was left, and whether its clock was paused then. */
export type Left = { readonly cueId: string; readonly paused: boolean };
/** From one cue to another; `was` is what the taken cue was before. */
export type Move = {
  readonly cueId: string;
  readonly was: "waiting" | "skipped";
  readonly previous: Left | null;
};

export const emptyRundown = (): RundownState => ({
  cues: new Map(),
  order: [],
  version: 0,
  currentCueId: null,
  followed: null,
  lengthAtStartMs: null,
  onAir: false,
  cutByEnd: null,
  air: ALWAYS_ON,
});

export function inOrder(own: RundownState): Cue[] {
  return own.order.flatMap((cueId) => own.cues.get(cueId) ?? []);
}

export function currentCue(own: RundownState): Cue | null {
  return own.currentCueId === null ? null : (own.cues.get(own.currentCueId) ?? null);
}

export function changeCue(own: RundownState, cueId: string, change: (cue: Cue) => Cue): RundownState {
  const cue = own.cues.get(cueId);
  return cue ? { ...own, cues: new Map(own.cues).set(cueId, onAir(change(cue), own.air)) } : own;
}

/** The stream went down, came back or is over: in every cue that it touches, as it may be told late. */
export function withAir(own: RundownState, air: AirTime): RundownState {
  return { ...own, air, cues: new Map([...own.cues].map(([cueId, cue]) => [cueId, onAir(cue, air)])) };
}

/** The cue with the gaps that lie in its time. */
function onAir(cue: Cue, air: AirTime): Cue {
  const { from, to } = cue;
  const gaps = from === null ? [] : gapsIn({ from, to }, air);
  return same(gaps, cue.gaps) ? cue : { ...cue, gaps };
}

/** The cue before this one in the order; `null` when it is the first. */
export function predecessor(own: RundownState, cueId: string): string | null {
  return own.order[own.order.indexOf(cueId) - 1] ?? null;
}

/** Puts a cue behind another one; `null` is the top, an unknown one the end. */
export function placeCue(own: RundownState, cue: Cue, afterCueId: string | null): RundownState {
  const order = own.order.filter((cueId) => cueId !== cue.cueId);
  const behind = afterCueId === null ? 0 : order.indexOf(afterCueId) + 1;
  order.splice(afterCueId !== null && behind === 0 ? order.length : behind, 0, cue.cueId);
  return { ...own, order, version: own.version + 1, cues: new Map(own.cues).set(cue.cueId, cue) };
}

export function removeCue(own: RundownState, cueId: string): RundownState {
  const cues = new Map(own.cues);
  cues.delete(cueId);
  return { ...own, cues, order: own.order.filter((id) => id !== cueId), version: own.version + 1 };
}

export function replaceCues(own: RundownState, plans: readonly CuePlan[]): RundownState {
  const cues = new Map<string, Cue>();
  for (const plan of plans) {
    const before = own.cues.get(plan.cueId);
    cues.set(plan.cueId, { ...fresh(plan), version: before ? before.version + 1 : 0 });
  }
  return { ...own, cues, order: plans.map(({ cueId }) => cueId), version: own.version + 1 };
}

export function fresh(plan: CuePlan, skipped = false): Cue {
  const state = skipped ? ("skipped" as const) : ("waiting" as const);
  return { ...planOf(plan), state, from: null, to: null, pauses: [], gaps: [], version: 0 };
}

/** How the show gets from here to `cueId`; `null` when that cue has begun already. */
export function moveTo(own: RundownState, cueId: string): Move | null {
  const cue = own.cues.get(cueId);
  if (!cue || (cue.state !== "waiting" && cue.state !== "skipped")) return null;
  return { cueId, was: cue.state, previous: leaving(own) };
}

export function leaving(own: RundownState): Left | null {
  const cue = currentCue(own);
  return cue ? { cueId: cue.cueId, paused: cue.pauses.at(-1)?.to === null } : null;
}

export function take(own: RundownState, { cueId, previous }: Move, at: Instant): RundownState {
  const left = previous ? changeCue(own, previous.cueId, (cue) => end(cue, at)) : own;
  return {
    ...changeCue(left, cueId, (cue) => ({ ...cue, state: "current" as const, from: at, to: null, pauses: [] })),
    currentCueId: cueId,
    followed: null,
  };
}

/** As if the move had not happened: the cue left goes on, its clock with it. */
export function takeBack(own: RundownState, { cueId, was, previous }: Move): RundownState {
  const back = changeCue(own, cueId, (cue) => ({ ...cue, state: was, from: null, to: null, pauses: [] }));
  const resumed = previous ? goOn(back, previous) : { ...back, currentCueId: null };
  return { ...resumed, followed: null };
}

export function finish(own: RundownState, at: Instant): RundownState {
  const cue = currentCue(own);
  return cue ? { ...changeCue(own, cue.cueId, (row) => end(row, at)), currentCueId: null } : own;
}

/** RUN18: the cue that the end of the show cut ends with it, also when the end is set right. */
export function moveCut(own: RundownState, endedAt: Instant): RundownState {
  const cut = own.cutByEnd;
  if (!cut) return own;
  return changeCue(own, cut.cueId, (cue) => {
    const pauses = cut.paused ? reopenLast(cue.pauses) : cue.pauses;
    return end({ ...cue, pauses }, notBeforeIn({ ...cue, pauses }, endedAt));
  });
}

/** A cue that was left is the current one again. */
export function goOn(own: RundownState, { cueId, paused }: Left): RundownState {
  return {
    ...changeCue(own, cueId, (cue) => ({
      ...cue,
      state: "current" as const,
      to: null,
      pauses: paused ? reopenLast(cue.pauses) : cue.pauses,
    })),
    currentCueId: cueId,
  };
}

/** RUN7: a product is explained, so the rundown goes to its cue. */
export function follow(own: RundownState, productId: string, at: Instant): RundownState {
  const cue = cueToFollow(own, productId);
  const move = cue && moveTo(own, cue.cueId);
  return move ? { ...take(own, move, notBefore(own, at)), followed: move } : own;
}

/** The explanation was taken back; so is the move that followed it, if the rundown is still there. */
export function unfollow(own: RundownState, productId: string): RundownState {
  const { followed } = own;
  if (!followed || followed.cueId !== own.currentCueId) return own;
  return own.cues.get(followed.cueId)?.productId === productId ? takeBack(own, followed) : own;
}

/** The waiting explain cue of the product that comes next, else one that was jumped over; none while it is on already. */
function cueToFollow(own: RundownState, productId: string): Cue | null {
  const current = currentCue(own);
  if (!own.onAir || (current && explains(current, productId))) return null;
  const cues = inOrder(own);
  const anchor = lastBegun(cues);
  const fits = (cue: Cue) => cue.kind === "explain" && cue.productId === productId && cue.state === "waiting";
  return cues.find((cue, index) => index > anchor && fits(cue)) ?? cues.find(fits) ?? null;
}

export function nextOf(own: RundownState): Cue | null {
  return nextCue(inOrder(own));
}

/** No act of the rundown happens before what it follows, however far back its time is typed. */
export function notBefore(own: RundownState, at: Instant): Instant {
  const latest = currentCue(own);
  return latest ? notBeforeIn(latest, at) : at;
}

function notBeforeIn({ from, pauses }: Cue, at: Instant): Instant {
  const pause = pauses.at(-1);
  const floor = Math.max(from ?? 0, pause?.from ?? 0, pause?.to ?? 0);
  return (floor > at ? floor : at) as Instant;
}

export function closePause(pauses: readonly Pause[], at: Instant): readonly Pause[] {
  return pauses.map((pause) => (pause.to === null ? { ...pause, to: at } : pause));
}

function reopenLast(pauses: readonly Pause[]): readonly Pause[] {
  return pauses.map((pause, index) => (index === pauses.length - 1 ? { ...pause, to: null } : pause));
}

function end(cue: Cue, at: Instant): Cue {
  return { ...cue, state: "done", to: at, pauses: closePause(cue.pauses, at) };
}
