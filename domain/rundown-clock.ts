import { coveredMs } from "./air-time.ts";
import type { Cue } from "./cue.ts";
import { instant, type Instant } from "./units.ts";

/**
 * Over and under of cue and show: pure functions of the rundown and a time, the same on server, screen and in replay.
 * All lengths in ms; rules RUN10–RUN13 and RUN17 in SPEC.md.
 */

type Timed = Pick<Cue, "cueId" | "state" | "plannedMs" | "from" | "to" | "pauses" | "gaps">;

export type ClockInput = {
  /** Cues in the order of the rundown. */
  readonly cues: readonly Timed[];
  /** Sum of the planned lengths when the show started; `null` before. */
  readonly lengthAtStartMs: number | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly plannedStartAt: Instant;
  readonly plannedEndAt: Instant;
};

export type CueClock = {
  readonly cueId: string;
  /** When it began, or when it will as things stand; `null` for a skipped cue and one that was jumped over. */
  readonly startsAt: Instant | null;
  /** How long it took, without pauses and interruptions; `null` until it began. */
  readonly actualMs: number | null;
  /** What is left of the current cue; below 0 it is over. `null` for every other cue. */
  readonly remainingMs: number | null;
};

export type ShowClock = {
  readonly cues: ReadonlyMap<string, CueClock>;
  /** When the last cue will be over as things stand; after the show its end. */
  readonly projectedEndAt: Instant;
  /** How much longer the rundown takes than it was to take at the start; below 0 it is shorter. `null` before the start. */
  readonly offsetMs: number | null;
  /** Projected against planned end of the show. */
  readonly endOffsetMs: number;
};

/** Time that the cue's clock ran, from its start to its end or to `now`. `null` when it has not begun. */
export function elapsedMs(cue: Timed, now: number): number | null {
  if (cue.from === null) return null;
  const end = Math.max(cue.from, cue.to ?? now);
  return end - cue.from - coveredMs([...cue.pauses, ...cue.gaps], cue.from, end);
}

/** What is left of a cue; below 0 it is over. */
export function remainingMs(cue: Timed, now: number): number | null {
  const elapsed = elapsedMs(cue, now);
  return elapsed === null ? null : cue.plannedMs - elapsed;
}

/** Held by hand. */
export function isPaused(cue: Timed): boolean {
  return cue.pauses.at(-1)?.to === null;
}

/** The stream is down, and the cue's clock stands still with it. */
export function isInterrupted(cue: Timed): boolean {
  return cue.gaps.at(-1)?.to === null;
}

export function showClock(input: ClockInput, now: number): ShowClock {
  const { cues, startedAt, endedAt } = input;
  const anchor = lastBegun(cues);
  let at = endedAt ?? (startedAt === null ? input.plannedStartAt : Math.max(now, startedAt));
  const clocks = new Map<string, CueClock>();
  cues.forEach((cue, index) => {
    const { cueId } = cue;
    const actualMs = elapsedMs(cue, now);
    if (cue.from !== null) {
      const left = cue.state === "current" ? remainingMs(cue, now) : null;
      clocks.set(cueId, { cueId, startsAt: cue.from, actualMs, remainingMs: left });
      if (left !== null) at += Math.max(0, left);
      return;
    }
    const comes = cue.state === "waiting" && index > anchor && endedAt === null;
    clocks.set(cueId, { cueId, startsAt: comes ? instant(at) : null, actualMs: null, remainingMs: null });
    if (comes) at += cue.plannedMs;
  });
  const projectedEndAt = instant(at);
  return {
    cues: clocks,
    projectedEndAt,
    offsetMs: startedAt === null || input.lengthAtStartMs === null ? null : at - startedAt - input.lengthAtStartMs,
    endOffsetMs: at - input.plannedEndAt,
  };
}

/**
 * Place of the cue that the show is at: the current one, else the one that began last. −1 before the first.
 * Cues before it that still wait were jumped over: "next" does not come back to them.
 */
export function lastBegun(cues: readonly Timed[]): number {
  let found = -1;
  cues.forEach((cue, index) => {
    if (cue.from === null) return;
    const best = cues[found];
    if (cue.state === "current" || !best || (best.state !== "current" && cue.from >= (best.from ?? 0))) found = index;
  });
  return found;
}

/** The cue that "next" takes: the first waiting one behind the place of the show. */
export function nextCue<C extends Timed>(cues: readonly C[]): C | null {
  const anchor = lastBegun(cues);
  return cues.find((cue, index) => index > anchor && cue.state === "waiting") ?? null;
}

export type MeasuredLength = {
  readonly cueId: string;
  readonly plannedMs: number;
  readonly actualMs: number;
};

/** Planned against true lengths of the cues that are over: what 走流程 offers as planned lengths. */
export function measuredLengths(cues: readonly Timed[]): MeasuredLength[] {
  return cues.flatMap(({ cueId, plannedMs, ...cue }) => {
    if (cue.state !== "done" || cue.to === null) return [];
    const actualMs = elapsedMs({ cueId, plannedMs, ...cue }, cue.to);
    return actualMs === null ? [] : [{ cueId, plannedMs, actualMs }];
  });
}
