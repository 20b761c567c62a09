import { describe, expect, it } from "vitest";
import { dropNumber, noNumbers, numberIn, peopleIn, setNumber } from "./numbers.ts";

describe("numbers by person", () => {
  it("[SUP2] keeps each person's, however many there are, and in parts of about the same size", () => {
    const numbers = noNumbers();
    const idOf = (n: number) => `v_${String(n).padStart(16, "0")}`;
    for (let n = 1; n <= 20_000; n += 1) setNumber(numbers, idOf(n), n);
    setNumber(numbers, idOf(7), 8);
    dropNumber(numbers, idOf(9));
    expect(peopleIn(numbers)).toBe(19_999);
    expect([7, 8, 9, 20_000, 20_001].map((n) => numberIn(numbers, idOf(n)))).toEqual([
      8,
      8,
      undefined,
      20_000,
      undefined,
    ]);
    const sizes = numbers.map(({ size }) => size);
    expect(Math.max(...sizes) * sizes.length).toBeLessThan(2 * peopleIn(numbers));
  });
});
