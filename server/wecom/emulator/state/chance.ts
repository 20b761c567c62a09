const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const hexDigits = "0123456789abcdef";

/** mulberry32: the same seed gives the same corps, people and ids, so that a failing try-out can be run again. */
export class Chance {
  state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 up to but without 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** Whole number from 0 to below `below`. */
  below(below: number): number {
    return Math.floor(this.next() * below);
  }

  pick<Item>(items: readonly Item[]): Item | undefined {
    return items[this.below(items.length)];
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    const keyed = items.map((item) => ({ item, key: this.next() }));
    return keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item);
  }

  id(prefix: string, length: number): string {
    let id = prefix;
    while (id.length < length) {
      // Five letters a draw: 62 ^ 5 is below 2 ^ 32, and a corp of 100,000 customers takes many letters.
      let rest = this.below(letters.length ** 5);
      for (let step = 0; step < 5 && id.length < length; step += 1) {
        id += letters[rest % letters.length];
        rest = Math.floor(rest / letters.length);
      }
    }
    return id;
  }

  hex(length: number): string {
    let hex = "";
    while (hex.length < length) hex += hexDigits[this.below(16)];
    return hex;
  }
}
