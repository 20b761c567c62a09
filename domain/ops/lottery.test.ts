import { describe, expect, it } from "vitest";
import { expectLeanViewsEqual, expectRebuilt, show, START, type Show } from "#tests/support/given.ts";
import { orderOf } from "#tests/support/shopping.ts";
import { verifyDraw } from "../verify-draw.ts";
import { proofOf } from "../lottery/drawing.ts";
import type { CommandInput } from "./index.ts";

const PRIZES = [
  { name: "围巾", count: 1, valueFen: 26_900 },
  { name: "袜子", count: 2, valueFen: 1_900 },
];
type Plan = Partial<CommandInput<"lottery.plan">>;

function planned(plan: Plan = {}, played: Show = show().live()) {
  const input = {
    carrier: "ownDraw" as const,
    title: "群内抽奖",
    prizes: PRIZES,
    durationMs: 60_000,
    rules: "每人一次",
    ...plan,
  };
  played.when("lottery.plan", input).ok();
  const lotteryId = [...played.lottery().lotteries.keys()].at(-1) ?? "";
  const enter = (person: string) => played.when("lottery.enter", { lotteryId }, { by: `person:${person}` });
  const row = () => played.lottery().lotteries.get(lotteryId);
  return { played, lotteryId, enter, row };
}

function opened(plan: Plan = {}, played?: Show) {
  const ready = planned(plan, played);
  ready.played.when("lottery.open", { lotteryId: ready.lotteryId }).ok();
  return ready;
}

const people = (count: number) => Array.from({ length: count }, (_none, index) => `v_${index}`);

/** Closed, with so many entries. */
function closed(count: number, plan: Plan = {}) {
  const ready = opened(plan);
  for (const person of people(count)) ready.enter(person).ok();
  ready.played.pass(60_000);
  return ready;
}

function drawn(count: number, plan: Plan = {}) {
  const ready = closed(count, plan);
  ready.played.when("lottery.draw", { lotteryId: ready.lotteryId }).ok();
  ready.played.pass(3_000);
  const proof = () => proofOf(ready.played.lottery(), ready.lotteryId, "s1");
  return { ...ready, proof };
}

describe("planning and opening", () => {
  it("[LOT14] an edit on a stale screen is refused with what stands now; another field may have moved", () => {
    const { played, lotteryId } = planned();
    const edit = (to: object, from: object) => played.send("lottery.edit", { lotteryId, to }, { expect: { from } });
    edit({ rules: "每人一次,先到先得" }, { rules: "每人一次" }).ok();
    edit({ rules: "每人两次" }, { rules: "每人一次" }).rejected("state.changed", { rules: "每人一次,先到先得" });
    edit({ title: "抽围巾" }, { title: "群内抽奖" }).ok();
    const [prize] = played.lottery().lotteries.get(lotteryId)?.prizes ?? [];
    edit({ prizes: [{ name: "帽子", count: 1, valueFen: 100 }] }, { prizes: [prize] }).rejected("state.changed");
  });

  it("[LOT1] no prize above ¥50,000, no condition that Kaibo can't prove, no more than 1,000 winners", () => {
    const { played } = planned();
    const plan = (more: object) =>
      played.send("lottery.plan", { carrier: "ownDraw", title: "抽奖", prizes: PRIZES, durationMs: 60_000, ...more });
    plan({ prizes: [{ name: "车", count: 1, valueFen: 5_000_001 }] }).rejected("lottery.prizeTooValuable", {
      maxFen: 5_000_000,
    });
    plan({ prizes: [{ name: "车", count: 1, valueFen: 5_000_000 }] }).ok();
    plan({
      prizes: [
        { name: "券", count: 600, valueFen: 1 },
        { name: "糖", count: 401, valueFen: 1 },
      ],
    }).rejected("lottery.tooManyWinners");
    plan({ carrier: "platformBag", conditions: [{ kind: "ordered" }] }).rejected("lottery.conditionNotProvable");
    plan({ conditions: [{ kind: "followed" }] }).invalid("input.conditions.0.kind");
  });

  it("[LOT2] the close is fixed at the opening, the pledge is published, the seed is seen by nobody", () => {
    const { played, lotteryId, row } = opened();
    expect(row()?.closesAt).toBe(START + 60_000);
    played.when("lottery.edit", { lotteryId, to: { durationMs: 10_000 } }).rejected("lottery.alreadyOpened");
    expect(played.row("viewer", "lotteries", lotteryId)).toMatchObject({
      closesAt: START + 60_000,
      rules: "每人一次",
      seed: null,
      odds: { winners: 3, entries: 0 },
    });
    expect(row()?.pledge?.commitment).toMatch(/^[0-9a-f]{64}$/);
    for (const audience of ["control", "host", "viewer", "review"] as const)
      expect(JSON.stringify(played.view(audience))).not.toContain("sealed");
  });

  it("[LOT2] an own draw without rules does not open", () => {
    const { played, lotteryId } = planned({ rules: "" });
    played.when("lottery.open", { lotteryId }).rejected("lottery.noRules");
  });

  it("[LOT12] an opening is taken back only while nobody has entered", () => {
    const { played, lotteryId, enter, row } = opened();
    played.when("tape.undo", { seq: played.state.seq }).ok();
    expect(row()).toMatchObject({ state: "planned", pledge: null, closesAt: null });
    played.when("lottery.open", { lotteryId }).ok();
    const seq = played.state.seq;
    enter("a").ok();
    played.when("tape.undo", { seq }).rejected("undo.hasConsequences", { entries: 1 });
    played.when("lottery.cancel", { lotteryId, reason: "奖品缺货" }).ok();
    enter("b").rejected("lottery.notOpen", { state: "cancelled" });
  });
});

