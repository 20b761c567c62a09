import { z } from "zod";
import {
  Acceptance,
  blockedBy,
  findingsOf,
  rowOf,
  type ComplianceRow,
  type ComplianceState,
} from "../compliance/state.ts";
import {
  guardCoupon,
  guardCouponEdit,
  guardDraw,
  guardHandOver,
  guardPublish,
  guardReward,
} from "../compliance/guards.ts";
import { defineOp, reject } from "../op.ts";
import { same } from "../same.ts";
import { text } from "../units.ts";
import { bag } from "./bag.ts";
import { coupon } from "./coupon.ts";
import { landing } from "./landing.ts";
import { lottery } from "./lottery.ts";
import { method } from "./method.ts";
import { push } from "./push.ts";
import { reward } from "./reward.ts";
import { session } from "./session.ts";
import { wave } from "./wave.ts";

const FindingId = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[!-~]+$/);
/** Rules CMP1–CMP7 in SPEC.md: what law and platform would say of the plan. Blocks stop what would go out; warnings may be accepted with a reason. */
export const compliance = defineOp({
  name: "compliance",
  reads: { session, bag, coupon, lottery, landing, push, wave, reward, method },
  initial: (): ComplianceState => ({ accepted: new Map() }),
  events: {
    "compliance.acceptanceSet.v1": z.object({
      findingId: FindingId,
      from: Acceptance.nullable(),
      to: Acceptance.nullable(),
    }),
  },
  commands: {
    accept: {
      by: ["owner", "manager"],
      risk: "reversible",
      input: z.object({ findingId: FindingId, reason: text(200, 1) }),
      decide(see, { findingId, reason }, ctx) {
        const found = findingsOf(see).find((one) => one.findingId === findingId);
        if (!found) return reject("compliance.notFound", { findingId });
        if (found.severity === "block")
          return reject("compliance.notAcceptable", { rule: found.rule, words: found.words });
        const { rule, words, where } = found;
        const to = { by: ctx.by, at: ctx.now, reason, rule, words, place: `${where.kind}:${where.id}:${where.field}` };
        const from = see.own.accepted.get(findingId) ?? null;
        if (from?.reason === reason) return [];
        return [{ type: "compliance.acceptanceSet.v1", data: { findingId, from, to } }];
      },
    },
    /** The warning stands again. */
    withdraw: {
      by: ["owner", "manager"],
      risk: "reversible",
      input: z.object({ findingId: FindingId }),
      decide({ own }, { findingId }) {
        const from = own.accepted.get(findingId);
        return from ? [{ type: "compliance.acceptanceSet.v1", data: { findingId, from, to: null } }] : [];
      },
    },
  },
  apply: {
    "compliance.acceptanceSet.v1": ({ accepted }, { findingId, to }) => {
      const next = new Map(accepted);
      if (to) next.set(findingId, to);
      else next.delete(findingId);
      return { accepted: next };
    },
  },
  undo: {
    "compliance.acceptanceSet.v1": ({ own }, { findingId, from, to }) =>
      same(own.accepted.get(findingId) ?? null, to)
        ? [{ type: "compliance.acceptanceSet.v1", data: { findingId, from: to, to: from } }]
        : reject("undo.superseded", { findingId }),
  },
  guards: {
    "landing.publish": (see) => guardPublish(see),
    "push.handOver": (see, input) => guardHandOver(see, input),
    "lottery.open": (see, input) => guardDraw(see, input),
    "coupon.push": (see, input) => guardCoupon(see, input),
    "coupon.edit": (see, input) => guardCouponEdit(see, input),
    "reward.plan": (see, input) => guardReward(see, input),
    "reward.edit": (see, input) => guardReward(see, input),
  },
  undoGuards: {
    "coupon.edited.v1": (see, { couponId, from }) => guardCouponEdit(see, { couponId, to: from }),
  },
  slices: {
    complianceFindings: {
      kind: "keyed",
      rows: (see) => new Map(findingsOf(see).map((found) => [found.findingId, rowOf(see.own, found)])),
      show: { control: (row: ComplianceRow) => row, review: (row: ComplianceRow) => row },
    },
    compliance: {
      kind: "value",
      show: {
        control: (see) => blockedBy(see.own, findingsOf(see)),
        review: (see) => blockedBy(see.own, findingsOf(see)),
      },
    },
  },
});
