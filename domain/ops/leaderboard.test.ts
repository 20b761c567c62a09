import { describe, expect, it } from "vitest";
import { brings, codeOf, person, signUp, system } from "#tests/support/signing-up.ts";
import { expectLeanViewsEqual, expectRebuilt, show, type Show } from "#tests/support/given.ts";
import { undoSeqOf } from "../wire.ts";
import { engine } from "./index.ts";

type Row = {
  readonly rank: number;
  readonly n: number;
  readonly count: number;
  readonly gap: number | null;
  readonly personId?: string;
};
type Board = {
  readonly metric: string;
  readonly frozenAt: number | null;
  readonly published: boolean;
  readonly inviters: number;
  readonly total: number;
  readonly top: readonly Row[];
  readonly overtakes: readonly object[];
};

const board = (played: Show, audience: "control" | "host" | "viewer" | "review" = "control"): Board =>
  Object(played.slice(audience, "leaderboard"));
/** As told a second later. */
function told(played: Show): string {
  played.pass(1_000);
  return board(played)
    .top.map(({ personId, count }) => `${personId}${count}`)
    .join(" ");
}
const standing = (played: Show, id: string) => Object(played.me(id)["leaderboard"]);

it("[TAP5] an answer names the act's own event to be taken back, not what it set off", () => {
  const played = show().live();
  brings(played, "a", "a1");
  const set = played.send("leaderboard.setMetric", { metric: "watched" });
  expect(set.events.map(({ type }) => type)).toContain("leaderboard.told.v1");
  const { answer } = set;
  if (answer.status !== "ok") throw new Error("refused");
  expect(answer.undo).toBe(set.events[0]?.seq);
  expect(engine.answerOf("leaderboard.setMetric", set.events)).toEqual(answer);
  played.send("tape.undo", { seq: undoSeqOf(answer) }).ok();
  expect(Object(played.slice("control", "leaderboard")).metric).toBe("valid");
  const same = played.send("leaderboard.setMetric", { metric: "valid" }).answer;
  expect(same.status === "ok" && undoSeqOf(same)).toBe(null);
  const one = played.send("leaderboard.publish", {}).answer;
  expect(one.status === "ok" && undoSeqOf(one)).toBe(played.state.seq);
});

