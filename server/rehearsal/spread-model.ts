import { createChance, type Chance } from "./chance.ts";

/**
 * How word of a show gets about before it begins: people come by posters, groups and pushes, sign up, and bring friends; most bring nobody, a few bring many. Some
 * cheat on their own phone, press twice, open the page on a second phone, or think better of it. Pure: it says who does what, the runner carries it out by the
 * public pages and tells it the codes.
 */

/** Somebody comes by a link and signs up. */
export type Coming = {
  readonly kind: "come";
  readonly name: string;
  readonly phone: string;
  readonly inviterCode: string | null;
  readonly sourceCode: string | null;
  /** Code of the push by which they came. */
  readonly via: string | null;
  /** Whom WeCom knows them as. */
  readonly customer: Customer | null;
  /** Looks at the page before saying who they are. */
  readonly looksFirst: boolean;
};
export type Customer = { readonly id: string; readonly unionid: string };
export type SpreadAct = Coming | { readonly kind: "again" | "cancel" | "watch"; readonly name: string };

export type SpreadScene = {
  readonly at: number;
  readonly phase: string;
  readonly plannedStartAt: number;
  /** Codes of the show's sources. */
  readonly sourceCodes: readonly string[];
};

export type SpreadModel = {
  step(scene: SpreadScene, stepMs: number): SpreadAct[];
  /** They signed up, and have a code to bring others by. */
  signedUp(name: string, code: string): void;
  /** Somebody opened the link of a push; null: a customer whom no shop knows. */
  tapped(via: string, customer: Customer | null): void;
  /** Somebody new is in a group, where a friend brought them. */
  joined(customer: Customer): void;
};

/** Who signs up before the start, however short the time until then. */
const PEOPLE = 160;
/** Who still does while it is live, a minute. */
const LATE_A_MINUTE = 3;
const LATE_MAX = 60;
const BY_THEMSELVES = 0.25;
const MOST_FRIENDS = 40;
/** So that most bring nobody, one of four some, one of fifty dozens. */
const TAIL = 0.8;
/** Of those in a group, who come by a friend's word as much as by the push. */
const BY_A_FRIEND = 0.5;
const TAPS_LIVE = 0.35;
const CHEATS = 0.03;
const FAKES = 4;
const AGAIN = 0.03;
const ON_SECOND_PHONE = 0.03;
const CANCELS = 0.02;
const WATCHES = 0.55;
const WATCH_MS = 6 * 60_000;
const NAMES = [
  "橙子",
  "小鹿",
  "阿May",
  "木木",
  "糖豆",
  "林林",
  "晚风",
  "七七",
  "米粒",
  "大白",
  "南瓜",
  "初夏",
  "可乐",
  "青柠",
];

type Person = {
  readonly name: string;
  readonly phone: string;
  /** On the phone of who made them up. */
  readonly isFake: boolean;
  readonly customer: Customer | null;
  code: string | null;
  watchesAt: number | null;
};

type FromGroup = Pick<Coming, "via" | "customer">;

export function createSpread(seed: number): SpreadModel {
  return new Spread(createChance(seed ^ 0x5_9ead));
}

