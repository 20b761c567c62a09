import { MINUTE_MS } from "../metrics/pace.ts";
import type { Window } from "./placebo.ts";
import type { EffectsInput, Overlap } from "./report.ts";

/** Which minutes belong to acts, and which are left to compare with. */

/** Minutes of a window, and after it until the act has faded. */
export type Shape = { readonly window: number; readonly fade: number };

/** How the show's minutes are divided for one shape. Minutes are counted from the first of the input. */
export type Division = {
  readonly shape: Shape;
  /** 1: a minute of the show that no act reaches. */
  readonly free: Uint8Array;
  /** First minutes of windows in `free`, evenly chosen, and how many fit beside each other. */
  readonly starts: readonly number[];
  readonly apart: number;
};

/**
 * Long fading before short, and a shorter window only where acts stand close; the first that leaves enough to compare with is taken (EFF3).
 * Five minutes: most of what acts bring comes in them, and twice as long a window has twice as much of everything else in it.
 */
const SHAPES: readonly Shape[] = [
  { window: 5, fade: 10 },
  { window: 5, fade: 5 },
  { window: 5, fade: 3 },
  { window: 3, fade: 3 },
];
/** Of a window that the caller wants; the shortest fading is 0.6 of it. */
const FADES = [2, 1, 0.6];
const WINDOWS_WANTED = 10;
/** Windows a minute apart say nearly the same: more of them would only take time. */
const STARTS_MAX = 80;

/** The audience leaves slowly: with less fading what acts brought is taken for the ordinary course. */
export const ONLINE_FADE_MIN = 3;

/** What an act does by itself (a 福袋 that runs) is not compared with for so long at most. */
const RUNS_MAX = 30;

/** Farther minutes hardly count: blindness beyond this makes no difference. */
const BLIND_MAX = 30;

export const minuteIn = ({ startAt }: EffectsInput, at: number): number => Math.floor((at - startAt) / MINUTE_MS);
export const instantOf = ({ startAt }: EffectsInput, minute: number): number => startAt + minute * MINUTE_MS;

/** `windowMinutes` null: chosen by when acts happened, never by what came of them. */
export function divide(input: EffectsInput, windowMinutes: number | null): Division {
  const shapes =
    windowMinutes === null
      ? SHAPES
      : FADES.map((part) => ({ window: windowMinutes, fade: Math.round(windowMinutes * part) }));
  const tried = shapes.map((shape) => divisionOf(input, shape));
  const wanted = tried.find(({ apart }) => apart >= WINDOWS_WANTED);
  const most = tried.toSorted((a, b) => b.apart - a.apart)[0];
  if (wanted) return wanted;
  if (most && most.apart >= WINDOWS_WANTED / 2) return most;
  // Better a little of what acts brought among the ordinary than nothing to compare with.
  return divisionOf(input, { window: shapes.at(-1)?.window ?? 3, fade: 0 });
}

function divisionOf(input: EffectsInput, shape: Shape): Division {
  const free = Uint8Array.from(input.off, (off) => (off ? 0 : 1));
  for (const { at, endAt } of input.acts) {
    const from = minuteIn(input, at);
    const runs = endAt === null ? 0 : Math.min(RUNS_MAX, minuteIn(input, endAt) + 1 - from);
    const to = from + Math.max(shape.window, runs) + shape.fade;
    if (to > 0) free.fill(0, Math.max(0, from), to);
  }
  const starts: number[] = [];
  let apart = 0;
  let next = 0;
  let run = 0;
  for (let t = 0; t < free.length; t += 1) {
    run = free[t] === 1 ? run + 1 : 0;
    const from = t + 1 - shape.window;
    if (run < shape.window) continue;
    starts.push(from);
    if (from < next) continue;
    apart += 1;
    next = t + 1;
  }
  const every = Math.ceil(starts.length / STARTS_MAX);
  return { shape, free, starts: starts.filter((_, index) => index % every === 0), apart };
}

/** The window of an act that happened in minute `from`. */
export function windowAt(from: number, { shape, free }: Division): Window {
  const to = from + shape.window;
  let blindBefore = 0;
  while (blindBefore < BLIND_MAX && free[from - 1 - blindBefore] !== 1) blindBefore += 1;
  let blindAfter = 0;
  while (blindAfter < BLIND_MAX && free[to + blindAfter] !== 1) blindAfter += 1;
  return { from, to, blindBefore, blindAfter };
}

/** Whether the course is known on both sides of the window, not only before or after it. */
export function isNearEdge({ from, to }: Window, { free }: Division): boolean {
  const first = free.indexOf(1);
  return first === -1 || first >= from || free.lastIndexOf(1) < to;
}

/** Other acts in the window of `of` (an index of `acts`), and the part of it (0–1) that belongs to any of them. */
export function overlapsOf(
  input: EffectsInput,
  of: number,
  { window }: Shape,
): { readonly overlaps: readonly Overlap[]; readonly sharedShare: number } {
  const at = input.acts[of]?.at ?? 0;
  const from = minuteIn(input, at);
  const shared = new Uint8Array(window);
  const overlaps = input.acts.flatMap((other, index) => {
    const apart = minuteIn(input, other.at) - from;
    const sharedMinutes = window - Math.abs(apart);
    if (index === of || sharedMinutes <= 0) return [];
    shared.fill(1, Math.max(0, apart), Math.min(window, apart + window));
    return [{ actId: other.id, sharedMinutes, share: sharedMinutes / window }];
  });
  return { overlaps, sharedShare: shared.reduce((sum, each) => sum + each, 0) / window };
}
