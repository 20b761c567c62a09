import { describe, expect, it } from "vitest";
import { expectLeanViewsEqual, expectRebuilt, type Show } from "#tests/support/given.ts";
import { handedOver, MINUTE, pushOf, resolve, planned, SYSTEM } from "#tests/support/pushes.ts";
import { forwardKey } from "../push/forward-part.ts";

const DISCOUNT = { kind: "moneyOff" as const, thresholdFen: 30_000, offFen: 1_000, productIds: null };
const viewer = (person: string) => ({ by: `person:${person}` });

/** A push with the tasks `taskaa` and `taskbb` that was handed over, an own coupon and an own draw that run. */
function world() {
  const played = handedOver().live();
  played.when("coupon.plan", { carrier: "own", title: "群友券", discount: DISCOUNT, total: 100, perPerson: 3 }).ok();
  const [couponId = ""] = played.coupon().coupons.keys();
  played.when("coupon.push", { couponId }).ok();
  const prizes = [{ name: "围巾", count: 1, valueFen: 100 }];
  const draw = { carrier: "ownDraw" as const, title: "抽奖", prizes, durationMs: 60 * MINUTE, rules: "一人一次" };
  played.when("lottery.plan", draw).ok();
  const [lotteryId = ""] = played.lottery().lotteries.keys();
  played.when("lottery.open", { lotteryId }).ok();
  const claim = (person: string, via?: string): string => {
    const input = { couponId, ...(via === undefined ? {} : { via }) };
    const { answer } = played.when("coupon.claim", input, viewer(person));
    return answer.status === "ok" ? (answer.result as { code: string }).code : "";
  };
  const enter = (person: string, via: string) => played.when("lottery.enter", { lotteryId, via }, viewer(person)).ok();
  return { played, pushId: pushOf(played).pushId, claim, enter };
}

const effectOf = (played: Show, pushId: string) => played.row("review", "pushEffect", pushId);
const line = (fen: number) => [{ lineId: "1", productId: "p", skuId: "s", units: 1, paidFen: fen }];
type Report = { readonly orderId?: string; readonly [field: string]: unknown };
const told = (played: Show, report: Report) =>
  played.send("order.record", { orderId: "o1", sourceUpdatedAt: played.now, ...report }, { by: "program:t" }).ok();

function expectWhole(played: Show): void {
  expectRebuilt(played);
  expectLeanViewsEqual(played, 6);
}

