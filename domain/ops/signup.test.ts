import { describe, expect, it } from "vitest";
import { AUDIENCES } from "../op.ts";
import { instant } from "../units.ts";
import { readInviterCode } from "../warmup/inviter-code.ts";
import { brings, codeOf, person, signUp, signupsOf, system } from "#tests/support/signing-up.ts";
import { expectLeanViewsEqual, expectRebuilt, show, START, type Show } from "#tests/support/given.ts";

const DAY_MS = 86_400_000;
const friend = (played: Show, id: string) => Object(played.me(id)["invite"]).friends[0];
const program = { by: "program:shop" };

describe("signing up", () => {
  it("[SUP1] a person signs up once, until the show has ended", () => {
    const played = show().live();
    signUp(played, "a").then(
      { type: "signup.salted.v1" },
      { type: "signup.recorded.v1", data: { n: 1, personId: "a" } },
    );
    signUp(played, "a").rejected("signup.already");
    signUp(played, "b").then({ type: "signup.recorded.v1", data: { n: 2, personId: "b" } });
    expect(played.me("a")["signup"]).toEqual({
      n: 1,
      code: codeOf(played, "a"),
      at: START,
      state: "standing",
      remindBy: [],
    });
    expect(played.me("nobody")["signup"]).toBeNull();
    played.when("session.end", {}).ok();
    signUp(played, "late").rejected("signup.over");
  });

  it("[SUP1] a program names who signs up; nobody in particular can't", () => {
    const played = show();
    played.when("signup.signUp", {}, program).rejected("signup.notAPerson");
    const { answer } = played.when("signup.signUp", { personId: "a" }, program);
    expect(answer).toMatchObject({ status: "ok", result: { n: 1, code: codeOf(played, "a"), invite: null } });
    // A person speaks for nobody else.
    played
      .when("signup.signUp", { personId: "c" }, person("b"))
      .then({ type: "signup.recorded.v1", data: { personId: "b" } });
  });

  it("[SUP2] codes are short, prove themselves, and take what people type; the salt is in no view and no record", () => {
    const played = show().live();
    for (let n = 0; n < 40; n += 1) signUp(played, `p${n}`).ok();
    const { salt } = signupsOf(played);
    const codes = Array.from({ length: 40 }, (_none, n) => codeOf(played, `p${n}`));
    expect(new Set(codes).size).toBe(40);
    for (const [index, code] of codes.entries()) {
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{7}$/);
      expect(readInviterCode(salt, ` ${code.toLowerCase().replaceAll("0", "o").replaceAll("1", "l")} `)).toBe(
        index + 1,
      );
      expect(readInviterCode(salt, code.slice(0, -1) + (code.endsWith("A") ? "B" : "A"))).toBeUndefined();
    }
    expect(readInviterCode(salt, "")).toBeUndefined();
    expect(readInviterCode(null, codes[0] ?? "")).toBeUndefined();
    for (const audience of ["control", "crew", "host", "viewer", "review"] as const) {
      expect(JSON.stringify(played.view(audience))).not.toContain(salt);
    }
  });

  it("[SUP2] numbers beyond three signs keep their codes apart", () => {
    const salt = "00112233445566778899aabbccddeeff";
    const played = show().live();
    signUp(played, "a").ok();
    const numbers = [32_767, 32_768, 1_000_000, 1_048_576];
    for (const n of numbers) {
      played.given("signup.salted.v1", { salt });
      const recorded = { n, personId: `p${n}`, code: "", remindBy: [], invite: null };
      played.given("signup.recorded.v1", recorded);
      expect(readInviterCode(salt, codeOf(played, `p${n}`))).toBe(n);
    }
  });

  it("[SUP3] who brought them is judged from facts that stand in the event; without them nobody did", () => {
    const played = show().live();
    signUp(played, "a").ok();
    const inviterCode = codeOf(played, "a");
    const touchedAt = played.now;
    played.at(played.now + 5_000);
    const newTo = { show: true, room: false, company: false };
    const touch = { inviterCode, at: instant(touchedAt) };
    const invite = { inviterN: 1, inviterId: "a", standing: "counts", why: null, touchedAt, suspicions: [], depth: 1 };
    signUp(played, "b", inviterCode, { newTo, touch }).then({
      type: "signup.recorded.v1",
      data: { personId: "b", invite, newTo },
    });
    played
      .when("signup.signUp", {}, person("c"))
      .then({ type: "signup.recorded.v1", data: { personId: "c", invite: null } });
  });

  it("[SUP3] keeps by which push and source they came", () => {
    const played = show().live();
    played.when("source.plan", { kind: "poster", name: "门店海报", code: "dm01" }).ok();
    const { sourceId } = Object(played.log.at(-1)?.data);
    played
      .when("signup.signUp", { via: "abc123", sourceCode: "DM01", remindBy: ["group", "group"] }, person("a"))
      .then(
        { type: "signup.salted.v1" },
        { type: "signup.recorded.v1", data: { via: "abc123", sourceId, remindBy: ["group"] } },
      );
    played
      .when("signup.signUp", { sourceCode: "unknown1" }, person("b"))
      .then({ type: "signup.recorded.v1", data: { sourceCode: "unknown1" } });
    expect(Object(played.log.at(-1)?.data).sourceId).toBeUndefined();
  });

  it("[SUP4] a touch holds for its window, and a code that nobody was given leads nowhere", () => {
    const played = show().live();
    signUp(played, "a").ok();
    const inviterCode = codeOf(played, "a");
    const touched = (ms: number) => ({ touch: { inviterCode, at: instant(played.now - ms) } });
    signUp(played, "b", inviterCode, touched(7 * DAY_MS)).ok();
    expect(friend(played, "a")).toMatchObject({ standing: "counts" });
    signUp(played, "c", inviterCode, touched(7 * DAY_MS + 1)).ok();
    expect(friend(played, "a")).toMatchObject({ standing: "not" });
    for (const code of ["0000000", "ZZZZZZZ", "x"]) {
      signUp(played, `of ${code}`.replace(" ", "-"), code).ok();
      expect(played.log.at(-1)?.data).toMatchObject({ invite: null });
    }
  });

  it("[SUP5] counts who is new by the show's rule; who may be new is held", () => {
    for (const newTo of ["show", "room", "company"] as const) {
      const played = show().live();
      played.when("signup.configure", { newTo }).ok();
      signUp(played, "a").ok();
      const known = { show: true, room: true, company: true };
      const standings = ([true, false, null] as const).map((isNew, index) => {
        signUp(played, `f${index}`, codeOf(played, "a"), { newTo: { ...known, [newTo]: isNew } }).ok();
        return [friend(played, "a").standing, Object(played.log.at(-1)?.data).invite.why];
      });
      expect(standings).toEqual([
        ["counts", null],
        ["not", "notNew"],
        ["held", "newUnknown"],
      ]);
    }
  });

  it("[SUP6] what looks odd is held with its evidence, for control alone", () => {
    const played = show().live();
    signUp(played, "a").ok();
    const suspicions = [{ kind: "deviceVelocity" as const, evidence: { signups: 9, minutes: 5 } }];
    signUp(played, "b", codeOf(played, "a"), { suspicions }).ok();
    const ofLast = () => Object(played.log.findLast(({ type }) => type === "signup.recorded.v1")?.data).invite;
    expect(ofLast()).toMatchObject({ standing: "held", why: "suspicious", suspicions });
    expect(played.slice("control", "invites")).toMatchObject({ held: 1, heldFor: { deviceVelocity: 1 } });
    for (const audience of AUDIENCES) expect(JSON.stringify(played.view(audience))).not.toContain("evidence");
    expect(played.me("a")["invite"]).toMatchObject({ valid: 0, held: 1 });
    // A suspicion about who was brought by nobody is nobody's matter.
    signUp(played, "c", undefined, { suspicions }).ok();
    expect(ofLast()).toBeNull();
    expect(played.slice("control", "invites")).toMatchObject({ held: 1 });
  });
});

