import { setTimeout as sleep } from "node:timers/promises";
import type { Audience } from "#domain/op.ts";
import type { Logger } from "../lib/log.ts";
import type { FrameListener } from "./directory-contract.ts";
import type { Show } from "./show.ts";

/** Who watches which show on this node. When a show's writer moves or reloads, its watchers follow and begin with a new snapshot. */
type Watch = { readonly audience: Audience; readonly listener: FrameListener; detach: (() => void) | null };

const AGAIN_MS = 500;

export class WatchList {
  readonly #show: (sessionId: string) => Promise<Show>;
  readonly #log: Logger;
  readonly #watches = new Map<string, Set<Watch>>();
  readonly #following = new Set<string>();
  /** Counts moves, so that a watch that was being attached while its show moved is attached anew. */
  #moves = 0;
  #stopped = false;

  constructor(show: (sessionId: string) => Promise<Show>, log: Logger) {
    this.#show = show;
    this.#log = log;
  }

  async add(sessionId: string, audience: Audience, listener: FrameListener): Promise<() => void> {
    const watch: Watch = { audience, listener, detach: null };
    for (let moves = -1; moves !== this.#moves;) {
      moves = this.#moves;
      const show = await this.#show(sessionId);
      watch.detach = await show.watch(audience, listener);
    }
    const watches = this.#watches.get(sessionId) ?? new Set();
    watches.add(watch);
    this.#watches.set(sessionId, watches);
    return () => {
      watches.delete(watch);
      if (watches.size === 0 && this.#watches.get(sessionId) === watches) this.#watches.delete(sessionId);
      watch.detach?.();
      watch.detach = null;
    };
  }

  moved(sessionId: string): void {
    this.#moves += 1;
    for (const watch of this.#watches.get(sessionId) ?? []) watch.detach = null;
    if (this.#following.has(sessionId)) return;
    this.#following.add(sessionId);
    void this.#follow(sessionId).finally(() => this.#following.delete(sessionId));
  }

  stop(): void {
    this.#stopped = true;
    this.#watches.clear();
  }

  async #follow(sessionId: string): Promise<void> {
    for (;;) {
      const lost = [...(this.#watches.get(sessionId) ?? [])].filter(({ detach }) => detach === null);
      if (lost.length === 0 || this.#stopped) return;
      try {
        const moves = this.#moves;
        const show = await this.#show(sessionId);
        for (const watch of lost) {
          const detach = await show.watch(watch.audience, watch.listener);
          const current = moves === this.#moves && this.#watches.get(sessionId)?.has(watch) === true;
          if (current) watch.detach = detach;
          else detach();
        }
      } catch (err) {
        this.#log.debug({ err, sessionId }, "watchers wait for the show's writer");
        await sleep(AGAIN_MS, undefined, { ref: false });
      }
    }
  }
}
