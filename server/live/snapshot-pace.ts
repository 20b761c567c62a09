/**
 * When a snapshot is due. It only saves time at recovery, and making one costs as much as deciding what it holds: so it comes once about a twentieth of the
 * log would have to be folded, and while a crowd sends it waits for calm, up to as many events as are folded in about a second.
 */
const EVENTS_MIN = 20_000;
export const STORM_EVENTS_MAX = 100_000;
const WINDOW_MS = 10_000;
/** More events than this in a window are a crowd's. */
const CALM_EVENTS = 5_000;
/** What keeps one from being saved is seldom gone a moment later. */
const FAILED_MS = 30_000;

export class SnapshotPace {
  #savedSeq: number;
  #window: { readonly from: number; readonly at: number };
  #crowded = false;
  /** One is being made. */
  #asked = false;
  #notBefore = -Infinity;

  constructor(savedSeq: number, now: number) {
    this.#savedSeq = savedSeq;
    this.#window = { from: savedSeq, at: now };
  }

  /** When to ask again, though nothing else happens; `null`: there is little to save yet. */
  askAgainMs(seq: number): number | null {
    return seq - this.#savedSeq >= EVENTS_MIN ? WINDOW_MS : null;
  }

  asked(): void {
    this.#asked = true;
  }

  /** `seq`: up to where it holds; `null`: it could not be saved. */
  done(seq: number | null, now: number): void {
    this.#asked = false;
    if (seq === null) this.#notBefore = now + FAILED_MS;
    else this.#savedSeq = seq;
  }

  /** To be asked now and then; `now`: ms of a clock that never runs back. */
  isDue(seq: number, now: number): boolean {
    const crowdsNow = seq - this.#window.from > CALM_EVENTS;
    const most = crowdsNow || this.#crowded ? STORM_EVENTS_MAX : EVENTS_MIN;
    if (now - this.#window.at >= WINDOW_MS) {
      this.#crowded = crowdsNow;
      this.#window = { from: seq, at: now };
    }
    return !this.#asked && now >= this.#notBefore && seq - this.#savedSeq >= Math.max(most, seq / 20);
  }
}
