import { bytesToHex } from "@noble/hashes/utils.js";
import { z } from "zod";
import { defineOp, reject, type AnyEvent } from "../op.ts";
import { defined, difference, refuseStale } from "../partial.ts";
import { due as dueOf, dueAll, foldDelivered, foldSettled, mergedGrants, renamed } from "../reward/ledger.ts";
import { decideDeliver, DeliverInput } from "../reward/delivering.ts";
import { Delivered, Settled } from "../reward/events.ts";
import { refuseStep } from "../reward/planning.ts";
import { decideSettle } from "../reward/settling.ts";
import { openRows, rewardPart, stepRow, viewerStep } from "../reward/rows.ts";
import {
  emptyRewards,
  grantOf,
  newStep,
  PlannedStep,
  REWARD_CARRIERS,
  StepPlan,
  STEPS_MAX,
  type Grant,
} from "../reward/state.ts";
import { Id, instant } from "../units.ts";
import { resolved } from "../warmup/people.ts";
import { bookOf as signupBookOf, numberOf, standingNumber } from "../warmup/signups.ts";
import { invite } from "./invite.ts";
import { person } from "./person.ts";
import { signup } from "./signup.ts";

/** Counts change by the thousand a second; what they earn is looked at once in each. */
const SETTLE_MS = 1_000;

const planners = ["owner", "manager", "operator", "community"] as const;
const givers = [...planners, "service", "assistant"] as const;

/** The carrier that is always refused may be asked for, so that what is offered instead can be said. */
const Carrier = z.enum(REWARD_CARRIERS);
const PlanInput = StepPlan.extend({ carrier: Carrier })
  .partial()
  .required({ threshold: true, title: true, carrier: true });
const EditTo = StepPlan.extend({ carrier: Carrier }).partial();
const Change = StepPlan.partial();

