import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { reportClaims, reportOrders, reportWinners } from "#db/schema/reports.ts";
import { followedDatabase } from "#tests/support/followed.ts";
import { START, show, type Show } from "#tests/support/given.ts";
import { orderOf } from "#tests/support/shopping.ts";
import { claimsProjection } from "./claims-projection.ts";

const followed = followedDatabase();

const claims = (id: string) =>
  followed.db.select().from(reportClaims).where(eq(reportClaims.sessionId, id)).orderBy(reportClaims.claimId);

function ownCoupon(): { played: Show; couponId: string; claim: (person: string) => string } {
  const played = show().live();
  const discount = { kind: "direct", offFen: 500, productIds: null };
  const { answer } = played.send("coupon.plan", { carrier: "own", title: "券", discount, total: 10 });
  const couponId = String(Object(answer.status === "ok" ? answer.result : {}).couponId);
  played.when("coupon.push", { couponId }).ok();
  const claim = (person: string) => {
    const claimed = played.when("coupon.claim", { couponId }, { by: `person:${person}` });
    return String(Object(claimed.events[0]?.data).code);
  };
  return { played, couponId, claim };
}

test("claims keep when they were made, and whether their code was used, taken back or voided", async () => {
  const { played, claim } = ownCoupon();
  const [a, b, c, d] = ["a", "b", "c", "d"].map(claim) as [string, string, string, string];
  await followed.store("claims", played.log);
  const live = followed.follower();
  await live.catchUp();
  played.pass(60_000).when("coupon.redeem", { code: a }).ok();
  played.when("order.record", orderOf("o1", "S3", 1, { couponCodes: [b] })).ok();
  played.when("coupon.voidClaim", { code: c, reason: "领错" }).ok();
  played.when("coupon.redeem", { code: d }).ok();
  played.when("tape.undo", { seq: played.seqOf("coupon.redeemed.v1") }).ok();
  await followed.store("claims", played.log);
  await live.catchUp();

  const rows = await claims("claims");
  expect(rows).toMatchObject([
    { code: a, personId: "a", claimedAt: START, state: "used", redeemedAt: START + 60_000 },
    { code: b, state: "used", redeemedAt: START },
    { code: c, state: "voided", redeemedAt: null },
    { code: d, state: "claimed", redeemedAt: null },
  ]);
  await followed.follower().rebuild("claims");
  expect(await claims("claims")).toEqual(rows);
});

test("claims that stand in the table already do no harm: a stretch that holds some of them adds the others", async () => {
  const { played, claim } = ownCoupon();
  for (const person of ["a", "b"]) claim(person);
  const write = () =>
    followed.db.transaction((tx) =>
      claimsProjection.write(tx, { sessionId: "twice", state: played.state, events: played.log }),
    );
  await write();
  const before = await claims("twice");
  claim("c");
  await write();
  expect(await claims("twice")).toMatchObject([...before, { personId: "c" }]);
});

test("a code whose order is cancelled is free again", async () => {
  const { played, claim } = ownCoupon();
  const code = claim("a");
  const placed = orderOf("o1", "S3", 1, { couponCodes: [code] });
  played.when("order.record", placed).ok();
  played.when("order.record", { orderId: "o1", sourceUpdatedAt: placed.sourceUpdatedAt + 1, status: "cancelled" }).ok();
  await followed.store("free", played.log);
  await followed.follower().catchUp();
  expect(await claims("free")).toMatchObject([{ code, state: "claimed", redeemedAt: null }]);
});

test("winners stand by place, and who was replaced stays with the reason", async () => {
  const played = show().live();
  const prizes = [{ name: "示例礼盒", count: 2, valueFen: 9_900 }];
  const plan = { carrier: "ownDraw", title: "抽奖", prizes, durationMs: 60_000, rules: "在本页参与" };
  const { answer } = played.send("lottery.plan", plan);
  const lotteryId = String(Object(answer.status === "ok" ? answer.result : {}).lotteryId);
  played.when("lottery.open", { lotteryId }).ok();
  for (const person of ["a", "b", "c", "d"])
    played.when("lottery.enter", { lotteryId }, { by: `person:${person}` }).ok();
  played.pass(61_000).when("lottery.draw", { lotteryId }).ok();
  played.pass(5_000);
  const instead = played.lottery().lotteries.get(lotteryId)?.winners[0]?.n ?? 0;
  played.when("lottery.redraw", { lotteryId, place: 1, instead, reason: "联系不上" }).ok();
  played.pass(5_000);
  await followed.store("draw", played.log);
  await followed.follower().catchUp();
  const rows = await followed.db
    .select()
    .from(reportWinners)
    .where(eq(reportWinners.sessionId, "draw"))
    .orderBy(reportWinners.position);
  const { winners, redraws } = played.lottery().lotteries.get(lotteryId) ?? { winners: [], redraws: [] };
  expect(rows).toMatchObject([
    { place: 1, state: "won", personId: winners[0]?.personId, prizeName: "示例礼盒", reason: null },
    { place: 2, state: "won", personId: winners[1]?.personId },
    { place: 1, state: "replaced", label: redraws[0]?.insteadPseudonym, reason: "联系不上" },
  ]);
  expect(rows[2]?.personId).not.toBe(rows[0]?.personId);
});

test("refunds are kept as given and as the figures count them", async () => {
  const played = show().live();
  const paid = { status: "paid", paidAt: START, refunds: [{ refundId: "r1", at: START, fen: 99_000 }] };
  played.when("order.record", orderOf("o1", "S3", 1, paid)).ok();
  const refunds = [{ refundId: "r2", at: START, fen: 7 }];
  played.when("order.record", { orderId: "o2", sourceUpdatedAt: START, refunds }).ok();
  await followed.store("refunds", played.log);
  await followed.follower().catchUp();
  const sum = await followed.db.execute(
    sql`select sum(refunded_fen)::int as given, sum(counted_refund_fen)::int as counted from report_orders where session_id = 'refunds'`,
  );
  expect([...sum]).toEqual([{ given: 99_007, counted: 9_900 }]);
  expect(Object(played.slice("control", "figures"))).toMatchObject({
    refunded: { fen: 9_900 },
    uncountedRefundFen: 89_107,
  });
  expect(await followed.db.$count(reportOrders, eq(reportOrders.sessionId, "refunds"))).toBe(2);
});
