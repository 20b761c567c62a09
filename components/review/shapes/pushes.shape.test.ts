import { describe, expect, it } from "vitest";
import type { Show } from "#tests/support/given.ts";
import {
  call,
  called,
  GROUPS,
  handedOver,
  planned,
  polled,
  pushOf,
  reserve,
  resolve,
  resolveRobot,
  ROBOT,
  waiting,
} from "#tests/support/pushes.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import { fromSnapshot } from "../../session/view-state.ts";
import { pushBrought, pushReach } from "./pushes.shape.ts";

const slices = (played: Show) => slicesOf(fromSnapshot(played.view("review")));

const TASKS = [
  { taskId: "taskaa", staffId: "m1", targetIds: ["g1", "g2", "g3", "g4", "g5"] },
  { taskId: "taskbb", staffId: "m2", targetIds: ["g6"] },
];

/** Six groups: one without quota before, one each of what WeCom can say, and a member who never pressed send. */
function mass(): Show {
  const played = handedOver(reserve(resolve(planned().when("push.plan", GROUPS).ok(), TASKS), ["g5"]));
  const results = [
    ["g1", "sent"],
    ["g2", "notFriend"],
    ["g3", "overQuota"],
    ["g4", "unsent"],
  ] as const;
  return polled(waiting(played), "taskaa", true, results);
}

const order = (played: Show, orderId: string, personId: string, paidFen: number) => {
  const at = played.now;
  const lines = [{ lineId: "1", productId: "p", skuId: "s", units: 1, paidFen }];
  const item = { orderId, sourceUpdatedAt: at, status: "paid", placedAt: at, paidAt: at, lines, personId };
  return played.send("order.record", item, { by: "program:t" }).ok();
};

/** Somebody came by the push and claimed. */
function claimed(played: Show, personId: string, via?: string): Show {
  const [couponId = ""] = played.coupon().coupons.keys();
  return played
    .when("coupon.claim", { couponId, ...(via === undefined ? {} : { via }) }, { by: `person:${personId}` })
    .ok();
}

function withCoupon(played: Show): Show {
  const discount = { kind: "moneyOff" as const, thresholdFen: 30_000, offFen: 1_000, productIds: null };
  played.when("coupon.plan", { carrier: "own", title: "群友券", discount, total: 100, perPerson: 3 }).ok();
  const [couponId = ""] = played.coupon().coupons.keys();
  return played.when("coupon.push", { couponId }).ok();
}

describe("pushes of a whole show", () => {
  it("say nothing of what was only planned", () => {
    const played = planned().when("push.plan", GROUPS).ok();
    expect(pushReach(slices(played))).toEqual([]);
    expect(pushBrought(slices(played))).toEqual([]);
  });

  it("have reached some of their targets, and every other one has its reason", () => {
    const [line] = pushReach(slices(mass()));
    expect(line).toMatchObject({ title: "开播提醒", kind: "groups", targets: 6, reached: 1, byHand: false, cost: 1 });
    expect(line).toMatchObject({ notFriend: 1, overQuota: 2, invalid: 0, unsent: 2 });
  });

  it("of robots use no quota, and reach groups they wrote to", () => {
    const played = resolveRobot(planned().when("push.plan", ROBOT).ok());
    const { pushId } = pushOf(played);
    played.when("push.handOver", { pushId }).ok();
    played.pass(3_000);
    expect(pushReach(slices(played))).toMatchObject([{ kind: "robot", targets: 1, reached: 0, unsent: 1, cost: null }]);
    call(played, "robotaa");
    called(played, "robotaa", { is: "handedOver", msgid: null, failed: [] });
    expect(pushReach(slices(played))).toMatchObject([{ targets: 1, reached: 1, unsent: 0, cost: null }]);
  });

  it("know no money while the show has no orders", () => {
    const none = { orders: null, paidFen: null, share: null, refundedFen: null };
    expect(pushBrought(slices(mass()))).toMatchObject([
      { push: { title: "开播提醒" }, opens: 0, ...none },
      { push: null, opens: null, ...none },
    ]);
  });

  it("[ATT6] add up to all of the show, and what can't be ascribed stays a row of its own with its share", () => {
    const played = withCoupon(mass().live());
    claimed(played, "v_1", "taskaa");
    claimed(played, "v_2");
    played.pass(1_000);
    order(played, "o1", "v_1", 1_000);
    order(played, "o2", "v_2", 3_000);
    const rows = pushBrought(slices(played));
    expect(rows).toMatchObject([
      { push: { title: "开播提醒" }, claims: 1, orders: 1, paidFen: 1_000, share: 0.25 },
      { push: null, claims: 1, orders: 1, paidFen: 3_000, share: 0.75 },
    ]);
    expect(rows.reduce((sum, { paidFen }) => sum + (paidFen ?? 0), 0)).toBe(slices(played).figures.paid.fen);
  });

  it("without a link that carries a code can't tell who opened it", () => {
    const plan = { ...GROUPS, copy: { text: "开播", link: "none" as const } };
    const played = handedOver(reserve(resolve(planned().when("push.plan", plan).ok())));
    expect(pushBrought(slices(played))[0]).toMatchObject({ opens: null });
  });
});
