import { expect, test } from "vitest";
import { nextAct, previousAct, secondOf, type ReplayAct } from "./replay-acts.ts";

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
