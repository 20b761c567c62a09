import { expect, test } from "vitest";
import { createAudience, type Doings } from "./audience-model.ts";
import type { Scene } from "./audience-shapes.ts";

const START = 1_000_000_000_000;
const STEP_MS = 5_000;
const place = (live: number, usual = 20_000, sellable = 100_000) => ({
  platformId: "p1",
  skus: [{ platformId: "s1", liveFen: live, usualFen: usual, sellable }],
});
const scene = (at: number, more: Partial<Scene> = {}): Scene => ({
  at,
  live: true,
  interrupted: false,
  startedAt: START,
  plannedEndAt: START + 3_600_000,
  explained: place(10_000),
  onSale: [place(10_000)],
  coupons: [],
  lotteries: [],
  ...more,
});

function play(seed: number, minutes: number, more: Partial<Scene> = {}): Doings[] {
  const audience = createAudience(seed);
  const steps = (minutes * 60_000) / STEP_MS;
  return Array.from({ length: steps }, (_, step) => audience.step(scene(START + step * STEP_MS, more), STEP_MS));
}
const paid = (doings: readonly Doings[]) =>
  new Set(
    doings.flatMap(({ orders }) => orders.filter(({ status }) => status === "paid").map(({ orderId }) => orderId)),
  ).size;

test("the same seed gives the same audience, another seed another one", () => {
  expect(play(7, 5)).toEqual(play(7, 5));
  expect(play(7, 5)).not.toEqual(play(8, 5));
});

test("it answers to the price, to a coupon, to an empty shelf and to an interruption", () => {
  const usual = paid(play(7, 20, { explained: place(19_000), onSale: [place(19_000)] }));
  const cheap = paid(play(7, 20));
  const withCoupon = paid(
    play(7, 20, { coupons: [{ couponId: "c1", left: 100_000, thresholdFen: 5_000, offFen: 1_000 }] }),
  );
  expect(cheap).toBeGreaterThan(usual * 1.5);
  expect(withCoupon).toBeGreaterThan(cheap);
  expect(paid(play(7, 20, { explained: place(10_000, 20_000, 0), onSale: [place(10_000, 20_000, 0)] }))).toBe(0);
  expect(paid(play(7, 20, { live: false, interrupted: true }))).toBe(0);
});

test("an open lottery holds people in the room", () => {
  const online = (doings: readonly Doings[]) => doings.at(-1)?.sample.online ?? 0;
  const held = play(7, 20, { lotteries: [{ lotteryId: "l1", closesAt: START + 9_000_000 }] });
  expect(online(held)).toBeGreaterThan(online(play(7, 20)) * 1.2);
});

test("reports come late, twice and out of order, and some orders are cancelled or refunded", () => {
  const orders = play(7, 60).flatMap((doings) => doings.orders);
  const ids = orders.map(({ orderId, sourceUpdatedAt }) => `${orderId} ${sourceUpdatedAt}`);
  expect(new Set(ids).size).toBeLessThan(ids.length);
  expect(orders.some(({ status }) => status === "cancelled")).toBe(true);
  expect(orders.some(({ refunds }) => refunds && refunds.length > 0)).toBe(true);
  const times = orders.map(({ sourceUpdatedAt }) => sourceUpdatedAt);
  expect(times).not.toEqual(times.toSorted((a, b) => a - b));
});

test("nobody claims a coupon or enters a lottery twice", () => {
  const doings = play(7, 10, {
    coupons: [{ couponId: "c1", left: 100_000, thresholdFen: 5_000, offFen: 1_000 }],
    lotteries: [{ lotteryId: "l1", closesAt: START + 9_000_000 }],
  });
  const acts = doings.flatMap(({ claims, entries }) => [...claims, ...entries]).map((act) => JSON.stringify(act));
  expect(acts.length).toBeGreaterThan(100);
  expect(new Set(acts).size).toBe(acts.length);
});

test("whoever holds a code uses it once, with an order that reaches its threshold", () => {
  const audience = createAudience(7);
  const coupon = { couponId: "c1", left: 100_000, thresholdFen: 5_000, offFen: 1_000 };
  const used: string[] = [];
  for (let step = 0; step < 240; step += 1) {
    const doings = audience.step(scene(START + step * STEP_MS, { coupons: [coupon] }), STEP_MS);
    for (const { personId } of doings.claims) audience.hold(personId, { couponId: "c1", code: `code ${personId}` });
    const placed = doings.orders.filter(({ status, couponCodes }) => status === "placed" && couponCodes !== undefined);
    for (const { orderId, lines, couponCodes } of placed) {
      expect(lines?.[0]).toMatchObject({ discountFen: 1_000 });
      used.push(`${orderId} ${String(couponCodes)}`);
    }
  }
  const once = new Set(used);
  expect(once.size).toBeGreaterThan(5);
  expect(new Set([...once].map((use) => use.split(" code ")[1])).size).toBe(once.size);
});
