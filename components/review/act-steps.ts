import { ceilSecond } from "./review-span.ts";

/** Going from act to act. Pure. */

export type ReviewAct = {
  readonly id: string;
  /** When it happened, not when it was typed. */
  readonly at: number;
  readonly kind: "explain" | "cue" | "shelf" | "coupon" | "lottery" | "push" | "show" | "marker" | "beat";
  readonly tone: "air" | "wait" | "act" | "private" | "public" | "plain";
  readonly text: string;
};

/** Where nothing was done at all, the show is shown a little after its start. */
const QUIET_START_MS = 10_000;

/**
 * The second that a review opens at, with something to see: the first product explained in the show, else its first act. What was
 * done before the start is stepped back to. `to`: the last second there is.
 */
export function openingSecond(acts: readonly ReviewAct[], startedAt: number, to: number): number {
  const inShow = acts.filter(({ at, kind }) => at >= startedAt && kind !== "show");
  const first = inShow.find(({ kind }) => kind === "explain") ?? inShow[0];
  return Math.min(to, ceilSecond(first?.at ?? startedAt + QUIET_START_MS));
}

export function nextAct(acts: readonly ReviewAct[], at: number): ReviewAct | null {
  return acts.find((act) => ceilSecond(act.at) > at) ?? null;
}

export function previousAct(acts: readonly ReviewAct[], at: number): ReviewAct | null {
  return acts.findLast((act) => ceilSecond(act.at) < at) ?? null;
}