/** Rules RWD1–RWD8 in SPEC.md: 任务宝. */
export const reward = defineOp({
  name: "reward",
  reads: { signup, invite, person },
  initial: emptyRewards,
  events: {
    "reward.planned.v1": PlannedStep,
    "reward.edited.v1": z.object({ stepId: Id, from: Change, to: Change }),
    "reward.removed.v1": z.object({ stepId: Id }),
    "reward.settled.v1": Settled,
    "reward.delivered.v1": Delivered,
    "reward.deliveryTakenBack.v1": Delivered,
  },
  quiet: ["reward.settled.v1"],
  secret: { "reward.planned.v1": ["salt"] },
  expects: { edit: Change },
  commands: {
    plan: {
      by: planners,
      risk: "reversible",
      input: PlanInput,
      decide({ own }, input, ctx) {
        if (own.steps.size >= STEPS_MAX) return reject("reward.tooMany", { max: STEPS_MAX });
        const plan = { ...blankOf(input.carrier), ...defined(input) };
        const refused = refuseStep(own, plan);
        if (refused) return refused;
        const made = { ...plan, stepId: ctx.newId(), no: own.nextNo, salt: bytesToHex(ctx.randomBytes(16)) };
        return [{ type: "reward.planned.v1", data: PlannedStep.parse(made) }];
      },
      result: (events) => ({ stepId: stepIdOf(events) }),
    },
    /** Once somebody has it, threshold and carrier stay, and the stock only grows. */
    edit: {
      by: planners,
      risk: "reversible",
      input: z.object({ stepId: Id, to: EditTo }),
      decide({ own }, { stepId, to: wanted }, _ctx, expect) {
        const found = own.steps.get(stepId);
        if (!found) return reject("reward.notFound", { stepId });
        const stale = refuseStale(found, expect ?? {});
        if (stale) return stale;
        const { from, to } = difference(found, wanted);
        if (Object.keys(to).length === 0) return [];
        const refused = refuseStep(own, { ...found, ...defined(wanted) }, found);
        if (refused) return refused;
        return [{ type: "reward.edited.v1", data: { stepId, from: Change.parse(from), to: Change.parse(to) } }];
      },
    },
    remove: {
      by: planners,
      risk: "compensable",
      input: z.object({ stepId: Id }),
      decide({ own }, { stepId }) {
        const found = own.steps.get(stepId);
        if (!found) return reject("reward.notFound", { stepId });
        if (found.issued > 0) return reject("reward.inUse", { stepId, issued: found.issued });
        return [{ type: "reward.removed.v1", data: { stepId } }];
      },
    },
    /** Handed out by a member, or redeemed by its code. */
    deliver: {
      by: [...givers, "program"],
      risk: "reversible",
      input: DeliverInput,
      decide: (see, input) =>
        decideDeliver(see.own, input, (personId) => numberOf(see.signup, resolved(see.person, personId))),
    },
    /** Falls due when somebody's count has changed, at most once a second. */
    settle: {
      by: ["system"],
      risk: "compensable",
      input: z.object({}),
      decide: (see) => decideSettle(see),
    },
  },
  apply: {
    "reward.planned.v1": (own, planned, { at }) => {
      const steps = new Map(own.steps).set(planned.stepId, newStep(planned));
      return dueAll({ ...own, steps, nextNo: Math.max(own.nextNo, planned.no + 1) }, at);
    },
    "reward.edited.v1": (own, { stepId, to }, { at }) => {
      const found = own.steps.get(stepId);
      if (!found) return own;
      return dueAll({ ...own, steps: new Map(own.steps).set(stepId, { ...found, ...defined(to) }) }, at);
    },
    "reward.removed.v1": (own, { stepId }) => ({
      ...own,
      steps: new Map([...own.steps].filter(([id]) => id !== stepId)),
    }),
    "reward.settled.v1": foldSettled,
    "reward.delivered.v1": (own, data, meta) => foldDelivered(own, data, { by: meta.by, at: meta.at }),
    "reward.deliveryTakenBack.v1": (own, data, { at }) => dueOf(foldDelivered(own, data, null), [data.inviterN], at),
  },
  on: {
    "signup.recorded.v1": (own, { invite: brought }, { at }) =>
      brought?.standing === "counts" ? dueOf(own, [brought.inviterN], at) : own,
    "invite.settled.v1": (own, { changes }, { at }) => dueOf(own, invitersOf(changes), at),
    "invite.decided.v1": (own, { changes }, { at }) => dueOf(own, invitersOf(changes), at),
    "invite.decisionTakenBack.v1": (own, { changes }, { at }) => dueOf(own, invitersOf(changes), at),
    "invite.disqualified.v1": (own, { n }, { at }) => dueOf(own, [n], at),
    "invite.reinstated.v1": (own, { n }, { at }) => dueOf(own, [n], at),
    "signup.merged.v1": (own, { keep, gone }, { at }) => dueOf(mergedGrants(own, keep, gone.n), [gone.n, keep.n], at),
    "person.merged.v1": (own, { from, into }) => renamed(own, from, into),
  },
  undo: {
    "reward.planned.v1": ({ own }, { stepId }) => {
      const found = own.steps.get(stepId);
      if (!found) return reject("undo.superseded", { stepId });
      if (found.issued > 0) return reject("undo.hasConsequences", { stepId, issued: found.issued });
      return [{ type: "reward.removed.v1", data: { stepId } }];
    },
    "reward.edited.v1": ({ own }, { stepId, from, to }) => {
      const found = own.steps.get(stepId);
      if (!found || Object.keys(difference(found, to).to).length > 0) return reject("undo.superseded", { stepId });
      const refused = refuseStep(own, { ...found, ...defined(from) }, found);
      return refused
        ? reject("undo.hasConsequences", { stepId })
        : [{ type: "reward.edited.v1", data: { stepId, from: to, to: from } }];
    },
    "reward.delivered.v1": ({ own, signup: signups }, handed) => {
      // What a merge of sign-ups took along lies with the earlier one.
      const moved = standingNumber(signupBookOf(signups), handed.inviterN);
      const data = { ...handed, inviterN: grantOf(own, handed.stepId, handed.inviterN) ? handed.inviterN : moved };
      const grant = grantOf(own, data.stepId, data.inviterN);
      const step = own.steps.get(data.stepId);
      if (grant?.state !== "delivered" || !step) return reject("undo.superseded", { stepId: data.stepId });
      const { stepId, issued, earned, waiting, delivered, revoked } = step;
      const counts = { stepId, issued, waiting, revoked, earned: earned + 1, delivered: delivered - 1 };
      return [{ type: "reward.deliveryTakenBack.v1", data: { ...data, counts } }];
    },
  },
  slices: {
    rewardSteps: {
      kind: "keyed",
      rows: (see) => see.own.steps,
      show: { control: stepRow, crew: stepRow, review: stepRow, viewer: viewerStep },
    },
    /** Grants that wait for a hand, and those in line; names are joined where they leave the server. */
    rewardQueue: {
      kind: "keyed",
      rows: ({ own }) => openRows(own),
      show: { control: (grant: Grant) => grant },
    },
  },
  me: (see, personId) => {
    const n = numberOf(see.signup, resolved(see.person, personId));
    return n === undefined ? [] : rewardPart(see.own, n);
  },
  due: ({ book }) =>
    book?.dirtyAt == null
      ? []
      : [
          {
            at: instant(book.dirtyAt + SETTLE_MS),
            clock: "pace",
            id: `reward.settle:${book.dirtyAt}:${book.times}`,
            type: "reward.settle",
            input: {},
          },
        ],
  lean: (own) => ({ ...own, book: null }),
});

const invitersOf = (changes: readonly { readonly inviterN: number }[]): number[] => [
  ...new Set(changes.map(({ inviterN }) => inviterN)),
];

const blankOf = (carrier: string) => ({
  valueFen: 0,
  stock: carrier === "honour" ? null : 0,
  delivery: "staff" as const,
  rules: "",
});

const stepIdOf = (events: readonly AnyEvent[]): string | null =>
  events.flatMap(({ type, data }) => (type === "reward.planned.v1" ? [PlannedStep.parse(data).stepId] : []))[0] ?? null;
