import fc from "fast-check";
import { expect, it } from "vitest";
import { sliceOf } from "../slice-of.ts";
import { invitesOf, person, signupsOf, signUp, system } from "#tests/support/signing-up.ts";
import { expectLeanViewsEqual, expectRebuilt, show, type Show } from "#tests/support/given.ts";
import { inviterCodeOf } from "../warmup/inviter-code.ts";
import { validOf } from "../warmup/invites.ts";
import { numberIn } from "../warmup/numbers.ts";
import { stockLeft } from "./state.ts";

/** Rewards, while invites come, are taken back, merged, decided and disqualified, and steps and stock change. `PROPERTY_SEED` and `PROPERTY_RUNS` try others. */

const SEED = Number(process.env["PROPERTY_SEED"] ?? 20_261_122);
const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 60);
const PEOPLE = 16;
const BRINGERS = 4;
const RING = [{ kind: "ring" as const, evidence: { people: 4 } }];

const KINDS = [
  "signUp",
  "signUp",
  "signUp",
  "signUp",
  "cancel",
  "left",
  "returned",
  "merge",
  "decide",
  "takeBack",
  "disqualify",
  "reinstate",
  "plan",
  "stock",
  "deliver",
  "undoDelivery",
  "pass",
  "pass",
] as const;
const Step = fc.record({
  kind: fc.constantFrom(...KINDS),
  who: fc.nat({ max: PEOPLE - 1 }),
  other: fc.nat({ max: BRINGERS - 1 }),
  roll: fc.nat({ max: 11 }),
});
type Act = typeof Step extends fc.Arbitrary<infer T> ? T : never;

const idOf = (who: number) => `p${who}`;
const rewards = (played: Show) => sliceOf(played.state, "reward");

function act(played: Show, { kind, who, other, roll }: Act): void {
  const personId = idOf(who);
  const stepIds = [...rewards(played).steps.keys()];
  const stepId = stepIds[roll % Math.max(1, stepIds.length)] ?? "none";
  switch (kind) {
    case "signUp": {
      const { salt, book } = signupsOf(played);
      const n = book ? numberIn(book.numbers, idOf(other)) : undefined;
      const code = salt === null || n === undefined ? undefined : inviterCodeOf(salt, n);
      signUp(played, personId, code, { suspicions: roll === 0 ? RING : [] });
      break;
    }
    case "cancel":
      played.send("signup.cancel", {}, person(personId));
      break;
    case "left":
    case "returned":
      played.send(`signup.${kind}`, { people: [{ personId, at: played.now }] }, system);
      break;
    case "merge":
      played.send("person.merge", { from: idOf(roll), into: idOf(who), why: "同一微信" }, system);
      break;
    case "decide":
      played.send("invite.decide", { personIds: [personId], as: roll % 2 === 0 ? "count" : "reject" });
      break;
    case "takeBack": {
      const last = played.log.findLast(({ type }) => type === "invite.decided.v1");
      played.send("invite.takeBack", { decision: Object(last?.data).decision ?? "none" });
      break;
    }
    case "disqualify":
      played.send("invite.disqualify", { inviterId: idOf(other), reason: "刷量" });
      break;
    case "reinstate":
      played.send("invite.reinstate", { inviterId: idOf(other) });
      break;
    case "plan": {
      const plan = { threshold: 1 + (roll % 3), title: `礼 ${roll}`, carrier: "contactGift", valueFen: 100 };
      played.send("reward.plan", { ...plan, stock: other, delivery: roll % 2 === 0 ? "staff" : "code" });
      break;
    }
    case "stock":
      played.send("reward.edit", { stepId, to: { stock: roll % 5 } });
      break;
    case "deliver":
      played.send("reward.deliver", { stepId, personId: idOf(other) });
      break;
    case "undoDelivery": {
      const last = played.log.findLast(({ type }) => type === "reward.delivered.v1");
      if (last) played.send("tape.undo", { seq: last.seq });
      break;
    }
    case "pass":
      played.pass(1_000 + roll * 100);
      break;
  }
}

function expectLedger(played: Show, isSettled: boolean): void {
  const own = rewards(played);
  for (const step of own.steps.values()) {
    const { stepId, stock, issued, earned, waiting, delivered, revoked, threshold } = step;
    const grants = [...(own.grants.get(stepId)?.values() ?? [])];
    const of = (state: string) => grants.filter((grant) => grant.state === state).length;
    const recounted = {
      earned: of("earned"),
      waiting: of("waiting"),
      delivered: of("delivered"),
      revoked: of("revoked"),
    };
    expect({ earned, waiting, delivered, revoked }).toEqual(recounted);
    expect(grants.length).toBeLessThanOrEqual(issued);
    expect(new Set(grants.map(({ n }) => n)).size).toBe(grants.length);
    if (stock !== null) expect(earned + delivered).toBeLessThanOrEqual(stock);
    if (!isSettled) continue;
    if (waiting > 0) expect(stockLeft(step)).toBe(0);
    for (const [at] of (signupsOf(played).book?.persons ?? []).entries()) {
      const state = grants.find(({ inviterN }) => inviterN === at + 1)?.state ?? "none";
      const isOff = invitesOf(played).disqualified.get(String(at + 1))?.reinstatedAt === null;
      const reaches = validOf(invitesOf(played), at + 1) >= threshold && !isOff;
      expect(reaches ? ["earned", "waiting", "delivered"] : ["none", "revoked", "delivered"]).toContain(state);
    }
  }
}

it("[RWD3] [RWD4] [RWD5] [RWD7] [RWD8] whoever reaches a step has it once, and who does not has it no more; counts equal a recount, stock is never overdrawn", () => {
  fc.assert(
    fc.property(fc.array(Step, { minLength: 30, maxLength: 90, size: "max" }), (steps) => {
      const played = show().live();
      for (let who = 0; who < BRINGERS; who += 1) signUp(played, idOf(who)).ok();
      act(played, { kind: "plan", who: 0, other: 2, roll: 1 });
      for (const step of steps) {
        act(played, step);
        expectLedger(played, false);
      }
      played.pass(5_000);
      expectLedger(played, true);
      expectLeanViewsEqual(played, Math.floor(played.log.length / 2));
      expectRebuilt(played);
    }),
    { seed: SEED, numRuns: RUNS, interruptAfterTimeLimit: 50_000 },
  );
});
