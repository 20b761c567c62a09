import { expect, it } from "vitest";
import { createHistory } from "#domain/history/show-history.ts";
import { START, type Show } from "#tests/support/given.ts";
import { shopping } from "#tests/support/shopping.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import { fromSnapshot } from "../../session/view-state.ts";
import { cueLines } from "./cues.shape.ts";
import { priceLines, stockOutLines } from "./history.shape.ts";
import { hourLines, shiftLines } from "./hours.shape.ts";
import { figureRows, targetRows } from "./overview.shape.ts";
import { productLines, UNMATCHED_ID } from "./products.shape.ts";
import { couponLines } from "./promotions.shape.ts";
import { roundLines } from "./rounds.shape.ts";
import { changeParts, knownColumns } from "./settled.shape.ts";
import { sourceLines } from "./traffic.shape.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const slices = (played: Show) => slicesOf(fromSnapshot(played.view("review")));

function history(played: Show) {
  const pass = createHistory();
  pass.append(played.log);
  return pass.result();
}

let updated = START;
function order(played: Show, orderId: string, skuId: string, units: number, more: object = {}): Show {
  updated += 1;
  const coat = skuId.startsWith("S1") || skuId === "S2";
  const lines = [
    {
      lineId: "1",
      productId: coat ? "P1" : skuId === "S3" ? "P2" : "P9",
      skuId,
      units,
      paidFen: units * (coat ? 39_900 : 9_900),
    },
  ];
  const at = played.now;
  const item = { orderId, sourceUpdatedAt: updated, status: "paid", placedAt: at, paidAt: at, freightFen: 500, lines };
  return played.send("order.record", { ...item, ...more }, { by: "program:shop" }).ok();
}

it("targets and figures say what is unknown and why, and never 0 for it", () => {
  const { played } = shopping();
  played.when("session.setTargets", { paidFen: 100_000, audience: 500, reservations: 50, orders: null }).ok();
  expect(targetRows(slices(played))).toEqual([
    { id: "paidFen", target: 100_000, actual: null, share: null },
    { id: "orders", target: null, actual: null, share: null },
    { id: "audience", target: 500, actual: null, share: null },
    { id: "reservations", target: 50, actual: null, share: null },
  ]);
  played.when("reservation.note", { count: 40 }).ok();
  expect(targetRows(slices(played))[3]).toEqual({ id: "reservations", target: 50, actual: 40, share: 0.8 });
  const unknown = figureRows(slices(played));
  expect(unknown.filter(({ value }) => value === null).every(({ why }) => why !== null)).toBe(true);
  order(played, "o1", "S1", 2);
  expect(targetRows(slices(played))[0]).toMatchObject({ actual: 80_300, share: 0.803 });
  expect(figureRows(slices(played)).find(({ id }) => id === "net")).toMatchObject({ value: 80_300, orders: 1 });
});

it("products rank by paid goods, with explaining and refunds, and orders outside of the sheet are one line", () => {
  const { played, coat, scarf } = shopping();
  played.when("bag.explain", { productId: scarf }).ok();
  order(played.pass(MINUTE), "o1", "S3", 3);
  order(played.pass(MINUTE), "o2", "S1", 1);
  order(played, "o3", "S9", 1, { refunds: [{ refundId: "r", at: played.now, fen: 9_900 }] });
  const lines = productLines(slices(played), played.now);
  expect(lines.map(({ productId }) => productId)).toEqual([coat, scarf, UNMATCHED_ID, expect.anything()]);
  expect(lines[1]).toMatchObject({
    paidFen: 29_700,
    units: 3,
    explainedMs: 2 * MINUTE,
    perExplainMinute: { value: 14_850 },
  });
  expect(lines[0]?.perExplainMinute).toEqual({ value: null, reason: "notExplained" });
  expect(lines[2]).toMatchObject({ linkNo: null, paidFen: 9_900, refundedFen: 9_900, netFen: 0, refundShare: 1 });
  const money = lines.reduce((sum, { paidFen }) => sum + (paidFen ?? 0), 0);
  expect(money + 3 * 500).toBe(slices(played).figures.paid.fen);
});

it("rounds of a product are compared with its first", () => {
  const { played, coat, scarf } = shopping();
  played.when("bag.explain", { productId: coat }).ok();
  order(played.pass(MINUTE), "o1", "S1", 1);
  played.pass(MINUTE).when("bag.explain", { productId: scarf }).ok();
  played.pass(MINUTE).when("bag.explain", { productId: coat }).ok();
  order(played.pass(MINUTE), "o2", "S1", 2);
  played.pass(MINUTE).when("bag.endExplain", {}).ok();
  const lines = roundLines(slices(played), played.now);
  expect(lines.map(({ linkNo, round, againstFirst }) => [linkNo, round, againstFirst])).toEqual([
    [1, 1, null],
    [1, 2, 1],
    [2, 1, null],
  ]);
});