describe("entering", () => {
  it("[LOT3] once a person, between opening and closing, with a receipt", () => {
    const { played, enter, row } = opened();
    const { answer } = enter("a");
    expect(answer).toMatchObject({ status: "ok", result: { n: 1, head: row()?.pledge?.head } });
    enter("a").rejected("lottery.alreadyEntered", { n: 1 });
    played.at(START + 60_000);
    enter("b").rejected("lottery.notOpen");
    played.pass(0);
    expect(row()?.state).toBe("closed");
    enter("b").rejected("lottery.notOpen", { state: "closed" });
    expect(played.log.some(({ data }) => Object(data).pseudonym === "a")).toBe(false);
  });

  it("[LOT4] conditions are proved from the show's own log", () => {
    const played = show().live();
    const discount = { kind: "direct" as const, offFen: 100, productIds: null };
    played.when("coupon.plan", { carrier: "own", title: "券", discount, total: 5 }).ok();
    const couponId = [...played.coupon().coupons.keys()][0] ?? "";
    played.when("coupon.push", { couponId }).ok();
    const { enter } = opened({ conditions: [{ kind: "ordered" }, { kind: "ownCouponClaimed", couponId }] }, played);
    enter("v_a").rejected("lottery.conditionNotMet", { condition: { kind: "ordered" } });
    played.when("order.record", orderOf("o1", "S1", 1, { personId: "v_a", status: "paid", paidAt: START })).ok();
    enter("v_a").rejected("lottery.conditionNotMet", { condition: { kind: "ownCouponClaimed" } });
    expect(played.me("v_a")["lottery"]).toMatchObject([{ n: null, met: [true, false] }]);
    played.when("coupon.claim", { couponId }, { by: "person:v_a" }).ok();
    enter("v_a").ok();
  });

  it("[LOT4] a sign-up is a condition as long as it stands", () => {
    const { played, enter } = opened({ conditions: [{ kind: "signedUp" }] });
    played.when("signup.signUp", {}, { by: "person:a" }).ok();
    played.when("signup.cancel", {}, { by: "person:a" }).ok();
    for (const id of ["a", "b"]) enter(id).rejected("lottery.conditionNotMet", { condition: { kind: "signedUp" } });
    played.when("signup.signUp", {}, { by: "person:a" }).ok();
    enter("a").ok();
  });

  it("[LOT4] a phrase is asked for only while a source names who comments; a shop's coupon never", () => {
    const { played, lotteryId, enter } = planned({ conditions: [{ kind: "commentedPhrase", phrase: "暖冬" }] });
    played.when("lottery.open", { lotteryId }).rejected("lottery.noCommentSource");
    const note = (commentId: string, phrases: string[]) =>
      played.when("comment.note", { commentId, personId: "v_a", at: START, phrases }, { by: "program:bridge" }).ok();
    note("k1", []);
    played.when("lottery.open", { lotteryId }).ok();
    enter("v_a").rejected("lottery.conditionNotMet", { condition: { kind: "commentedPhrase", phrase: "暖冬" } });
    note("k2", ["暖冬"]);
    enter("v_a").ok();
    const other = planned({ conditions: [{ kind: "ownCouponClaimed", couponId: "nope" }] }, played);
    played.when("lottery.open", { lotteryId: other.lotteryId }).rejected("lottery.couponNotOwn");
  });
});

