import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectLeanViewsEqual, expectRebuilt, show, type Show } from "#tests/support/given.ts";
import { orderOf, SHEET, shopping } from "#tests/support/shopping.ts";
import { spreadByPool } from "../bag/stock.ts";
import { sliceOf } from "../slice-of.ts";
import { ordersOf } from "./order.ts";

const SEED = Number(process.env["PROPERTY_SEED"] ?? 20_261_111);

/** Stock of one SKU counted anew from every order as it stands. */
function recount(played: Show, skuId: string) {
  const state = sliceOf(played.state, "order");
  const lines = [...ordersOf(state)].flatMap((facts) =>
    facts.lines.filter((line) => line.skuId === skuId).map((line) => ({ facts, units: line.units })),
  );
  const sum = (holds: (facts: (typeof lines)[number]["facts"]) => boolean) =>
    lines.reduce((total, { facts, units }) => total + (holds(facts) ? units : 0), 0);
  return {
    gone: sum((facts) => facts.placedAt !== null && facts.cancelledAt === null),
    unpaidHold: sum((facts) => facts.placedAt !== null && facts.cancelledAt === null && facts.paidAt === null),
    sold: sum((facts) => facts.paidAt !== null),
  };
}

const Report = fc.record({
  order: fc.nat({ max: 4 }),
  sku: fc.constantFrom("S1", "S2", "S3"),
  units: fc.integer({ min: 1, max: 60 }),
  status: fc.constantFrom("placed" as const, "paid" as const, "cancelled" as const),
  updated: fc.nat({ max: 6 }),
});
const Step = fc.oneof(
  fc.record({ report: Report }),
  fc.record({ release: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ undo: fc.nat({ max: 60 }) }),
);

