/** Seeded chance for rehearsals: the same seed gives the same audience. Not for draws or secrets. */
export type Chance = {
  /** Uniform in [0, 1). */
  next(): number;
  /** Whole number in [0, below). */
  below(below: number): number;
  happens(probability: number): boolean;
  /** Exponential with this mean. */
  wait(mean: number): number;
  /** How many of something that happens `mean` times on average (Poisson). */
  count(mean: number): number;
  pick<T>(items: readonly T[]): T;
  shuffle<T>(items: readonly T[]): T[];
};

/** sfc32 (Chris Doty-Humphrey, public domain): small, fast, passes PractRand. */
export function createChance(seed: number): Chance {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = seed | 0;
  let counter = 1;
  const step = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let warm = 0; warm < 12; warm += 1) step();
  const below = (limit: number) => Math.floor(step() * limit);
  return {
    next: step,
    below,
    happens: (probability) => step() < probability,
    wait: (mean) => -Math.log(1 - step()) * mean,
    count(mean) {
      if (mean > 40) return Math.max(0, Math.round(mean + (step() + step() + step() - 1.5) * 2 * Math.sqrt(mean)));
      const limit = Math.exp(-mean);
      let n = 0;
      for (let product = step(); product > limit; product *= step()) n += 1;
      return n;
    },
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
    shuffle(items) {
      const mixed = [...items];
      for (let i = mixed.length - 1; i > 0; i -= 1) {
        const j = below(i + 1);
        [mixed[i], mixed[j]] = [mixed[j] as (typeof mixed)[number], mixed[i] as (typeof mixed)[number]];
      }
      return mixed;
    },
  };
}
