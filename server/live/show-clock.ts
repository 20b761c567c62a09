import type { ShowState } from "#domain/engine.ts";
import type { RehearsalState } from "#domain/ops/rehearsal.ts";
import type { SessionState } from "#domain/ops/session.ts";
import { instant, type Instant } from "#domain/units.ts";
import type { SteppedClock } from "#domain/wire.ts";

type Step = { readonly wall: number; readonly to: number };
const STEPS_MAX = 12;
/** A simulator steps several times a second: after so long without a step it is paused, or gone. */
const STILL_MS = 2_000;

/**
 * The time of a show: never before its last event, whatever the machine's clock does. A rehearsal goes by the wall clock until its simulator steps it,
 * and from then on by its steps alone, also under a later writer: the log says that it was stepped, and where to.
 */
export class ShowClock {
  readonly #wall: () => number;
  #steppedTo: number | null = null;
  /** The latest steps, oldest first, from which the pace is taken. */
  #recent: readonly Step[] = [];

  constructor(wall: () => number) {
    this.#wall = wall;
  }

  real(): Instant {
    return instant(this.#wall());
  }

  now(state: ShowState): Instant {
    return instant(Math.max(state.at, this.#steppedTo ?? (wasStepped(state) ? 0 : this.#wall())));
  }

  stepped(state: ShowState): boolean {
    return this.#steppedTo !== null || wasStepped(state);
  }

  /** False: not a rehearsal, backwards, or a leap out of a show that went live meanwhile. */
  step(state: ShowState, to: number): boolean {
    if (!isRehearsal(state) || !Number.isSafeInteger(to)) return false;
    if (to < Math.max(state.at, this.#steppedTo ?? 0)) return false;
    const wall = this.#wall();
    if (!this.stepped(state) && isLive(state) && to > Math.max(wall, state.at) + LEAP_MS) return false;
    this.#steppedTo = to;
    this.#recent = [...this.#recent.filter((step) => wall - step.wall < STILL_MS), { wall, to }].slice(-STEPS_MAX);
    return true;
  }

  /** Where a stepped clock stands and how fast it goes, for those who count down by it; `undefined` while it goes by the wall. */
  steps(state: ShowState): SteppedClock | undefined {
    if (!this.stepped(state)) return undefined;
    const last = this.#recent.at(-1);
    const wall = this.#wall();
    const showAt = this.now(state);
    if (!last || wall - last.wall >= STILL_MS) return { showAt, at: wall, pace: 0 };
    return { showAt, at: last.wall, pace: paceOf(this.#recent) };
  }

  /** Whether the log does not tell yet that the clock goes by steps, or tells a time that is long past. */
  wantsNote(state: ShowState): boolean {
    if (this.#steppedTo === null || !("rehearsal" in state.slices)) return false;
    return !wasStepped(state) || this.#steppedTo - state.at >= NOTE_MS;
  }
}

/**
 * How far a simulator's first step may lead a show that is on. It begins shortly before the planned start, unless the show has begun: who presses 开播 in the
 * moment between its look and its step would else have been live since yesterday.
 */
const LEAP_MS = 10 * 60_000;

/** Show time that a clock may lose when its writer dies. */
const NOTE_MS = 5_000;

/** Show time by real time, to a hundredth: what is measured between single steps trembles. */
function paceOf(steps: readonly Step[]): number {
  const [first, last] = [steps[0], steps.at(-1)];
  if (!first || !last || last.wall <= first.wall) return 0;
  return Math.round((100 * (last.to - first.to)) / (last.wall - first.wall)) / 100;
}

function isRehearsal(state: ShowState): boolean {
  return (state.slices["session"] as SessionState | undefined)?.rehearsal === true;
}

function isLive(state: ShowState): boolean {
  const phase = (state.slices["session"] as SessionState | undefined)?.phase;
  return phase === "live" || phase === "interrupted";
}

function wasStepped(state: ShowState): boolean {
  return (state.slices["rehearsal"] as RehearsalState | undefined)?.stepped === true;
}