it("cues tell late, over, inserted, skipped and not reached against the start as it was", () => {
  const { played } = shopping();
  const cues = ["一", "二", "三"].map((title) => ({ title, kind: "talk" as const, plannedMs: 5 * MINUTE }));
  played.when("rundown.setCues", { cues }).ok();
  const [first = "", second = ""] = slices(played).cueOrder.order;
  played.when("rundown.take", { cueId: first }).ok();
  played
    .pass(7 * MINUTE)
    .when("rundown.take", { cueId: second })
    .ok();
  played.pass(MINUTE).when("session.end", {}).ok();
  expect(cueLines(slices(played), played.now).map(({ lateMs, overMs, outcome }) => [lateMs, overMs, outcome])).toEqual([
    [0, 2 * MINUTE, "done"],
    [2 * MINUTE, -4 * MINUTE, "done"],
    [null, null, "notReached"],
  ]);
});

it("traffic and hours add up to the show, and unknown stays unknown", () => {
  const { played } = shopping();
  expect(sourceLines(slices(played))).toBeNull();
  const shifts = [{ shiftId: "a", from: START, to: START + HOUR, hosts: ["p_1"], operators: [] }];
  played.send("session.setShifts", { shifts }).ok();
  order(played, "o1", "S1", 1, { traffic: "private", entry: "groupLink" });
  order(played.pass(70 * MINUTE), "o2", "S3", 1);
  const lines = sourceLines(slices(played));
  expect(lines?.traffic.map(({ id, paidFen }) => [id, paidFen])).toEqual([
    ["private", 40_400],
    ["public", 0],
    ["unknown", 10_400],
  ]);
  expect(shiftLines(slices(played))).toMatchObject([{ paidFen: 40_400, perHourFen: 40_400 }]);
  const hours = hourLines(slices(played), { from: START, to: played.now });
  expect(hours.map(({ paidFen, online }) => [paidFen, online])).toEqual([
    [40_400, null],
    [10_400, null],
  ]);
});

it("coupons tell what is known: own ones exactly, shop ones as the shop said", () => {
  const { played } = shopping();
  const discount = { kind: "moneyOff" as const, thresholdFen: 30_000, offFen: 5_000, productIds: null };
  for (const carrier of ["own", "shop"] as const) {
    const plan = played.when("coupon.plan", { carrier, title: carrier, discount, total: 100 });
    const [{ data } = { data: {} }] = plan.events;
    const { couponId } = Object(data);
    plan
      .ok()
      .when("coupon.push", { couponId: String(couponId) })
      .ok();
  }
  expect(couponLines(slices(played), history(played).coupons)).toMatchObject([
    { carrier: "own", claimed: 0, used: 0, orders: 0, paidFen: 0, source: "own" },
    { carrier: "shop", claimed: null, used: null, orders: null, paidFen: null, source: null },
  ]);
});

it("stock that ran out and prices off the plan carry their product's name; a marked wrong price says so", () => {
  const { played, coat, scarf, s } = shopping();
  played.when("bag.openSale", { productId: scarf }).ok();
  played.when("bag.openSale", { productId: coat }).ok();
  order(played.pass(MINUTE), "o1", "S3", 20);
  played.when("bag.setPrice", { productId: coat, priceFen: 36_900, confirmFen: 36_900 }).ok();
  played
    .pass(MINUTE)
    .when("bag.markWrongPrice", { productId: coat, skuId: s, priceFen: 36_900, from: START + MINUTE })
    .ok();
  const made = history(played);
  expect(stockOutLines(made, slices(played))).toMatchObject([{ linkNo: 2, name: "围巾", skus: ["默认"] }]);
  expect(priceLines(made, slices(played), played.now)).toMatchObject([
    { linkNo: 1, skus: ["S", "M"], skuCount: 2, offFen: -3_000, lastedMs: MINUTE, isWrong: true },
  ]);
});

it("what changed since a settlement adds up from its parts", () => {
  const { played } = shopping();
  order(played, "o1", "S1", 1);
  played.when("session.end", {}).ok().when("settlement.settle", {}).ok();
  order(played.pass(2 * HOUR), "o2", "S3", 1);
  updated += 1;
  const refunds = [{ refundId: "r", at: played.now, fen: 1_000 }];
  played.send("order.record", { orderId: "o1", sourceUpdatedAt: updated, refunds }, { by: "staff:ann" }).ok();
  const columns = knownColumns(history(played), played.now) ?? [];
  expect(columns.map((column) => ("missing" in column ? column.missing : column.netFen))).toEqual([
    40_400,
    "toCome",
    "toCome",
    40_400,
  ]);
  const settled = history(played).standings?.settled;
  expect(settled && changeParts(settled)).toMatchObject({
    netFen: 9_400,
    ordersFen: 10_400,
    refundsFen: 0,
    importsFen: -1_000,
    refundedOrders: 1,
  });
});