describe("drawing", () => {
  it("[LOT5] not before the close, not without entries, and once", () => {
    const { played, lotteryId } = opened();
    played.when("lottery.draw", { lotteryId }).rejected("lottery.notClosed", { closesAt: START + 60_000 });
    played.pass(60_000).when("lottery.draw", { lotteryId }).rejected("lottery.nobodyEntered");
    const done = drawn(5);
    done.played.when("lottery.draw", { lotteryId: done.lotteryId }).rejected("lottery.alreadyDrawn");
  });

  it("[LOT6] a draw that was stopped never fires; drawn later it has the same winners", () => {
    const straight = drawn(20);
    const { played, lotteryId, row } = closed(20);
    played.when("lottery.draw", { lotteryId }).then({ type: "arm.armed.v1" });
    const armId = Object(played.log.at(-1)?.data).armId;
    played.pass(2_900).when("arm.stop", { armId }).ok().pass(60_000);
    played.send("arm.fire", { armId }, { by: "system" }).rejected("arm.gone");
    expect(row()).toMatchObject({ state: "closed", winners: [], seed: null });
    expect(played.log.some(({ type }) => type === "lottery.drawn.v1" || type === "arm.fired.v1")).toBe(false);
    played.when("lottery.draw", { lotteryId }).ok().pass(3_000);
    expect(row()?.winners).toEqual(straight.row()?.winners);
  });

  it("[LOT7] prizes go out in their order, to nobody twice, and to all when there are fewer people than prizes", () => {
    const { row } = drawn(40);
    expect(row()?.winners).toHaveLength(3);
    expect(new Set(row()?.winners.map(({ personId }) => personId)).size).toBe(3);
    const [first, second] = row()?.prizes ?? [];
    expect(row()?.winners.map(({ prizeId }) => prizeId)).toEqual([first?.prizeId, second?.prizeId, second?.prizeId]);
    const few = drawn(2);
    expect(
      few
        .row()
        ?.winners.map(({ n }) => n)
        .toSorted(),
    ).toEqual([1, 2, null]);
    expect(verifyDraw(few.proof()).ok).toBe(true);
  });

  it("[LOT9] two who replace the same winner replace one", () => {
    const { played, lotteryId, row } = drawn(9);
    const instead = row()?.winners[0]?.n ?? 0;
    const redraw = (by: string, reason: string) =>
      played.when("lottery.redraw", { lotteryId, place: 1, instead, reason }, { by });
    redraw("staff:ann", "联系不上").ok();
    redraw("staff:bob", "不符合条件").ok();
    played.pass(3_000);
    expect(row()?.redraws).toHaveLength(1);
    redraw("staff:bob", "不符合条件").rejected("state.changed", { n: row()?.winners[0]?.n ?? 0 });
  });

  it("[LOT9] a redraw goes on in the same stream and keeps the record", () => {
    const { played, lotteryId, row, proof } = drawn(6);
    const [winner] = row()?.winners ?? [];
    const replace = (place: number, reason: string) => {
      const instead = row()?.winners.find((other) => other.place === place)?.n ?? 1;
      return played.when("lottery.redraw", { lotteryId, place, instead, reason });
    };
    replace(1, "联系不上").ok().pass(3_000);
    expect(row()?.redraws).toMatchObject([{ place: 1, instead: winner?.n, reason: "联系不上" }]);
    expect(row()?.winners[0]?.n).not.toBe(winner?.n);
    expect(new Set(row()?.winners.map(({ n }) => n)).size).toBe(3);
    for (const place of [2, 2, 3]) replace(place, "不符合条件").ok().pass(3_000);
    expect(row()?.winners[2]?.n).toBeNull();
    replace(3, "再抽").rejected("lottery.noWinner");
    expect(verifyDraw(proof()).ok).toBe(true);
    expect(played.me(winner?.personId ?? "")["lottery"]).toMatchObject([{ won: null, replaced: true }]);
  });

  it("[LOT6] a draw that the server's secret can't open any more is refused", () => {
    const played = show().live();
    played.given("lottery.planned.v1", {
      lotteryId: "l",
      carrier: "ownDraw",
      title: "抽奖",
      prizes: [{ ...PRIZES[0], prizeId: "p" }],
      durationMs: 10_000,
      conditions: [],
      conditionText: "",
      rules: "有",
    });
    const hex = "0".repeat(64);
    const evidence = { by: "staff:ann", doneAt: START, happenedAt: START, via: "kaibo", seen: null };
    const pledge = { commitment: hex, termsHash: hex, head: hex };
    played.given("lottery.opened.v1", {
      lotteryId: "l",
      openedAt: START,
      closesAt: START + 10_000,
      evidence,
      pledge,
      sealed: { seed: "other", nameKey: "other" },
    });
    played.when("lottery.enter", { lotteryId: "l" }, { by: "person:v_a" }).rejected("lottery.sealedElsewhere");
  });
});

