/** An INSERT without an answer for this long: its senders are told to come back, and no new command is taken. */
const UNKNOWN_MS = 2_000;

/** Notices that the database does not answer. */
export class Stall {
  readonly #onStall: () => void;
  #on = false;

  constructor(onStall: () => void) {
    this.#onStall = onStall;
  }

  get on(): boolean {
    return this.#on;
  }

  /** One work at a time. */
  async watch<T>(work: () => Promise<T>): Promise<T> {
    const timer = setTimeout(() => {
      this.#on = true;
      this.#onStall();
    }, UNKNOWN_MS);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      this.#on = false;
    }
  }
}
