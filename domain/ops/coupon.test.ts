import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectLeanViewsEqual, expectRebuilt, show, START, type Show } from "#tests/support/given.ts";
import { orderOf } from "#tests/support/shopping.ts";
import { codeOf } from "../coupon/code.ts";
import { normalCode } from "../short-code.ts";
import type { CommandInput } from "./index.ts";

const SEED = Number(process.env["PROPERTY_SEED"] ?? 20_261_111);
const MONEY_OFF = { kind: "moneyOff" as const, thresholdFen: 30_000, offFen: 5_000, productIds: null };

type Plan = Partial<CommandInput<"coupon.plan">>;

function planned(plan: Plan = {}): { readonly played: Show; readonly couponId: string } {
  const played = show().live();
  const input = { carrier: "own" as const, title: "满 300 减 50", discount: MONEY_OFF, total: 3, ...plan };
  const { answer } = played.when("coupon.plan", input);
  const couponId = [...played.coupon().coupons.keys()][0];
  if (!couponId) throw new Error(JSON.stringify(answer));
  return { played, couponId };
}

function running(plan: Plan = {}) {
  const ready = planned(plan);
  ready.played.when("coupon.push", { couponId: ready.couponId }).ok();
  const claim = (person: string) =>
    ready.played.when("coupon.claim", { couponId: ready.couponId }, { by: `person:${person}` });
  const row = () => ready.played.row("control", "coupons", ready.couponId);
  const codeFor = (n: number) => codeOf(ready.played.coupon().coupons.get(ready.couponId) ?? { no: 0, salt: "" }, n);
  return { ...ready, claim, row, codeFor };
}

describe("planning", () => {
  it("[COU1] refuses what gives nothing or too much", () => {
    const { played } = planned();
    const plan = (more: object) =>
      played.send("coupon.plan", { carrier: "own", title: "券", discount: MONEY_OFF, total: 1, ...more });
    plan({ claimFrom: START, claimTo: START }).rejected("coupon.endsBeforeStart");
    plan({ discount: { ...MONEY_OFF, offFen: 0 } }).rejected("coupon.takesNothingOff");
    plan({ discount: { ...MONEY_OFF, offFen: 30_001 } }).rejected("coupon.offAboveThreshold");
    plan({ discount: { kind: "percent", payPercent: 100, maxOffFen: null, productIds: null } }).invalid(
      "input.discount.payPercent",
    );
    plan({ link: "javascript:alert(1)" }).invalid("input.link");
  });

  it("[COU4] a window that passes before the coupon was pushed can be set anew", () => {
    const { played, couponId } = planned({ claimTo: START + 60_000 });
    played.pass(120_000);
    played.when("coupon.push", { couponId }).rejected("coupon.over");
    played.when("coupon.edit", { couponId, to: { claimTo: START + 600_000 } }).ok();
    played.when("coupon.push", { couponId }).ok();
  });

  it("[COU2] an edit or a larger total on a stale screen is refused with what stands now", () => {
    const { played, couponId } = planned();
    const rename = (title: string, seen: string) =>
      played.when("coupon.edit", { couponId, to: { title } }, { expect: { from: { title: seen } } });
    rename("新券", "满 300 减 50").ok();
    rename("旧券", "满 300 减 50").rejected("state.changed", { title: "新券" });
    const more = () => played.when("coupon.addTotal", { couponId, add: 100 }, { expect: { total: 3 } });
    more().ok();
    more().rejected("state.changed", { total: 103 });
  });

  it("[COU2] what was promised stays: once pushed, only words and link change", () => {
    const { played, couponId } = planned();
    played.when("coupon.edit", { couponId, to: { total: 5, title: "新券" } }).ok();
    played.when("coupon.push", { couponId }).ok();
    played
      .when("coupon.edit", { couponId, to: { perPerson: 2 } })
      .rejected("coupon.alreadyPushed", { fields: ["perPerson"] });
    played.when("coupon.edit", { couponId, to: { rules: "到店可用" } }).ok();
    played
      .when("tape.undo", { seq: played.log.find(({ type }) => type === "coupon.edited.v1")?.seq ?? 0 })
      .rejected("undo.hasConsequences");
    played.when("coupon.remove", { couponId }).rejected("coupon.alreadyPushed");
  });
});

