import type { ShowState } from "#domain/engine.ts";
import type { SessionState } from "#domain/ops/session.ts";
import { instant, type Instant } from "#domain/units.ts";

/**
 * The time of a show: never before its last event, whatever the machine's clock does. A rehearsal goes by the wall clock until its simulator steps it,
 * and from then on by its steps alone.
 */
export class ShowClock {
  readonly #wall: () => number;
  #steppedTo: number | null = null;

  constructor(wall: () => number) {
    this.#wall = wall;
  }

  real(): Instant {
    return instant(this.#wall());
  }

  now(state: ShowState): Instant {
    return instant(Math.max(state.at, this.#steppedTo ?? this.#wall()));
  }

  get stepped(): boolean {
    return this.#steppedTo !== null;
  }

  /** False: not a rehearsal, or backwards. */
  step(state: ShowState, to: number): boolean {
    if (!isRehearsal(state) || !Number.isSafeInteger(to)) return false;
    if (to < Math.max(state.at, this.#steppedTo ?? 0)) return false;
    this.#steppedTo = to;
    return true;
  }
}

function isRehearsal(state: ShowState): boolean {
  return (state.slices["session"] as SessionState | undefined)?.rehearsal === true;
}
