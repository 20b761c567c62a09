/**
 * Answers so dear that nobody should wait for them: the last one is given at once, with when it was made, while the next is made behind it. Who waits is who
 * asks first, or long after the last. What is made quickly is made each time.
 */
export type Kept<T> = { readonly at: number; readonly value: T };
export type KeptAnswers<T> = (key: string, make: () => Promise<T>) => Promise<Kept<T>>;

const LONG_MS = 80;
/** Made anew at most a tenth of the time. */
const TIMES = 10;
const STALE_MS_MAX = 120_000;

type Entry<T> = { last: (Kept<T> & { readonly tookMs: number }) | null; underWay: Promise<Kept<T>> | null };

export function keptAnswers<T>(keysMax: number, now: () => number = Date.now): KeptAnswers<T> {
  const entries = new Map<string, Entry<T>>();
  const refresh = (entry: Entry<T>, make: () => Promise<T>): Promise<Kept<T>> => {
    entry.underWay ??= (async () => {
      const at = now();
      try {
        const value = await make();
        entry.last = { at, value, tookMs: now() - at };
        return entry.last;
      } finally {
        entry.underWay = null;
      }
    })();
    return entry.underWay;
  };
  return async (key, make) => {
    const entry = entries.get(key) ?? { last: null, underWay: null };
    if (!entries.has(key) && entries.size >= keysMax) entries.clear();
    entries.set(key, entry);
    const { last } = entry;
    const age = last ? now() - last.at : Infinity;
    // Before it was made: the clock was set back, and how old it is nobody knows.
    const isTooOld = age < 0 || age > STALE_MS_MAX;
    if (!last || last.tookMs < LONG_MS || isTooOld) return refresh(entry, make);
    // One that fails is asked for again by the next who comes, and they wait for it once the last is too old.
    if (age > TIMES * last.tookMs) refresh(entry, make).catch(() => undefined);
    return last;
  };
}
