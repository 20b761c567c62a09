import {
  EFFECT_KINDS,
  type EffectAct,
  type EffectKind,
  type EffectsInput,
  type Measure,
  type ProductShare,
} from "#domain/effects/report.ts";
import { dice, type Dice } from "./dice.ts";

/**
 * A show whose acts' effects are known, for the validation of domain/effects. On purpose nothing like the estimator: viewers come in waves and
 * stay, some for long; buying follows how many are there, what is explained and for how long already, and a mood that lasts for minutes; baskets
 * have heavy tails. What an act brings is drawn apart from what would have come anyway, so the truth is a count, not a parameter.
 */

export type ShowSpec = {
  readonly seed: number;
  readonly minutes: number;
  /** Mean of the show without its acts. */
  readonly ordersPerMinute: number;
  readonly acts: number;
  /** Mean of what an act adds to buying in its first `liftMinutes`: 0.5 is half as much again. */
  readonly lift: (dice: Dice, kind: EffectKind) => number;
  readonly liftMinutes: number;
  /** Moments at which nothing is done, given to the estimator as acts. */
  readonly shams: number;
  /** `whenLow`: the hand acts after two bad minutes, not at any time. */
  readonly timing: "any" | "whenLow";
};

/** By minute, what an act brought, or took (negative). */
export type Brought = { readonly [M in Measure]: Float64Array };

export type SimulatedShow = {
  readonly input: EffectsInput;
  readonly brought: ReadonlyMap<string, Brought>;
  readonly shams: ReadonlySet<string>;
};

type Product = { readonly productId: string; readonly pull: number; readonly priceFen: number };
type PlannedAct = { readonly act: EffectAct; readonly lift: number; readonly isSham: boolean };

const MINUTE_MS = 60_000;
/** 2026-09-19 20:00 in Shanghai. */
const START = 1_789_819_200_000;
const PERSONS_PER_ORDER = 60;

export function simulateShow(spec: ShowSpec): SimulatedShow {
  const d = dice(spec.seed);
  const { minutes, ordersPerMinute } = spec;
  const products = Array.from({ length: 6 + d.below(18) }, (_, n): Product => ({
    productId: `product-${n}`,
    pull: Math.exp(0.55 * d.normal()),
    priceFen: Math.round(Math.exp(8.6 + 0.7 * d.normal())),
  }));
  const { explained, pull, active } = rundown(d, products, minutes);
  const viewers = audience(d, minutes);
  const moods = mood(d, minutes);
  const scale = ordersPerMinute / (meanOf(pull) * meanOf(viewers));
  const rate = viewers.map((here, t) => scale * here * (pull[t] ?? 0) * (moods[t] ?? 0));
  const acts = plan(d, spec, rate);
  const basket = basketOf(d, products, active);
  // Within a minute orders come in bursts.
  const own = Array.from(rate, (each, t) => {
    const count = d.poisson((each * d.gamma(12)) / 12);
    return Array.from({ length: count }, () => basket(t));
  });
  const persons = (PERSONS_PER_ORDER * ordersPerMinute) / meanOf(viewers);
  const online = viewers.map((here) => Math.round(here * persons));
  const brought = new Map<string, Brought>();
  for (const each of acts) brought.set(each.act.id, bring({ d, spec, each, rate, online, own, basket }));
  return { input: inputOf({ own, online, brought, explained, acts }), brought, shams: shamsOf(acts) };
}

const shamsOf = (acts: readonly PlannedAct[]) => new Set(acts.filter(({ isSham }) => isSham).map(({ act }) => act.id));

function meanOf(list: Float64Array): number {
  return list.reduce((sum, each) => sum + each, 0) / list.length;
}

/** Products one after another, some again; buying rises while one is explained, then tires; a little is sold at any time. */
function rundown(d: Dice, products: readonly Product[], minutes: number) {
  const explained: ProductShare[][] = Array.from({ length: minutes }, () => []);
  const pull = new Float64Array(minutes).fill(0.25);
  const active: (Product | undefined)[] = [];
  let at = d.next() * 3;
  for (let turn = 0; at < minutes; turn += 1) {
    const next = products[turn % products.length];
    const product = next && (turn < products.length || d.next() < 0.3) ? next : d.of(products);
    const length = 3 + 9 * d.next();
    for (let t = Math.floor(at); t < Math.min(minutes, at + length); t += 1) {
      const share = Math.min(t + 1, at + length) - Math.max(t, at);
      if (share <= 0) continue;
      explained[t]?.push({ productId: product.productId, share });
      const done = (t - at) / length;
      pull[t] = (pull[t] ?? 0) + share * product.pull * (0.7 + 1.2 * done - 0.9 * done * done);
      active[t] = product;
    }
    at += length + (d.next() < 0.25 ? 1 + 3 * d.next() : 0);
  }
  return { explained, pull, active };
}

/** Persons in the room: arrivals drift, and come in waves as the platform sends them; most leave soon, some stay for half an hour. */
function audience(d: Dice, minutes: number): Float64Array {
  const before = 60;
  const drift = 1.6 * (d.next() - 0.5);
  const hump = d.next();
  const arrivals = Float64Array.from({ length: minutes + before }, (_, t) => {
    const x = (t - before) / minutes;
    return Math.exp(drift * x + hump * Math.sin(Math.PI * Math.max(0, x)));
  });
  for (let at = 0; at < arrivals.length; at += d.exponential(14)) {
    const size = Math.min(4, d.pareto(1.8) * 0.5);
    const lasts = 1 + 4 * d.next();
    for (let t = Math.floor(at); t < arrivals.length; t += 1) {
      arrivals[t] = (arrivals[t] ?? 0) + size * Math.exp(-(t - at) / lasts);
    }
  }
  const online = new Float64Array(minutes);
  let brief = 0;
  let loyal = 0;
  arrivals.forEach((arriving, t) => {
    brief += 0.8 * arriving - brief / 2.5;
    loyal += 0.2 * arriving - loyal / 30;
    if (t >= before) online[t - before] = (brief + loyal) * (1 + 0.02 * d.normal());
  });
  return online;
}

