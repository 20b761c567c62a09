import { expect, test } from "vitest";
import { instant } from "#domain/units.ts";
import { leaderLine, RISE_MS, risenNow } from "./leader-lines.shape.ts";

const NOW = 1_000_000;
const rowsOf = (...counts: number[]) =>
  counts.map((count, index) => {
    const above = counts[index - 1];
    const n = index + 1;
    return { rank: n, n, personId: `v_${n}`, count, gap: above === undefined ? null : above - count + 1 };
  });
const rose = (n: number, from: number | null, rank: number, agoMs = 0, passed: number[] = []) => ({
  at: instant(NOW - agoMs),
  n,
  from,
  rank,
  passed,
});

test("a rise is marked for a minute, while they stand where they rose to", () => {
  const top = rowsOf(9, 8, 7);
  const marked = (overtake: ReturnType<typeof rose>) => risenNow({ top, overtakes: [overtake] }, NOW).get(overtake.n);
  expect(marked(rose(2, 5, 2))).toEqual({ n: 2, rank: 2, places: 3 });
  expect(marked(rose(2, null, 2))?.places).toBeNull();
  expect(marked(rose(2, 5, 2, RISE_MS))).toBeUndefined();
  expect(marked(rose(3, 4, 1))).toBeUndefined();
  expect(marked(rose(99, 4, 1))).toBeUndefined();
});

test("the newest overtaking is said first, with whom it passed where that one is still seen", () => {
  const top = rowsOf(9, 8, 7);
  expect(leaderLine({ top, overtakes: [rose(1, 2, 1, 0, [77, 2])] }, NOW)).toEqual({
    kind: "overtook",
    n: 1,
    passedN: 2,
    rank: 1,
  });
  expect(leaderLine({ top, overtakes: [rose(1, 2, 1, 0, [77])] }, NOW)).toMatchObject({ passedN: null });
});

test("else who is nearest to the next place, the higher of two that are as near", () => {
  expect(leaderLine({ top: rowsOf(30, 27, 25, 20), overtakes: [] }, NOW)).toEqual({
    kind: "gap",
    n: 3,
    count: 3,
    rank: 2,
  });
  expect(leaderLine({ top: rowsOf(30, 28, 26), overtakes: [] }, NOW)).toMatchObject({ n: 2, rank: 1, count: 3 });
  expect(leaderLine({ top: rowsOf(30, 28, 26), overtakes: [], frozenAt: instant(NOW) }, NOW)).toMatchObject({
    kind: "leads",
    n: 1,
  });
});

test("where nobody is near, who leads; where nobody stands, nothing", () => {
  expect(leaderLine({ top: rowsOf(100, 10), overtakes: [] }, NOW)).toEqual({ kind: "leads", n: 1, count: 100 });
  expect(leaderLine({ top: rowsOf(100), overtakes: [] }, NOW)).toMatchObject({ kind: "leads" });
  expect(leaderLine({ top: [], overtakes: [] }, NOW)).toBeNull();
});