describe("pushing", () => {
  it("[COU3] a shop coupon is recorded as pushed by hand, when it was; an own coupon opens here", () => {
    const { played, couponId } = planned({ carrier: "shop" });
    played
      .pass(60_000)
      .when("coupon.push", { couponId, ago: 30_000 })
      .then({
        type: "coupon.pushed.v1",
        data: { evidence: { via: "hand", happenedAt: START + 30_000 } },
      });
    played.when("coupon.push", { couponId }).ok();
    expect(played.coupon().coupons.get(couponId)?.pushes).toBe(2);
    played.when("coupon.claim", { couponId }, { by: "person:a" }).rejected("coupon.notFound");
    const own = running();
    expect(own.played.coupon().coupons.get(own.couponId)?.pushed?.via).toBe("kaibo");
    own.played.when("coupon.push", { couponId: own.couponId }).rejected("coupon.alreadyRunning");
  });

  it("[COU12] push, stop and a larger total can be taken back until somebody claimed", () => {
    const { played, couponId, claim, row } = running();
    const push = played.state.seq;
    played.when("coupon.addTotal", { couponId, add: 2 }).ok().when("tape.undo", { seq: played.state.seq }).ok();
    expect(row()).toMatchObject({ total: 3 });
    played.when("coupon.stop", { couponId }).ok();
    claim("a").rejected("coupon.notRunning");
    played.when("tape.undo", { seq: played.state.seq }).ok();
    claim("a").ok();
    played.when("tape.undo", { seq: push }).rejected("undo.hasConsequences", { claimed: 1 });
    played.when("coupon.addTotal", { couponId, add: 1 }).ok();
    const add = played.state.seq;
    for (const person of ["b", "c", "d"]) claim(person).ok();
    played.when("tape.undo", { seq: add }).rejected("undo.hasConsequences");
  });

  it("[COU4] claiming begins and ends with its window, also when nobody looks", () => {
    const { played, claim, row } = running({ claimFrom: START + 60_000, claimTo: START + 120_000 });
    claim("a").rejected("coupon.notYet", { claimFrom: START + 60_000 });
    played.pass(60_000);
    claim("a").ok();
    played.pass(60_000);
    expect(row()).toMatchObject({ state: "ended" });
    claim("b").rejected("coupon.over", { claimTo: START + 120_000 });
    expect(played.log.filter(({ type }) => type === "coupon.stateSet.v1")).toHaveLength(1);
  });
});

