import { describe, expect, it } from "vitest";
import { LINES_MAX, sayLinesAt, type SayLine } from "../say-lines.ts";
import { COUPON_LOW_SHARE, STOCK_LOW, TARGET_SAID_MS, UNPAID_FROM } from "../say-sources.ts";
import { expectLeanViewsEqual, expectRebuilt, show, START, type Show } from "#tests/support/given.ts";

const program = { by: "program:shop" };

function product(played: Show, no: number, sellable: number, pool = 0): string {
  const skus = [
    { platformId: `sku${no}`, name: "均码", plannedFen: 10_000, plannedSellable: sellable, plannedPool: pool },
  ];
  const { events } = played.send("bag.createProduct", { linkNo: no, platformId: `p${no}`, name: `示例 ${no}`, skus });
  const { productId } = Object(events[0]?.data).added[0];
  played.when("bag.openSale", { productId }).ok();
  return productId;
}

let orders = 0;
function order(played: Show, no: number, units: number, more: object = {}): string {
  const orderId = `o${(orders += 1)}`;
  const lines = [{ lineId: "a", productId: `p${no}`, skuId: `sku${no}`, units, paidFen: units * 10_000 }];
  played
    .send(
      "order.record",
      { orderId, sourceUpdatedAt: START, status: "placed", placedAt: START, lines, ...more },
      program,
    )
    .ok();
  return orderId;
}

const paid = { status: "paid", paidAt: START };
const lines = (played: Show) => played.slice("host", "saying") as unknown as readonly SayLine[];
const kinds = (played: Show) => lines(played).map(({ kind }) => kind);