describe("what a push brought", () => {
  it("[ATT1][ATT6] starts with zeros when it is handed over, counts opened links, and nothing for codes nobody gave out", () => {
    const { played, pushId, claim } = world();
    const none = { opens: 0, claims: 0, entries: 0, orders: 0, paidFen: 0, signups: 0 };
    expect(effectOf(played, pushId)).toMatchObject(none);
    const opens = [
      { taskId: "taskaa", count: 2 },
      { taskId: "taskbb", count: 1 },
      { taskId: "nobody", count: 9 },
    ];
    played.when("push.opened", { opens }, SYSTEM).ok();
    expect(claim("v_1", "nobody")).not.toBe("");
    expect(effectOf(played, pushId)).toMatchObject({ ...none, opens: 3 });
    expectWhole(played);
  });

  it("[ATT2] counts claims and entries by their code, of a later round too, and a voided claim no more", () => {
    const { played, pushId, claim, enter } = world();
    const code = claim("v_1", "taskaa");
    claim("v_2", "taskbb-2");
    claim("v_3");
    enter("v_1", "taskaa");
    expect(effectOf(played, pushId)).toMatchObject({ claims: 2, entries: 1 });
    played.when("coupon.voidClaim", { code, reason: "试" }).ok();
    expect(effectOf(played, pushId)).toMatchObject({ claims: 1 });
    expect(played.slice("control", "pushAttribution")).toMatchObject({
      total: { claims: 2 },
      attributed: { claims: 1 },
    });
    expectWhole(played);
  });

  it("[ATT3][ATT5] ascribes an order by its coupon's code, whole whenever the code is told, refunds too", () => {
    const { played, pushId, claim } = world();
    const code = claim("v_1", "taskaa");
    const at = played.now;
    told(played, { status: "placed", placedAt: at, lines: line(10_000), freightFen: 500 });
    expect(effectOf(played, pushId)).toMatchObject({ orders: 0 });
    told(played.pass(1_000), { status: "paid", paidAt: at + 500 });
    told(played.pass(1_000), { couponCodes: [code.toLowerCase()] });
    const paid = { orders: 1, paidOrders: 1, paidFen: 10_500, refundFen: 0, byCode: 1, byPerson: 0 };
    expect(effectOf(played, pushId)).toMatchObject(paid);
    told(played.pass(1_000), { refunds: [{ refundId: "r", at: played.now, fen: 4_000 }] });
    expect(effectOf(played, pushId)).toMatchObject({ ...paid, refundFen: 4_000 });
    expectWhole(played);
  });

  it("[ATT4][ATT6] ascribes an order by its person only when they came before it; the rest stays unascribed", () => {
    const { played, pushId, claim, enter } = world();
    const paid = (orderId: string, personId: string, placedAt: number) =>
      told(played, { orderId, status: "paid", placedAt, paidAt: placedAt, lines: line(1_000), personId });
    const before = played.now;
    played.pass(MINUTE);
    claim("v_1", "taskaa");
    enter("v_2", "taskbb");
    played.pass(MINUTE);
    paid("early", "v_1", before);
    paid("late", "v_1", played.now);
    paid("other", "v_2", played.now);
    paid("nobody", "v_9", played.now);
    expect(effectOf(played, pushId)).toMatchObject({ orders: 2, paidFen: 2_000, byPerson: 2, byCode: 0 });
    expect(played.slice("review", "pushAttribution")).toMatchObject({
      total: { orders: 4, paidOrders: 4, paidFen: 4_000 },
      attributed: { orders: 2, paidOrders: 2, paidFen: 2_000 },
    });
    // Told again with what was known already: the push has the order once.
    told(played.pass(1_000), { orderId: "late", status: "paid", buyerKind: "new" });
    expect(effectOf(played, pushId)).toMatchObject({ orders: 2, paidFen: 2_000 });
    expectWhole(played);
  });

  it("[ATT4] a coupon's code outweighs the person", () => {
    const { played, claim } = world();
    played
      .when("push.plan", {
        kind: "forward",
        title: "转发",
        copy: { text: "来" },
        when: { by: "hand" },
        audience: { robotIds: ["robot1"], purposes: ["直播"] },
      })
      .ok();
    const second = pushOf(played).pushId;
    resolve(played, [{ taskId: "taskcc", staffId: "m1", targetIds: ["g1"] }], "forward");
    played.when("push.handOver", { pushId: second }).ok().pass(3_000);
    const code = claim("v_1", "taskaa");
    claim("v_2", "taskcc");
    played.pass(MINUTE);
    told(played, { status: "paid", placedAt: played.now, lines: line(1_000), personId: "v_2" });
    expect(effectOf(played, second)).toMatchObject({ orders: 1, byPerson: 1 });
    told(played.pass(1_000), { couponCodes: [code] });
    expect(effectOf(played, second)).toMatchObject({ orders: 0, byPerson: 0, paidFen: 0 });
    expectWhole(played);
  });
});

describe("the phone page of a 员工转发", () => {
  it("[PSH25] is told words, members and the groups of the one who asks, under no viewer's id", () => {
    const played = planned();
    played
      .when("push.plan", {
        kind: "forward",
        title: "转发",
        copy: { text: "来看直播" },
        when: { by: "hand" },
        audience: { robotIds: ["robot1"], purposes: ["直播"] },
      })
      .ok();
    const { pushId } = pushOf(played);
    const lists = [
      { taskId: "taskaa", staffId: "m1", targetIds: ["g1", "g2"] },
      { taskId: "taskbb", staffId: "m2", targetIds: ["g3"] },
    ];
    resolve(played, lists, "forward");
    played.when("push.handOver", { pushId }).ok().pass(3_000);
    const tick = { taskId: "taskaa", targetId: "g2" };
    played.when("push.tick", tick, { by: "forward:m1" }).ok();
    const part = (staffId?: string) => played.me(forwardKey(pushId, staffId))["push"];
    expect(part("m1")).toMatchObject({
      push: { title: "转发", text: "来看直播", status: "waiting" },
      members: [
        { staffId: "m1", targets: 2, ticks: 1 },
        { staffId: "m2", targets: 1, ticks: 0 },
      ],
      groups: [
        { groupId: "g1", tickedAt: null },
        { groupId: "g2", tickedAt: played.now },
      ],
    });
    expect(part()).toMatchObject({ groups: null });
    expect(played.me("v_1")["push"]).toBeNull();
    expect(played.when("push.untick", tick, { by: "forward:m1" }).events).toHaveLength(1);
    expect(played.when("push.untick", tick, { by: "forward:m1" }).events).toEqual([]);
    expectRebuilt(played);
  });
});
