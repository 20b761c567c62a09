import type { Course, Part } from "./baseline.ts";
import { wordOf } from "./judge.ts";
import {
  chanceOf,
  missesOf,
  offsetOf,
  predict,
  ratioOf,
  tuned,
  type Chance,
  type Ground,
  type Prediction,
  type Window,
} from "./placebo.ts";
import type { EffectsInput, Measure, MeasureEffect } from "./report.ts";
import { isNearEdge, minuteIn, ONLINE_FADE_MIN, type Division } from "./windows.ts";

/** One measure of one show: what was, what was to be expected, and how far off such expectations are. */

export type Estimate = { readonly found: Prediction; readonly ground: Ground; readonly chance: Chance };

export type Gauge = {
  /** `undefined`: nothing known, or nothing to compare with. */
  estimate(window: Window): Estimate | undefined;
};

/** At the beginning and the end the audience drifts most, and only one side of the window tells how. Found in simulation. */
const EDGE_STRETCH = 1.5;

export function gaugeOf(input: EffectsInput, measure: Measure, division: Division, windows: readonly Window[]): Gauge {
  const { starts, apart, shape } = division;
  const base = measure === "online" ? onlineBase(input, division) : countedBase(input, measure, division);
  const isBlurred = measure === "online" && shape.fade < ONLINE_FADE_MIN;
  const ground = isBlurred ? undefined : tuned(base, division, usual(windows, shape.window));
  const chances = new Map<string, Chance | undefined>();
  const chanceLike = (of: Ground, window: Window): Chance | undefined => {
    const key = `${window.blindBefore} ${window.blindAfter}`;
    if (!chances.has(key)) chances.set(key, chanceOf(missesOf(of, starts, window), apart));
    const chance = chances.get(key);
    const isOneSided = measure === "online" && isNearEdge(window, division);
    return chance && isOneSided ? { ...chance, stretch: chance.stretch * EDGE_STRETCH } : chance;
  };
  return {
    estimate(window) {
      const found = ground && predict(ground, window);
      const chance = found && chanceLike(ground, window);
      return chance && { found, ground, chance };
    },
  };
}

/** A window as blind as most acts are. */
function usual(windows: readonly Window[], minutes: number): Window {
  const median = (pick: (window: Window) => number) => {
    const sorted = windows.map(pick).toSorted((a, b) => a - b);
    return Math.min(minutes, sorted[sorted.length >> 1] ?? 0);
  };
  return { from: 0, to: minutes, blindBefore: median((w) => w.blindBefore), blindAfter: median((w) => w.blindAfter) };
}

type Base = Omit<Ground, "grain" | "tuning">;

function countedBase(input: EffectsInput, measure: "paidFen" | "orders", { free }: Division): Base {
  const course = { values: Float64Array.from(input[measure]), ...mixOf(input) };
  return { course, free, known: Uint8Array.from(input.off, (off) => (off ? 0 : 1)) };
}

/** Persons in the room come and go whatever is explained. */
function onlineBase({ online, off }: EffectsInput, { free }: Division): Base {
  const known = Uint8Array.from(online, (value, t) => (value === null || off[t] ? 0 : 1));
  const alike = [{ product: 0, share: 1 }];
  const course = {
    values: Float64Array.from(online, (value) => value ?? 0),
    mix: online.map(() => alike),
    products: 1,
  };
  return { course, free: free.map((each, t) => each & (known[t] ?? 0)), known };
}

/**
 * Products by number; 0 is "nothing explained". Before a product's sale opens it is numbered as all such are together: what could not be bought
 * yet says nothing about how it sells (EFF6).
 */
function mixOf(input: EffectsInput): Pick<Course, "mix" | "products"> {
  const opens = new Map<string, number>();
  for (const { kind, at, refs } of input.acts) {
    if (kind !== "openSale" || refs.productId === null) continue;
    opens.set(refs.productId, Math.min(minuteIn(input, at), opens.get(refs.productId) ?? Infinity));
  }
  const numbers = new Map<string, number>();
  const numberOf = (key: string) => {
    const number = numbers.get(key) ?? numbers.size + 1;
    numbers.set(key, number);
    return number;
  };
  const mix = input.explained.map((shares, t) => {
    const parts: Part[] = [];
    let rest = 1;
    for (const { productId, share } of shares) {
      const isOpen = t >= (opens.get(productId) ?? -Infinity);
      parts.push({ product: numberOf(isOpen ? `open ${productId}` : "notYet"), share });
      rest -= share;
    }
    if (rest > 0.001) parts.push({ product: 0, share: rest });
    return parts;
  });
  return { mix, products: numbers.size + 1 };
}

/** One window, or several taken together. Misses of windows near each other go together: three count as two. */
export function effectOf(estimates: readonly Estimate[], measure: Measure): MeasureEffect | null {
  const [first] = estimates;
  if (!first) return null;
  const sum = (pick: (estimate: Estimate) => number) => estimates.reduce((total, each) => total + pick(each), 0);
  const actual = sum(({ found }) => found.actual);
  const expected = sum(({ found }) => found.expected);
  const offset = sum(({ ground }) => offsetOf(ground));
  const share = ({ found }: Estimate) => found.expected / expected;
  const halfOf = ({ found, chance }: Estimate) => chance.stretch * Math.sqrt(found.variance + chance.extra);
  const squares = sum((each) => (share(each) * halfOf(each)) ** 2);
  const together = sum((each) => share(each) * halfOf(each)) ** 2;
  const half = Math.sqrt(squares + TOGETHER * (together - squares));
  const count = measure === "online" ? sum(({ found }) => found.minutes) : 1;
  // What would have been without the act: the prediction, off by as much as predictions of windows without an act are.
  const without = (miss: number) => Math.max(0, (expected + offset) * ratioOf(miss) - offset);
  const effect = {
    low: (actual - without(half)) / count,
    mid: (actual - expected) / count,
    high: (actual - without(-half)) / count,
  };
  const mean = expected / count;
  return {
    actual: actual / count,
    expected: mean,
    effect,
    change: { low: effect.low / mean, mid: effect.mid / mean, high: effect.high / mean },
    course: first.found.course,
    word: wordOf(effect),
  };
}

/** Correlation of the misses of two windows of a show. Found in simulation. */
const TOGETHER = 0.2;
