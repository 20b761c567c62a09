/**
 * Stops asking a WeCom that is away: after some failures in a row calls fail at once, and now and then one goes through to see whether it is back.
 * One circuit for the host, one for each corp on it.
 */
export type CircuitState = "closed" | "open" | "halfOpen";

export type CircuitHealth = {
  readonly state: CircuitState;
  readonly failures: number;
  /** When it opened; null while it is closed. */
  readonly since: number | null;
  readonly nextTryAt: number | null;
  readonly lastFailure: string | null;
};

const FAILURES_MAX = 5;
const OPEN_MS = 5_000;
const OPEN_MS_MAX = 60_000;

export class Circuit {
  readonly #now: () => number;
  #failures = 0;
  #since: number | null = null;
  #nextTryAt = 0;
  #openMs = OPEN_MS;
  #probing = false;
  #lastFailure: string | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** 0: go on. Else how many ms to wait. After a 0 while half open the caller is the probe and must tell how it went. */
  enter(): number {
    const waitMs = this.waitMs();
    if (waitMs === 0 && this.#since !== null) this.#probing = true;
    return waitMs;
  }

  /** What `enter` would say. */
  waitMs(): number {
    if (this.#since === null) return 0;
    const now = this.#now();
    if (now < this.#nextTryAt) return this.#nextTryAt - now;
    return this.#probing ? OPEN_MS : 0;
  }

  get isClosed(): boolean {
    return this.#since === null;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#since = null;
    this.#probing = false;
    this.#openMs = OPEN_MS;
    this.#lastFailure = null;
  }

  failed(why: string): void {
    this.#failures += 1;
    this.#lastFailure = why;
    const now = this.#now();
    if (this.#since === null) {
      if (this.#failures < FAILURES_MAX) return;
      this.#since = now;
    } else {
      // Those that were under way when it opened tell nothing new.
      if (!this.#probing) return;
      this.#openMs = Math.min(this.#openMs * 2, OPEN_MS_MAX);
    }
    this.#probing = false;
    this.#nextTryAt = now + this.#openMs;
  }

  /** The probe ended without a word on WeCom: it never left. */
  abandoned(): void {
    this.#probing = false;
  }

  health(): CircuitHealth {
    const state = this.#since === null ? "closed" : this.#now() < this.#nextTryAt ? "open" : "halfOpen";
    const open = this.#since !== null;
    return {
      state,
      failures: this.#failures,
      since: this.#since,
      nextTryAt: open ? this.#nextTryAt : null,
      lastFailure: this.#lastFailure,
    };
  }
}
