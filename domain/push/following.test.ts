import { describe, expect, it } from "vitest";
import { expectLeanViewsEqual, expectRebuilt, type Show } from "#tests/support/given.ts";
import { MINUTE, planned, pushOf, resolveRobot, ROBOT } from "#tests/support/pushes.ts";
import type { PushEventName } from "./shapes.ts";
import { statusOf } from "./state.ts";

const onAir = (): Show => {
  const played = planned();
  const discount = { kind: "moneyOff", thresholdFen: 1_000, offFen: 100, productIds: null } as const;
  played.when("coupon.plan", { carrier: "shop", title: "满减", discount, total: 40, rules: "" }).ok();
  return played.live();
};
const couponOf = (played: Show) => [...played.coupon().coupons.keys()][0] ?? "";
const following = (on: PushEventName, more: object = {}, played = onAir()): Show =>
  resolveRobot(played.when("push.plan", { ...ROBOT, when: { by: "event", on, ...more } }).ok());

describe("following events", () => {
  it("[PSH7] goes out when its event happens, about what happened", () => {
    const played = following("couponPushed");
    played
      .when("coupon.push", { couponId: couponOf(played) })
      .ok()
      .pass(0);
    expect(statusOf(pushOf(played))).toBe("armed");
    played.pass(3_000);
    expect(pushOf(played)).toMatchObject({ rounds: 1, handedAbout: { couponId: couponOf(played) } });
    played.when("coupon.stop", { couponId: couponOf(played) }).ok();
    played
      .when("coupon.push", { couponId: couponOf(played) })
      .ok()
      .pass(3_000);
    expect(pushOf(played).rounds).toBe(1);
    expectRebuilt(played);
    expectLeanViewsEqual(played);
  });

  it("[PSH7] does not follow another coupon, nor what is taken back within its three seconds", () => {
    const other = following("couponPushed", { subjectId: "another" });
    other
      .when("coupon.push", { couponId: couponOf(other) })
      .ok()
      .pass(3_000);
    expect(pushOf(other).rounds).toBe(0);
    const played = following("couponPushed");
    played
      .when("coupon.push", { couponId: couponOf(played) })
      .ok()
      .pass(1_000);
    played
      .when("tape.undo", { seq: played.seqOf("coupon.pushed.v1") })
      .ok()
      .pass(3_000);
    expect(pushOf(played)).toMatchObject({ rounds: 0, held: null, armed: null });
    expect(played.log.at(-1)).toMatchObject({ type: "arm.disarmed.v1", data: { reason: "push.triggerGone" } });
  });

  it("[PSH7] that repeats goes out each time as tasks of its own", () => {
    const played = following("couponPushed", { once: false });
    for (let n = 0; n < 2; n += 1) {
      played
        .when("coupon.push", { couponId: couponOf(played) })
        .ok()
        .pass(3_000);
      played.when("coupon.stop", { couponId: couponOf(played) }).ok();
    }
    expect(pushOf(played).rounds).toBe(2);
    expect(Object.keys(Object(played.slice("control", "pushTasks")))).toEqual(["robotaa", "robotaa-2"]);
  });

  it("[PSH7] does not make up for what happened while it was held", () => {
    const played = following("couponPushed");
    const { pushId } = pushOf(played);
    played.when("push.hold", { pushId }).ok();
    played.when("coupon.push", { couponId: couponOf(played) }).ok();
    played
      .when("push.unhold", { pushIds: [pushId] })
      .ok()
      .pass(10_000);
    expect(pushOf(played)).toMatchObject({ rounds: 0, armed: null, held: null });
  });

  it("[PSH7] follows unpaid orders over the limit, once in ten minutes", () => {
    const played = following("unpaidHigh", { units: 5, once: false });
    const report = (orderId: string, more: object) =>
      played.send("order.record", { orderId, sourceUpdatedAt: played.now, ...more }, { by: "program:shop" }).ok();
    const place = (orderId: string, units: number) =>
      report(orderId, { status: "placed", lines: [{ lineId: "1", productId: "P1", units, paidFen: 100 }] });
    const pay = (orderId: string) => report(orderId, { status: "paid", paidAt: played.now });
    place("o1", 4).pass(3_000);
    expect(pushOf(played).rounds).toBe(0);
    place("o2", 1).pass(3_000);
    expect(pushOf(played).rounds).toBe(1);
    pay("o1").pass(MINUTE);
    place("o3", 50).pass(3_000);
    expect(pushOf(played).rounds).toBe(1);
    pay("o3").pass(10 * MINUTE);
    place("o4", 50).pass(3_000);
    expect(pushOf(played).rounds).toBe(2);
  });

  it("[PSH5][PSH7] follows the end of the show, which ends the others", () => {
    const played = following("ended");
    played.pass(MINUTE).when("session.end", {}).ok().pass(3_000);
    expect(pushOf(played)).toMatchObject({ rounds: 1, outlives: true, closed: null });
  });

  it("[PSH21] what it followed can't be taken back", () => {
    const played = following("couponPushed");
    played
      .when("coupon.push", { couponId: couponOf(played) })
      .ok()
      .pass(3_000);
    played.when("tape.undo", { seq: played.seqOf("coupon.pushed.v1") }).rejected("undo.hasConsequences");
  });
});
