import { describe, expect, it } from "vitest";
import { show, START } from "#tests/support/given.ts";
import { SHEET, shopping } from "#tests/support/shopping.ts";
import { Discount, netPrice, priceOfOne } from "./net-price.ts";
import { guardPrice, type PriceAsked } from "./price-guard.ts";
import { fen } from "./units.ts";

const all = { productIds: null };
const CREATE = { sessionId: "s1", roomId: "r1", title: "示例场次", plannedStartAt: START, plannedEndAt: START + 1 };
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

  it("[PRG11] tells people what one unit costs: a money-off that it doesn't reach takes nothing off", () => {
    const running = [moneyOff(30_000, 5_000)];
    expect(priceOfOne(fen(9_900), "p", running)).toBe(9_900);
    expect(priceOfOne(fen(30_000), "p", running)).toBe(25_000);
    expect(priceOfOne(fen(9_900), "p", [...running, off("direct", 1_000), percent(90)])).toBe(9_900 - 990 - 1_000);
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

  /** 羽绒服 planned at 39,900 with a floor of 34,900; a coupon of ¥60 off brings it to 33,900. */
  function withCoupon() {
    const shop = shopping();
    const discount = { kind: "direct" as const, offFen: 6_000, productIds: null };
    shop.played.when("coupon.plan", { carrier: "shop", title: "直减 60", discount, total: 100 }).ok();
    const couponId = [...shop.played.coupon().coupons.keys()][0] ?? "";
    return { ...shop, couponId };
  }

  it("[PRG8] a sold-out product counts as one on sale: it goes on again by one press", () => {
    const { played, coat, couponId } = withCoupon();
    played.when("bag.openSale", { productId: coat }).ok().when("bag.soldOut", { productId: coat }).ok();
    played.when("coupon.push", { couponId }).rejected("price.retype", { netFen: 33_900 });
  });

  it("[PRG4] opening a sale asks for the floor of prices too that a hand had set before", () => {
    const { played, coat, s, couponId } = withCoupon();
    played.when("bag.setPrice", { productId: coat, priceFen: 38_000, confirmFen: 38_000 }).ok();
    played.when("coupon.push", { couponId }).ok();
    played
      .when("bag.openSale", { productId: coat })
      .rejected("price.retype", { skuId: s, priceFen: 38_000, netFen: 32_000 });
    const prices = (played.bag().products.get(coat)?.skus ?? []).map(({ skuId }) => ({
      skuId,
      priceFen: 38_000,
      confirmFen: 38_000,
    }));
    played
      .when("bag.openSale", { productId: coat, prices })
      .then({ type: "bag.added.v1" }, { data: { prices: [] }, type: "bag.saleOpened.v1" });
  });

  it("[PRG4] a price that stands as it was typed is not asked for again when the sale opens", () => {
    const { played, coat } = shopping();
    played.when("bag.setPrice", { productId: coat, priceFen: 38_000, confirmFen: 38_000 }).ok();
    played.when("bag.openSale", { productId: coat }).ok();
    expect(played.bag().products.get(coat)?.skus[0]?.liveFen).toBe(38_000);
  });

  it("[PRG4] an SKU has one price in one act", () => {
    const { played, coat, s } = shopping();
    const prices = [
      { skuId: s, priceFen: 39_900 },
      { skuId: s, priceFen: 38_000, confirmFen: 38_000 },
    ];
    played.send("bag.openSale", { productId: coat, prices }).invalid("input.prices");
  });

  it("[PRG9] taking a price back passes the floor, and never brings back a slip that data showed", () => {
    const { played, coat, s, couponId } = withCoupon();
    played.when("bag.setPrice", { productId: coat, skuId: s, priceFen: 39_900 }).ok();
    played.when("bag.setPrice", { productId: coat, skuId: s, priceFen: 45_000, confirmFen: 45_000 }).ok();
    const raised = played.state.seq;
    played.when("coupon.push", { couponId }).ok();
    played.when("tape.undo", { seq: raised }).rejected("price.retype", { priceFen: 39_900, netFen: 33_900 });
    expect(played.bag().products.get(coat)?.skus[0]?.liveFen).toBe(45_000);
  });

  it("[PRG9] a slip that data showed and a hand mended does not come back by undo", () => {
    const { played, coat, s } = shopping();
    const look = { source: "shop", products: [{ productId: "P1", skus: [{ skuId: "S1", priceFen: 100 }] }] };
    played.when("bag.observe", look, { by: "program:shop" }).ok();
    played.when("bag.setPrice", { productId: coat, skuId: s, priceFen: 39_900 }).ok();
    played.when("tape.undo", { seq: played.state.seq }).rejected("price.implausible");
  });

  it("[PRG9] taking the stop of a coupon back passes the guard as pushing it does", () => {
    const { played, coat, couponId } = withCoupon();
    played.when("coupon.push", { couponId }).ok().when("coupon.stop", { couponId }).ok();
    const stopped = played.state.seq;
    played.when("bag.openSale", { productId: coat }).ok();
    played.when("tape.undo", { seq: stopped }).rejected("price.retype", { netFen: 33_900 });
    played.when("bag.soldOut", { productId: coat }).ok();
    played.when("tape.undo", { seq: stopped }).rejected("price.retype");
    expect(played.coupon().coupons.get(couponId)?.state).toBe("stopped");
  });

  it("[PRG9] taking a sale's opening back restores no price under the floor that could go on sale again", () => {
    const { played, coat, couponId } = withCoupon();
    played.when("bag.openSale", { productId: coat }).ok().when("bag.soldOut", { productId: coat }).ok();
    const prices = (played.bag().products.get(coat)?.skus ?? []).map(({ skuId }) => ({
      skuId,
      priceFen: 45_000,
      confirmFen: 45_000,
    }));
    played.when("bag.openSale", { productId: coat, prices }).ok();
    const opened = played.state.seq;
    played.when("coupon.push", { couponId }).ok();
    played.when("tape.undo", { seq: opened }).rejected("price.retype", { priceFen: 39_900 });
  });

  it("[PRG10] while the show is on, the plan does not move ten times at once, by hand or by sheet", () => {
    const { played, coat, s } = shopping();
    const edit = (plannedFen: number) =>
      played.when("bag.editProduct", { productId: coat, skus: [{ skuId: s, plannedFen }] });
    edit(3_990).rejected("price.implausible", { skuId: s, priceFen: 3_990, plannedFen: 39_900 });
    edit(399_000).rejected("price.implausible");
    const skus = SHEET[0]?.skus.map((sku) => ({ ...sku, liveFen: 399 })) ?? [];
    played
      .when("bag.applySheet", { products: [{ linkNo: 1, name: "羽绒服", skus }] })
      .rejected("price.implausible", { sku: "S", priceFen: 399 });
    edit(20_000).ok();
    const before = show()
      .when("session.create", { ...CREATE })
      .ok()
      .when("bag.applySheet", { products: SHEET })
      .ok();
    before.when("bag.applySheet", { products: [{ linkNo: 1, name: "羽绒服", skus }] }).ok();
  });
});
