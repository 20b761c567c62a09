import { describe, expect, it } from "vitest";
import { createView } from "../views.ts";
import { bookOf, standingOf } from "../warmup/invites.ts";
import { undoSeqOf } from "../wire.ts";
import { engine } from "./index.ts";
import { PERSONS } from "#tests/support/random-command.ts";
import { boardOf, brings, codeOf, invitesOf, person, signUp, system } from "#tests/support/signing-up.ts";
import { expectLeanViewsEqual, expectRebuilt, show, type Show } from "#tests/support/given.ts";

const ring = [{ kind: "ring" as const, evidence: { people: 4 } }];
const heldFor = (played: Show) => Object(played.slice("control", "invites")).heldFor;
const mine = (played: Show, id: string) => Object(played.me(id)["invite"]);

function held(...friends: readonly string[]): Show {
  const played = show().live();
  signUp(played, "a").ok();
  for (const friend of friends) signUp(played, friend, codeOf(played, "a"), { suspicions: ring }).ok();
  return played;
}

describe("invites", () => {
  it("[INV1] a person counts once, for who brought them first, and never for themself", () => {
    const played = show().live();
    brings(played, "a", "b");
    signUp(played, "c").ok();
    // Signed up already: another's link changes nothing.
    signUp(played, "b", codeOf(played, "c")).rejected("signup.already");
    played.when("signup.cancel", {}, person("a")).ok();
    signUp(played, "a", codeOf(played, "a")).ok();
    expect(mine(played, "a")).toMatchObject({ valid: 1, friends: [{ n: 2, standing: "counts" }] });
    expect(mine(played, "c")).toMatchObject({ valid: 0, friends: [] });
  });

  it("[INV3] held invites wait for a decision, which may be made again and taken back", () => {
    const played = held("b", "c");
    played.when("invite.decide", { personIds: ["b", "c"], as: "count", note: "同一宿舍" }).ok();
    expect(mine(played, "a")).toMatchObject({ valid: 2, held: 0 });
    expect(heldFor(played)).toMatchObject({ ring: 0 });
    played.when("invite.decide", { personIds: ["b"], as: "reject", note: "空号" }).ok();
    played.when("invite.decide", { personIds: ["b"], as: "reject" }).then();
    expect(mine(played, "a").friends).toMatchObject([{ standing: "counts" }, { standing: "rejected" }]);
    played.when("tape.undo", { seq: played.seqOf("invite.decided.v1") }).ok();
    expect(mine(played, "a")).toMatchObject({ valid: 2 });
    expect(played.slice("control", "invites")).toMatchObject({ brought: 2, counts: 2, held: 0, rejected: 0 });
    expectLeanViewsEqual(played);
    expectRebuilt(played);
  });

  it("[INV3] a decision taken back holds them again, also whose sign-up is gone once it stands again", () => {
    const played = held("b");
    const before = heldFor(played);
    for (const isGone of [false, true]) {
      played.when("invite.decide", { personIds: ["b"], as: "count" }).ok();
      const seq = played.seqOf("invite.decided.v1");
      if (isGone) played.when("signup.cancel", {}, person("b")).ok();
      played.when("tape.undo", { seq }).ok();
      if (isGone) expect(invitesOf(played).counts).toMatchObject({ takenBack: 1, held: 0 });
      if (isGone) signUp(played, "b").ok();
      expect(heldFor(played)).toEqual(before);
    }
    expectLeanViewsEqual(played);
    expectRebuilt(played);
  });

  it("[INV3] what was decided anew since is not taken back; taken back, the decision before it stands, or what the rule made of it", () => {
    const played = show().live();
    brings(played, "a", "b");
    const decide = (as: "count" | "reject") => {
      played.when("invite.decide", { personIds: ["b"], as }).ok();
      return played.seqOf("invite.decided.v1");
    };
    const [first, second, third] = [decide("reject"), decide("count"), decide("reject")];
    const standing = () => mine(played, "a").friends[0].standing;
    played.when("tape.undo", { seq: first }).rejected("undo.superseded");
    expect(standing()).toBe("rejected");
    for (const [seq, stands] of [
      [third, "counts"],
      [second, "rejected"],
      [first, "counts"],
    ] as const) {
      played.when("tape.undo", { seq }).ok();
      expect(standing()).toBe(stands);
    }
    // Nobody's decision is left: what looks odd later is held.
    played.when("invite.suspect", { people: [{ personId: "b", suspicions: ring }] }, system).ok();
    expect(standing()).toBe("held");
    expectLeanViewsEqual(played);
    expectRebuilt(played);
  });

  it("[INV3] refuses what is nothing to decide, all of it", () => {
    const played = held("b", "c");
    signUp(played, "d", codeOf(played, "a"), { newTo: { show: false, room: true, company: true } }).ok();
    const decide = (...personIds: string[]) => played.when("invite.decide", { personIds, as: "count" });
    decide("b", "stranger").rejected("invite.notFound", { personId: "stranger" });
    decide("a").rejected("invite.notFound");
    decide("b", "d").rejected("invite.notOpen", { personId: "d", standing: "not" });
    played.when("signup.cancel", {}, person("c")).ok();
    decide("c").rejected("invite.notOpen", { personId: "c", standing: "takenBack" });
    expect(mine(played, "a")).toMatchObject({ valid: 0, held: 1 });
  });

  it("[INV3] picked from a list that follows by a second, who waits no more is left as they are", () => {
    const played = held("b", "c");
    played.when("invite.decide", { personIds: ["b"], as: "count" }).ok();
    const personIds = ["a", "b", "c", "stranger"];
    const { answer } = played.when("invite.decide", { personIds, as: "reject", heldOnly: true });
    expect(answer).toMatchObject({ status: "ok", result: { decided: 1 } });
    expect(mine(played, "a").friends).toMatchObject([{ standing: "rejected" }, { standing: "counts" }]);
    played.when("invite.decide", { personIds, as: "reject", heldOnly: true }).then();
  });

  it("[INV3] what looks odd only later is held too, but not what a person decided", () => {
    const played = held("b");
    brings(played, "a", "c", "d");
    played.when("invite.decide", { personIds: ["b"], as: "count" }).ok();
    played.when("signup.cancel", {}, person("d")).ok();
    const people = ["a", "b", "c", "d", "stranger"].map((personId) => ({ personId, suspicions: ring }));
    played.when("invite.suspect", { people }, system).ok();
    played.when("invite.suspect", { people }, system).then();
    expect(mine(played, "a")).toMatchObject({ valid: 1, held: 1 });
    expect(heldFor(played)).toMatchObject({ ring: 1 });
    played.when("invite.decide", { personIds: ["c"], as: "count" }).ok();
    played.when("invite.suspect", { people }, system).then();
    expectLeanViewsEqual(played);
    expectRebuilt(played);
  });

  it("[INV4] is taken back by a cancel and by leaving, and comes back as it was decided", () => {
    const played = held("b");
    played.when("signup.cancel", {}, person("b")).ok();
    expect(heldFor(played)).toMatchObject({ ring: 0 });
    signUp(played, "b").ok();
    expect(heldFor(played)).toMatchObject({ ring: 1 });
    played.when("invite.decide", { personIds: ["b"], as: "reject" }).ok();
    played.when("signup.cancel", {}, person("b")).ok();
    expect(mine(played, "a").friends).toMatchObject([{ standing: "takenBack" }]);
    signUp(played, "b").ok();
    expect(mine(played, "a").friends).toMatchObject([{ standing: "rejected" }]);
    expectLeanViewsEqual(played);
  });

  it("[INV5] disqualified with a reason that the person is told; an appeal is noted; reinstated they stand where they would", () => {
    const played = show().live();
    brings(played, "a", "x", "y");
    brings(played, "b", "z");
    const inviterId = "a";
    played.when("invite.noteAppeal", { inviterId, note: "说是同事" }).rejected("invite.notDisqualified");
    played.when("invite.disqualify", { inviterId, reason: "批量注册" }).ok();
    played.when("invite.disqualify", { inviterId, reason: "再来" }).rejected("invite.alreadyDisqualified");
    expect(mine(played, "a")).toMatchObject({ valid: 2, disqualified: { reason: "批量注册", at: played.now } });
    expect(played.me("a")["leaderboard"]).toMatchObject({ rank: null, count: 0 });
    expect(played.me("b")["leaderboard"]).toMatchObject({ rank: 1 });
    brings(played, "a", "w");
    played.when("invite.noteAppeal", { inviterId, note: "说是同事" }).ok();
    const row = { n: 1, personId: "a", reason: "批量注册", reinstatedAt: null, appeals: [{ note: "说是同事" }] };
    expect(played.slice("control", "disqualified")).toMatchObject({ 1: row });
    played.when("invite.reinstate", { inviterId, note: "核实是同事" }).ok();
    played.when("invite.reinstate", { inviterId }).rejected("invite.notDisqualified");
    expect(played.me("a")["leaderboard"]).toMatchObject({ rank: 1, count: 3 });
    expect(mine(played, "a").disqualified).toBeNull();
    played.when("invite.disqualify", { inviterId: "stranger", reason: "?" }).rejected("invite.noSuchInviter");
    expectLeanViewsEqual(played);
    expectRebuilt(played);
  });

  it("[INV5] stays with the person through a merge", () => {
    const played = show().live();
    brings(played, "a", "x");
    brings(played, "b", "y");
    played.when("invite.disqualify", { inviterId: "b", reason: "批量注册" }).ok();
    played.when("person.merge", { from: "b", into: "a", why: "同一微信" }, system).ok();
    expect(played.me("a")["leaderboard"]).toMatchObject({ rank: null });
    expect(played.slice("control", "disqualified")).toMatchObject({ 1: { n: 1, personId: "a" } });
    played.when("invite.reinstate", { inviterId: "a" }).ok();
    expect(played.me("b")["leaderboard"]).toMatchObject({ rank: 1, count: 2 });
    expectLeanViewsEqual(played);
    expectRebuilt(played);
  });

  it("[INV6] chains are kept: how many came as the n-th link", () => {
    const played = show().live();
    brings(played, "a", "b", "c");
    brings(played, "b", "d");
    brings(played, "d", "e");
    expect(played.slice("review", "invites")).toMatchObject({ brought: 4, byDepth: [2, 1, 1, 0, 0, 0, 0, 0] });
  });

  it("[INV5] once more disqualified, and through a merge, what was said and decided before stays", () => {
    const played = show().live();
    brings(played, "a", "x");
    brings(played, "b", "y");
    const row = () => Object(Object.values(Object(played.slice("control", "disqualified")))[0]);
    for (const reason of ["批量注册", "又一次"]) {
      played.pass(1_000);
      played.when("invite.disqualify", { inviterId: "b", reason }).ok();
      played.when("invite.noteAppeal", { inviterId: "b", note: `申诉:${reason}` }).ok();
      if (reason === "批量注册") played.when("invite.reinstate", { inviterId: "b" }).ok();
    }
    expect(row()).toMatchObject({ reason: "又一次", reinstatedAt: null, earlier: [{ reason: "批量注册" }] });
    expect(row().earlier[0].reinstatedAt).toEqual(expect.any(Number));
    played.pass(1_000);
    played.when("invite.disqualify", { inviterId: "a", reason: "也是" }).ok();
    played.when("invite.noteAppeal", { inviterId: "a", note: "申诉:也是" }).ok();
    played.when("invite.reinstate", { inviterId: "a" }).ok();
    played.when("person.merge", { from: "b", into: "a", why: "同一微信" }, system).ok();
    expect(row()).toMatchObject({ n: 1, personId: "a", reason: "又一次", reinstatedAt: null });
    expect(row().earlier).toMatchObject([{ reason: "批量注册" }, { reason: "也是" }]);
    expect(row().appeals.map(({ note }: { note: string }) => note)).toEqual([
      "申诉:批量注册",
      "申诉:又一次",
      "申诉:也是",
    ]);
    played.when("invite.reinstate", { inviterId: "b" }).ok();
    expect(row().reinstatedAt).toBe(played.now);
    expectLeanViewsEqual(played, 8);
    expectRebuilt(played);
  });

  it("[INV8] who is held is counted for what, also by whom they were brought after a merge; no row is kept or sent", () => {
    const played = held("b");
    const view = createView(engine, played.state, "control");
    signUp(played, "c").ok();
    signUp(played, "d", codeOf(played, "c"), { suspicions: [...ring, ...ring] }).ok();
    signUp(played, "e", codeOf(played, "b"), { newTo: { show: null, room: null, company: null } }).ok();
    expect(heldFor(played)).toMatchObject({ ring: 2, newUnknown: 1, emptyBurst: 0 });
    expect(JSON.stringify(view.frame())).not.toMatch(/personId|evidence/);
    for (const own of [invitesOf(played), engine.lean(played.state).slices["invite"]]) {
      expect(JSON.stringify(own)).not.toMatch(/"[bcde]"|"people"/);
    }
    played.when("person.merge", { from: "c", into: "a", why: "同一微信" }, system).ok();
    const press = played.send("invite.decideHeld", { filter: { inviterId: "c", kind: "ring" }, as: "reject" });
    expect(press.answer).toMatchObject({ result: { decided: 2 } });
    expect(heldFor(played)).toMatchObject({ ring: 0, newUnknown: 1 });
    expectLeanViewsEqual(played);
    expectRebuilt(played);
  });

  it("[INV8] logs from when rows were kept by the fold count the same", () => {
    const played = held("b");
    const change = { n: 2, personId: "b", inviterN: 1 };
    const rejected = { ...change, from: "held", to: "rejected" };
    const row = { ...change, inviterId: "a", at: played.now, why: "suspicious", suspicions: ring };
    for (let again = 0; again < 2; again += 1) {
      played.given("invite.decided.v1", { changes: [rejected], as: "reject", note: "", drops: true });
      expect(heldFor(played)).toMatchObject({ ring: 0 });
      const changes = [{ ...change, from: "rejected", to: "held" }];
      played.given("invite.decisionTakenBack.v1", { changes, held: [row] });
      played.given("invite.renamed.v1", { n: 2, personId: "wx" });
      expect(heldFor(played)).toMatchObject({ ring: 1 });
      expect(mine(played, "a")).toMatchObject({ held: 1 });
    }
    expect(played.send("invite.decideHeld", { filter: { kind: "ring" }, as: "count" }).answer).toMatchObject({
      result: { decided: 1 },
    });
  });

  it("[INV9] all that are held for one thing, or brought by one person, are decided with one press", () => {
    const unknown = { newTo: { show: null, room: null, company: null } };
    const played = show().live();
    brings(played, "a");
    brings(played, "b");
    const burst = [{ kind: "emptyBurst" as const, evidence: { people: 9 } }, ...ring];
    for (let n = 0; n < 30; n += 1) {
      const facts = n % 3 === 0 ? { suspicions: ring } : n % 3 === 1 ? unknown : { suspicions: burst };
      signUp(played, `s${n}`, codeOf(played, n % 2 === 0 ? "a" : "b"), facts).ok();
    }
    const none = { addressVelocity: 0, deviceVelocity: 0 };
    expect(heldFor(played)).toEqual({ newUnknown: 10, ring: 20, emptyBurst: 10, ...none });
    const press = (filter: object, as = "reject") => played.send("invite.decideHeld", { filter, as, note: "批量" });
    press({}).invalid();
    press({ inviterId: "stranger" }).rejected("invite.noSuchInviter");
    expect(press({ kind: "emptyBurst", inviterId: "a" }).answer).toMatchObject({ result: { decided: 5, left: 0 } });
    expect(mine(played, "a")).toMatchObject({ valid: 0, held: 10 });
    expect(heldFor(played)).toEqual({ newUnknown: 10, ring: 15, emptyBurst: 5, ...none });
    const all = press({ kind: "newUnknown" }, "count");
    expect(all.answer).toMatchObject({ result: { decided: 10, left: 0 } });
    expect([mine(played, "a").valid, mine(played, "b").valid]).toEqual([5, 5]);
    press({ kind: "newUnknown" }).then();
    expectLeanViewsEqual(played, 20);
    press({ inviterId: "nobodyElse" }).rejected("invite.noSuchInviter");
    // The record of what was done says by what they were chosen, and names nobody.
    const done = played.slice("crew", "tape");
    expect(JSON.stringify(done)).toContain('"filter"');
    expect(JSON.stringify(done)).not.toMatch(/inviterId|personId/);
    const { answer } = all;
    played.send("tape.undo", { seq: answer.status === "ok" ? undoSeqOf(answer) : 0 }).ok();
    expect(heldFor(played)).toMatchObject({ newUnknown: 10 });
    expect(press({ inviterId: "b" }).answer).toMatchObject({ result: { decided: 15 } });
    expect(heldFor(played)).toEqual({ newUnknown: 5, ring: 5, emptyBurst: 0, ...none });
    expectLeanViewsEqual(played, 20);
    expectRebuilt(played);
  });

  it("[INV9] a press decides five thousand at most, the oldest first, in events of five hundred", () => {
    const played = show().live();
    brings(played, "a");
    const code = codeOf(played, "a");
    const facts = { newTo: { show: null, room: null, company: null } };
    for (let n = 0; n < 5_200; n += 1) signUp(played, `s${n}`, code, facts).ok();
    const press = () => played.when("invite.decideHeld", { filter: { kind: "newUnknown" }, as: "count", note: "" });
    const first = press();
    expect(first.answer).toMatchObject({ result: { decided: 5_000, left: 200, upToN: 5_201 }, undo: null });
    expect(first.events.map(({ data }) => Object(data).changes.length)).toEqual(Array.from({ length: 10 }, () => 500));
    expect(mine(played, "a")).toMatchObject({ valid: 5_000, held: 200 });
    expect(standingOf(bookOf(invitesOf(played)), 5_001)).toBe("counts");
    expect(standingOf(bookOf(invitesOf(played)), 5_002)).toBe("held");
    expect(press().answer).toMatchObject({ result: { decided: 200, left: 0 } });
    expect(mine(played, "a")).toMatchObject({ valid: 5_200, held: 0 });
  });

  it("[INV10] a decision of several commands is taken back as one, but what was decided anew since stays, and is told", () => {
    const played = show().live();
    brings(played, "a");
    const code = codeOf(played, "a");
    const facts = { newTo: { show: null, room: null, company: null } };
    for (let n = 0; n < 5_600; n += 1) signUp(played, `s${n}`, code, facts).ok();
    const before = invitesOf(played).counts.held;
    const asked = { filter: { kind: "newUnknown" as const }, as: "reject" as const, note: "空号" };
    const first = Object(played.send("invite.decideHeld", asked).answer).result;
    expect(first).toMatchObject({ decided: 5_000, left: 600, upToN: 5_601 });
    // Who signed up since it began is none of it.
    signUp(played, "later", code, facts).ok();
    const { decision, upToN } = first;
    const goesOn = { decision, upToN };
    played.when("invite.decideHeld", { ...asked, as: "count", goesOn }).rejected("invite.noSuchDecision");
    const second = Object(played.send("invite.decideHeld", { ...asked, goesOn }).answer).result;
    expect(second).toEqual({ decided: 600, left: 0, decision, upToN });
    const told = () => Object(played.slice("control", "invites")).latest[0];
    expect(told()).toMatchObject({ decision, as: "reject", kind: "newUnknown", people: 5_600, takenBack: 0 });

    played.when("invite.decide", { personIds: ["s0", "s5599"], as: "count", note: "问过本人" }).ok();
    played.when("signup.cancel", {}, person("s1")).ok();
    const takeBack = () => Object(played.send("invite.takeBack", { decision }).answer);
    expect(takeBack().result).toEqual({ takenBack: 4_599, kept: 1, left: 999 });
    expect(takeBack().result).toEqual({ takenBack: 999, kept: 1, left: 0 });
    expect(takeBack()).toMatchObject({ status: "rejected", code: "invite.nothingToTakeBack" });
    expect(told()).toMatchObject({ people: 5_600, takenBack: 5_598, kept: 2 });
    expect(invitesOf(played).counts).toEqual({ counts: 2, held: before + 1 - 3, rejected: 0, not: 0, takenBack: 1 });
    signUp(played, "s1").ok();
    expect(mine(played, "a")).toMatchObject({ valid: 2, held: before - 1 });
    // Each event stands on the tape as taken back.
    const { seq } = played.log.find(({ type }) => type === "invite.decided.v1") ?? { seq: 0 };
    played.when("tape.undo", { seq }).rejected("undo.alreadyUndone");
    expectLeanViewsEqual(played, 5_602);
    expectRebuilt(played);
  });

  it("[INV8] a person's own friends are told by number, the newest fifty, and nobody learns others' ids from their own", () => {
    const [first, ...others] = PERSONS;
    const played = show().live();
    brings(played, first, ...others);
    expect(JSON.stringify(played.me(first))).not.toContain(others[0]);
    for (let n = 0; n < 205; n += 1) signUp(played, `s${n}`, codeOf(played, first), { suspicions: ring }).ok();
    played.when("invite.decide", { personIds: ["s0"], as: "count" }).ok();
    expect(mine(played, first).friends).toHaveLength(50);
    expect(invitesOf(played).counts).toMatchObject({ counts: 3, held: 204 });
    expect(boardOf(played).book?.tallies[1]).toBe(3);
  });
});
