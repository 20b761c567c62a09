import { describe, expect, it } from "vitest";
import { bring, idOf, inviterCode, signUp, warming } from "#tests/support/warmups.ts";
import { expectLeanViewsEqual, expectRebuilt, type Show } from "#tests/support/given.ts";

const MANAGER = { by: "staff:manager" };

function stepped(stock = 1, played = warming()): { readonly played: Show; readonly stepId: string } {
  played
    .when("reward.plan", {
      threshold: 2,
      title: "围巾",
      carrier: "contactGift",
      valueFen: 5_900,
      stock,
      rules: "送完为止",
    })
    .ok();
  return { played, stepId: idOf(played, "reward.planned.v1", "stepId") };
}

const step = (played: Show, stepId: string) => played.row("control", "rewardSteps", stepId);
const mine = (played: Show, personId: string) => Object(played.me(personId)["reward"])[0];

describe("rewards by step", () => {
  it("[RWD1] for inviting are refused on H5 pages, with the same step in the forms that are allowed", () => {
    const asked = { threshold: 3, title: "围巾", carrier: "h5" as const, valueFen: 5_900, stock: 20 };
    const instead = [
      { carrier: "miniProgram", delivery: "code", threshold: 3, title: "围巾", valueFen: 5_900 },
      { carrier: "contactGift", delivery: "staff", threshold: 3, title: "围巾", valueFen: 5_900 },
      { carrier: "honour", delivery: "staff", threshold: 3, title: "围巾", valueFen: 0 },
    ];
    warming().when("reward.plan", asked).rejected("reward.h5Invite", { threshold: 3, title: "围巾", instead });
    const { played, stepId } = stepped();
    played.when("reward.edit", { stepId, to: { carrier: "h5" } }).rejected("reward.h5Invite");
  });

  it("[RWD2] want a stock, unless they are an honour without value; two steps have two thresholds", () => {
    const { played } = stepped();
    played
      .when("reward.plan", { threshold: 2, title: "手套", carrier: "miniProgram", stock: 1 })
      .rejected("reward.thresholdTaken");
    played
      .when("reward.plan", { threshold: 5, title: "手套", carrier: "miniProgram", stock: null })
      .rejected("reward.noStock");
    played
      .when("reward.plan", { threshold: 9, title: "榜首", carrier: "honour", valueFen: 100 })
      .rejected("reward.honourWithValue");
    played.when("reward.plan", { threshold: 9, title: "榜首", carrier: "honour" }).ok();
  });

  it("[RWD6] are nobody's to hand out where they are an honour", () => {
    const played = warming();
    played.when("reward.plan", { threshold: 2, title: "达人", carrier: "honour" }).ok();
    const stepId = idOf(played, "reward.planned.v1", "stepId");
    bring(played, "a", 2).pass(1_000);
    expect(step(played, stepId)).toMatchObject({ issued: 1, earned: 1 });
    expect(mine(played, "a")).toMatchObject({ title: "达人", state: "earned" });
    expect(played.row("control", "rewardQueue", `${stepId}:1`)).toBeUndefined();
  });

  it("[RWD3] keep what was promised once somebody has it", () => {
    const { played, stepId } = stepped();
    bring(played, "a", 2).pass(1_000);
    const edit = (to: object) => played.send("reward.edit", { stepId, to });
    edit({ threshold: 3 }).rejected("reward.inUse");
    edit({ valueFen: 100 }).rejected("reward.inUse");
    edit({ stock: 0 }).rejected("reward.stockBelowGiven");
    edit({ title: "羊毛围巾", stock: 5 }).ok();
    played.when("reward.remove", { stepId }).rejected("reward.inUse");
  });

  it("[RWD4] are earned within a second or two of the invite that reaches the step, once a person and step", () => {
    const { played, stepId } = stepped(5);
    bring(played, "a", 1).pass(2_000);
    expect(step(played, stepId)).toMatchObject({ earned: 0, left: 5 });
    bring(played, "a", 2, 1).pass(2_000);
    expect(step(played, stepId)).toMatchObject({ issued: 1, earned: 1, left: 4 });
    expect(mine(played, "a")).toMatchObject({ state: "earned", title: "围巾", code: null });
    bring(played, "a", 3, 3).pass(2_000);
    expect(step(played, stepId)).toMatchObject({ issued: 1, earned: 1 });
    expect(Object(played.me("b")["reward"])).toEqual([]);
  });

  it("[RWD4] a step that is planned later is earned by whoever has reached it", () => {
    const played = bring(warming(), "a", 3).pass(1_000);
    const { stepId } = stepped(5, played);
    played.pass(1_000);
    expect(step(played, stepId)).toMatchObject({ earned: 1 });
  });

  it("[RWD5] beyond the stock wait in line and are next when there is more; what is taken back goes to the next", () => {
    const { played, stepId } = stepped(1);
    bring(played, "a", 2).pass(1_000);
    bring(played, "b", 2).pass(1_000);
    bring(played, "c", 2).pass(1_000);
    expect(step(played, stepId)).toMatchObject({ earned: 1, waiting: 2, left: 0 });
    expect(mine(played, "b")).toMatchObject({ state: "waiting" });
    played.when("reward.deliver", { stepId, personId: "b" }).rejected("reward.outOfStock", { stepId, waiting: 2 });
    played.send("signup.cancel", {}, { by: "person:a-friend-0" }).ok();
    played.pass(1_000);
    expect(Object(played.me("a")["reward"])).toEqual([]);
    expect(mine(played, "b")).toMatchObject({ state: "earned" });
    expect(step(played, stepId)).toMatchObject({ earned: 1, waiting: 1, revoked: 1 });
    played
      .when("reward.edit", { stepId, to: { stock: 2 } })
      .ok()
      .pass(1_000);
    expect(step(played, stepId)).toMatchObject({ earned: 2, waiting: 0, left: 0 });
    expect(mine(played, "c")).toMatchObject({ state: "earned" });
  });

  it("[RWD5] go to nobody who is off the board", () => {
    const { played, stepId } = stepped(1);
    bring(played, "a", 2).pass(1_000);
    bring(played, "b", 2).pass(1_000);
    played.when("invite.disqualify", { inviterId: "a", reason: "刷量" }, MANAGER).ok().pass(1_000);
    expect(step(played, stepId)).toMatchObject({ earned: 1, waiting: 0, revoked: 1 });
    expect(mine(played, "b")).toMatchObject({ state: "earned" });
    played.when("invite.reinstate", { inviterId: "a" }, MANAGER).ok().pass(1_000);
    expect(mine(played, "a")).toMatchObject({ state: "waiting" });
  });

  it("[RWD6] are handed out once, by a member or by the code that is shown, and that can be taken back", () => {
    const { played, stepId } = stepped(2);
    played
      .when("reward.plan", {
        threshold: 3,
        title: "到店券",
        carrier: "miniProgram",
        stock: 9,
        delivery: "code",
        rules: "到店可用",
      })
      .ok();
    const coded = idOf(played, "reward.planned.v1", "stepId");
    bring(played, "a", 3).pass(1_000);
    const { code } = Object(played.me("a")["reward"]).find((row: { stepId: string }) => row.stepId === coded);
    played.when("reward.deliver", { code: "0000000000000A" }).rejected("reward.codeUnknown");
    played.when("reward.deliver", { code: code.toLowerCase() }).ok();
    played.when("reward.deliver", { code }).rejected("reward.alreadyDelivered");
    played.when("reward.deliver", { stepId, personId: "a", note: "寄出" }).ok();
    played.when("reward.deliver", { stepId, personId: "stranger" }).rejected("reward.notEarned");
    expect(step(played, stepId)).toMatchObject({ earned: 0, delivered: 1, left: 1 });
    expect(played.row("control", "rewardQueue", `${stepId}:1`)).toBeUndefined();
    played.when("tape.undo", { seq: played.seqOf("reward.delivered.v1") }).ok();
    expect(step(played, stepId)).toMatchObject({ earned: 1, delivered: 0 });
  });

  it("[RWD7] that were handed out stay so when the invites fall below the step", () => {
    const { played, stepId } = stepped(1);
    bring(played, "a", 2).pass(1_000).when("reward.deliver", { stepId, personId: "a" }).ok();
    played.send("signup.cancel", {}, { by: "person:a-friend-0" }).ok();
    played.pass(2_000);
    expect(step(played, stepId)).toMatchObject({ delivered: 1, revoked: 0, left: 0 });
  });

  it("[RWD8] show viewers steps and their own, staff whom to serve, and nobody the salt of codes", () => {
    const { played, stepId } = stepped(2);
    bring(played, "a", 2).pass(1_000);
    const mini = { threshold: 3, title: "满减券", carrier: "miniProgram", stock: 5, valueFen: 1_000 } as const;
    played.when("reward.plan", mini).ok();
    const told = Object.values(Object(played.slice("viewer", "rewardSteps")));
    const shown = { ...mini, stepId: expect.any(String), delivery: "staff", rules: "", left: 5, stock: undefined };
    expect(told).toEqual([shown]);
    expect(mine(played, "a")).toMatchObject({ title: "围巾", rules: "送完为止", state: "earned" });
    expect(played.row("control", "rewardQueue", `${stepId}:1`)).toMatchObject({ personId: "a", n: 1, state: "earned" });
    expect(JSON.stringify(played.view("control"))).not.toContain("salt");
    expect(played.view("viewer").slices["rewardQueue"]).toBeUndefined();
    played.send("person.merge", { from: "a", into: "v_union", why: "unionid" }, { by: "system" }).ok();
    expect(mine(played, "v_union")).toMatchObject({ state: "earned" });
    expect(played.row("control", "rewardQueue", `${stepId}:1`)).toMatchObject({ personId: "v_union" });
    signUp(played, "late");
  });

  it("[RWD5] those in line come first, also before who reaches the step in the same second", () => {
    const { played, stepId } = stepped(1);
    for (const id of ["a", "b"]) bring(played, id, 2).pass(2_000);
    expect(mine(played, "b")).toMatchObject({ state: "waiting" });
    bring(played, "c", 1);
    signUp(played, "c-second", { by: "c" });
    played.send("reward.edit", { stepId, to: { stock: 2 } }).ok();
    played.pass(2_000);
    expect(["a", "b", "c"].map((id) => mine(played, id).state)).toEqual(["earned", "earned", "waiting"]);
    expect(step(played, stepId)).toMatchObject({ earned: 2, waiting: 1, issued: 3 });
    expectLeanViewsEqual(played);
  });

  it.each(["delivered", "earned", "waiting"])("[RWD8] two sign-ups of one person have one reward: %s", (state) => {
    const { played, stepId } = stepped(state === "waiting" ? 0 : 9);
    signUp(played, "early");
    bring(played, "later", 2).pass(2_000);
    bring(played, "last", 2).pass(2_000);
    if (state === "delivered") played.when("reward.deliver", { stepId, personId: "later" }, MANAGER).ok();
    const before = mine(played, "later");
    played.send("person.merge", { from: "later", into: "early", why: "unionid" }, { by: "system" }).ok();
    played.pass(2_000);
    expect(mine(played, "early")).toEqual(before);
    expect(step(played, stepId)).toMatchObject({ issued: 2, revoked: 0 });
    if (state === "waiting") {
      played.send("reward.edit", { stepId, to: { stock: 1 } }).ok();
      played.pass(2_000);
      expect([mine(played, "early").state, mine(played, "last").state]).toEqual(["earned", "waiting"]);
    }
    if (state === "delivered") {
      played.when("tape.undo", { seq: played.seqOf("reward.delivered.v1") }).ok();
      expect(mine(played, "early")).toMatchObject({ state: "earned" });
    }
    expectRebuilt(played);
    expectLeanViewsEqual(played);
  });

  it("[RWD8] of two that one person has had, the one that was handed out stays", () => {
    const { played, stepId } = stepped(9);
    for (const id of ["early", "later"]) bring(played, id, 2).pass(2_000);
    played.when("reward.deliver", { stepId, personId: "later" }, MANAGER).ok();
    played.send("person.merge", { from: "later", into: "early", why: "unionid" }, { by: "system" }).ok();
    played.pass(2_000);
    expect(mine(played, "early")).toMatchObject({ state: "delivered" });
    expect(step(played, stepId)).toMatchObject({ earned: 0, delivered: 1, revoked: 1 });
    expectRebuilt(played);
    expectLeanViewsEqual(played);
  });

  it("[RWD5] [INV3] a decision that is taken back after a merge counts for who brought them now", () => {
    const { played } = stepped(9);
    signUp(played, "early");
    bring(played, "later", 1);
    const touch = { inviterCode: inviterCode(played, "later"), at: played.now };
    const suspicions = [{ kind: "ring", evidence: { people: 3 } }];
    const facts = { touch, newTo: { show: true, room: true, company: true }, suspicions };
    played.send("signup.signUp", { facts }, { by: "person:x" }).ok();
    played.when("invite.decide", { personIds: ["x"], as: "count" }, MANAGER).ok();
    played.send("person.merge", { from: "later", into: "early", why: "unionid" }, { by: "system" }).ok();
    played.pass(2_000);
    expect(mine(played, "early")).toMatchObject({ state: "earned" });
    played.when("tape.undo", { seq: played.seqOf("invite.decided.v1") }).ok();
    played.pass(2_000);
    expect(mine(played, "early")).toBeUndefined();
  });
});