describe("after signing up", () => {
  it("[SUP7] may be cancelled, by oneself or the staff; signing up again gives the same number, code and inviter", () => {
    const played = show().live();
    brings(played, "a", "b");
    signUp(played, "c").ok();
    const code = codeOf(played, "b");
    played.when("signup.cancel", { personId: "a" }, person("b")).ok();
    expect(played.me("b")["signup"]).toMatchObject({ n: 2, state: "cancelled" });
    expect(played.me("a")["invite"]).toMatchObject({ valid: 0, friends: [{ standing: "takenBack" }] });
    played.when("signup.cancel", {}, person("b")).rejected("signup.notSignedUp");
    signUp(played, "b", codeOf(played, "c")).ok();
    expect(played.me("b")["signup"]).toMatchObject({ n: 2, code, state: "standing" });
    expect(played.me("a")["invite"]).toMatchObject({ valid: 1, friends: [{ standing: "counts" }] });
    expect(played.me("c")["invite"]).toMatchObject({ valid: 0, friends: [] });
    played.when("signup.cancel", { personId: "c", reason: "要求删除" }).ok();
    expect(played.slice("control", "signups")).toMatchObject({ total: 3, standing: 2, cancelled: 1 });
    expect(played.slice("viewer", "signups")).toEqual({ standing: 2 });
    expectLeanViewsEqual(played);
    expectRebuilt(played);
  });

  it("[SUP8] leaving the group within the rule's time takes the invite back, coming back restores it", () => {
    const played = show().live();
    played.when("signup.configure", { leaveWithinMs: 3_600_000 }).ok();
    brings(played, "a", "b", "c");
    const tell = (type: "signup.left" | "signup.returned", id: string, after: number) =>
      played.when(type, { people: [{ personId: id, at: instant(START + after) }] }, system);
    const valid = () => Object(played.me("a")["invite"]).valid;
    tell("signup.left", "b", -1).then();
    tell("signup.left", "b", 3_600_001).then();
    tell("signup.left", "stranger", 1).then();
    expect(valid()).toBe(2);
    tell("signup.left", "b", 3_600_000).then({ type: "signup.left.v1" }, { type: "invite.settled.v1" });
    tell("signup.left", "b", 10).then();
    expect(valid()).toBe(1);
    expect(played.me("b")["signup"]).toMatchObject({ state: "standing" });
    tell("signup.returned", "b", 4_000_000).then({ type: "signup.returned.v1" }, { type: "invite.settled.v1" });
    expect(valid()).toBe(2);
    played.when("signup.configure", { leaveWithinMs: 0 }).ok();
    tell("signup.left", "c", 5).then();
    expectLeanViewsEqual(played);
  });

  it("[SUP9] rules are for sign-ups from then on, refused from a stale screen, and can be taken back", () => {
    const played = show().live();
    brings(played, "a", "b");
    played.when("signup.configure", { newTo: "company", target: 500 }).ok();
    expect(played.me("a")["invite"]).toMatchObject({ valid: 1 });
    expect(played.slice("control", "signups")).toMatchObject({ rules: { newTo: "company", target: 500 } });
    played
      .when("signup.configure", { target: 600 }, { expect: { from: { target: null } } })
      .rejected("state.changed", { target: 500 });
    played.when("tape.undo", { seq: played.seqOf("signup.configured.v1") }).ok();
    expect(played.slice("control", "signups")).toMatchObject({ rules: { newTo: "show", target: null } });
    played.when("signup.configure", { newTo: "show" }).then();
  });

  it("[SUP8] who cancels first, leaves, and signs up again, left all the same", () => {
    const played = show().live();
    brings(played, "a", "b");
    played.when("signup.cancel", {}, person("b")).ok();
    played.when("signup.left", { people: [{ personId: "b", at: instant(played.now) }] }, system).ok();
    signUp(played, "b").ok();
    expect(friend(played, "a")).toMatchObject({ standing: "takenBack" });
    played.when("signup.returned", { people: [{ personId: "b", at: instant(played.now) }] }, system).ok();
    expect(friend(played, "a")).toMatchObject({ standing: "counts" });
  });

  it("[SUP10] a greeting is taken back from who the person turned out to be", () => {
    const played = show().live();
    for (const id of ["a", "b"]) signUp(played, id).ok();
    played.when("signup.greet", { personId: "b" }).ok();
    played.when("person.merge", { from: "b", into: "a", why: "unionid" }, system).ok();
    played.when("tape.undo", { seq: played.seqOf("signup.greeted.v1") }).ok();
    expect(signupsOf(played).greeted).toBe(0);
    played.when("signup.greet", { personId: "a" }).ok();
    expect(signupsOf(played).greeted).toBe(1);
    expectLeanViewsEqual(played);
  });

  it("[SUP10] 首联: greeted once, by a member, and taken back", () => {
    const played = show().live();
    signUp(played, "a").ok();
    played.when("signup.greet", { personId: "a" }).then({ type: "signup.greeted.v1", data: { n: 1, personId: "a" } });
    played.when("signup.greet", { personId: "a" }).then();
    expect(played.slice("control", "signups")).toMatchObject({ greeted: 1 });
    played.when("tape.undo", { seq: played.seqOf("signup.greeted.v1") }).ok();
    expect(played.slice("control", "signups")).toMatchObject({ greeted: 0 });
    played.when("signup.ungreet", { personId: "a" }).then();
    played.when("signup.greet", { personId: "nobody" }).rejected("signup.notSignedUp");
    expectLeanViewsEqual(played);
  });

  it("[SUP12] who watched is counted once, and reminders are the person's own choice", () => {
    const played = show().live();
    signUp(played, "a").ok();
    played.when("signup.watched", { personIds: ["a", "a", "stranger"] }, system).ok();
    played.when("signup.watched", { personIds: ["a"] }, system).then();
    expect(played.slice("review", "signups")).toMatchObject({ watched: 1 });
    played.when("signup.remind", { remindBy: ["contact", "group"] }, person("a")).ok();
    played.when("signup.remind", { remindBy: ["group", "contact"] }, person("a")).then();
    expect(played.me("a")["signup"]).toMatchObject({ remindBy: ["group", "contact"] });
    played.when("signup.remind", { remindBy: [] }, person("b")).rejected("signup.notSignedUp");
  });

  it("[SUP11] the last two days stand by hours", () => {
    const played = show().live();
    for (let hour = 0; hour < 60; hour += 1) {
      signUp(played, `p${hour}`).ok();
      if (hour === 59) played.when("signup.cancel", {}, person("p0")).ok();
      played.at(played.now + 3_600_000);
    }
    const { byHour } = Object(played.slice("control", "signups"));
    expect(byHour).toHaveLength(48);
    expect(JSON.stringify(played.slice("control", "signups")).length).toBeLessThan(3_600);
    expect(byHour[0]).toEqual({ at: START + 12 * 3_600_000, signups: 1, cancelled: 0 });
    expect(byHour.at(-1)).toEqual({ at: START + 59 * 3_600_000, signups: 1, cancelled: 1 });
    expectLeanViewsEqual(played);
  });
});