describe("leaderboard", () => {
  it("[LDB2] [LDB5] of many with the same count the first twenty are those who got there first, also when one of them goes", () => {
    const played = show().live();
    const inviters = Array.from({ length: 120 }, (_inviter, at) => `i${at}`);
    for (const id of inviters) signUp(played, id).ok();
    // They get there in the other order than they signed up.
    for (const id of inviters.toReversed()) brings(played, id, `${id}-friend`);
    played.when("leaderboard.publish", {}).ok();
    played.pass(1_000);
    const top = () => board(played).top.map(({ personId }) => personId);
    const first = inviters.toReversed();
    expect(top()).toEqual(first.slice(0, 20));
    expect(board(played, "viewer").top.at(-1)).toMatchObject({ rank: 20, count: 1 });
    expect(standing(played, "i99")).toMatchObject({ rank: 21, count: 1, next: { rank: 20, missing: 1 } });
    expect(standing(played, "i20")).toMatchObject({ rank: 100 });
    expect(standing(played, "i19")).toMatchObject({ rank: 101, next: { rank: 100, missing: 1 } });
    const overtakes = board(played).overtakes.length;
    played.when("signup.cancel", {}, person("i117-friend")).ok();
    played.pass(1_000);
    expect(top()).toEqual([...first.slice(0, 2), ...first.slice(3, 21)]);
    // Who only moved up overtook nobody.
    expect(board(played).overtakes).toHaveLength(overtakes);
    signUp(played, "i117-friend").ok();
    played.pass(1_000);
    expect(top()).toEqual(first.slice(0, 20));
    expect(standing(played, "i99")).toMatchObject({ rank: 21 });
    expectLeanViewsEqual(played);
  });

  it("[LDB4] frozen, what is taken back late still tells, also of who was merged or came back on the board since", () => {
    const played = show().live();
    brings(played, "a", "a1", "a2", "a3");
    brings(played, "b", "b1", "b2");
    brings(played, "c", "c1", "c2");
    played.when("invite.disqualify", { inviterId: "b", reason: "批量注册" }).ok();
    played.when("leaderboard.freeze", {}).ok();
    expect(told(played)).toBe("a3 c2");
    played.when("invite.reinstate", { inviterId: "b" }).ok();
    brings(played, "c", "c3");
    expect(told(played)).toBe("a3 b2 c2");
    played.when("signup.cancel", {}, person("a3")).ok();
    played.when("invite.decide", { personIds: ["a2"], as: "reject" }).ok();
    expect(told(played)).toBe("b2 c2 a1");
    // Both sides' friends of before the freeze; what came after it adds nothing.
    brings(played, "a", "a4");
    played.when("person.merge", { from: "c", into: "a", why: "同一微信" }, system).ok();
    expect(told(played)).toBe("a3 b2");
    played.when("signup.cancel", {}, person("c3")).ok();
    played.when("signup.cancel", {}, person("c2")).ok();
    expect(told(played)).toBe("b2 a2");
    played.when("leaderboard.unfreeze", {}).ok();
    expect(told(played)).toBe("a3 b2");
    expectLeanViewsEqual(played);
    expectRebuilt(played);
  });

  it("[LDB10] rows name who people are by now, within a second of a merge", () => {
    const played = show().live();
    brings(played, "a", "a1", "a2");
    brings(played, "b", "b1");
    expect(told(played)).toBe("a2 b1");
    played.when("person.merge", { from: "a", into: "wx", why: "登录" }, system).ok();
    expect(told(played)).toBe("wx2 b1");
    // Of whom no row tells nothing is told.
    const before = played.log.length;
    played.when("person.merge", { from: "b1", into: "wy", why: "登录" }, system).ok();
    played.pass(2_000);
    expect(played.log.slice(before).map(({ type }) => type)).toEqual(["person.merged.v1"]);
    expectLeanViewsEqual(played);
    expectRebuilt(played);
  });

  it("[LDB1] more come first; of the same count whoever got there first", () => {
    const played = show().live();
    brings(played, "a", "a1", "a2");
    brings(played, "b", "b1");
    brings(played, "c", "c1", "c2", "c3");
    brings(played, "b", "b2");
    expect(told(played)).toBe("c3 a2 b2");
    expect(board(played)).toMatchObject({ inviters: 3, total: 7 });
    expect(board(played).top.map(({ gap }) => gap)).toEqual([null, 2, 1]);
    // Brought and taken back, nobody falls behind for it.
    brings(played, "a", "a3");
    played.when("signup.cancel", {}, person("a3")).ok();
    expect(told(played)).toBe("c3 a2 b2");
    played.when("signup.cancel", {}, person("a1")).ok();
    expect(told(played)).toBe("c3 b2 a1");
    signUp(played, "a1").ok();
    expect(told(played)).toBe("c3 a2 b2");
  });

  it("[LDB3] by those who watched, claimed or paid, as soon as it is switched, and switched back", () => {
    const played = show().live();
    brings(played, "a", "a1", "a2");
    brings(played, "b", "b1");
    played.when("signup.watched", { personIds: ["a1", "b1"] }, system).ok();
    const discount = { kind: "direct", offFen: 100, productIds: null };
    played.send("coupon.plan", { carrier: "own", title: "示例券", discount, total: 9, perPerson: 2 }).ok();
    const [couponId = ""] = played.coupon().coupons.keys();
    played.when("coupon.push", { couponId }).ok();
    for (const id of ["b1", "b1", "a2"]) played.when("coupon.claim", { couponId }, person(id)).ok();
    const item = {
      orderId: "o1",
      sourceUpdatedAt: played.now,
      placedAt: played.now,
      status: "paid",
      paidAt: played.now,
    };
    const lines = [{ lineId: "l", units: 1, paidFen: 9_900 }];
    played.send("order.record", { ...item, lines, personId: "a1" }, { by: "program:shop" }).ok();
    const by = (metric: "valid" | "watched" | "claimed" | "paid") => {
      played.when("leaderboard.setMetric", { metric }).ok();
      expect(board(played).metric).toBe(metric);
      return board(played)
        .top.map(({ personId, count }) => `${personId}${count}`)
        .join(" ");
    };
    expect([by("watched"), by("claimed"), by("paid"), by("valid")]).toEqual(["a1 b1", "b1 a1", "a1", "a2 b1"]);
    by("claimed");
    for (const { code } of Object(played.me("b1"))["coupon"]) {
      expect(told(played)).toBe("b1 a1");
      played.when("coupon.voidClaim", { code, reason: "退" }).ok();
    }
    expect(told(played)).toBe("a1");
    played.when("tape.undo", { seq: played.seqOf("leaderboard.metricSet.v1") }).ok();
    expect(told(played)).toBe("a2 b1");
    played
      .when("leaderboard.setMetric", { metric: "paid" }, { expect: { metric: "watched" } })
      .rejected("state.changed", { metric: "valid" });
    expectLeanViewsEqual(played);
    expectRebuilt(played);
  });

  it("[LDB3] what was done before signing up counts too", () => {
    const played = show().live();
    const item = {
      orderId: "o1",
      sourceUpdatedAt: played.now,
      placedAt: played.now,
      status: "paid",
      paidAt: played.now,
    };
    const lines = [{ lineId: "l", units: 1, paidFen: 9_900 }];
    played.send("order.record", { ...item, lines }, { by: "program:shop" }).ok();
    played
      .send("order.record", { orderId: "o1", sourceUpdatedAt: played.now + 1, personId: "a1" }, { by: "program:shop" })
      .ok();
    brings(played, "a", "a1");
    played.when("leaderboard.setMetric", { metric: "paid" }).ok();
    expect(told(played)).toBe("a1");
    // Frozen, whoever signs up later adds nothing, whenever they paid.
    played.send("order.record", { ...item, orderId: "o2", lines, personId: "a2" }, { by: "program:shop" }).ok();
    played.when("leaderboard.freeze", {}).ok();
    brings(played, "a", "a2");
    expect(told(played)).toBe("a1");
    played.when("leaderboard.unfreeze", {}).ok();
    expect(told(played)).toBe("a2");
  });

  it("[LDB4] frozen, nothing done later adds; what is decided or taken back of before still tells", () => {
    const played = show().live();
    brings(played, "a", "a1", "a2");
    brings(played, "b", "b1");
    const suspicions = [{ kind: "ring" as const, evidence: { people: 3 } }];
    for (const id of ["b2", "b3"]) signUp(played, id, codeOf(played, "b"), { suspicions }).ok();
    played.when("leaderboard.freeze", {}).ok();
    const frozenAt = played.now;
    brings(played, "b", "late1", "late2");
    brings(played, "c", "late3", "late4", "late5", "late6");
    expect(told(played)).toBe("a2 b1");
    expect(board(played).frozenAt).toBe(frozenAt);
    expect(standing(played, "c")).toMatchObject({ rank: null, frozen: true });
    played.when("invite.decide", { personIds: ["b2", "b3"], as: "count" }).ok();
    expect(told(played)).toBe("b3 a2");
    played.when("signup.cancel", {}, person("a1")).ok();
    expect(told(played)).toBe("b3 a1");
    played.when("leaderboard.freeze", {}).then();
    played.when("leaderboard.unfreeze", {}).ok();
    expect(told(played)).toBe("b5 c4 a1");
    const thawed = played.log.findLast(({ type }) => type === "leaderboard.frozenSet.v1")?.seq ?? 0;
    played.when("tape.undo", { seq: thawed }).ok();
    expect(told(played)).toBe("b3 a1");
    expect(board(played).frozenAt).toBe(frozenAt);
    expectLeanViewsEqual(played);
    expectRebuilt(played);
  });

  it("[LDB5] viewers see it once it is published, and never who it is", () => {
    const played = show().live();
    brings(played, "person-of-a", "a1");
    told(played);
    expect(board(played, "viewer")).toMatchObject({ published: false, top: [], total: 0 });
    played.when("leaderboard.publish", {}).ok();
    played.when("leaderboard.publish", {}).then();
    expect(board(played, "viewer").top).toEqual([{ rank: 1, n: 1, count: 1, gap: null }]);
    expect(JSON.stringify(played.view("viewer"))).not.toContain("person-of-a");
    played.when("leaderboard.hide", {}).ok();
    expect(board(played, "viewer").top).toEqual([]);
    played.when("tape.undo", { seq: played.seqOf("leaderboard.publishedSet.v1") }).ok();
    expect(board(played, "viewer").published).toBe(true);
  });

  it("[LDB6] is told at most once a second, at once after a pause; who rose past whom is an event", () => {
    const played = show().live();
    brings(played, "a", "a1", "a2");
    brings(played, "b", "b1");
    const tellings = () => played.log.filter(({ type }) => type === "leaderboard.told.v1").length;
    played.pass(0);
    expect(tellings()).toBe(1);
    brings(played, "b", "b2", "b3");
    played.pass(999);
    expect(tellings()).toBe(1);
    played.pass(1);
    expect(tellings()).toBe(2);
    expect(board(played).overtakes).toEqual([{ at: played.now, n: 4, from: 2, rank: 1, passed: [1] }]);
    expect(played.log.findLast(({ type }) => type.startsWith("leaderboard."))).toMatchObject({
      type: "leaderboard.overtaken.v1",
      data: { overtakes: [{ n: 4, personId: "b", from: 2, rank: 1, passed: [1] }] },
    });
    played.pass(5_000);
    expect(tellings()).toBe(2);
    // Who falls was overtaken by nobody.
    played.when("signup.cancel", {}, person("b2")).ok();
    played.when("signup.cancel", {}, person("b3")).ok();
    expect(told(played)).toBe("a2 b1");
    expect(board(played).overtakes).toHaveLength(1);
    expectLeanViewsEqual(played);
    expectRebuilt(played);
  });

  it("[LDB8] who cancelled stands on no board until they come back; what they brought is kept", () => {
    const played = show().live();
    brings(played, "a", "a1", "a2");
    brings(played, "b", "b1");
    played.when("signup.cancel", {}, person("a")).ok();
    expect(told(played)).toBe("b1");
    brings(played, "a1", "x");
    signUp(played, "y", codeOf(played, "a")).ok();
    signUp(played, "a").ok();
    expect(told(played)).toBe("a3 b1 a11");
  });

  it("[LDB9] everybody knows their rank at any time, and how many are missing to the next", () => {
    const played = show().live();
    signUp(played, "none").ok();
    brings(played, "a", "a1", "a2", "a3");
    brings(played, "b", "b1");
    expect(standing(played, "a")).toMatchObject({ rank: 1, count: 3, next: null });
    expect(standing(played, "b")).toMatchObject({ rank: 2, count: 1, next: { rank: 1, missing: 3 } });
    expect(standing(played, "none")).toMatchObject({ rank: null, count: 0, next: { rank: 3, missing: 1 } });
    brings(played, "b", "b2", "b3");
    expect(standing(played, "b")).toMatchObject({ rank: 2, next: { rank: 1, missing: 1 } });
    brings(played, "b", "b4");
    expect(standing(played, "b")).toMatchObject({ rank: 1, next: null });
    expect(played.me("stranger")["leaderboard"]).toBeNull();
  });

  it("[LDB5] stays within 4 kB with twenty rows of long ids and counts", () => {
    const played = show().live();
    const ids = Array.from({ length: 24 }, (_none, at) => `v_${String(at).padStart(20, "0")}`);
    for (const id of ids) brings(played, id, `${id}-friend`);
    for (const id of ids.toReversed()) brings(played, id, `${id}-other`);
    told(played);
    expect(board(played).top).toHaveLength(20);
    for (const audience of ["control", "host", "review"] as const)
      expect(Buffer.byteLength(JSON.stringify(board(played, audience)))).toBeLessThan(4_096);
  });

  it("[SAY7] an overtaking on a published board is worth saying for two minutes", () => {
    const played = show().live();
    brings(played, "a", "a1");
    brings(played, "b", "b1");
    told(played);
    brings(played, "b", "b2");
    played.pass(1_000);
    const [{ at }] = board(played).overtakes as [{ readonly at: number }];
    expect(played.slice("host", "saying")).toEqual([]);
    played.when("leaderboard.publish", {}).ok();
    const line = { kind: "overtaking", signupN: 3, value: 1, of: 1, until: at + 2 * 60_000 };
    expect(played.slice("host", "saying")).toMatchObject([line]);
  });
});
