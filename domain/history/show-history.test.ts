import { expect, it } from "vitest";
import { show, START, type Show } from "#tests/support/given.ts";
import { shopping } from "#tests/support/shopping.ts";
import { netFenOf } from "../metrics/totals.ts";
import { createHistory, type ShowHistory } from "./show-history.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const program = { by: "program:shop" };

function historyOf(played: Show): ShowHistory {
  const pass = createHistory();
  pass.append(played.log);
  return pass.result();
}

let updated = START;
type Told = { status?: "placed" | "paid" | "cancelled"; skuId?: string; units?: number; paidFen?: number };
function order(played: Show, orderId: string, told: Told = {}, by = program): Show {
  const { status = "paid", skuId = "S3", units = 1, paidFen = 9_900 * units } = told;
  updated += 1;
  const at = played.now;
  const times = { placedAt: at, ...(status === "paid" ? { paidAt: at } : {}) };
  const lines = [{ lineId: "1", productId: skuId === "S3" ? "P2" : "P1", skuId, units, paidFen }];
  return played.send("order.record", { orderId, sourceUpdatedAt: updated, status, ...times, lines }, by).ok();
}

function refund(played: Show, orderId: string, fen: number, by = program): Show {
  updated += 1;
  const refunds = [{ refundId: `r${updated}`, at: played.now, fen }];
  return played.send("order.record", { orderId, sourceUpdatedAt: updated, refunds }, by).ok();
}

it("[HIS1] an SKU on sale ran out from the order that took the last one to the release that brought more", () => {
  const { played, scarf } = shopping();
  played.when("bag.openSale", { productId: scarf }).ok();
  order(played.pass(5 * MINUTE), "o1", { units: 8 });
  order(played.pass(MINUTE), "o2", { units: 12 });
  played.pass(3 * MINUTE);
  const sku = played.bag().products.get(scarf)?.skus[0];
  played.when("bag.setStock", { productId: scarf, skuId: sku?.skuId ?? "", sellable: 5 }).ok();
  expect(historyOf(played.pass(MINUTE)).stockOuts).toEqual([
    {
      productId: scarf,
      skuId: sku?.skuId,
      from: START + 6 * MINUTE,
      to: START + 9 * MINUTE,
      lastedMs: 3 * MINUTE,
      pool: 0,
      unitsBefore: 8,
    },
  ]);
});

it("[HIS1] it stays empty to the show's end where nothing came, and units held back are told", () => {
  const { played, coat, s } = shopping();
  played.when("bag.openSale", { productId: coat }).ok();
  order(played.pass(MINUTE), "o1", { skuId: "S1", units: 100, paidFen: 3_990_000 });
  played.pass(MINUTE).when("session.end", {}).ok();
  const [out] = historyOf(played.pass(HOUR)).stockOuts;
  expect(out).toMatchObject({ skuId: s, from: START + MINUTE, to: null, lastedMs: MINUTE, pool: 60 });
});

it("[HIS2] what nobody put on sale, planned a stock of, or that came back at once, did not run out", () => {
  const { played, scarf } = shopping();
  order(played, "o0", { units: 20 });
  expect(historyOf(played).stockOuts).toEqual([]);
  const other = shopping();
  other.played.when("bag.openSale", { productId: other.scarf }).ok();
  order(other.played, "o1", { status: "placed", units: 20 });
  order(other.played.pass(2_000), "o1", { status: "cancelled", units: 20 });
  expect(historyOf(other.played.pass(MINUTE)).stockOuts).toEqual([]);
  expect(scarf).toBeTruthy();
});

it("[HIS3] a price other than planned stands from when it was set to when it was set right, with what was ordered at it", () => {
  const { played, coat, s, m } = shopping();
  played.when("bag.openSale", { productId: coat }).ok();
  played
    .pass(MINUTE)
    .when("bag.setPrice", { productId: coat, priceFen: 36_900, confirmFen: 36_900, reason: "跟价" })
    .ok();
  order(played.pass(MINUTE), "o1", { skuId: "S1", units: 2, paidFen: 73_800 });
  order(played, "o2", { skuId: "S2", units: 1, paidFen: 39_900 });
  played.pass(MINUTE).when("bag.setPrice", { productId: coat, priceFen: 39_900 }).ok();
  order(played.pass(MINUTE), "o3", { skuId: "S1", paidFen: 39_900 });
  expect(historyOf(played).prices).toEqual([
    {
      productId: coat,
      skuIds: [s, m],
      fen: 36_900,
      plannedLowFen: 39_900,
      plannedHighFen: 39_900,
      from: START + MINUTE,
      to: START + 3 * MINUTE,
      by: "staff:ann",
      isSeen: false,
      reason: "跟价",
      placed: { orders: 2, units: 3, fen: 113_700 },
      atPrice: { orders: 1, units: 2, fen: 73_800 },
    },
  ]);
});

it("[HIS3] a price taken back stood until it was taken back", () => {
  const { played, coat } = shopping();
  played.when("bag.openSale", { productId: coat }).ok();
  played.pass(MINUTE).when("bag.setPrice", { productId: coat, priceFen: 36_900, confirmFen: 36_900 }).ok();
  played
    .pass(MINUTE)
    .when("tape.undo", { seq: played.seqOf("bag.pricesSet.v1") })
    .ok();
  expect(historyOf(played).prices).toMatchObject([
    { from: START + MINUTE, to: START + 2 * MINUTE, placed: { orders: 0 } },
  ]);
});

