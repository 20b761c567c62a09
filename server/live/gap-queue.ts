/** Work that waits for the gap between two batches, when state equals log. */
export class GapQueue {
  #waiting: { run(): void; fail(error: Error): void }[] = [];

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Runs `work` at once, or in the next gap. */
  add<T>(work: () => T, later: boolean): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const run = () => {
      try {
        resolve(work());
      } catch (error) {
        reject(error);
      }
    };
    if (later) this.#waiting.push({ run, fail: reject });
    else run();
    return promise;
  }

  run(): void {
    for (const { run } of this.#take()) run();
  }

  fail(error: Error): void {
    for (const { fail } of this.#take()) fail(error);
  }

  #take() {
    const taken = this.#waiting;
    this.#waiting = [];
    return taken;
  }
}