describe("claiming", () => {
  it("[COU5] gives each person as many as promised, and says which one has", () => {
    const { claim, codeFor, played } = running({ perPerson: 2, total: 10 });
    expect(claim("a").answer).toMatchObject({ status: "ok", result: { n: 1, code: codeFor(1) } });
    claim("a").ok();
    claim("a").rejected("coupon.alreadyClaimed", { codes: [codeFor(1), codeFor(2)] });
    claim("b").ok();
    played
      .send("coupon.claim", { couponId: [...played.coupon().coupons.keys()][0] }, { by: "staff:ann" })
      .rejected("coupon.notAPerson");
  });

  it("[COU6] never gives out more than the total; a voided claim can be given again", () => {
    const { played, couponId, claim, codeFor, row } = running({ total: 2 });
    claim("a").ok();
    claim("b").ok();
    claim("c").rejected("coupon.allClaimed");
    played
      .when("coupon.voidClaim", { code: codeFor(1), reason: "刷券" })
      .then({ type: "coupon.claimVoided.v1", data: { personId: "a", couponId, claimed: 1 } });
    played.when("coupon.voidClaim", { code: codeFor(1), reason: "刷券" }).rejected("coupon.voided");
    expect(row()).toMatchObject({ claimed: 1, left: 1 });
    claim("a").ok();
    expect(row()).toMatchObject({ claimed: 2, issued: 3, left: 0 });
  });

  it("[COU6] holds for any order of claims, voids, larger totals and stops", () => {
    const Step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ claim: fc.nat({ max: 7 }) }) },
      { weight: 1, arbitrary: fc.record({ void: fc.integer({ min: 1, max: 12 }) }) },
      { weight: 1, arbitrary: fc.record({ redeem: fc.integer({ min: 1, max: 12 }) }) },
      { weight: 1, arbitrary: fc.record({ order: fc.integer({ min: 1, max: 12 }), cancel: fc.boolean() }) },
      {
        weight: 1,
        arbitrary: fc.constantFrom({ verb: "addTotal" } as const, { verb: "stop" } as const, { verb: "push" } as const),
      },
    );
    const Limits = fc.record({ total: fc.integer({ min: 1, max: 8 }), perPerson: fc.integer({ min: 1, max: 3 }) });
    fc.assert(
      fc.property(Limits, fc.array(Step, { minLength: 5, maxLength: 60 }), (limits, steps) => {
        const { played, couponId, claim, codeFor } = running(limits);
        for (const step of steps) {
          if ("claim" in step) claim(`p${step.claim}`);
          else if ("void" in step) played.when("coupon.voidClaim", { code: codeFor(step.void), reason: "试" });
          else if ("redeem" in step) played.when("coupon.redeem", { code: codeFor(step.redeem) });
          else if ("order" in step) {
            const status = step.cancel ? ("cancelled" as const) : ("placed" as const);
            const sourceUpdatedAt = START + (step.cancel ? 1 : 0);
            played.when("order.record", {
              ...orderOf(`o${step.order}`, "S1", 1),
              status,
              sourceUpdatedAt,
              couponCodes: [codeFor(step.order)],
            });
          } else if (step.verb === "addTotal") played.when("coupon.addTotal", { couponId, add: 1 });
          else played.when(`coupon.${step.verb}`, { couponId });
          const coupon = played.coupon().coupons.get(couponId);
          const standing = new Map<string, number>();
          const voided = new Set(
            played.log.flatMap(({ type, data }) => (type === "coupon.claimVoided.v1" ? [Object(data).n] : [])),
          );
          for (const { type, data } of played.log) {
            const { n, personId } = Object(data);
            if (type === "coupon.claimed.v1" && !voided.has(n))
              standing.set(personId, (standing.get(personId) ?? 0) + 1);
          }
          const held = [...standing.values()].reduce((sum, count) => sum + count, 0);
          expect(coupon?.claimed).toBe(held);
          expect(held).toBeLessThanOrEqual(coupon?.total ?? 0);
          expect(Math.max(0, ...standing.values())).toBeLessThanOrEqual(limits.perPerson);
          expect(coupon?.used ?? 0).toBeLessThanOrEqual(coupon?.issued ?? 0);
        }
        expectLeanViewsEqual(played, Math.floor(played.log.length / 3));
        expectRebuilt(played);
      }),
      { seed: SEED, numRuns: 60 },
    );
  });
});