describe("stock", () => {
  it("[BAG9] equals a recount of orders and releases, whatever order reports come in, and refused undos change nothing", () => {
    fc.assert(
      fc.property(fc.array(Step, { minLength: 1, maxLength: 40 }), (steps) => {
        const { played, coat, s, m } = shopping();
        for (const step of steps) {
          if ("release" in step) played.when("bag.release", { productId: coat, units: step.release });
          else if ("undo" in step) played.when("tape.undo", { seq: step.undo + 1 });
          else {
            const { order: id, sku, units, status, updated } = step.report;
            played
              .send("order.record", orderOf(`o${id}`, sku, units, { status, sourceUpdatedAt: played.now + updated }), {
                by: "program:shop",
              })
              .ok();
          }
          if (played.bag().products.size < 3) return;
        }
        const released = new Map<string, number>();
        for (const { type, data } of played.log) {
          if (type !== "bag.released.v1") continue;
          for (const { skuId, units } of (data as { stock: { skuId: string; units: number }[] }).stock)
            released.set(skuId, (released.get(skuId) ?? 0) + units);
        }
        const expected = (platformId: string, skuId: string, planned: number) => {
          const { gone, unpaidHold, sold } = recount(played, platformId);
          const given = released.get(skuId) ?? 0;
          return { sellable: planned + given - gone, unpaidHold, sold };
        };
        const skus = played.bag().products.get(coat)?.skus ?? [];
        expect(skus[0]).toMatchObject({ ...expected("S1", s, 100), pool: 60 - (released.get(s) ?? 0) });
        expect(skus[1]).toMatchObject({ ...expected("S2", m, 50), pool: 30 - (released.get(m) ?? 0) });
        expect(Math.min(...skus.map(({ pool }) => pool))).toBeGreaterThanOrEqual(0);
        expectLeanViewsEqual(played, Math.floor(played.log.length / 2));
        expectRebuilt(played);
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it("[BAG9] paid moves hold to sold, cancelled gives back, a refund returns nothing by itself", () => {
    const { played, coat } = shopping();
    const sku = () => played.bag().products.get(coat)?.skus[0];
    const at = played.now;
    played
      .when("order.record", orderOf("o1", "S1", 3))
      .ok()
      .when("order.record", orderOf("o2", "S1", 5))
      .ok();
    expect(sku()).toMatchObject({ sellable: 92, unpaidHold: 8, sold: 0 });
    played.when("order.record", { orderId: "o1", sourceUpdatedAt: at + 1, status: "paid", paidAt: at }).ok();
    played.when("order.record", { orderId: "o2", sourceUpdatedAt: at + 1, status: "cancelled", cancelledAt: at }).ok();
    expect(sku()).toMatchObject({ sellable: 97, unpaidHold: 0, sold: 3 });
    played
      .when("order.record", {
        orderId: "o1",
        sourceUpdatedAt: at + 2,
        refunds: [{ refundId: "r1", at, fen: 119_700, units: 3 }],
      })
      .ok();
    expect(sku()).toMatchObject({ sellable: 97, sold: 3 });
    const { skuId = "" } = sku() ?? {};
    played
      .when("bag.setStock", { productId: coat, skuId, sellable: 100 }, { expect: { sellable: 90 } })
      .rejected("state.changed", { sellable: 97 });
    played.when("bag.setStock", { productId: coat, skuId, sellable: 100, reason: "退货入库" }).ok();
    expect(sku()).toMatchObject({ sellable: 100 });
  });

  it("[BAG10] what was oversold shows as less than nothing, with a flag", () => {
    const { played, coat } = shopping();
    played.when("order.record", orderOf("o1", "S2", 53)).ok();
    expect(played.row("control", "products", coat)).toMatchObject({
      oversold: true,
      sellable: 97,
      skus: [{}, { sellable: -3 }],
    });
  });

  it("[BAG11] orders that come before the plan count as soon as the product is in it", () => {
    const played = show().live();
    played.when("order.record", orderOf("o1", "S1", 3)).ok();
    const noSku = orderOf("o2", "S1", 2, { lines: [{ lineId: "1", productId: "P1", units: 2, paidFen: 79_800 }] });
    played.send("order.record", noSku).ok();
    played.when("bag.applySheet", { products: SHEET }).ok();
    const [coat] = [...played.bag().products.values()];
    expect(coat).toMatchObject({ noSku: { unpaidHold: 2 }, skus: [{ sellable: 97, unpaidHold: 3 }, {}] });
    expect(played.row("control", "products", coat?.productId ?? "")).toMatchObject({ sellable: 145 });
    expectLeanViewsEqual(played, 2);
  });

  it("[BAG8] a release never exceeds the pool, is spread by it, and goes back while nobody has bought it", () => {
    const { played, coat, m } = shopping();
    played.when("bag.release", { productId: coat, units: 91 }).rejected("bag.poolTooSmall", { pool: 90 });
    played
      .when("bag.release", { productId: coat, skuId: m, units: 31 })
      .rejected("bag.poolTooSmall", { pool: 30, skuId: m });
    played
      .when("bag.release", { productId: coat, units: 10 }, { expect: { pool: 80 } })
      .rejected("state.changed", { pool: 90 });
    played
      .when("bag.release", { productId: coat, units: 10 }, { expect: { pool: 90 } })
      .then({ type: "bag.released.v1", data: { stock: [{ units: 7 }, { units: 3 }] } });
    played.when("order.record", orderOf("o1", "S2", 51)).ok();
    played
      .when("tape.undo", { seq: played.seqOf("bag.released.v1") })
      .rejected("undo.hasConsequences", { skuId: m, sellable: 2, units: 3 });
  });

  it("[BAG8] spreading gives each SKU its share, all units, and no SKU more than it has", () => {
    const pools = fc.array(fc.nat({ max: 500 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(pools, fc.nat({ max: 10_000 }), (pool, wish) => {
        const skus = pool.map((units, index) => ({ skuId: `s${index}`, pool: units }));
        const total = pool.reduce((sum, units) => sum + units, 0);
        const units = Math.min(wish, total);
        const spread = spreadByPool(skus, units);
        expect(spread.reduce((sum, share) => sum + share.units, 0)).toBe(units);
        for (const share of spread) {
          const own = skus.find(({ skuId }) => skuId === share.skuId)?.pool ?? 0;
          expect(share.units).toBeLessThanOrEqual(own);
          expect(Math.abs(share.units - (units * own) / total)).toBeLessThan(1);
        }
      }),
      { seed: SEED },
    );
  });
});

describe("stock that a later plan takes away", () => {
  it("[BAG8] an SKU whose pool is overdrawn takes no part in a release", () => {
    const { played, coat, s, m } = shopping();
    played.when("bag.release", { productId: coat, skuId: m, units: 30 }).ok();
    played.when("bag.editProduct", { productId: coat, skus: [{ skuId: m, plannedPool: 10 }] }).ok();
    expect(played.bag().products.get(coat)?.skus[1]?.pool).toBe(-20);
    expect(played.row("control", "products", coat)).toMatchObject({ pool: 60 });
    played.when("bag.release", { productId: coat, units: 61 }).rejected("bag.poolTooSmall", { pool: 60 });
    played.when("bag.release", { productId: coat, skuId: m, units: 1 }).rejected("bag.poolTooSmall");
    played
      .when("bag.release", { productId: coat, units: 30 })
      .then({ type: "bag.released.v1", data: { stock: [{ skuId: s, units: 30 }] } });
  });

  it("[BAG11] orders that name no known SKU count right however the SKUs of their product come and go", () => {
    const { played, scarf } = shopping();
    const at = played.now;
    const record = (skuId: string | null, more: object) => {
      const lines = [{ lineId: "1", productId: "P2", skuId, units: 2, paidFen: 100 }];
      played
        .send("order.record", { orderId: `o-${skuId}`, sourceUpdatedAt: at, status: "placed", lines, ...more })
        .ok();
    };
    const stock = () =>
      played
        .bag()
        .products.get(scarf)
        ?.skus.map(({ sellable, unpaidHold }) => [sellable, unpaidHold]);
    record(null, {});
    record("S9", {});
    expect(stock()).toEqual([[16, 4]]);
    const red = { name: "红", platformId: "S9", plannedFen: 9_900, plannedSellable: 5 };
    played.when("bag.editProduct", { productId: scarf, skus: [red] }).ok();
    expect(stock()).toEqual([
      [20, 0],
      [3, 2],
    ]);
    expect(played.row("control", "products", scarf)).toMatchObject({ sellable: 21, unpaidHold: 4 });
    const cancelled = { status: "cancelled", sourceUpdatedAt: at + 1 };
    record(null, cancelled);
    record("S9", cancelled);
    expect(stock()).toEqual([
      [20, 0],
      [5, 0],
    ]);
    expect(played.bag().products.get(scarf)?.noSku).toEqual({ unpaidHold: 0, sold: 0 });
    expectRebuilt(played);
    expectLeanViewsEqual(played, 5);
  });

  it("[BAG11] a platform id under which orders came in stays", () => {
    const { played, coat, s } = shopping();
    played.when("order.record", orderOf("o1", "S1", 2)).ok();
    const rename = (skuPlatformId: string) =>
      played.when("bag.editProduct", { productId: coat, skus: [{ skuId: s, platformId: skuPlatformId }] });
    rename("S9").rejected("bag.platformIdInUse", { platformId: "S1" });
    played.when("bag.editProduct", { productId: coat, to: { platformId: "P9" } }).ok();
    played.send("order.record", orderOf("o1", "S1", 2, { status: "cancelled", sourceUpdatedAt: played.now + 1 })).ok();
    expect(played.bag().products.get(coat)?.skus[0]).toMatchObject({ sellable: 100, unpaidHold: 0 });
    rename("S9").ok();
  });

  it("[BAG11] an id that orders show to be wrong can be mended after them", () => {
    const { played, scarf } = shopping();
    const lines = [{ lineId: "1", productId: "P2", skuId: "S33", units: 1, paidFen: 1 }];
    played.send("order.record", { orderId: "o3", sourceUpdatedAt: played.now, status: "placed", lines }).ok();
    const skuId = played.bag().products.get(scarf)?.skus[0]?.skuId;
    played.when("bag.editProduct", { productId: scarf, skus: [{ skuId, platformId: "S33" }] }).ok();
    expect(played.bag().products.get(scarf)?.skus[0]).toMatchObject({ sellable: 19, unpaidHold: 1 });
    expect(played.bag().loose.size).toBe(0);
  });
});
