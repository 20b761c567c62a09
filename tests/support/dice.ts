/** Seeded draws for simulations: the same seed, the same show. */
export type Dice = ReturnType<typeof dice>;

export function dice(seed: number) {
  const next = mulberry32(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const exponential = (mean: number): number => -mean * Math.log(1 - next());
  return {
    /** [0, 1) */
    next,
    normal,
    exponential,
    below: (n: number): number => Math.floor(next() * n),
    of: <T>(list: readonly T[]): T => {
      const found = list[Math.floor(next() * list.length)];
      if (found === undefined) throw new Error("nothing to draw from");
      return found;
    },
    /** Mean and variance `shape`, a whole number. */
    gamma: (shape: number): number => {
      let sum = 0;
      for (let n = 0; n < shape; n += 1) sum += exponential(1);
      return sum;
    },
    poisson: (mean: number): number => {
      if (mean > 40) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
      const limit = Math.exp(-mean);
      let count = -1;
      for (let product = 1; product > limit; product *= next()) count += 1;
      return count;
    },
    /** Student's t: normal with heavier tails. */
    student: (degrees: number): number => {
      let squares = 0;
      for (let n = 0; n < degrees; n += 1) squares += normal() ** 2;
      return normal() / Math.sqrt(squares / degrees);
    },
    /** At least 1; the smaller `tail`, the heavier. */
    pareto: (tail: number): number => (1 - next()) ** (-1 / tail),
    /** Failures before the first success. */
    geometric: (chance: number): number => Math.floor(Math.log(1 - next()) / Math.log(1 - chance)),
  };
}

function mulberry32(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = state;
    x = Math.imul(x ^ (x >>> 15), x | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 4_294_967_296;
  };
}
