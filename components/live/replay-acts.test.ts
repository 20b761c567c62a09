import { expect, test } from "vitest";
import { nextAct, openingSecond, previousAct, secondOf, type ReplayAct } from "./replay-acts.ts";

const acts: ReplayAct[] = [1_200, 1_700, 5_000, 9_001].map((at) => ({ at, kind: "cue", text: String(at) }));

test("a step forward and back visits every second with an act once, and stops at the ends", () => {
  const visited: number[] = [];
  let at = 0;
  for (let act = nextAct(acts, at); act; act = nextAct(acts, at)) {
    at = secondOf(act.at);
    visited.push(at);
  }
  expect(visited).toEqual([2_000, 5_000, 10_000]);
  const back: number[] = [];
  for (let act = previousAct(acts, at); act; act = previousAct(acts, at)) {
    at = secondOf(act.at);
    back.push(at);
  }
  expect(back).toEqual([5_000, 2_000]);
});

test("a replay opens where a product is explained first, else at the first act, else a little after the start", () => {
  const explain: ReplayAct = { at: 7_300, kind: "explain", text: "" };
  expect(openingSecond([...acts, explain], 3_000, 60_000)).toBe(8_000);
  expect(openingSecond(acts, 3_000, 60_000)).toBe(5_000);
  expect(openingSecond([], 3_000, 60_000)).toBe(13_000);
  expect(openingSecond([], 3_000, 5_000)).toBe(5_000);
});
