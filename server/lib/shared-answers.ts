/**
 * Answers that grow dear: made once for all who ask at the same time, and those that took long are held for ten times as long. So what is made quickly is
 * fresh each time, and what takes seconds is not made all the time because many pages ask for it every few seconds.
 */
export type SharedAnswers<T> = (key: string, make: () => Promise<T>) => Promise<T>;

const LONG_MS = 300;
const TIMES = 10;
const HELD_MS_MAX = 120_000;

type Held<T> = { readonly answer: Promise<T>; until: number };

export function sharedAnswers<T>(keysMax: number): SharedAnswers<T> {
  const held = new Map<string, Held<T>>();
  return (key, make) => {
    const began = performance.now();
    for (const [old, { until }] of held) if (until <= began) held.delete(old);
    const known = held.get(key);
    if (known) return known.answer;
    if (held.size >= keysMax) held.clear();
    const entry: Held<T> = { answer: make(), until: Number.POSITIVE_INFINITY };
    held.set(key, entry);
    entry.answer.then(
      () => {
        const now = performance.now();
        const tookMs = now - began;
        entry.until = tookMs < LONG_MS ? 0 : now + Math.min(HELD_MS_MAX, TIMES * tookMs);
      },
      () => {
        entry.until = 0;
      },
    );
    return entry.answer;
  };
}
