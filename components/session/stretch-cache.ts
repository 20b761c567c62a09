import type { Stretch } from "./replay-source.ts";
import { fromSnapshot, withFrame, type ViewState } from "./view-state.ts";

/**
 * Holds stretches of the past, a minute each, and knows the view at every second of them. Asks for the stretch of the second that is
 * shown, then for those that playing will need next.
 */
export const STRETCH_MS = 60_000;
/** Each second of the show is its own step, so every second is exact. */
const STEP_MS = 1_000;
const HELD_MAX = 16;
const RETRY_MS = 1_500;

type Held = {
  readonly from: number;
  readonly names: Stretch["names"];
  readonly comments: Stretch["comments"];
  /** Views by the end of their step, in order; the first is that at `from`. */
  readonly views: readonly { readonly until: number; readonly view: ViewState }[];
};

export type StretchCacheOptions = {
  readonly from: number;
  readonly to: number;
  readonly load: (span: { readonly from: number; readonly to: number; readonly step: number }) => Promise<Stretch>;
};

export function createStretchCache({ from, to, load }: StretchCacheOptions) {
  const held = new Map<number, Held>();
  const asked = new Set<number>();
  let closed = false;
  // Stretches begin on whole seconds of the clock, so that a second is one and the same in all of them.
  const origin = Math.floor(from / STEP_MS) * STEP_MS;
  const startOf = (at: number) => origin + Math.floor((at - origin) / STRETCH_MS) * STRETCH_MS;

  const ask = async (start: number, done: (failed: boolean) => void): Promise<void> => {
    if (closed || asked.has(start) || held.has(start) || start < origin || start > to) return;
    asked.add(start);
    try {
      const stretch = await load({ from: start, to: start + STRETCH_MS, step: STEP_MS });
      held.set(start, opened(start, stretch));
      for (const old of held.keys()) {
        if (held.size <= HELD_MAX) break;
        held.delete(old);
      }
      asked.delete(start);
      if (!closed) done(false);
    } catch {
      if (closed) return;
      done(true);
      setTimeout(() => {
        asked.delete(start);
        void ask(start, done);
      }, RETRY_MS);
    }
  };

  return {
    viewAt(
      at: number,
    ): { readonly view: ViewState; readonly names: Stretch["names"]; readonly comments: Stretch["comments"] } | null {
      const found = held.get(startOf(at));
      if (!found) return null;
      let view = found.views[0]?.view;
      for (const step of found.views) {
        if (step.until > at) break;
        view = step.view;
      }
      return view ? { view, names: found.names, comments: found.comments } : null;
    },
    /** Asks for the stretch of `at`, and ahead of it what a speed needs; `speed` 0 stands still. */
    want(at: number, speed: number, done: (failed: boolean) => void): void {
      const start = startOf(at);
      void ask(start, done);
      const ahead = speed === 0 ? 0 : speed > 2 ? 3 : 1;
      for (let index = 1; index <= ahead; index++) void ask(start + index * STRETCH_MS, () => undefined);
    },
    close() {
      closed = true;
    },
  };
}

function opened(from: number, { snapshot, frames, names, comments }: Stretch): Held {
  let view = fromSnapshot(snapshot);
  const views = [{ until: from, view }];
  for (const frame of frames) {
    const next = withFrame(view, frame);
    if (next === "gap") throw new Error("a stretch of the past has a gap");
    view = next;
    views.push({ until: frame.until, view });
  }
  return { from, names, comments, views };
}
