import type { Engine, ShowState } from "#domain/engine.ts";
import type { Audience } from "#domain/op.ts";
import { createView, type View } from "#domain/views.ts";
import type { Snapshot } from "#domain/wire.ts";
import type { FrameListener } from "./directory-contract.ts";
import type { LiveMetrics } from "./live-metrics.ts";

/**
 * What is watched of one show: a view an audience, made when the first watcher comes and dropped with the last. Everything here is called only while
 * state equals log (the gap between two batches), so nothing is shown before it is stored.
 */
const FRAME_MS = 100;

export type AudienceViewsOptions = {
  readonly engine: Engine;
  readonly metrics: LiveMetrics;
  /** Asks for a gap as soon as there is one. */
  wantGap(): void;
  onListenerError(error: unknown): void;
};

type Watched = { view: View; lastFrameAt: number; readonly listeners: Set<FrameListener> };

export class AudienceViews {
  readonly #options: AudienceViewsOptions;
  readonly #watched = new Map<Audience, Watched>();
  readonly #kept = new Map<Audience, Snapshot>();
  #state: ShowState;
  #timer: NodeJS.Timeout | undefined;

  constructor(state: ShowState, options: AudienceViewsOptions) {
    this.#state = state;
    this.#options = options;
  }

  get watchers(): number {
    let count = 0;
    for (const { listeners } of this.#watched.values()) count += listeners.size;
    return count;
  }

  snapshot(audience: Audience): Snapshot {
    const kept = this.#kept.get(audience);
    if (kept?.seq === this.#state.seq) return kept;
    const view = this.#watched.get(audience)?.view ?? createView(this.#options.engine, this.#state, audience);
    const snapshot = view.snapshot();
    this.#kept.set(audience, snapshot);
    return snapshot;
  }

  watch(audience: Audience, listener: FrameListener): () => void {
    const watched = this.#watched.get(audience) ?? {
      view: createView(this.#options.engine, this.#state, audience),
      lastFrameAt: 0,
      listeners: new Set(),
    };
    this.#watched.set(audience, watched);
    // Frame numbers go on from this view's own, not from those of a snapshot kept before it was watched.
    this.#kept.delete(audience);
    const snapshot = watched.view.snapshot();
    watched.listeners.add(listener);
    this.#tell(() => listener.onSnapshot(snapshot));
    return () => {
      watched.listeners.delete(listener);
      if (watched.listeners.size === 0 && this.#watched.get(audience) === watched) this.#watched.delete(audience);
    };
  }

  /** Builds the frames that are due; the others wait for their 100 ms. */
  inGap(): void {
    const now = performance.now();
    let waitMs = Infinity;
    for (const [audience, watched] of this.#watched) {
      const left = watched.lastFrameAt + FRAME_MS - now;
      if (left > 0) {
        waitMs = Math.min(waitMs, left);
        continue;
      }
      const frame = watched.view.frame();
      if (!frame) continue;
      watched.lastFrameAt = now;
      this.#kept.delete(audience);
      this.#options.metrics.frame(audience);
      for (const listener of watched.listeners) this.#tell(() => listener.onFrame(frame));
    }
    if (waitMs < Infinity && !this.#timer) {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#options.wantGap();
      }, waitMs);
    }
  }

  /** The state was rebuilt from the log: frames can't go on, so everybody begins anew. */
  replace(state: ShowState): void {
    this.#state = state;
    this.#kept.clear();
    for (const [audience, watched] of this.#watched) {
      watched.view = createView(this.#options.engine, state, audience);
      const snapshot = watched.view.snapshot();
      for (const listener of watched.listeners) this.#tell(() => listener.onSnapshot(snapshot));
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#watched.clear();
  }

  #tell(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      this.#options.onListenerError(error);
    }
  }
}
