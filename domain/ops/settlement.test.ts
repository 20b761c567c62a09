import { expect, it } from "vitest";
import { expectLeanViewsEqual, expectRebuilt, show, START, type Show } from "#tests/support/given.ts";

const MINUTE = 60_000;
const settled = (played: Show) => played.slice("review", "settlement");

function ended(): Show {
  const played = show().live();
  report(played, { status: "paid", placedAt: START, paidAt: START, lines: [line] });
  return played.pass(MINUTE).when("session.end", {}).ok();
}

const line = { lineId: "1", productId: "p1", skuId: "s1", units: 2, paidFen: 20_000 };
let updated = START;
function report(played: Show, item: object): Show {
  updated += 1;
  return played.send("order.record", { orderId: "o1", sourceUpdatedAt: updated, ...item }, { by: "program:shop" }).ok();
}

it("[SET1] notes the totals of a show that is over and whose orders are known, with who and when", () => {
  show().live().when("settlement.settle", {}).rejected("settlement.notEnded");
  show().live().when("session.end", {}).ok().when("settlement.settle", {}).rejected("settlement.noOrders");
  const played = ended().when("settlement.settle", { note: "对过小店后台" }).ok();
  expect(settled(played)).toMatchObject({
    by: "staff:ann",
    at: played.now,
    note: "对过小店后台",
    totals: { placed: { fen: 20_000 }, paid: { orders: 1, units: 2, fen: 20_000 }, refunded: { fen: 0 } },
  });
  expectRebuilt(played);
  expectLeanViewsEqual(played);
});

it("[SET2] what comes later changes the figures and not what was noted", () => {
  const played = ended().when("settlement.settle", {}).ok();
  const before = settled(played);
  report(played.pass(MINUTE), { refunds: [{ refundId: "r1", at: START + MINUTE, fen: 5_000 }] });
  expect(settled(played)).toEqual(before);
  expect(played.slice("review", "figures")).toMatchObject({ net: { fen: 15_000 } });
  expect(played.when("settlement.settle", {}).ok().slice("review", "settlement")).toMatchObject({
    totals: { refunded: { fen: 5_000 } },
  });
});

it("[SET3] refuses a screen that showed other figures, and the same again is no new settlement", () => {
  const played = ended();
  const now = { paidFen: 20_000, refundedFen: 0 };
  played.when("settlement.settle", {}, { expect: { ...now, paidFen: 1 } }).rejected("state.changed", now);
  played.when("settlement.settle", {}, { expect: now }).then({ type: "settlement.settled.v1" });
  played.when("settlement.settle", {}, { expect: now }).then();
});

it("[SET4] is taken back by those who may settle, not by the tape's undo", () => {
  const played = ended();
  played.when("settlement.withdraw", {}).rejected("settlement.none");
  played.when("settlement.settle", {}).ok();
  const seq = played.seqOf("settlement.settled.v1");
  played.when("tape.undo", { seq }).rejected("undo.notReversible");
  expect(settled(played.when("settlement.withdraw", {}).ok())).toBeNull();
});
