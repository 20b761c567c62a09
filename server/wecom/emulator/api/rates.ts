import { beijingDayStart, beijingMonth, DAY_MS, HOUR_MS } from "../clock.ts";
import type { World } from "../state/world.ts";

const MINUTE_MS = 60_000;

export type RateRule = {
  readonly name: string;
  readonly max: number;
  readonly per: "minute" | "hour" | "day" | "month";
};

/** §3. The names can be given other maxima by the switch `limits`. */
export const rateRules = {
  apiMinute: { name: "apiMinute", max: 10_000, per: "minute" },
  apiHour: { name: "apiHour", max: 150_000, per: "hour" },
  /** gettoken alone, so that the other limits can be lowered without it. */
  tokenMinute: { name: "tokenMinute", max: 10_000, per: "minute" },
  tokenHour: { name: "tokenHour", max: 150_000, per: "hour" },
  ipMinute: { name: "ipMinute", max: 20_000, per: "minute" },
  ipHour: { name: "ipHour", max: 600_000, per: "hour" },
  robotMinute: { name: "robotMinute", max: 20, per: "minute" },
  messageMemberMinute: { name: "messageMemberMinute", max: 30, per: "minute" },
  messageMemberHour: { name: "messageMemberHour", max: 1_000, per: "hour" },
  appchatCreateDay: { name: "appchatCreateDay", max: 1_000, per: "day" },
  appchatUpdateHour: { name: "appchatUpdateHour", max: 1_000, per: "hour" },
  appchatSendMinute: { name: "appchatSendMinute", max: 20_000, per: "minute" },
  appchatSendHour: { name: "appchatSendHour", max: 300_000, per: "hour" },
  ticketCorpHour: { name: "ticketCorpHour", max: 400, per: "hour" },
  ticketAppHour: { name: "ticketAppHour", max: 100, per: "hour" },
  mediaMinute: { name: "mediaMinute", max: 5_000, per: "minute" },
  uploadimgDay: { name: "uploadimgDay", max: 1_000, per: "day" },
  uploadimgMonth: { name: "uploadimgMonth", max: 3_000, per: "month" },
  momentMinute: { name: "momentMinute", max: 10, per: "minute" },
  momentMonth: { name: "momentMonth", max: 100_000, per: "month" },
} as const satisfies Record<string, RateRule>;

type Counter = { windowStart: number; count: number; blockedUntil: number; recent: number[] };

/** Counters are kept in memory only; a restart forgets them, as it forgets who was blocked. */
export class Rates {
  readonly #world: World;
  readonly #counters = new Map<string, Counter>();
  readonly #held = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  reset(): void {
    this.#counters.clear();
    this.#held.clear();
  }

  /** Counts `weight` calls; false when over the limit or still blocked for having been. */
  take(rule: RateRule, key: string, weight = 1): boolean {
    const now = this.#world.now();
    const counter = this.#counter(rule, key, now);
    if (counter.blockedUntil > now) return false;
    if (counter.count + weight <= this.#max(rule)) {
      counter.count += weight;
      return true;
    }
    if (this.#world.switches.blockAfterLimit) counter.blockedUntil = blockedUntil(rule, now);
    return false;
  }

  /** Robots: the kind of minute is a switch, because it is documented nowhere. */
  takeSliding(rule: RateRule, key: string): boolean {
    const now = this.#world.now();
    const counter = this.#counter(rule, key, now);
    if (counter.blockedUntil > now) return false;
    counter.recent = counter.recent.filter((at) => at > now - MINUTE_MS);
    if (counter.recent.length < this.#max(rule)) {
      counter.recent.push(now);
      return true;
    }
    if (this.#world.switches.blockAfterLimit) counter.blockedUntil = blockedUntil(rule, now);
    return false;
  }

  isBlocked(rule: RateRule, key: string): boolean {
    const now = this.#world.now();
    return this.#counter(rule, key, now).blockedUntil > now;
  }

  isHeld(key: string): boolean {
    return this.#held.has(key);
  }

  /** Runs while nobody else may touch the object; the hold lasts real milliseconds, as two calls overlap in real time. */
  async hold<Result>(key: string, ms: number, run: () => Result): Promise<Result> {
    if (ms === 0) return run();
    this.#held.add(key);
    try {
      const result = run();
      await new Promise((resolve) => setTimeout(resolve, ms));
      return result;
    } finally {
      this.#held.delete(key);
    }
  }

  #max(rule: RateRule): number {
    return this.#world.switches.limits[rule.name] ?? rule.max;
  }

  #counter(rule: RateRule, key: string, now: number): Counter {
    const id = `${rule.name}|${key}`;
    const windowStart = windowStartOf(rule, now);
    const known = this.#counters.get(id);
    if (!known) {
      const fresh = { windowStart, count: 0, blockedUntil: 0, recent: [] };
      this.#counters.set(id, fresh);
      return fresh;
    }
    if (known.windowStart !== windowStart) {
      known.windowStart = windowStart;
      known.count = 0;
    }
    return known;
  }
}

function windowStartOf({ per }: RateRule, now: number): number {
  switch (per) {
    case "minute":
      return Math.floor(now / MINUTE_MS);
    case "hour":
      return Math.floor(now / HOUR_MS);
    case "day":
      return beijingDayStart(now);
    case "month":
      return beijingMonth(now).start;
  }
}

/** §3: minute 60 s, hour 60 min, day to midnight, month 30 days. */
function blockedUntil({ per }: RateRule, now: number): number {
  switch (per) {
    case "minute":
      return now + MINUTE_MS;
    case "hour":
      return now + HOUR_MS;
    case "day":
      return beijingDayStart(now) + DAY_MS;
    case "month":
      return now + 30 * DAY_MS;
  }
}