/** The host's form, comments, the other room next door: lasts for minutes, now and then a jolt. */
function mood(d: Dice, minutes: number): Float64Array {
  let now = 0.2 * d.normal();
  return Float64Array.from({ length: minutes }, () => {
    now = 0.85 * now + 0.12 * d.student(4);
    return Math.exp(Math.max(-1.5, Math.min(1.5, now)));
  });
}

/** Money of an order: mostly one or two of what is explained, now and then somebody buys for a whole office. */
function basketOf(d: Dice, products: readonly Product[], active: readonly (Product | undefined)[]) {
  return (t: number): number => {
    const product = (d.next() < 0.8 ? active[t] : undefined) ?? d.of(products);
    const units = d.next() < 0.01 ? Math.min(60, Math.floor(3 * d.pareto(1.3))) : 1 + d.geometric(0.75);
    return product.priceFen * units;
  };
}

function plan(d: Dice, spec: ShowSpec, rate: Float64Array): PlannedAct[] {
  const list = Array.from({ length: spec.acts + spec.shams }, (_, n): PlannedAct => {
    const isSham = n >= spec.acts;
    const kind = d.of(EFFECT_KINDS);
    const minute = spec.timing === "any" ? 2 + d.next() * (spec.minutes - 6) : lowMoment(d, rate);
    // An opening of nothing in particular: all products of this show are on sale throughout.
    const refs = { productId: null, couponId: null, lotteryId: null };
    const act = { id: `act-${n}`, kind, at: Math.round(START + minute * MINUTE_MS), endAt: null, refs };
    return { act, lift: isSham ? 0 : spec.lift(d, kind), isSham };
  });
  return list.toSorted((a, b) => a.act.at - b.act.at);
}

/** Of six moments the one before which it went worst. */
function lowMoment(d: Dice, rate: Float64Array): number {
  const before = (at: number) => (rate[Math.floor(at) - 1] ?? 0) + (rate[Math.floor(at) - 2] ?? 0);
  const moments = Array.from({ length: 6 }, () => 4 + d.next() * (rate.length - 16));
  return moments.toSorted((a, b) => before(a) - before(b))[0] ?? 4;
}

type Bringing = {
  readonly d: Dice;
  readonly spec: ShowSpec;
  readonly each: PlannedAct;
  readonly rate: Float64Array;
  readonly online: Float64Array;
  /** Orders that came by themselves; an act that hurts takes some away. */
  readonly own: number[][];
  readonly basket: (t: number) => number;
};

/** An effect rises within a minute or so and fades by a half-life of minutes; persons follow later and stay longer. */
function bring({ d, spec, each, rate, online, own, basket }: Bringing): Brought {
  const length = rate.length;
  const of = { paidFen: new Float64Array(length), orders: new Float64Array(length), online: new Float64Array(length) };
  const { act, lift } = each;
  if (lift === 0) return of;
  const half = 2 + 4 * d.next();
  const rise = 0.5 + d.next();
  const start = (act.at - START) / MINUTE_MS;
  const wave = (since: number, slower: number) =>
    since <= 0 ? 0 : (1 - Math.exp(-since / (rise * slower))) * 0.5 ** (since / (half * slower));
  let mean = 0;
  for (let n = 0; n < spec.liftMinutes; n += 1) mean += wave(n + 0.5, 1) / spec.liftMinutes;
  const peak = Math.max(-1, lift / mean);
  const draws = act.kind === "lottery" ? 0.8 : act.kind === "groupPush" ? 0.6 : 0.15;
  for (let t = Math.floor(start); t < length; t += 1) {
    const since = t + 0.5 - start;
    of.online[t] = Math.round(peak * draws * 0.5 * wave(since, 1.5) * (online[t] ?? 0));
    const more = peak * wave(since, 1);
    const orders = own[t] ?? [];
    const taken = more < 0 ? orders.filter(() => d.next() < -more) : [];
    for (const fen of taken) orders.splice(orders.indexOf(fen), 1);
    const added = Array.from({ length: more > 0 ? d.poisson((rate[t] ?? 0) * more) : 0 }, () => basket(t));
    of.orders[t] = added.length - taken.length;
    of.paidFen[t] = sumOf(added) - sumOf(taken);
  }
  return of;
}

const sumOf = (list: readonly number[]): number => list.reduce((sum, each) => sum + each, 0);

type Made = {
  readonly own: readonly (readonly number[])[];
  readonly online: Float64Array;
  readonly brought: ReadonlyMap<string, Brought>;
  readonly explained: EffectsInput["explained"];
  readonly acts: readonly PlannedAct[];
};

function inputOf({ own, online, brought, explained, acts }: Made): EffectsInput {
  // What was taken away is missing in `own` already.
  const added = (measure: Measure, t: number) =>
    sumOf([...brought.values()].map((of) => ((of.orders[t] ?? 0) > 0 ? (of[measure][t] ?? 0) : 0)));
  return {
    startAt: START,
    paidFen: own.map((orders, t) => sumOf(orders) + added("paidFen", t)),
    orders: own.map((orders, t) => orders.length + added("orders", t)),
    online: Array.from(online, (here, t) => {
      const more = sumOf([...brought.values()].map((of) => of.online[t] ?? 0));
      return Math.max(0, here + more);
    }),
    explained,
    off: own.map(() => false),
    acts: acts.map(({ act }) => act),
  };
}
