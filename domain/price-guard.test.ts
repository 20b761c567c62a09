import { describe, expect, it } from "vitest";
import { shopping } from "#tests/support/shopping.ts";
import { Discount, netPrice } from "./net-price.ts";
import { guardPrice, type PriceAsked } from "./price-guard.ts";
import { fen } from "./units.ts";

const all = { productIds: null };
const off = (kind: "direct", offFen: number) => Discount.parse({ kind, offFen, ...all });
const moneyOff = (thresholdFen: number, offFen: number) =>
  Discount.parse({ kind: "moneyOff", thresholdFen, offFen, ...all });
const percent = (payPercent: number, maxOffFen: number | null = null) =>
  Discount.parse({ kind: "percent", payPercent, maxOffFen, ...all });

function guard(priceFen: number, more: Partial<PriceAsked> = {}) {
  return guardPrice({
    priceFen: fen(priceFen),
    confirmFen: undefined,
    plannedFen: fen(39_900),
    usualFen: fen(69_900),
    floorFen: fen(34_900),
    productId: "p",
    subject: {},
    running: [],
    ...more,
  });
}

describe("price guard", () => {
  it("[PRG1] lets the planned price pass", () => {
    expect(guard(39_900)).toBeUndefined();
    expect(guard(0, { plannedFen: fen(0), floorFen: null })).toBeUndefined();
  });

  it.each([
    [399_000, true],
    [398_999, false],
    [3_990, true],
    [3_991, false],
    [0, true],
  ])("[PRG2] refuses ten times or a tenth of the plan for good: %i", (priceFen, refused) => {
    const typedAgain = guard(priceFen, { confirmFen: fen(priceFen), floorFen: null });
    expect(typedAgain?.code).toBe(refused ? "price.implausible" : undefined);
  });

  it("[PRG2] measures against the usual price where the plan is ¥0", () => {
    expect(guard(700_000, { plannedFen: fen(0), confirmFen: fen(700_000) })?.code).toBe("price.implausible");
  });

  it("[PRG3] asks for any other price again, and takes it when it is the same", () => {
    expect(guard(35_900)).toMatchObject({
      code: "price.retype",
      data: { plannedFen: 39_900, netFen: 35_900, belowFloor: false },
    });
    expect(guard(35_900, { confirmFen: fen(39_500) })?.code).toBe("price.retype");
    expect(guard(35_900, { confirmFen: fen(35_900) })).toBeUndefined();
  });

  it("[PRG3] asks for the planned price again when running coupons bring it under the floor", () => {
    const running = [moneyOff(30_000, 5_001)];
    expect(guard(39_900, { running })).toMatchObject({
      code: "price.retype",
      data: { netFen: 34_899, belowFloor: true },
    });
    expect(guard(39_900, { running, confirmFen: fen(39_900) })).toBeUndefined();
    expect(guard(39_900, { running: [moneyOff(30_000, 5_000)] })).toBeUndefined();
  });
});

describe("net price", () => {
  it("[PRG5] stacks the best coupon of each kind, in the order that is worst for the shop", () => {
    const running = [
      percent(90),
      percent(95),
      off("direct", 1_000),
      off("direct", 500),
      moneyOff(30_000, 5_000),
      moneyOff(30_000, 3_000),
    ];
    expect(netPrice(fen(39_900), "p", running)).toBe(39_900 - 3_990 - 1_000 - 5_000);
    expect(netPrice(fen(39_900), "p", [percent(50, 2_000)])).toBe(37_900);
    expect(netPrice(fen(500), "p", [off("direct", 1_000)])).toBe(0);
  });

  it("[PRG6] spreads a money-off that one unit doesn't reach over the fewest units that do", () => {
    expect(netPrice(fen(9_900), "p", [moneyOff(30_000, 5_000)])).toBe(9_900 - 1_250);
  });

  it("[PRG7] counts only coupons for the product", () => {
    const scoped = Discount.parse({ kind: "direct", offFen: 1_000, productIds: ["other"] });
    expect(netPrice(fen(9_900), "p", [scoped])).toBe(9_900);
    expect(netPrice(fen(9_900), "other", [scoped])).toBe(8_900);
  });
});

describe("every door to a price", () => {
  it("[PRG4] setPrice and openSale pass the same guard", () => {
    const { played, coat, scarf, s } = shopping();
    played
      .when("bag.setPrice", { productId: coat, skuId: s, priceFen: 3_990 })
      .rejected("price.implausible", { linkNo: 1, sku: "S" });
    played.when("bag.setPrice", { productId: coat, priceFen: 36_000 }).rejected("price.retype", { skuId: s });
    played
      .when("bag.setPrice", { productId: coat, priceFen: 36_000, confirmFen: 36_000 })
      .then({ type: "bag.pricesSet.v1" });
    const skuId = played.bag().products.get(scarf)?.skus[0]?.skuId ?? "";
    played.when("bag.openSale", { productId: scarf, prices: [{ skuId, priceFen: 5_000 }] }).rejected("price.retype");
    played.when("bag.openSale", { productId: scarf, prices: [{ skuId, priceFen: 5_000, confirmFen: 5_000 }] }).ok();
    expect(played.bag().products.get(scarf)?.skus[0]?.liveFen).toBe(5_000);
  });

  it("[PRG8] a coupon that brings something on sale under its floor wants that price typed", () => {
    const { played, coat } = shopping();
    const discount = { kind: "direct" as const, offFen: 6_000, productIds: null };
    played.when("coupon.plan", { carrier: "shop", title: "直减 60", discount, total: 100 }).ok();
    const couponId = [...played.coupon().coupons.keys()][0] ?? "";
    played.when("bag.openSale", { productId: coat }).ok();
    played.when("coupon.push", { couponId }).rejected("price.retype", { netFen: 33_900, floorFen: 34_900, others: 1 });
    played.when("coupon.push", { couponId, confirmNetFen: 33_900 }).then({ type: "coupon.pushed.v1" });
    // Running now: even the planned price is asked for again.
    played.when("bag.setPrice", { productId: coat, priceFen: 41_000 }).rejected("price.retype");
    played.when("coupon.stop", { couponId }).ok().when("coupon.push", { couponId }).rejected("price.retype");
  });
});
