/**
 * Counts tries by key in fixed windows, in bounded memory. Full, it forgets everything: better a window too generous than a server
 * that grows.
 */
export class RateWindow {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #keysMax: number;
  readonly #counts = new Map<string, { count: number; endsAt: number }>();

  constructor({ limit, windowMs, keysMax = 50_000 }: { limit: number; windowMs: number; keysMax?: number }) {
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#keysMax = keysMax;
  }

  /** Counts one try: 0 when it is within the limit, else how many ms until the next window. */
  take(key: string, now: number): number {
    const window = this.#counts.get(key);
    if (!window || window.endsAt <= now) {
      if (this.#counts.size >= this.#keysMax) this.#counts.clear();
      this.#counts.set(key, { count: 1, endsAt: now + this.#windowMs });
      return 0;
    }
    if (window.count >= this.#limit) return window.endsAt - now;
    window.count += 1;
    return 0;
  }

  /** What `take` would say, without counting a try. */
  waitMs(key: string, now: number): number {
    const window = this.#counts.get(key);
    return window && window.endsAt > now && window.count >= this.#limit ? window.endsAt - now : 0;
  }

  /** Takes a counted try back. */
  refund(key: string): void {
    const window = this.#counts.get(key);
    if (window && window.count > 0) window.count -= 1;
  }
}
