import { DeadlineError, within } from "./lifecycle.ts";

/**
 * Joins questions of many who ask at the same moment: the first is asked at once, and whoever comes while an answer is under way is asked next, together.
 * So one asker waits for nothing, and thousands a second cost a few questions.
 */
export type AskTogether<K, V> = (key: K) => Promise<V>;

type Options = {
  readonly atOnceMax: number;
  readonly answerMsMax: number;
  readonly underWayMax?: number;
  /** While question follows question one begins at most this often, as each costs something of its own; whoever asks after a pause is asked for at once. */
  readonly apartMs?: number;
};

/**
 * `ask` answers in the order of its keys. What it throws is told to all whom it was asked for. Whoever has not answered after `answerMsMax` has no time for
 * those who wait either: all of them are told (`DeadlineError`), so that they cannot pile up.
 */
export function askTogether<K, V>(
  ask: (keys: readonly K[]) => Promise<readonly V[]>,
  { atOnceMax, answerMsMax, underWayMax = 2, apartMs = 0 }: Options,
): AskTogether<K, V> {
  let waiting: { readonly key: K; readonly settle: PromiseWithResolvers<V> }[] = [];
  let underWay = 0;
  let beganAt = -Infinity;
  let pausing = false;

  const goOn = (): void => {
    if (waiting.length === 0 || underWay >= underWayMax || pausing) return;
    const pauseMs = apartMs === 0 ? 0 : beganAt + apartMs - performance.now();
    if (pauseMs <= 0 || waiting.length >= atOnceMax) {
      void next();
      return;
    }
    pausing = true;
    setTimeout(() => {
      pausing = false;
      goOn();
    }, pauseMs);
  };
  const next = async (): Promise<void> => {
    const now = waiting.slice(0, atOnceMax);
    waiting = waiting.slice(atOnceMax);
    underWay += 1;
    if (apartMs > 0) beganAt = performance.now();
    try {
      const answers = await within(answerMsMax, ask(now.map(({ key }) => key)));
      if (answers.length !== now.length) throw new Error("as many answers as questions");
      for (const [at, { settle }] of now.entries()) settle.resolve(answers[at] as V);
    } catch (error) {
      const left = error instanceof DeadlineError ? waiting.splice(0) : [];
      for (const { settle } of [...now, ...left]) settle.reject(error);
    } finally {
      underWay -= 1;
      goOn();
    }
  };
  return (key) => {
    const settle = Promise.withResolvers<V>();
    waiting.push({ key, settle });
    // Those of the same turn go along.
    if (underWay < underWayMax && waiting.length === 1) queueMicrotask(goOn);
    return settle.promise;
  };
}