describe("codes", () => {
  it("[COU7] prove themselves, take what people type, and cannot be guessed from their number", () => {
    const coupon = { no: 3, salt: "00112233445566778899aabbccddeeff" };
    expect(codeOf(coupon, 7)).toMatch(/^0300007[0-9A-Z]{7}$/);
    expect(normalCode("03 oooo7-abil")).toBe("0300007AB11");
    expect(codeOf({ ...coupon, salt: coupon.salt.replace("00", "01") }, 7)).not.toBe(codeOf(coupon, 7));
    const { played, claim, codeFor } = running();
    claim("a").ok();
    played.when("coupon.redeem", { code: codeFor(2) }).rejected("coupon.codeUnknown");
    played
      .when("coupon.redeem", {
        code: `${codeFor(1).slice(0, -1)}0` === codeFor(1) ? "X" : `${codeFor(1).slice(0, -1)}0`,
      })
      .rejected("coupon.codeUnknown");
  });

  it("[COU7] no audience and no record sees the salt", () => {
    const { played, couponId } = running();
    const salt = played.coupon().coupons.get(couponId)?.salt ?? "none";
    expect(salt).toMatch(/^[0-9a-f]{32}$/);
    for (const audience of ["control", "host", "viewer", "review"] as const)
      expect(JSON.stringify(played.view(audience))).not.toContain(salt);
  });

  it("[COU8] are redeemed once, while they are good, and a slip at the counter can be taken back", () => {
    const { played, claim, codeFor, row } = running({ useUntil: START + 60_000 });
    claim("a").ok();
    claim("b").ok();
    played.when("coupon.redeem", { code: codeFor(1).toLowerCase(), where: "一店" }).ok();
    played.when("coupon.redeem", { code: codeFor(1) }).rejected("coupon.alreadyUsed");
    played.when("coupon.voidClaim", { code: codeFor(1), reason: "试" }).rejected("coupon.alreadyUsed");
    expect(row()).toMatchObject({ used: 1 });
    played.when("tape.undo", { seq: played.state.seq }).ok();
    expect(row()).toMatchObject({ used: 0 });
    played
      .pass(60_001)
      .when("coupon.redeem", { code: codeFor(2) })
      .rejected("coupon.useOver", { useUntil: START + 60_000 });
  });

  it("[COU9] are used by orders and given back when these are cancelled; one used twice counts once and is flagged", () => {
    const { played, claim, codeFor, row } = running();
    claim("a").ok();
    const withCode = (orderId: string, more: object = {}) =>
      played.send("order.record", orderOf(orderId, "S1", 1, { couponCodes: [codeFor(1)], ...more }));
    withCode("o1").ok();
    withCode("o2").ok();
    expect(row()).toMatchObject({ used: 1, usedTwice: 1 });
    withCode("o1", { status: "cancelled", sourceUpdatedAt: START + 1 }).ok();
    expect(row()).toMatchObject({ used: 1, usedTwice: 0 });
    withCode("o2", { status: "cancelled", sourceUpdatedAt: START + 1 }).ok();
    expect(row()).toMatchObject({ used: 0 });
    played.send("order.record", orderOf("o3", "S1", 1, { couponCodes: ["NOTACODE"] })).ok();
    expect(row()).toMatchObject({ used: 0 });
  });
});

describe("shown", () => {
  it("[COU10] the same with and without the books of who claimed", () => {
    const { played, claim, codeFor } = running({ total: 100, perPerson: 3 });
    for (const person of ["a", "b", "a", "c", "a"]) claim(person);
    played
      .when("coupon.redeem", { code: codeFor(2) })
      .ok()
      .when("coupon.voidClaim", { code: codeFor(3), reason: "试" })
      .ok();
    for (let at = 0; at <= played.log.length; at += 1) expectLeanViewsEqual(played, at);
  });

  it("[TAP1] looks into the shop stay off the tape: there is one every few seconds", () => {
    const { played, couponId } = planned({ carrier: "shop", platformId: "C1" });
    played.when("coupon.push", { couponId }).ok();
    const before = played.slice("control", "tape");
    const coupons = [{ couponId: "C1", received: 3 }];
    played.when("coupon.observe", { source: "shop", coupons }, { by: "program:shop" }).ok();
    expect(played.slice("control", "tape")).toEqual(before);
  });

  it("[COU11] counts of the shop come with their time; an older look says nothing; a received one confirms the push", () => {
    const { played, couponId } = planned({ carrier: "shop", platformId: "C1" });
    played.when("coupon.push", { couponId }).ok().pass(60_000);
    const look = (received: number, at: number) =>
      played.when(
        "coupon.observe",
        { source: "shop", at, coupons: [{ couponId: "C1", issued: 5000, received }] },
        { by: "program:shop" },
      );
    look(12, START + 50_000).then({ type: "coupon.observed.v1" });
    look(10, START + 40_000).then();
    look(12, START + 60_000).then();
    expect(played.row("control", "coupons", couponId)).toMatchObject({
      left: 4988,
      shop: { received: 12, at: START + 50_000 },
      pushed: { seen: { agrees: true } },
    });
  });

  it("[COU13] each person the own codes only", () => {
    const { played, claim, codeFor } = running();
    claim("a").ok();
    claim("b").ok();
    expect(played.me("b")["coupon"]).toMatchObject([{ code: codeFor(2), used: false }]);
    expect(JSON.stringify(played.me("b"))).not.toContain(codeFor(1));
    expect(JSON.stringify(played.view("viewer"))).not.toContain(codeFor(1));
  });
});
