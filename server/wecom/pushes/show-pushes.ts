import type { Owed } from "#domain/push/owed.ts";

/**
 * Does what one show owes to the outside. After every look it begins what is due and nobody is at yet, and looks again when something was told, when
 * the next piece falls due, and after a while in any case. It keeps nothing that matters: what was begun and not told stands in the log.
 */
export type ShowPushesParts = {
  /** What the show owes by its log; throws when that can't be read here and now. */
  look(): Promise<readonly Owed[]>;
  /** Does one piece and tells the log. Throws when neither could be done now; it is then owed still. */
  work(owed: Owed): Promise<void>;
  /** ms UTC. */
  wall(): number;
  /** The show is not to be looked at here any more: on another node, or gone. */
  isGone(error: unknown): boolean;
  onGone(): void;
  onError(error: unknown, owed: Owed | null): void;
};

/** Pieces of one show at a time; each corp's own pace is kept by its client. */
const AT_ONCE = 8;
const LOOK_AGAIN_MS = 5_000;
const AGAIN_MS = 1_000;
const AGAIN_MS_MAX = 60_000;

type Failures = { readonly times: number; readonly until: number };

export class ShowPushes {
  readonly #parts: ShowPushesParts;
  readonly #working = new Map<string, Promise<void>>();
  readonly #failures = new Map<string, Failures>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;
  #wanted = false;
  #stopped = false;

  constructor(parts: ShowPushesParts) {
    this.#parts = parts;
  }

  /** Something may be owed now. */
  touch(): void {
    if (this.#stopped) return;
    this.#wanted = true;
    this.#looking ??= this.#lookWhileWanted().finally(() => {
      this.#looking = null;
      if (this.#wanted) this.touch();
    });
  }

  /** Begins nothing more; resolves when what was begun has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
    await Promise.allSettled(this.#working.values());
  }

  async #lookWhileWanted(): Promise<void> {
    while (this.#wanted && !this.#stopped) {
      this.#wanted = false;
      try {
        this.#begin(await this.#parts.look());
      } catch (error) {
        if (this.#parts.isGone(error)) return this.#gone();
        this.#parts.onError(error, null);
        this.#wake(LOOK_AGAIN_MS);
      }
    }
  }

  #begin(owed: readonly Owed[]): void {
    const now = this.#parts.wall();
    this.#forgetFailures(owed);
    const soonest: number[] = [];
    for (const piece of owed) {
      if (this.#working.has(piece.key)) continue;
      const from = Math.max(piece.notBefore, this.#failures.get(piece.key)?.until ?? 0);
      if (from > now) soonest.push(from);
      else if (this.#working.size < AT_ONCE) this.#start(piece);
      // The rest begins when one of these has ended.
    }
    if (owed.length > 0) this.#wake(Math.min(LOOK_AGAIN_MS, ...soonest.map((at) => at - now)));
  }

  #start(piece: Owed): void {
    const working = this.#parts
      .work(piece)
      .then(() => void this.#failures.delete(piece.key))
      .catch((error: unknown) => {
        if (this.#parts.isGone(error)) return this.#gone();
        const times = (this.#failures.get(piece.key)?.times ?? 0) + 1;
        const pause = Math.min(AGAIN_MS_MAX, AGAIN_MS * 2 ** Math.min(times - 1, 10));
        this.#failures.set(piece.key, { times, until: this.#parts.wall() + pause });
        this.#parts.onError(error, piece);
      })
      .finally(() => {
        this.#working.delete(piece.key);
        this.touch();
      });
    this.#working.set(piece.key, working);
  }

  #wake(afterMs: number): void {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    this.#timer = setTimeout(() => this.touch(), Math.max(10, afterMs)).unref();
  }

  #gone(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#parts.onGone();
  }

  #forgetFailures(owed: readonly Owed[]): void {
    const keys = new Set(owed.map(({ key }) => key));
    for (const key of this.#failures.keys()) if (!keys.has(key)) this.#failures.delete(key);
  }
}
