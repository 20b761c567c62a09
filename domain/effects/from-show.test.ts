import { describe, expect, it } from "vitest";
import { show } from "#tests/support/given.ts";
import { engine } from "../ops/index.ts";
import { durationMs, fen } from "../units.ts";
import { viewOnce } from "../views.ts";
import { effectsInputOf, recordOf, type ShowRecord } from "./from-show.ts";
import { ACT_EVENTS } from "./show-acts.ts";

const MINUTE = 60_000;
const T0 = 1_789_819_200_000;
const bare: ShowRecord = {
  startedAt: T0,
  endedAt: T0 + 60 * MINUTE,
  interruptions: [],
  at: T0 + 90 * MINUTE,
  series: [],
  rounds: [],
  tape: [],
  seenOnSale: [],
  groupPushes: [],
};
const evidence = (happenedAt: number) => ({
  by: "staff:p_1",
  doneAt: happenedAt + 5_000,
  happenedAt,
  via: "hand",
  seen: null,
});
const row = (seq: number, type: string, data: unknown) => ({ seq, at: T0 + seq * MINUTE, type, data });

describe("from a show to the estimate", () => {
  it("[EFF11] a show that has not begun has none; minutes filled in part, or interrupted, are off", () => {
    expect(effectsInputOf({ ...bare, startedAt: null })).toBeUndefined();
    const input = effectsInputOf({
      ...bare,
      startedAt: T0 + 20_000,
      endedAt: T0 + 9 * MINUTE + 1_000,
      interruptions: [{ from: T0 + 3 * MINUTE + 50_000, to: T0 + 4 * MINUTE + 10_000 }],
    });
    expect(input?.startAt).toBe(T0);
    expect(input?.off).toEqual([true, false, false, true, true, false, false, false, false, true]);
  });

  it("[EFF11] a running show is known up to its last event; a minute without orders is 0, without a sample null", () => {
    const series = [{ at: T0 + MINUTE, paidFen: 900, orders: 2, online: 55 }];
    const input = effectsInputOf({ ...bare, endedAt: null, at: T0 + 3 * MINUTE, series });
    expect(input).toMatchObject({ paidFen: [0, 900, 0], orders: [0, 2, 0], online: [null, 55, null] });
  });

  it("[EFF6] a minute knows which products were explained in which part of it", () => {
    const rounds = [
      { productId: "p1", from: T0 + 30_000, to: T0 + 75_000 },
      { productId: "p2", from: T0 + 75_000, to: null },
    ];
    const input = effectsInputOf({ ...bare, endedAt: T0 + 3 * MINUTE, rounds });
    expect(input?.explained).toEqual([
      [{ productId: "p1", share: 0.5 }],
      [
        { productId: "p1", share: 0.25 },
        { productId: "p2", share: 0.75 },
      ],
      [{ productId: "p2", share: 1 }],
    ]);
  });

  it("[EFF12] acts count from when they happened, with what they were done", () => {
    const input = effectsInputOf({
      ...bare,
      tape: [
        row(10, "coupon.pushed.v1", { couponId: "c1", evidence: evidence(T0 + 9 * MINUTE) }),
        row(12, "lottery.opened.v1", { lotteryId: "l1", openedAt: T0 + 12 * MINUTE, closesAt: T0 + 22 * MINUTE }),
        row(13, "bag.explained.v1", { productId: "p1" }),
        row(14, "bag.saleOpened.v1", {
          productId: "p1",
          to: { value: "onSale", evidence: evidence(T0 + 13 * MINUTE) },
        }),
      ],
      groupPushes: [
        { id: "push-1", at: T0 + 11 * MINUTE },
        { id: "push-0", at: T0 - 30 * MINUTE },
      ],
    });
    expect(input?.acts.map(({ id, kind, at, endAt }) => [id, kind, (at - T0) / MINUTE, endAt])).toEqual([
      ["act-10", "couponPush", 9, null],
      ["push-1", "groupPush", 11, null],
      ["act-12", "lottery", 12, T0 + 22 * MINUTE],
      ["act-14", "openSale", 13, null],
    ]);
    expect(input?.acts[2]?.refs.lotteryId).toBe("l1");
  });

  it("[EFF12] what was taken back did not happen, nor did its way back; SKUs priced one by one are one act; what is not on sale has no price", () => {
    const price = (productId: string, minute: number) => ({
      productId,
      prices: [{ skuId: "s", from: {}, to: { fen: 1, evidence: evidence(T0 + minute * MINUTE) } }],
      marks: [],
    });
    const opened = { productId: "p1", to: { value: "onSale", evidence: evidence(T0 + 5 * MINUTE) } };
    const input = effectsInputOf({
      ...bare,
      tape: [
        row(2, "bag.observed.v1", { products: [{ productId: "p2", saleState: "onSale", skus: [] }] }),
        row(3, "bag.pricesSet.v1", price("p2", 3)),
        row(4, "bag.pricesSet.v1", price("p1", 4)),
        row(5, "bag.saleOpened.v1", opened),
        row(6, "coupon.pushed.v1", { couponId: "c1", evidence: evidence(T0 + 6 * MINUTE) }),
        row(7, "tape.undone.v1", { seq: 6, type: "coupon.pushed.v1" }),
        row(8, "coupon.pushTakenBack.v1", { couponId: "c1" }),
        row(20, "bag.pricesSet.v1", price("p1", 20)),
        row(21, "bag.pricesSet.v1", price("p1", 20.5)),
        row(30, "bag.pricesSet.v1", price("p1", 30)),
        row(31, "tape.undone.v1", { seq: 30, type: "bag.pricesSet.v1" }),
        row(32, "bag.pricesSet.v1", price("p1", 31)),
      ],
    });
    expect(input?.acts.map(({ id }) => id)).toEqual(["act-3", "act-5", "act-20"]);
  });

  it("[EFF12] a price counts from when data told that its product is on sale, where no hand opened it", () => {
    const price = (productId: string) => ({ productId, prices: [{ to: { evidence: null } }] });
    const input = effectsInputOf({
      ...bare,
      tape: [
        row(10, "bag.pricesSet.v1", price("seen")),
        row(20, "bag.pricesSet.v1", price("seen")),
        row(25, "bag.pricesSet.v1", price("never")),
      ],
      seenOnSale: [{ productId: "seen", at: T0 + 15 * MINUTE }],
    });
    expect(input?.acts.map(({ id }) => id)).toEqual(["act-20"]);
  });

  it("[EFF12] the slices of a real show hold all that is needed, told late or taken back", () => {
    const played = show().live();
    played.when("bag.applySheet", {
      products: [
        {
          linkNo: 1,
          platformId: "P1",
          name: "示例",
          skus: [{ platformId: "S1", name: "默认", liveFen: 9_900, sellable: 50 }],
        },
      ],
    });
    const [productId = ""] = played.bag().products.keys();
    const skuId = played.bag().products.get(productId)?.skus[0]?.skuId ?? "";
    const discount = { kind: "direct" as const, offFen: fen(500), productIds: null };
    played.when("coupon.plan", { carrier: "shop", title: "满减", discount, total: 10 }).ok();
    const [couponId = ""] = played.coupon().coupons.keys();
    played.pass(2 * MINUTE);
    played.when("bag.explain", { productId }).ok();
    played.pass(MINUTE);
    played.when("bag.openSale", { productId, ago: durationMs(30_000) }).ok();
    played.pass(MINUTE);
    played.when("bag.setPrice", { productId, skuId, priceFen: fen(9_500), confirmFen: fen(9_500) }).ok();
    played.when("tape.undo", { seq: played.seqOf("bag.pricesSet.v1") }).ok();
    played.pass(MINUTE);
    const pushedAt = played.now;
    played.when("coupon.push", { couponId }).ok();
    played.pass(3 * MINUTE);
    played.when("bag.setPrice", { productId, skuId, priceFen: fen(9_000), confirmFen: fen(9_000) }).ok();
    played.pass(5 * MINUTE);
    played.when("session.end", {}).ok();

    const review = viewOnce(engine, played.state, "review");
    const input = effectsInputOf(recordOf(review, { tape: null, groupPushes: [] }));
    expect(input?.acts.map(({ kind, refs }) => [kind, refs.productId ?? refs.couponId])).toEqual([
      ["openSale", productId],
      ["couponPush", couponId],
      ["priceChange", productId],
    ]);
    expect(input?.acts[1]?.at).toBe(pushedAt);
    // Read from the log, only some events are needed.
    const tape = played.log.filter(({ type }) => ACT_EVENTS.includes(type));
    expect(tape.length).toBeLessThan(played.log.length);
    expect(effectsInputOf(recordOf(review, { tape, groupPushes: [] }))).toEqual(input);
    expect(input?.explained.map((shares) => shares.length)).toEqual([0, 0, ...Array.from({ length: 11 }, () => 1)]);
  });
});