it("[HIS4] names who took back what, and whose act was held", () => {
  const { played, coat } = shopping();
  played.when("bag.openSale", { productId: coat }).ok();
  const seq = played
    .when("bag.setPrice", { productId: coat, priceFen: 36_900, confirmFen: 36_900 })
    .ok()
    .seqOf("bag.pricesSet.v1");
  played.pass(MINUTE).when("tape.undo", { seq }, { by: "staff:bo" }).ok();
  expect(historyOf(played).deeds).toMatchObject([
    {
      kind: "undone",
      by: "staff:bo",
      at: START + MINUTE,
      of: { type: "bag.pricesSet.v1", by: "staff:ann", at: START },
    },
  ]);
});

it("[HIS5] totals as known at night, a day and a week after the end, and each change since adds up to now", () => {
  const { played } = shopping();
  order(played, "o1");
  order(played, "o2", { units: 2 });
  order(played, "o3", { status: "placed" });
  const endedAt = played.pass(MINUTE).when("session.end", {}).ok().now;
  expect(historyOf(played).standings?.night?.at).toBe(endedAt + HOUR);
  order(played.pass(10 * MINUTE), "o3");
  refund(played.pass(2 * HOUR), "o1", 9_900);
  const staff = { by: "staff:ann" };
  order(played.pass(30 * HOUR), "o4", {}, staff);
  refund(played, "o2", 4_000, staff);
  const { standings } = historyOf(played);
  if (!standings) throw new Error("no standings of a show that is over");
  const { night, day, week, now } = standings;
  expect(night).toMatchObject({
    at: endedAt + HOUR,
    totals: { paid: { orders: 3, fen: 39_600 }, refunded: { fen: 0 } },
  });
  expect(night?.later).toMatchObject({
    reported: { paid: { fen: 0 }, refunded: { orders: 1, fen: 9_900 } },
    imported: { paid: { orders: 1, fen: 9_900 }, refunded: { fen: 4_000 } },
  });
  expect(day?.totals).toMatchObject({ paid: { fen: 39_600 }, refunded: { fen: 9_900 } });
  expect(now).toMatchObject({ paid: { orders: 4, fen: 49_500 }, refunded: { fen: 13_900 } });
  for (const standing of [night, day, week]) {
    if (!standing) throw new Error("a standing is missing");
    const { totals, later } = standing;
    expect(netFenOf(totals) + netFenOf(later.reported) + netFenOf(later.imported)).toBe(netFenOf(now));
  }
});

it("[HIS6] changes after a settlement are counted against it", () => {
  const { played } = shopping();
  order(played, "o1");
  played.when("session.end", {}).ok();
  refund(played.pass(HOUR), "o1", 1_000);
  played.when("settlement.settle", {}).ok();
  refund(played, "o1", 2_000);
  expect(historyOf(played).standings?.settled).toMatchObject({
    totals: { refunded: { fen: 1_000 } },
    later: { reported: { refunded: { fen: 2_000 } } },
  });
});

it("[HIS5] a show that is told by its files alone was not known that night; one that runs, or has no orders, has no standings", () => {
  const running = shopping().played;
  order(running, "o1");
  expect(historyOf(running).standings).toBeNull();
  const past = show();
  const plan = { sessionId: "s1", roomId: "r1", title: "示例", plannedStartAt: START, plannedEndAt: START + HOUR };
  past.when("session.create", plan).ok();
  const times = { startedAt: START, endedAt: START + HOUR };
  past
    .pass(30 * HOUR)
    .when("session.recordPast", times)
    .ok();
  expect(historyOf(past).standings).toBeNull();
  order(past, "o1", {}, { by: "staff:ann" });
  expect(historyOf(past).standings).toMatchObject({
    night: null,
    day: null,
    week: { totals: { paid: { orders: 1 } } },
  });
});

it("[HIS7] what was paid with an own coupon is the orders that use one of its codes", () => {
  const { played } = shopping();
  const discount = { kind: "direct" as const, offFen: 1_000, productIds: null };
  played.when("coupon.plan", { carrier: "own", title: "直减 10", discount, total: 9 }).ok();
  const [couponId = ""] = played.coupon().coupons.keys();
  played.when("coupon.push", { couponId }).ok();
  const codes = ["person:v_1", "person:v_2"].map((by) => {
    const { answer } = played.when("coupon.claim", { couponId }, { by });
    return String(Object(Object(answer).result).code);
  });
  const [first = "", second = ""] = codes;
  const used = (orderId: string, couponCodes: string[], more: object = {}) => {
    updated += 1;
    const lines = [{ lineId: "1", productId: "P2", skuId: "S3", units: 1, paidFen: 8_900 }];
    const item = { orderId, sourceUpdatedAt: updated, status: "paid", paidAt: played.now, lines, couponCodes, ...more };
    played.send("order.record", item, program).ok();
  };
  used("o1", [first], { refunds: [{ refundId: "r1", at: played.now, fen: 900 }] });
  used("o2", [second]);
  order(played, "o3");
  expect(historyOf(played).coupons).toEqual([{ couponId, orders: 2, units: 2, fen: 17_800, refundedFen: 900 }]);
  used("o2", []);
  expect(historyOf(played).coupons).toMatchObject([{ orders: 1, fen: 8_900 }]);
});
