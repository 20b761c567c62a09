import type { SharedPace } from "./shared-pace.ts";

/**
 * How often we ask. WeCom counts per corp and API in minutes and hours, and blocks for the length of the rule that was broken; so we stay below, and
 * when it says 45009 after all (others ask with the same corp), that API rests.
 */
export type PaceLimits = {
  readonly perMinute: number;
  readonly perHour: number;
  /** The part of them that we take, all nodes that share a pace together: other programs ask as well. */
  readonly share: number;
};

export const WECOM_PACE: PaceLimits = { perMinute: 10_000, perHour: 150_000, share: 0.5 };

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** From this part of a rule's number on, a 45009 is taken for that rule's. */
const NEAR = 0.25;

/** `lastHour`: the calls of all nodes, as far as told; the counts are those of this one. */
type Api = { minute: SlidingCount; hour: SlidingCount; lastHour: number; blockedUntil: number; blocks: number };

export class ApiPace {
  readonly #now: () => number;
  readonly #limits: PaceLimits;
  readonly #shared: SharedPace | null;
  readonly #apis = new Map<string, Api>();

  /** `shared` null: this node alone, and whenever the others can't be asked. */
  constructor(now: () => number, limits: PaceLimits, shared: SharedPace | null) {
    this.#now = now;
    this.#limits = limits;
    this.#shared = shared;
  }

  /** Counts one call, first with the other nodes: 0 when it may go, else how many ms to wait. */
  async take(key: string): Promise<number> {
    const api = this.#of(key);
    const { perMinute, perHour, share } = this.#limits;
    const most = { perMinute: perMinute * share, perHour: perHour * share };
    const waitMs = api.blockedUntil - this.#now();
    if (waitMs > 0) return waitMs;
    const told = this.#shared && (await this.#shared.take(key, most));
    const now = this.#now();
    if (told) {
      api.lastHour = told.lastHour;
      if (told.waitMs > 0) return told.waitMs;
    } else {
      api.lastHour = 0;
      const ownMs = Math.max(
        api.blockedUntil - now,
        api.minute.waitMs(now, most.perMinute),
        api.hour.waitMs(now, most.perHour),
      );
      if (ownMs > 0) return ownMs;
    }
    api.minute.count(now);
    api.hour.count(now);
    return 0;
  }

  /** How long the block lasts that WeCom has just told of: by the rule that we are nearest to, else a minute, then longer each time. */
  block(key: string): number {
    const now = this.#now();
    const api = this.#of(key);
    // Calls that were under way at once are refused at once: one block.
    if (now < api.blockedUntil) return api.blockedUntil - now;
    const byHour = Math.max(api.hour.total(now), api.lastHour) >= this.#limits.perHour * NEAR;
    const ms = byHour ? HOUR_MS : Math.min(MINUTE_MS * 2 ** api.blocks, HOUR_MS);
    api.blocks += 1;
    api.blockedUntil = now + ms;
    // What the others are told late they learn from WeCom.
    void this.#shared?.block(key, ms);
    return ms;
  }

  /** An answer came: the next block starts at a minute again. */
  passed(key: string): void {
    const api = this.#apis.get(key);
    if (api) api.blocks = 0;
  }

  blocked(): { readonly key: string; readonly until: number }[] {
    const now = this.#now();
    return [...this.#apis].flatMap(([key, { blockedUntil }]) =>
      now < blockedUntil ? [{ key, until: blockedUntil }] : [],
    );
  }

  #of(key: string): Api {
    const known = this.#apis.get(key);
    if (known) return known;
    const made: Api = {
      minute: new SlidingCount(MINUTE_MS, 12),
      hour: new SlidingCount(HOUR_MS, 60),
      lastHour: 0,
      blockedUntil: 0,
      blocks: 0,
    };
    this.#apis.set(key, made);
    return made;
  }
}

/** Counts in slots of a ring: bounded memory, exact to one slot. */
class SlidingCount {
  readonly #slotMs: number;
  readonly #counts: number[];
  #newest = 0;

  constructor(windowMs: number, slots: number) {
    this.#slotMs = windowMs / slots;
    // One more than the window holds: the slot that is half over counts whole, so the window is never short.
    this.#counts = Array.from({ length: slots + 1 }, () => 0);
  }

  total(now: number): number {
    this.#turn(now);
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  count(now: number): void {
    this.#turn(now);
    const at = this.#newest % this.#counts.length;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }

  waitMs(now: number, max: number): number {
    let left = this.total(now);
    if (left < max) return 0;
    const slots = this.#counts.length;
    let turns = 0;
    while (left >= max && turns < slots) {
      turns += 1;
      left -= this.#counts[(this.#newest + turns) % slots] ?? 0;
    }
    return (this.#newest + turns) * this.#slotMs - now;
  }

  #turn(now: number): void {
    const slot = Math.floor(now / this.#slotMs);
    const steps = Math.min(slot - this.#newest, this.#counts.length);
    for (let step = 1; step <= steps; step += 1) this.#counts[(slot - steps + step) % this.#counts.length] = 0;
    if (slot > this.#newest) this.#newest = slot;
  }
}

/** Work on one object goes one after the other: two edits of one customer's tags at once are refused. */
export class OneByOne {
  readonly #tails = new Map<string, Promise<unknown>>();

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const own = before.then(work, work);
    this.#tails.set(key, own);
    try {
      return await own;
    } finally {
      if (this.#tails.get(key) === own) this.#tails.delete(key);
    }
  }
}
