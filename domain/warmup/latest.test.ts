import fc from "fast-check";
import { expect, it } from "vitest";
import { latestOf, noteLatest } from "./latest.ts";

/** Friends of one inviter: since when each counts, 0: does not. */
function inviter(friends: number) {
  const book = {};
  const since = new Uint32Array(friends + 1);
  let asked = 0;
  let counted = 0;
  const sinceOf = (n: number) => {
    asked += 1;
    return since[n] ?? 0;
  };
  const all = () => Array.from({ length: friends }, (_friend, index) => index + 1);
  return {
    since,
    asked: () => asked,
    set(n: number, at: number) {
      counted += Number(at > 0) - Number((since[n] ?? 0) > 0);
      since[n] = at;
      if (at > 0) noteLatest(book, 1, n, at);
    },
    latest: () => latestOf(book, 1, { sinceOf, all, counted }),
  };
}

it("[LDB1] [LDB2] the latest of those who count is found after any change", () => {
  const Step = fc.record({ n: fc.integer({ min: 1, max: 12 }), at: fc.nat({ max: 40 }) });
  fc.assert(
    fc.property(fc.array(Step, { maxLength: 80 }), (steps) => {
      const one = inviter(12);
      for (const { n, at } of steps) {
        one.set(n, at);
        expect(one.latest()).toBe(Math.max(...one.since));
      }
    }),
  );
});

it("[LDB2] who loses a hundred thousand friends one by one is not looked through each time", () => {
  const friends = 100_000;
  for (const order of ["newest first", "each restored"] as const) {
    const one = inviter(friends);
    for (let n = 1; n <= friends; n += 1) one.set(n, n);
    expect(one.latest()).toBe(friends);
    const before = one.asked();
    const losses = 2_000;
    for (let n = friends; n > friends - losses; n -= 1) {
      one.set(n, 0);
      expect(one.latest()).toBe(n - 1);
      if (order === "newest first") continue;
      one.set(n, n);
      expect(one.latest()).toBe(n);
      one.set(n, 0);
    }
    expect(one.asked() - before).toBeLessThan(4 * losses);
  }
});