describe("shown", () => {
  it("[LOT10] winners stand under their id for those alone who deliver prizes; each learns the own luck", () => {
    const { played, lotteryId, row } = drawn(9);
    const winner = row()?.winners[0];
    expect(JSON.stringify(played.row("control", "lotteries", lotteryId))).toContain(winner?.personId);
    for (const audience of ["crew", "review", "host", "viewer"] as const)
      expect(JSON.stringify(played.view(audience))).not.toContain("v_");
    for (const audience of ["crew", "review"] as const)
      expect(played.row(audience, "lotteries", lotteryId)).toMatchObject({
        winners: [{ place: 1, n: winner?.n, pseudonym: winner?.pseudonym, personId: null }, {}, {}],
      });
    expect(JSON.stringify(played.slice("control", "tape"))).not.toContain("v_");
    expect(played.row("viewer", "lotteries", lotteryId)).toMatchObject({
      seed: row()?.seed,
      winners: [{ pseudonym: winner?.pseudonym }, {}, {}],
    });
    expect(played.me(winner?.personId ?? "")["lottery"]).toMatchObject([
      { won: { place: 1 }, pseudonym: winner?.pseudonym },
    ]);
    const loser = people(9).find((person) => !row()?.winners.some(({ personId }) => personId === person)) ?? "";
    expect(played.me(loser)["lottery"]).toMatchObject([{ won: null, replaced: false }]);
    expect(played.me("v_stranger")["lottery"]).toEqual([]);
  });

  it("[LOT10] winners of a 福袋, who have no pseudonym, stand under the end of their id", () => {
    const { played, lotteryId } = planned({ carrier: "platformBag" });
    played.when("lottery.open", { lotteryId }).ok();
    played.when("lottery.recordWinners", { lotteryId, personIds: ["v_0123456789abcdXY", "v_short"] }).ok();
    for (const audience of ["crew", "review", "host"] as const) {
      expect(played.row(audience, "lotteries", lotteryId)).toMatchObject({
        winners: [{ pseudonym: "****cdXY" }, { pseudonym: "****" }],
      });
      expect(JSON.stringify(played.view(audience))).not.toMatch(/v_(0123|short)/);
    }
  });

  it("[LOT13] viewers and the proof file never learn why a winner was replaced or a draw cancelled", () => {
    const { played, lotteryId, row } = drawn(9);
    const instead = row()?.winners[0]?.n ?? 0;
    played.when("lottery.redraw", { lotteryId, place: 1, instead, reason: "小明电话打不通" }).ok();
    played.pass(3_000);
    expect(row()?.redraws).toMatchObject([{ reason: "小明电话打不通" }]);
    for (const audience of ["control", "crew", "review"] as const)
      expect(JSON.stringify(played.row(audience, "lotteries", lotteryId))).toContain("小明电话打不通");
    expect(JSON.stringify(played.view("viewer"))).not.toContain("小明");
    expect(JSON.stringify(played.view("host"))).not.toContain("小明");
    const proof = proofOf(played.lottery(), lotteryId, "s1");
    expect(verifyDraw(proof)).toMatchObject({ ok: true });
    expect(JSON.stringify(proof)).not.toContain("小明");
    const other = planned();
    other.played.when("lottery.open", { lotteryId: other.lotteryId }).ok();
    other.played.when("lottery.cancel", { lotteryId: other.lotteryId, reason: "小红投诉" }).ok();
    expect(other.played.row("viewer", "lotteries", other.lotteryId)).toMatchObject({ state: "cancelled" });
    expect(JSON.stringify(other.played.view("viewer"))).not.toContain("小红");
    expect(JSON.stringify(other.played.view("control"))).toContain("小红投诉");
  });

  it("[LOT11] winners typed on a stale screen overwrite nothing", () => {
    const { played, lotteryId } = planned({ carrier: "platformBag" });
    played.when("lottery.open", { lotteryId }).ok();
    const record = (personIds: string[], seen: string[]) =>
      played.when("lottery.recordWinners", { lotteryId, personIds }, { expect: { personIds: seen } });
    record(["v_a"], []).ok();
    record(["v_b"], []).rejected("state.changed", { personIds: ["v_a"] });
    record(["v_a", "v_b"], ["v_a"]).ok();
  });

  it("[LOT11] a 福袋 is told with its time, closes by itself, and takes its winners in; undo takes them out", () => {
    const { played, lotteryId, enter, row } = planned({
      carrier: "platformBag",
      conditionText: "关注 + 评论「暖冬」",
      rules: "",
    });
    played.pass(30_000).when("lottery.open", { lotteryId, ago: 10_000 }).ok();
    expect(row()).toMatchObject({ openedAt: START + 20_000, closesAt: START + 80_000, opened: { via: "hand" } });
    enter("a").rejected("lottery.notFound");
    played.pass(60_000);
    expect(row()?.state).toBe("closed");
    played.when("lottery.draw", { lotteryId }).rejected("lottery.notOwn");
    played
      .when("lottery.recordWinners", { lotteryId, personIds: ["v_1", "v_2", "v_3", "v_4"] })
      .rejected("lottery.tooManyWinners", { max: 3 });
    played.when("lottery.recordWinners", { lotteryId, personIds: ["v_1", "v_1"] }).rejected("lottery.winnerTwice");
    played.when("lottery.recordWinners", { lotteryId, personIds: ["v_1", "v_2"] }).ok();
    expect(row()?.winners.map(({ personId }) => personId)).toEqual(["v_1", "v_2"]);
    played.when("tape.undo", { seq: played.state.seq }).ok();
    expect(row()?.winners).toEqual([]);
  });

  it("[LOT12] the same with and without the book of who entered", () => {
    const { played } = drawn(12);
    for (let at = 0; at <= played.log.length; at += 3) expectLeanViewsEqual(played, at);
    expectRebuilt(played);
  });
});
