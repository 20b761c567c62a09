import { expect, it } from "vitest";
import { estimateEffects } from "#domain/effects/estimate.ts";
import type { EffectAct, EffectsInput } from "#domain/effects/report.ts";
import { askedFirst, effectLines, explainedLines, kindLines, placed, scaleOf, togetherOf } from "./effects.shape.ts";

const START = Date.UTC(2026, 10, 11, 12);
const MINUTE = 60_000;
const refs = { productId: null, couponId: null, lotteryId: null };
const act = (id: string, minute: number): EffectAct => ({
  id,
  kind: "couponPush",
  at: START + minute * MINUTE,
  endAt: null,
  refs,
});

function input(acts: readonly EffectAct[], paid: (minute: number) => number): EffectsInput {
  const minutes = Array.from({ length: 60 }, (_none, n) => n);
  return {
    startAt: START,
    paidFen: minutes.map(paid),
    orders: minutes.map(() => 1),
    online: minutes.map(() => null),
    explained: minutes.map(() => []),
    off: minutes.map((n) => n === 0),
    acts,
  };
}

it("names the other acts of a window, the longest shared first", () => {
  const of = input([act("a", 20), act("b", 21), act("c", 22)], () => 1_000);
  const lines = effectLines(of, estimateEffects(of, { windowMinutes: 5 }));
  expect(lines.map(({ beside }) => beside.map(({ act: other }) => other.id))).toEqual([
    ["b", "c"],
    ["a", "c"],
    ["b", "a"],
  ]);
});

it("shows a meeting what got a word first, then coupons before openings of sale, in the order of time", () => {
  const sale = (id: string, minute: number): EffectAct => ({ ...act(id, minute), kind: "openSale" });
  const acts = [sale("opened", 10), act("coupon", 30), sale("helped", 70), sale("last", 90)];
  const { of, report } = judged(acts);
  const lines = effectLines(of, report).map((line) =>
    line.act.id === "helped" ? { ...line, effect: { ...line.effect, word: "helped" as const } } : line,
  );
  expect(askedFirst(lines, 2).map((line) => line.act.id)).toEqual(["coupon", "helped"]);
  expect(askedFirst(lines, 3).map((line) => line.act.id)).toEqual(["opened", "coupon", "helped"]);
});

it("takes the acts of a kind together that stand alone, and says how many there are; overlapping ones have one word together", () => {
  const { report } = judged([act("a", 10), act("b", 30), act("c", 50), { ...act("d", 50), kind: "priceChange" }]);
  expect(kindLines(report)).toMatchObject([
    { kind: "couponPush", acts: 3, alone: 2, effect: { actIds: ["a", "b"] } },
    { kind: "priceChange", acts: 1, alone: 0, effect: null },
  ]);
  expect(report.acts.map(togetherOf)).toEqual([undefined, undefined, "unclear", "unclear"]);
});

/** Twice the length of the others: enough to compare with. */
function judged(acts: readonly EffectAct[]) {
  const paid = (minute: number) => 900 + ((minute * 7_919) % 200);
  const short = input(acts, paid);
  const minutes = Array.from({ length: 120 }, (_none, n) => n);
  const of = {
    ...short,
    paidFen: minutes.map(paid),
    orders: minutes.map(() => 1),
    online: minutes.map(() => null),
    explained: minutes.map(() => []),
    off: minutes.map((n) => n === 0),
  };
  return { of, report: estimateEffects(of, { windowMinutes: 5 }) };
}

it("sets a round's minutes beside the mean, in part where it took part of a minute, without those that do not count", () => {
  const of = input([], (minute) => (minute >= 10 && minute < 12 ? 3_000 : 1_000));
  const report = estimateEffects(of, { windowMinutes: null });
  const rounds = [
    { productId: "p", round: 1, from: START, to: START + MINUTE },
    { productId: "p", round: 2, from: START + 10 * MINUTE, to: START + 12.5 * MINUTE },
  ];
  const [line, ...rest] = explainedLines(of, report, rounds);
  expect(rest).toEqual([]);
  expect(line).toMatchObject({ round: 2, paidFen: 2_600 });
  expect(line?.againstMean).toBeCloseTo(2_600 / report.explained.mean.paidFen - 1, 6);
});

it("puts all ranges on one scale with zero in it, and cuts one that would press the others", () => {
  const range = (low: number, mid: number, high: number) => ({ effect: { low, mid, high } });
  const near = Array.from({ length: 9 }, () => ({ ...range(100, 200, 300) }));
  const scale = scaleOf([...near, range(-10, 40_000, 90_000)].map(asMeasure));
  expect(scale.min).toBe(-10);
  expect(scale.max).toBeLessThan(10_000);
  const far = placed({ low: -10, mid: 40_000, high: 90_000 }, scale);
  expect(far).toMatchObject({ low: 0, high: 1, cutLow: false, cutHigh: true });
  expect(placed({ low: 100, mid: 200, high: 300 }, scaleOf(near.map(asMeasure)))).toMatchObject({ zero: 0 });
  expect(scaleOf([null])).toEqual({ min: -1, max: 1 });
});

const asMeasure = (of: { readonly effect: { low: number; mid: number; high: number } }) => of;
