import type { Due } from "#domain/op.ts";
import type { CommandAnswer } from "#domain/wire.ts";

/**
 * Wakes the writer when something falls due. One timer for the earliest; nothing runs while nothing is due. What is still due after it was asked for is
 * asked for again later and later, whatever the answer was, so that a due that its op does not take back can't keep the show busy.
 */
export type DueTimerOptions = {
  /** The dues of the state as of the last commit, and the clocks they go by. */
  due(): readonly Due[];
  showNow(): number;
  realNow(): number;
  /** True while only `stepClock` moves the show's clock. */
  stepped(): boolean;
  fire(due: Due): Promise<CommandAnswer>;
  onError(error: unknown, due: Due): void;
};

const AGAIN_MS = 1_000;
const AGAIN_MS_MAX = 60_000;
/** How long in real time a limit of how often holds at most, while only steps move the show's clock: it may stand. */
const PACE_MS = 1_000;
/** A wall clock that is set forward moves no timer; so none sleeps longer than this. */
const SLEEP_MS_MAX = 30_000;

type Asked = { readonly at: number; readonly again: number; readonly pauseMs: number };

export class DueTimer {
  readonly #options: DueTimerOptions;
  readonly #asked = new Map<string, Asked>();
  readonly #firing = new Set<string>();
  /** Since when dues that only hold a pace are known. */
  readonly #known = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: DueTimerOptions) {
    this.#options = options;
  }

  /** Earliest time at which a writer must be awake, ms UTC of the wall clock; `null`: never by itself. */
  nextAt(): number | null {
    const times = this.#options.due().flatMap((due) => {
      if (this.#bySteps(due)) return [];
      return [this.#isPaced(due) ? this.#options.realNow() + PACE_MS : due.at];
    });
    return times.length === 0 ? null : Math.min(...times);
  }

  /** To be called whenever the state or a clock has changed. */
  arm(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#stopped) return;
    let waitMs = Infinity;
    const dues = this.#options.due();
    for (const ids of [this.#asked, this.#known]) {
      for (const id of ids.keys()) if (!dues.some((due) => due.id === id)) ids.delete(id);
    }
    for (const due of dues) {
      if (this.#firing.has(due.id)) continue;
      const left = this.#leftMs(due);
      if (left <= 0) void this.#fire(due);
      else if (!this.#bySteps(due)) waitMs = Math.min(waitMs, left);
    }
    if (waitMs === Infinity) return;
    this.#timer = setTimeout(() => this.arm(), Math.min(waitMs, SLEEP_MS_MAX));
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #bySteps(due: Due): boolean {
    return due.clock === "show" && this.#options.stepped();
  }

  #isPaced(due: Due): boolean {
    return due.clock === "pace" && this.#options.stepped();
  }

  #leftMs(due: Due): number {
    const now = due.clock === "real" ? this.#options.realNow() : this.#options.showNow();
    const left = this.#isPaced(due) ? Math.min(due.at - now, this.#paceLeftMs(due)) : due.at - now;
    const asked = this.#asked.get(due.id);
    const pause = asked?.at === due.at ? asked.again - performance.now() : 0;
    return Math.max(left, pause);
  }

  #paceLeftMs({ id }: Due): number {
    const since = this.#known.get(id) ?? performance.now();
    this.#known.set(id, since);
    return since + PACE_MS - performance.now();
  }

  async #fire(due: Due): Promise<void> {
    this.#firing.add(due.id);
    try {
      await this.#options.fire(due);
    } catch (error) {
      this.#options.onError(error, due);
    } finally {
      this.#postpone(due);
      this.#firing.delete(due.id);
      this.arm();
    }
  }

  #postpone(due: Due): void {
    const was = this.#asked.get(due.id);
    const pauseMs = Math.min(AGAIN_MS_MAX, was?.at === due.at ? was.pauseMs * 2 : AGAIN_MS);
    this.#asked.set(due.id, { at: due.at, again: performance.now() + pauseMs, pauseMs });
  }
}
