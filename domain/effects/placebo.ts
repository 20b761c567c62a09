import { differs, fitCourse, grainOf, type Course, type Tuning } from "./baseline.ts";
import { studentQuantile } from "./judge.ts";

/**
 * What chance does in windows without an act. The prediction that is made for an act is made for each of them, just as blind: without the window's
 * own minutes, and without as many minutes before and after it as the act lacks. How far these predictions miss is the possible range.
 */

/** Whole minutes [from, to), and how many beside it can't be learned from. */
export type Window = {
  readonly from: number;
  readonly to: number;
  readonly blindBefore: number;
  readonly blindAfter: number;
};

/** A measure: where it may be learned from (`free`), where it is known at all (`known`). */
export type Ground = {
  readonly course: Course;
  readonly free: Uint8Array;
  readonly known: Uint8Array;
  readonly grain: number;
  readonly tuning: Tuning;
};

export type Prediction = {
  readonly actual: number;
  readonly expected: number;
  /** By minute of the window; 0 where the measure is not known. */
  readonly course: readonly number[];
  /** How many minutes are known. */
  readonly minutes: number;
  /** How far `actual` is from `expected`, see `missOf`. */
  readonly miss: number;
  /** Variance of `miss` that grain and thin evidence explain. */
  readonly variance: number;
};

/** Variance of misses that the windows without an act have beyond `variance`, and how much the range is stretched. */
export type Chance = { readonly extra: number; readonly stretch: number };

/**
 * Misses are measured on cube roots of the ratio: between a ratio and its logarithm, for there what chance does reaches as far up as down.
 * 0: as expected.
 */
const missOf = (ratio: number): number => 3 * (Math.cbrt(ratio) - 1);
export const ratioOf = (miss: number): number => Math.max(0, 1 + miss / 3) ** 3;

/** Half a grain is added on both sides, so that an empty window is no infinite miss. */
export const offsetOf = ({ grain }: Ground): number => grain / 2;

export function predict(ground: Ground, window: Window): Prediction | undefined {
  const { course, free, known, grain, tuning } = ground;
  const usable = Uint8Array.from(free);
  usable.fill(0, Math.max(0, window.from - window.blindBefore), Math.max(0, window.to + window.blindAfter));
  const fit = fitCourse(course, usable, grain, tuning);
  let actual = 0;
  let expected = 0;
  let minutes = 0;
  const shown: number[] = [];
  for (let t = window.from; t < window.to; t += 1) {
    const isKnown = known[t] === 1;
    const expect = isKnown ? (fit.expected[t] ?? 0) : 0;
    shown.push(expect);
    if (!isKnown) continue;
    minutes += 1;
    actual += course.values[t] ?? 0;
    expected += expect;
  }
  if (minutes * 2 < window.to - window.from || expected <= 0) return undefined;
  const offset = offsetOf(ground);
  const ofProducts = differs(course, tuning) ? productVariance(ground, window, fit) : 0;
  const ofLevel = (grain / (expected / minutes)) * thinness(usable, window, tuning.reachMinutes);
  return {
    actual,
    expected,
    course: shown,
    minutes,
    miss: missOf((actual + offset) / (expected + offset)),
    variance: grain / (expected + offset) + ofProducts + ofLevel,
  };
}

/** Relative variance from products of which little is known. */
function productVariance(
  { course, known, tuning }: Ground,
  { from, to }: Window,
  { strength, evidence }: { readonly strength: Float64Array; readonly evidence: Float64Array },
): number {
  const parts = new Map<number, number>();
  let whole = 0;
  for (let t = from; t < to; t += 1) {
    if (known[t] !== 1) continue;
    for (const { product, share } of course.mix[t] ?? []) {
      const part = share * (strength[product] ?? 1);
      parts.set(product, (parts.get(product) ?? 0) + part);
      whole += part;
    }
  }
  let variance = 0;
  for (const [product, part] of parts) {
    variance += (part / whole) ** 2 / ((evidence[product] ?? 0) + tuning.holdBack);
  }
  return variance;
}

/** 1 ÷ the number of minutes that the level in the middle of the window rests on. */
function thinness(usable: Uint8Array, { from, to }: Window, reachMinutes: number): number {
  const middle = (from + to - 1) / 2;
  let weights = 0;
  let squares = 0;
  for (let t = 0; t < usable.length; t += 1) {
    if (usable[t] !== 1) continue;
    const weight = Math.exp(-Math.abs(t - middle) / reachMinutes);
    weights += weight;
    squares += weight * weight;
  }
  return weights > 0 ? squares / weights ** 2 : Infinity;
}

export function missesOf(ground: Ground, starts: readonly number[], like: Window): readonly Prediction[] {
  const { blindBefore, blindAfter } = like;
  const minutes = like.to - like.from;
  return starts.flatMap((from) => predict(ground, { from, to: from + minutes, blindBefore, blindAfter }) ?? []);
}

/** Windows beside each other share a wave and often a product: ten of them tell as much as five far apart. Found in simulation. */
const INDEPENDENT = 0.5;

/** `apart`: how many of these windows fit beside each other. `undefined`: none. */
export function chanceOf(misses: readonly Prediction[], apart: number): Chance | undefined {
  if (misses.length === 0) return undefined;
  let over = 0;
  for (const { miss, variance } of misses) over += miss * miss - variance;
  const extra = Math.max(0, over / misses.length);
  let squares = 0;
  for (const { miss, variance } of misses) squares += (miss * miss) / (variance + extra);
  const scale = Math.sqrt((squares / misses.length) * (1 + 1 / apart));
  return { extra, stretch: studentQuantile(Math.max(3, apart * INDEPENDENT)) * scale };
}

const REACHES = [5, 12, 30, 80];
const HOLDS = [1, 4, 16, Infinity];
/** With fewer windows the best of many tunings would be the luckiest. */
const CHOICE_FROM = 10;
const USUAL = { reaches: [12, 30], holds: [4] };

/**
 * The tuning that predicts windows without an act best: the show itself says how far around to look, and how much its products differ.
 * `undefined`: there is nothing to predict.
 */
export function tuned(
  base: Omit<Ground, "grain" | "tuning">,
  { starts, apart }: { readonly starts: readonly number[]; readonly apart: number },
  like: Window,
): Ground | undefined {
  const { reaches, holds } = apart < CHOICE_FROM ? USUAL : { reaches: REACHES, holds: HOLDS };
  let best: { readonly ground: Ground; readonly loss: number } | undefined;
  for (const reachMinutes of reaches) {
    for (const holdBack of base.course.products > 1 ? holds : [Infinity]) {
      const tuning = { reachMinutes, holdBack };
      const grain = grainOf(base.course, base.free, tuning);
      if (grain <= 0) return undefined;
      const ground = { ...base, grain, tuning };
      let loss = 0;
      for (const { actual, expected } of missesOf(ground, starts, like)) {
        // Not by `miss`, which a coarser grain makes look smaller.
        loss += Math.log((Math.max(0, actual) + 1) / (expected + 1)) ** 2;
      }
      if (!best || loss < best.loss) best = { ground, loss };
    }
  }
  return best?.ground;
}
