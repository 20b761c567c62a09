import { describe, expect, it } from "vitest";
import { brings, codeOf, invitesOf, person, signUp, signupsOf, system } from "#tests/support/signing-up.ts";
import { verifyDraw } from "../verify-draw.ts";
import { proofOf } from "../lottery/drawing.ts";
import { instant } from "../units.ts";
import { expectLeanViewsEqual, expectRebuilt, show, type Show } from "#tests/support/given.ts";

const merge = (played: Show, from: string, into: string) =>
  played.when("person.merge", { from, into, why: "同一微信" }, system).ok();
const discount = { kind: "direct", offFen: 100, productIds: null };

function withCoupon(perPerson: number): { readonly played: Show; readonly couponId: string } {
  const played = show().live();
  played.send("coupon.plan", { carrier: "own", title: "示例券", discount, total: 100, perPerson }).ok();
  const [couponId = ""] = played.coupon().coupons.keys();
  played.when("coupon.push", { couponId }).ok();
  return { played, couponId };
}

describe("person", () => {
  it("[PER1] two ids of one person are one, whichever is used, and merging again changes nothing", () => {
    const played = show().live();
    signUp(played, "a").ok();
    merge(played, "a", "b");
    merge(played, "b", "c");
    const seq = played.log.length;
    merge(played, "a", "c");
    merge(played, "c", "b");
    expect(played.log.length).toBe(seq);
    for (const id of ["a", "b", "c"]) {
      expect(played.me(id)["signup"]).toMatchObject({ n: 1 });
      signUp(played, id).rejected("signup.already");
    }
    played.when("signup.cancel", {}, person("a")).then({ type: "signup.cancelled.v1", data: { n: 1, personId: "c" } });
    expectRebuilt(played);
  });

  it("[PER2] [COU14] both sides' claims stay and count together; further ones are refused past what one person may have", () => {
    const { played, couponId } = withCoupon(3);
    for (const id of ["a", "b", "b"]) played.when("coupon.claim", { couponId }, person(id)).ok();
    merge(played, "a", "b");
    expect(played.me("a")["coupon"]).toHaveLength(3);
    expect(played.me("b")["coupon"]).toEqual(played.me("a")["coupon"]);
    for (const id of ["a", "b"]) {
      played.when("coupon.claim", { couponId }, person(id)).rejected("coupon.alreadyClaimed");
    }
    expect(played.coupon().coupons.get(couponId)?.claimed).toBe(3);
    expectRebuilt(played);
    expectLeanViewsEqual(played);
  });

  it("[PER2] may hold more than one person may, when both sides claimed before they were known to be one", () => {
    const { played, couponId } = withCoupon(1);
    for (const id of ["a", "b"]) played.when("coupon.claim", { couponId }, person(id)).ok();
    merge(played, "a", "b");
    expect(played.me("b")["coupon"]).toHaveLength(2);
    played.when("coupon.claim", { couponId }, person("a")).rejected("coupon.alreadyClaimed");
  });

  it("[PER3] [LOT15] entries of both stay where the chain has them; a prize is the one person's, who enters no further time", () => {
    const played = show().live();
    const prizes = [{ name: "围巾", count: 2, valueFen: 9_900 }];
    played
      .send("lottery.plan", { carrier: "ownDraw", title: "抽奖", prizes, durationMs: 60_000, rules: "一人一次" })
      .ok();
    const [lotteryId = ""] = played.lottery().lotteries.keys();
    played.when("lottery.open", { lotteryId }).ok();
    for (const id of ["a", "b"]) played.when("lottery.enter", { lotteryId }, person(id)).ok();
    merge(played, "a", "b");
    for (const id of ["a", "b"])
      played.when("lottery.enter", { lotteryId }, person(id)).rejected("lottery.alreadyEntered");
    played.pass(60_000);
    played.when("lottery.draw", { lotteryId }).ok();
    played.pass(3_000);
    merge(played, "b", "c");
    const { winners } = Object(played.row("control", "lotteries", lotteryId));
    expect(winners).toMatchObject([{ personId: "c" }, { n: null, personId: null }]);
    expect(played.me("a")["lottery"]).toMatchObject([{ n: 1, won: { place: 1 }, replaced: false }]);
    expect(verifyDraw(proofOf(played.lottery(), lotteryId, "s1"))).toMatchObject({ ok: true, entries: 2 });
    expectRebuilt(played);
    expectLeanViewsEqual(played);
  });

  function opened(prizes: number, ids: readonly string[]): { readonly played: Show; readonly lotteryId: string } {
    const played = show().live();
    const plan = { title: "抽奖", prizes: [{ name: "围巾", count: prizes, valueFen: 9_900 }], durationMs: 60_000 };
    played.send("lottery.plan", { carrier: "ownDraw", ...plan, rules: "一人一次" }).ok();
    const [lotteryId = ""] = played.lottery().lotteries.keys();
    played.when("lottery.open", { lotteryId }).ok();
    for (const id of ids) played.when("lottery.enter", { lotteryId }, person(id)).ok();
    return { played, lotteryId };
  }
  function drawn({ played, lotteryId }: ReturnType<typeof opened>): readonly (string | null)[] {
    played.pass(60_000);
    played.when("lottery.draw", { lotteryId }).ok();
    played.pass(3_000);
    return (
      played
        .lottery()
        .lotteries.get(lotteryId)
        ?.winners.map(({ personId }) => personId) ?? []
    );
  }

  it("[LOT15] before the draw entries of one person are one: odds say so, for a fold without the book too", () => {
    const made = opened(1, ["a", "b", "c"]);
    const { played, lotteryId } = made;
    const odds = (audience: "viewer" | "control") => Object(played.row(audience, "lotteries", lotteryId)).odds;
    expect(odds("viewer")).toEqual({ winners: 1, entries: 3 });
    merge(played, "b", "c");
    expect(odds("viewer")).toEqual({ winners: 1, entries: 2 });
    played.send("lottery.settle", {}, system).then();
    merge(played, "c", "d");
    merge(played, "a", "d");
    expect(odds("control")).toEqual({ winners: 1, entries: 1 });
    expectLeanViewsEqual(played);
    expectRebuilt(played);
    expect(drawn(made)).toEqual(["d"]);
    // What was drawn was drawn among as many as were known then.
    const more = opened(1, ["a", "b"]);
    drawn(more);
    merge(more.played, "a", "b");
    expect(more.played.row("viewer", "lotteries", more.lotteryId)).toMatchObject({ odds: { entries: 2 } });
  });

  it("[LOT15] nobody is told that they lost a prize because a further entry of theirs was drawn", () => {
    let lost = 0;
    for (let size = 3; size < 12; size += 1) {
      const ids = Array.from({ length: size }, (_id, at) => `a${at}`);
      const made = opened(1, [...ids, "x", "y"]);
      for (const id of ids) merge(made.played, id, "a");
      const [winner] = drawn(made);
      if (winner === "a" || made.played.lottery().lotteries.get(made.lotteryId)?.redraws.length === 0) continue;
      lost += 1;
      expect(made.played.me("a")["lottery"]).toMatchObject([{ won: null, replaced: false }]);
    }
    expect(lost).toBeGreaterThan(0);
  });

  it("[LOT16] after the draw the record stays: places of one person are shown as such, until one is redrawn or they are kept", () => {
    const made = opened(3, ["a", "b", "c", "d", "e"]);
    const { played, lotteryId } = made;
    const ids = drawn(made);
    const [first = "", second = "", third = ""] = ids.map(String);
    const row = () => Object(played.row("control", "lotteries", lotteryId));
    const keep = (places: number[]) => played.when("lottery.keepPlaces", { lotteryId, places, reason: "都已寄出" });
    expect(row().samePerson).toEqual([]);
    keep([1, 3]).rejected("lottery.notOnePerson");
    merge(played, first, third);
    expect(row().winners.map(({ personId }: { personId: string }) => personId)).toEqual([third, second, third]);
    expect(row().samePerson).toEqual([{ places: [1, 3], kept: null }]);
    expect(played.row("crew", "lotteries", lotteryId)).toMatchObject({ samePerson: [{ places: [1, 3] }] });
    expect(played.me(first)["lottery"]).toMatchObject([{ won: { place: 1 }, more: [{ place: 3 }] }]);
    expect(played.row("viewer", "lotteries", lotteryId)).not.toHaveProperty("samePerson");
    keep([3, 1]).ok();
    expect(row().samePerson).toMatchObject([{ places: [1, 3], kept: { by: "staff:ann", reason: "都已寄出" } }]);
    keep([1, 3]).rejected("lottery.alreadyKept");
    // Another place of theirs comes in: that is decided anew.
    merge(played, second, third);
    expect(row().samePerson).toEqual([{ places: [1, 2, 3], kept: null }]);
    const instead = row().winners[2].n;
    played.when("lottery.redraw", { lotteryId, place: 3, instead, reason: "同一人" }).ok();
    played.pass(3_000);
    expect(row().samePerson).toEqual([{ places: [1, 2], kept: null }]);
    expect([first, second, third]).not.toContain(row().winners[2].personId);
    expect(verifyDraw(proofOf(played.lottery(), lotteryId, "s1"))).toMatchObject({ ok: true });
    expectLeanViewsEqual(played);
    expectRebuilt(played);
  });

  it("[LOT16] winners of a 福袋 who turn out to be one are shown as such, and nobody is recorded under two ids", () => {
    const played = show().live();
    const prizes = [{ name: "围巾", count: 3, valueFen: 9_900 }];
    played.send("lottery.plan", { carrier: "platformBag", title: "福袋", prizes, durationMs: 60_000 }).ok();
    const [lotteryId = ""] = played.lottery().lotteries.keys();
    played.when("lottery.open", { lotteryId }).ok();
    const record = (...personIds: string[]) => played.when("lottery.recordWinners", { lotteryId, personIds });
    merge(played, "a", "b");
    record("a", "b").rejected("lottery.winnerTwice");
    record("a", "c").ok();
    const before = played.seqOf("lottery.winnersRecorded.v1");
    merge(played, "b", "c");
    expect(played.row("control", "lotteries", lotteryId)).toMatchObject({
      winners: [{ personId: "c" }, { personId: "c" }],
      samePerson: [{ places: [1, 2] }],
    });
    record("c").ok();
    played.when("tape.undo", { seq: played.seqOf("lottery.winnersRecorded.v1") }).ok();
    // What was recorded under an id that they had before is taken back all the same.
    played.when("tape.undo", { seq: before }).ok();
    expect(played.row("control", "lotteries", lotteryId)).toMatchObject({ winners: [], samePerson: [] });
  });

  it("[LOT15] one person wins one place, at the draw and at redraws; the proof shows every step", () => {
    const played = show().live();
    const prizes = [{ name: "围巾", count: 6, valueFen: 9_900 }];
    played
      .send("lottery.plan", { carrier: "ownDraw", title: "抽奖", prizes, durationMs: 60_000, rules: "一人一次" })
      .ok();
    const [lotteryId = ""] = played.lottery().lotteries.keys();
    played.when("lottery.open", { lotteryId }).ok();
    const ids = Array.from({ length: 24 }, (_none, at) => `p${at}`);
    for (const id of ids) played.when("lottery.enter", { lotteryId }, person(id)).ok();
    // Eight persons, with three entries each.
    for (const [at, id] of ids.entries()) if (at >= 8) merge(played, id, `p${at % 8}`);
    played.pass(60_000);
    played.when("lottery.draw", { lotteryId }).ok();
    played.pass(3_000);
    const winners = () => played.lottery().lotteries.get(lotteryId)?.winners ?? [];
    const had = new Set(winners().map(({ personId }) => personId));
    expect(had.size).toBe(6);
    for (const redrawn of [1, 2, 3]) {
      const instead = winners()[0]?.n ?? 0;
      played.when("lottery.redraw", { lotteryId, place: 1, instead, reason: "联系不上" }).ok();
      played.pass(3_000);
      const now = winners()[0]?.personId ?? null;
      expect(now === null ? had.size : had.has(now)).toBe(now === null ? 8 : false);
      had.add(now);
      expect(verifyDraw(proofOf(played.lottery(), lotteryId, "s1"))).toMatchObject({ ok: true, entries: 24 });
      if (redrawn === 3) expect(now).toBeNull();
    }
    expectRebuilt(played);
    expectLeanViewsEqual(played);
  });

  it("[PER4] of two sign-ups the earlier stands, with friends and deeds of both, and no invite counts twice", () => {
    const played = show().live();
    brings(played, "first", "a");
    brings(played, "second", "b");
    brings(played, "a", "x");
    brings(played, "b", "y", "z");
    const laterCode = codeOf(played, "b");
    played.when("signup.watched", { personIds: ["b"] }, system).ok();
    merge(played, "a", "b");
    expect(played.me("b")["signup"]).toMatchObject({ n: 2, state: "standing" });
    expect(played.me("b")["invite"]).toMatchObject({ valid: 3, friends: [{ n: 7 }, { n: 6 }, { n: 5 }] });
    expect(played.me("first")["invite"]).toMatchObject({ valid: 1 });
    expect(played.me("second")["invite"]).toMatchObject({ valid: 0, friends: [{ standing: "takenBack" }] });
    expect(played.slice("control", "signups")).toMatchObject({ total: 7, standing: 6, merged: 1, watched: 1 });
    brings(played, "b", "late");
    signUp(played, "later", laterCode).ok();
    expect(played.me("a")["invite"]).toMatchObject({ valid: 5 });
    expect(played.me("a")["leaderboard"]).toMatchObject({ rank: 1, count: 5 });
    expectRebuilt(played);
    expectLeanViewsEqual(played);
  });

  it("[PER4] stands again where the earlier was cancelled, and who invited their own other phone invited nobody", () => {
    const played = show().live();
    brings(played, "a", "phone");
    played.when("signup.cancel", {}, person("a")).ok();
    merge(played, "phone", "a");
    expect(played.me("a")["signup"]).toMatchObject({ n: 1, state: "standing" });
    expect(played.me("a")["invite"]).toMatchObject({ valid: 0 });
    expect(signupsOf(played)).toMatchObject({ total: 2, standing: 1, cancelled: 0, merged: 1 });
    expect(invitesOf(played).counts).toMatchObject({ counts: 0, takenBack: 1 });
    expectLeanViewsEqual(played);
  });

  it("[PER5] who left by the later sign-up has left, if it was in time of the earlier one, until they come back", () => {
    const hour = 3_600_000;
    for (const [within, stands] of [
      [10 * hour, "takenBack"],
      [3 * hour, "counts"],
    ] as const) {
      const played = show().live();
      played.when("signup.configure", { leaveWithinMs: within }).ok();
      brings(played, "a", "early");
      played.pass(2 * hour);
      brings(played, "a", "late");
      played.pass(2 * hour);
      const people = [{ personId: "late", at: instant(played.now) }];
      played.when("signup.left", { people }, system).ok();
      merge(played, "late", "early");
      const friends = () => Object(played.me("a")["invite"]).friends;
      expect(friends()).toMatchObject([{ standing: "takenBack" }, { n: 2, standing: stands }]);
      expectRebuilt(played);
      expectLeanViewsEqual(played);
      // Whichever id the group knows them by.
      merge(played, "early", "third");
      played.when("signup.returned", { people }, system);
      expect(friends()[1]).toMatchObject({ n: 2, standing: "counts" });
      expectRebuilt(played);
    }
  });
});