class Spread implements SpreadModel {
  readonly #chance: Chance;
  readonly #people = new Map<string, Person>();
  /** Codes by which somebody is still to come, once for each. */
  readonly #invitations: string[] = [];
  /** What follows from the last step. */
  #next: SpreadAct[] = [];
  /** Who is to come from groups; of new ones no push is known. */
  #fromGroups: FromGroup[] = [];
  readonly #customers = new Set<string>();
  #names = 0;
  #late = 0;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  signedUp(name: string, code: string): void {
    const person = this.#people.get(name);
    if (!person || person.code !== null) return;
    person.code = code;
    if (person.isFake) return;
    const friends = Math.min(MOST_FRIENDS, Math.floor((1 - this.#chance.next()) ** -TAIL - 1));
    for (let n = 0; n < friends; n += 1) this.#invitations.push(code);
    if (this.#chance.happens(CHEATS)) {
      for (let n = 0; n < FAKES; n += 1) this.#next.push(this.#newcomer({ phone: person.phone, inviterCode: code }));
    }
  }

  tapped(via: string, customer: Customer | null): void {
    this.#fromGroups.push({ via, customer });
  }

  joined(customer: Customer): void {
    this.#fromGroups.push({ via: null, customer });
  }

  step(scene: SpreadScene, stepMs: number): SpreadAct[] {
    const acts = this.#next;
    this.#next = [];
    const isBefore = scene.phase === "planned" || scene.phase === "warmup";
    for (const one of this.#fromGroups.splice(0)) {
      // While it is live most who tap a push come to watch, and no more.
      const isWorth = isBefore || (scene.phase === "live" && (one.via === null || this.#chance.happens(TAPS_LIVE)));
      if (isWorth) acts.push(...this.#comesFromGroup(one));
    }
    const count = isBefore ? this.#dueBefore(scene, stepMs) : this.#dueLive(scene, stepMs);
    for (let n = 0; n < count; n += 1) acts.push(this.#comesBy(scene));
    this.#secondThoughts();
    if (scene.phase === "live") acts.push(...this.#watchers(scene.at));
    return acts;
  }

  #comesFromGroup({ via, customer }: FromGroup): Coming[] {
    if (customer && this.#customers.has(customer.id)) return [];
    if (customer) this.#customers.add(customer.id);
    const isBrought = via === null || this.#chance.happens(BY_A_FRIEND);
    const inviterCode = isBrought && this.#invitations.length > 0 ? this.#invitation() : null;
    return [this.#newcomer({ via, customer, inviterCode })];
  }

  #invitation(): string | null {
    return this.#invitations.splice(this.#chance.below(this.#invitations.length), 1)[0] ?? null;
  }

  #dueBefore({ at, plannedStartAt }: SpreadScene, stepMs: number): number {
    const left = Math.max(0, PEOPLE - this.#people.size);
    return Math.min(left, this.#chance.count((left * stepMs) / Math.max(stepMs, plannedStartAt - at)));
  }

  #dueLive({ phase }: SpreadScene, stepMs: number): number {
    if (phase !== "live" || this.#late >= LATE_MAX) return 0;
    const count = this.#chance.count((LATE_A_MINUTE * stepMs) / 60_000);
    this.#late += count;
    return count;
  }

  #comesBy({ sourceCodes }: SpreadScene): Coming {
    const isAlone = this.#invitations.length === 0 || this.#chance.happens(BY_THEMSELVES);
    const inviterCode = isAlone ? null : this.#invitation();
    const sourceCode = inviterCode === null && sourceCodes.length > 0 ? this.#chance.pick(sourceCodes) : null;
    return this.#newcomer({ inviterCode, sourceCode });
  }

  #newcomer(how: Partial<Pick<Coming, "phone" | "inviterCode" | "sourceCode" | "via" | "customer">>): Coming {
    this.#names += 1;
    const name = `${this.#chance.pick(NAMES)}${this.#names}`;
    const { phone = `phone${this.#names}`, inviterCode = null, sourceCode = null, via = null, customer = null } = how;
    const isFake = how.phone !== undefined;
    this.#people.set(name, { name, phone, isFake, customer, code: null, watchesAt: null });
    const looksFirst = this.#chance.happens(0.2);
    return { kind: "come", name, phone, inviterCode, sourceCode, via, customer, looksFirst };
  }

  /** Of somebody who has signed up, told with the next step. */
  #secondThoughts(): void {
    const known = [...this.#people.values()].filter(({ code }) => code !== null);
    if (known.length === 0) return;
    const { name, code, customer } = this.#chance.pick(known);
    if (this.#chance.happens(AGAIN * 4)) this.#next.push({ kind: "again", name });
    else if (this.#chance.happens(CANCELS * 4)) this.#next.push({ kind: "cancel", name });
    else if (this.#chance.happens(ON_SECOND_PHONE * 4)) {
      const others = known.filter((other) => other.code !== code);
      const inviterCode = others.length > 0 ? this.#chance.pick(others).code : null;
      const second = { phone: `${name}-2`, sourceCode: null, via: null, customer, looksFirst: false };
      this.#next.push({ kind: "come", name, inviterCode, ...second });
    }
  }

  #watchers(at: number): SpreadAct[] {
    const acts: SpreadAct[] = [];
    for (const person of this.#people.values()) {
      if (person.code === null || person.isFake) continue;
      person.watchesAt ??= this.#chance.happens(WATCHES) ? at + this.#chance.wait(WATCH_MS / 3) : Infinity;
      if (person.watchesAt > at) continue;
      person.watchesAt = Infinity;
      acts.push({ kind: "watch", name: person.name });
    }
    return acts;
  }
}
