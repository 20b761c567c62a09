import { expect, test } from "vitest";
import { nextAct, openingSecond, previousAct, type ReviewAct } from "./act-steps.ts";
import { ceilSecond } from "./review-span.ts";

const act = (at: number, kind: ReviewAct["kind"] = "cue"): ReviewAct => ({
  id: String(at),
  at,
  kind,
  tone: "plain",
  text: "",
});
const acts = [1_200, 1_700, 5_000, 9_001].map((at) => act(at));

test("a step forward and back visits every second with an act once, and stops at the ends", () => {
  const visited: number[] = [];
  let at = 0;
  for (let next = nextAct(acts, at); next; next = nextAct(acts, at)) visited.push((at = ceilSecond(next.at)));
  expect(visited).toEqual([2_000, 5_000, 10_000]);
  const back: number[] = [];
  for (let last = previousAct(acts, at); last; last = previousAct(acts, at)) back.push((at = ceilSecond(last.at)));
  expect(back).toEqual([5_000, 2_000]);
});

test("a review opens where a product is explained first, else at the first act, else a little after the start", () => {
  expect(openingSecond([...acts, act(7_300, "explain")], 3_000, 60_000)).toBe(8_000);
  expect(openingSecond([act(3_000, "show"), ...acts], 3_000, 60_000)).toBe(5_000);
  expect(openingSecond([], 3_000, 60_000)).toBe(13_000);
  expect(openingSecond([], 3_000, 5_000)).toBe(5_000);
});