describe("saying", () => {
  it("[SAY1] stock nearly gone: of what was explained and is on sale, with what is left and what there was", () => {
    const played = show().live();
    const first = product(played, 1, 300);
    product(played, 2, 12);
    order(played, 1, 200, paid);
    order(played, 2, 1, paid);
    expect(kinds(played)).toEqual([]);
    played.when("bag.explain", { productId: first }).ok();
    expect(kinds(played)).toEqual([]);
    order(played, 1, 70, paid);
    const left = { kind: "stock", productId: first, linkNo: 1, name: "示例 1", value: 30, of: 300 };
    for (const audience of ["control", "host", "review"] as const) {
      expect(played.slice(audience, "saying")).toMatchObject([left]);
    }
    expect(played.row("control", "products", first)).toMatchObject({ sellable: 30 });
    expect(played.view("viewer").slices["saying"]).toBeUndefined();
    expectLeanViewsEqual(played);
    expectRebuilt(played);
  });

  it("[SAY1] is gone with its cause: released anew, sold out, or taken off sale", () => {
    const played = show().live();
    const productId = product(played, 1, 100, 500);
    played.when("bag.explain", { productId }).ok();
    order(played, 1, 100 - STOCK_LOW.units, paid);
    expect(lines(played)).toMatchObject([{ value: STOCK_LOW.units }]);
    played.when("bag.release", { productId, units: 200 }).ok();
    expect(kinds(played)).toEqual([]);
    order(played, 1, 210, paid);
    expect(lines(played)).toMatchObject([{ value: 10, of: 300 }]);
    played.when("bag.soldOut", { productId }).ok();
    expect(kinds(played)).toEqual([]);
    played.when("bag.reopen", { productId }).ok();
    order(played, 1, 10, paid);
    expect(kinds(played)).toEqual([]);
  });

  it("[SAY2] unpaid orders waiting, counted as control counts them", () => {
    const played = show().live();
    product(played, 1, 1_000);
    const waiting = Array.from({ length: UNPAID_FROM }, () => order(played, 1, 1));
    expect(lines(played)).toMatchObject([{ kind: "unpaid", value: UNPAID_FROM }]);
    expect(played.slice("control", "figures")).toMatchObject({ unpaid: { orders: UNPAID_FROM } });
    const [orderId = ""] = waiting;
    played.send("order.record", { orderId, sourceUpdatedAt: START + 1, ...paid, placedAt: START }, program).ok();
    expect(kinds(played)).toEqual([]);
  });

  it("[SAY3] target passed: from then on for two minutes, and no longer when it stands higher", () => {
    const played = show().live();
    product(played, 1, 1_000);
    const targets = { paidFen: 50_000, audience: null, reservations: null, orders: null };
    played.when("session.setTargets", targets).ok();
    order(played, 1, 4, paid);
    expect(kinds(played)).toEqual([]);
    played.pass(5_000);
    const passedAt = played.now;
    order(played, 1, 2, paid);
    played.pass(60_000);
    order(played, 1, 1, paid);
    const [line] = lines(played);
    expect(line).toMatchObject({
      kind: "target",
      value: 70_000,
      of: 50_000,
      at: passedAt,
      until: passedAt + TARGET_SAID_MS,
    });
    expect(sayLinesAt(lines(played), passedAt + TARGET_SAID_MS - 1)).toHaveLength(1);
    expect(sayLinesAt(lines(played), passedAt + TARGET_SAID_MS)).toEqual([]);
    played.when("session.setTargets", { ...targets, paidFen: 100_000 }).ok();
    expect(kinds(played)).toEqual([]);
    played.when("tape.undo", { seq: played.seqOf("session.targetsSet.v1") }).ok();
    expect(lines(played)).toMatchObject([{ at: passedAt }]);
    played.when("session.setTargets", { ...targets, paidFen: 60_000 }).ok();
    expect(kinds(played)).toEqual([]);
    expectLeanViewsEqual(played);
  });

  it("[SAY3] goes by what was typed only until orders come in, as the paid amount itself", () => {
    const played = show().live();
    product(played, 1, 1_000);
    played.when("session.setTargets", { paidFen: 50_000, audience: null, reservations: null, orders: null }).ok();
    played.send("audience.sample", { source: "manual", paidFen: 60_000 }).ok();
    expect(lines(played)).toMatchObject([{ kind: "target", value: 60_000 }]);
    order(played, 1, 1, paid);
    expect(kinds(played)).toEqual([]);
  });

  it("[SAY4] coupon nearly out: one that runs, by what is left", () => {
    const played = show().live();
    const discount = { kind: "moneyOff", thresholdFen: 30_000, offFen: 1_000, productIds: null };
    const { events } = played.send("coupon.plan", { carrier: "own", title: "满 300 减 10", discount, total: 20 });
    const { couponId } = Object(events[0]?.data);
    played.when("coupon.push", { couponId }).ok();
    for (let at = 0; at < 17; at += 1) played.send("coupon.claim", { couponId }, { by: `person:v${at}` }).ok();
    expect(kinds(played)).toEqual([]);
    played.send("coupon.claim", { couponId }, { by: "person:v17" }).ok();
    expect(lines(played)).toMatchObject([
      { kind: "coupon", couponId, name: "满 300 减 10", value: 20 * COUPON_LOW_SHARE, of: 20 },
    ]);
    played.when("coupon.stop", { couponId }).ok();
    expect(kinds(played)).toEqual([]);
  });

  it("[SAY5] at most four lines: the target, what is explained now, then the least; unpaid orders always have their place", () => {
    const played = show().live();
    played.when("session.setTargets", { paidFen: 1, audience: null, reservations: null, orders: null }).ok();
    for (let no = 1; no <= 6; no += 1) {
      const productId = product(played, no, 30);
      played.when("bag.explain", { productId }).ok();
      order(played, no, 14 + no, paid);
    }
    for (let at = 0; at < UNPAID_FROM; at += 1) order(played, 1, 1);
    expect(lines(played).map(({ kind, linkNo }) => linkNo ?? kind)).toEqual(["target", 6, 1, "unpaid", 5]);
    const shown = sayLinesAt(lines(played), played.now);
    expect(shown).toHaveLength(LINES_MAX);
    expect(shown.map(({ linkNo, kind }) => linkNo ?? kind)).toEqual(["target", 6, 1, "unpaid"]);
  });

  it("[VIW6] stays within 4 kB with the longest names", () => {
    const played = show().live();
    played.when("session.setTargets", { paidFen: 1, audience: null, reservations: null, orders: null }).ok();
    for (let no = 1; no <= 5; no += 1) {
      const productId = product(played, no, 30);
      played.send("bag.editProduct", { productId, to: { name: "长".repeat(120) } }).ok();
      played.when("bag.explain", { productId }).ok();
      order(played, no, 15, paid);
    }
    for (let at = 0; at < UNPAID_FROM; at += 1) order(played, 1, 1);
    expect(lines(played)).toHaveLength(LINES_MAX + 1);
    expect(Buffer.byteLength(JSON.stringify(lines(played)))).toBeLessThan(4_096);
  });

  it("[SAY6] says nothing before the show and after it", () => {
    const played = show().live();
    product(played, 1, 1_000);
    for (let at = 0; at < UNPAID_FROM; at += 1) order(played, 1, 1);
    expect(kinds(played)).toEqual(["unpaid"]);
    played.when("session.end", {}).ok();
    expect(kinds(played)).toEqual([]);
  });
});
