/**
 * First in, first out, with a hard limit: a full queue refuses instead of growing, so that the
 * sender is told to come back (`retry`) while the memory of the server stays bounded.
 */
export class BoundedQueue<T> {
  readonly capacity: number;
  #items: T[] = [];

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get size(): number {
    return this.#items.length;
  }

  /** False when full; the item was not taken. */
  offer(item: T): boolean {
    if (this.#items.length >= this.capacity) return false;
    this.#items.push(item);
    return true;
  }

  /** Takes everything that waits, in order. */
  drain(): T[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }
}
