/**
 * The ordinary course of one measure: level near in time × strength of what is explained, both learned from usable minutes alone. Nearness
 * falls off exponentially, so that the level of all minutes comes out in one pass forth and one back.
 */

/** One measure by minute, and what was explained: products by number, with shares that sum to 1. */
export type Course = {
  readonly values: Float64Array;
  readonly mix: readonly (readonly Part[])[];
  readonly products: number;
};
export type Part = { readonly product: number; readonly share: number };

export type Tuning = {
  /** A neighbour so many minutes away counts 1/e. */
  readonly reachMinutes: number;
  /** How strongly products are pulled to their mean, in grains of evidence; Infinity: all are taken to be alike. */
  readonly holdBack: number;
};

export type Fit = {
  /** Expected value of each minute. */
  readonly expected: Float64Array;
  /** Of each product: a factor around 1, and the grains of evidence behind it. */
  readonly strength: Float64Array;
  readonly evidence: Float64Array;
};

/** Level and strength depend on each other: found in turn. More turns change nothing that could be seen. */
const TURNS = 3;

/** `usable[t]`: 1 where the minute may be learned from. `grain`: see `grainOf`. */
export function fitCourse(course: Course, usable: Uint8Array, grain: number, tuning: Tuning): Fit {
  const { values, mix, products } = course;
  const strength = new Float64Array(products).fill(1);
  const evidence = new Float64Array(products);
  const factor = new Float64Array(values.length);
  const level = new Float64Array(values.length);
  const areAlike = !differs(course, tuning);
  for (let turn = 0; ; turn += 1) {
    for (let t = 0; t < values.length; t += 1) factor[t] = factorOf(mix[t] ?? [], strength);
    smooth({ values, factor, usable, level }, tuning.reachMinutes);
    if (areAlike || turn === TURNS) break;
    weigh(course, { usable, level, grain, holdBack: tuning.holdBack }, { strength, evidence });
  }
  for (let t = 0; t < values.length; t += 1) factor[t] = (factor[t] ?? 0) * (level[t] ?? 0);
  return { expected: factor, strength, evidence };
}

export const differs = ({ products }: Course, { holdBack }: Tuning): boolean =>
  products > 1 && Number.isFinite(holdBack);

function factorOf(parts: readonly Part[], strength: Float64Array): number {
  let sum = 0;
  for (const { product, share } of parts) sum += share * (strength[product] ?? 1);
  return sum;
}

type Smoothing = { values: Float64Array; factor: Float64Array; usable: Uint8Array; level: Float64Array };

/** level = Σ nearness × value ÷ Σ nearness × factor. Changes `level`. */
function smooth({ values, factor, usable, level }: Smoothing, reachMinutes: number): void {
  const keep = Math.exp(-1 / reachMinutes);
  const divisor = new Float64Array(values.length);
  let value = 0;
  let weight = 0;
  for (let t = 0; t < values.length; t += 1) {
    const use = usable[t] ?? 0;
    value = value * keep + use * (values[t] ?? 0);
    weight = weight * keep + use * (factor[t] ?? 0);
    level[t] = value;
    divisor[t] = weight;
  }
  value = 0;
  weight = 0;
  for (let t = values.length - 1; t >= 0; t -= 1) {
    const by = (divisor[t] ?? 0) + weight;
    level[t] = by > 1e-12 ? ((level[t] ?? 0) + value) / by : 0;
    const use = usable[t] ?? 0;
    value = (value + use * (values[t] ?? 0)) * keep;
    weight = (weight + use * (factor[t] ?? 0)) * keep;
  }
}

type Weighing = { usable: Uint8Array; level: Float64Array; grain: number; holdBack: number };

/** strength = (sold + pull) ÷ (sold by a mean product + pull), in grains: one big order is little evidence. Changes `strength`, `evidence`. */
function weigh(
  { values, mix }: Course,
  { usable, level, grain, holdBack }: Weighing,
  { strength, evidence }: Pick<Fit, "strength" | "evidence">,
): void {
  const sold = new Float64Array(strength.length);
  evidence.fill(0);
  for (let t = 0; t < values.length; t += 1) {
    if (usable[t] !== 1) continue;
    for (const { product, share } of mix[t] ?? []) {
      sold[product] = (sold[product] ?? 0) + (share * (values[t] ?? 0)) / grain;
      evidence[product] = (evidence[product] ?? 0) + (share * (level[t] ?? 0)) / grain;
    }
  }
  for (let product = 0; product < strength.length; product += 1) {
    strength[product] = ((sold[product] ?? 0) + holdBack) / ((evidence[product] ?? 0) + holdBack);
  }
}

/** Variance ÷ mean of single minutes: about 1 for orders that come one by one, a usual basket for money, more where they come in bursts. 0: nothing there. */
export function grainOf(course: Course, usable: Uint8Array, tuning: Tuning): number {
  const { values } = course;
  let sum = 0;
  let count = 0;
  for (let t = 0; t < values.length; t += 1) {
    if (usable[t] !== 1) continue;
    sum += values[t] ?? 0;
    count += 1;
  }
  if (sum <= 0) return 0;
  const mean = sum / count;
  // For this first fit any grain of the right order will do.
  const { expected } = fitCourse(course, usable, mean / 4, tuning);
  let squares = 0;
  for (let t = 0; t < values.length; t += 1) {
    if (usable[t] !== 1) continue;
    const expect = Math.max(expected[t] ?? 0, mean / 20);
    squares += ((values[t] ?? 0) - expect) ** 2 / expect;
  }
  // The fit saw these minutes; a tenth of them went into it. A course that never moves still has a grain.
  return Math.max(squares / (count * 0.9), mean * 1e-6);
}
