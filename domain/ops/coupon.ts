import { bytesToHex } from "@noble/hashes/utils.js";
import { z } from "zod";
import { codeOf, COUPON_NO_MAX } from "../coupon/code.ts";
import { foldClaimed, foldMergedClaims, foldUsed, foldReleased, foldVoided, ownCode } from "../coupon/claims.ts";
import { CouponLooks, CouponSeen, decideObserve } from "../coupon/observing.ts";
import { newCoupon, promisedFields, refusePlan } from "../coupon/plan.ts";
import { controlRow, hostRow, viewerRow } from "../coupon/rows.ts";
import {
  bookOf,
  claimsOf,
  closedReason,
  COUPON_STATES,
  CouponPlan,
  Planned,
  withCoupon,
  type CouponPhase,
  type CouponState,
} from "../coupon/state.ts";
import { Evidence, handEvidence, withSeen } from "../evidence.ts";
import type { Discount } from "../net-price.ts";
import { defineOp, reject, type AnyEvent, type Json } from "../op.ts";
import { defined, difference, refuseStale } from "../partial.ts";
import { TaskCode } from "../push/shapes.ts";
import { FenAmount, Id, text, type Fen } from "../units.ts";
import { resolved, senderOf } from "../warmup/people.ts";
import { order } from "./order.ts";
import { person } from "./person.ts";
import { Ago } from "./session.ts";

const planners = ["owner", "manager", "operator"] as const;
const Phase = z.enum(COUPON_STATES);
const Claimed = z.object({
  couponId: Id,
  personId: Id,
  /** The n-th claim of this coupon. */
  n: z.int().min(1),
  code: Id,
  /** Claims that stand, with this one. */
  claimed: z.int(),
  /** Code of the push's task whose link the person came by. */
  via: TaskCode.optional(),
});
const Redeemed = z.object({ couponId: Id, code: Id, where: text(80) });
const Voided = z.object({ couponId: Id, code: Id, n: z.int(), personId: Id, reason: text(200), claimed: z.int() });
const StateSet = z.object({ couponId: Id, from: Phase, to: Phase, evidence: Evidence.nullable() });
const PushInput = z.object({
  couponId: Id,
  ago: Ago,
  /** The lowest net price that falls under its floor by this coupon, typed (PRG8). */
  confirmNetFen: FenAmount.optional(),
});
const empty = { claimFrom: null, claimTo: null, useUntil: null, platformId: null, link: null, rules: "" };

/** Rules COU1–COU14 in SPEC.md: coupons of the shop are recorded, own coupons are given out exactly. */
export const coupon = defineOp({
  name: "coupon",
  reads: { order, person },
  initial: (): CouponState => ({ coupons: new Map(), nextNo: 0, uses: new Map(), voided: new Set(), books: new Map() }),
  events: {
    "coupon.planned.v1": Planned,
    "coupon.edited.v1": z.object({ couponId: Id, from: CouponPlan.partial(), to: CouponPlan.partial() }),
    "coupon.removed.v1": z.object({ couponId: Id }),
    "coupon.pushed.v1": z.object({ couponId: Id, from: Phase, was: Evidence.nullable(), evidence: Evidence }),
    "coupon.pushTakenBack.v1": z.object({ couponId: Id, to: Phase, was: Evidence.nullable() }),
    "coupon.stateSet.v1": StateSet,
    "coupon.totalSet.v1": z.object({ couponId: Id, from: z.int(), to: z.int(), evidence: Evidence }),
    "coupon.claimed.v1": Claimed,
    "coupon.redeemed.v1": Redeemed,
    "coupon.redeemTakenBack.v1": Redeemed,
    "coupon.claimVoided.v1": Voided,
    "coupon.observed.v1": CouponSeen,
  },
  quiet: ["coupon.claimed.v1", "coupon.observed.v1"],
  secret: {
    "coupon.planned.v1": ["salt"],
    "coupon.claimed.v1": ["code"],
  },
  expects: {
    edit: z.object({ from: CouponPlan.partial() }),
    addTotal: z.object({ total: z.int() }),
  },
  commands: {
    plan: {
      by: planners,
      risk: "compensable",
      input: CouponPlan.partial().required({ carrier: true, title: true, discount: true, total: true }),
      decide(see, input, ctx) {
        if (see.own.nextNo > COUPON_NO_MAX) return reject("coupon.tooMany", { max: COUPON_NO_MAX });
        const data = Planned.parse({
          ...empty,
          perPerson: 1,
          ...defined(input),
          couponId: ctx.newId(),
          no: see.own.nextNo,
          salt: bytesToHex(ctx.randomBytes(16)),
        });
        return refusePlan(data) ?? [{ type: "coupon.planned.v1", data }];
      },
      result: (events) => ({ couponId: idOf(events, "coupon.planned.v1") }),
    },
    /** What was promised stays: once pushed, only title, rules in words and link can be mended (COU2). */
    edit: {
      by: planners,
      risk: "reversible",
      input: z.object({ couponId: Id, to: CouponPlan.omit({ carrier: true }).partial() }),
      decide(see, { couponId, to: wanted }, _ctx, expect) {
        const own = see.own.coupons.get(couponId);
        if (!own) return reject("coupon.notFound", { couponId });
        const stale = refuseStale(own, expect?.from ?? {});
        if (stale) return stale;
        const { from, to } = difference(own, wanted);
        const fields = Object.keys(to);
        if (fields.length === 0) return [];
        const frozen = promisedFields(fields);
        if (own.pushes > 0 && frozen.length > 0) return reject("coupon.alreadyPushed", { couponId, fields: frozen });
        const refused = refusePlan({ ...own, ...defined(CouponPlan.partial().parse(to)) });
        const data = { couponId, from: CouponPlan.partial().parse(from), to: CouponPlan.partial().parse(to) };
        return refused ?? [{ type: "coupon.edited.v1", data }];
      },
    },
    remove: {
      by: planners,
      risk: "compensable",
      input: z.object({ couponId: Id }),
      decide(see, { couponId }) {
        const own = see.own.coupons.get(couponId);
        if (!own) return reject("coupon.notFound", { couponId });
        if (own.pushes > 0) return reject("coupon.alreadyPushed", { couponId });
        return [{ type: "coupon.removed.v1", data: { couponId } }];
      },
    },
    /** 推券. A shop coupon was pushed by hand in 视频号助手; an own coupon opens for claiming. `bag` guards it with the price guard. */
    push: {
      by: [...planners, "floor"],
      risk: "reversible",
      input: PushInput,
      decide(see, { couponId, ago }, ctx) {
        const own = see.own.coupons.get(couponId);
        if (!own) return reject("coupon.notFound", { couponId });
        if (own.state === "ended" || (own.claimTo !== null && ctx.now >= own.claimTo))
          return reject("coupon.over", { couponId });
        if (own.carrier === "own" && own.state === "running") return reject("coupon.alreadyRunning", { couponId });
        const hand = handEvidence(ctx, own.carrier === "shop" ? ago : 0);
        const evidence: Evidence = own.carrier === "shop" ? hand : { ...hand, via: "kaibo" };
        return [{ type: "coupon.pushed.v1", data: { couponId, from: own.state, was: own.pushed, evidence } }];
      },
    },
    stop: {
      by: [...planners, "floor"],
      risk: "reversible",
      input: z.object({ couponId: Id, ago: Ago }),
      decide(see, { couponId, ago }, ctx) {
        const own = see.own.coupons.get(couponId);
        if (!own) return reject("coupon.notFound", { couponId });
        if (own.state !== "running") return reject("coupon.notRunning", { couponId, state: own.state });
        return [
          {
            type: "coupon.stateSet.v1",
            data: { couponId, from: own.state, to: "stopped" as const, evidence: handEvidence(ctx, ago) },
          },
        ];
      },
    },
    /** Falls due when the window for claiming is over. */
    end: {
      by: ["system"],
      risk: "compensable",
      input: z.object({ couponId: Id }),
      decide(see, { couponId }, ctx) {
        const own = see.own.coupons.get(couponId);
        if (!own || !isOpenForClaims(own.state) || own.claimTo === null || ctx.now < own.claimTo) return [];
        return [
          { type: "coupon.stateSet.v1", data: { couponId, from: own.state, to: "ended" as const, evidence: null } },
        ];
      },
    },
    addTotal: {
      by: planners,
      risk: "reversible",
      input: z.object({ couponId: Id, add: z.int().min(1).max(1_000_000), ago: Ago }),
      decide(see, { couponId, add, ago }, ctx, expect) {
        const own = see.own.coupons.get(couponId);
        if (!own) return reject("coupon.notFound", { couponId });
        const stale = refuseStale(own, expect ?? {});
        if (stale) return stale;
        const to = own.total + add;
        if (!CouponPlan.shape.total.safeParse(to).success) return reject("coupon.totalTooLarge", { couponId });
        return [
          { type: "coupon.totalSet.v1", data: { couponId, from: own.total, to, evidence: handEvidence(ctx, ago) } },
        ];
      },
    },
    /** Exactly once up to `perPerson`, never beyond `total` (COU5, COU6). */
    claim: {
      by: ["viewer"],
      risk: "compensable",
      input: z.object({ couponId: Id, via: TaskCode.optional() }),
      decide(see, { couponId, via }, ctx) {
        const own = see.own.coupons.get(couponId);
        const personId = senderOf(see.person, ctx.by);
        if (!own || own.carrier !== "own") return reject("coupon.notFound", { couponId });
        if (personId === undefined) return reject("coupon.notAPerson");
        const held = claimsOf(see.own, own, personId);
        if (held.length >= own.perPerson)
          return reject("coupon.alreadyClaimed", { couponId, codes: held.map((n) => codeOf(own, n)) });
        const closed = closedReason(own, ctx.now);
        if (closed) return reject(closed.code, { couponId, ...closed.data });
        if (own.claimed >= own.total) return reject("coupon.allClaimed", { couponId });
        const n = own.issued + 1;
        return [
          {
            type: "coupon.claimed.v1",
            data: { couponId, personId, n, code: codeOf(own, n), claimed: own.claimed + 1, ...(via ? { via } : {}) },
          },
        ];
      },
      result: claimResult,
    },
    /** 核销 */
    redeem: {
      by: [...planners, "floor", "service", "program"],
      risk: "reversible",
      input: z.object({ code: text(40, 1), where: text(80).default("") }),
      decide(see, { code: typed, where }, ctx) {
        const found = ownCode(see.own, typed);
        if ("status" in found) return found;
        const { coupon: own, code } = found;
        const uses = see.own.uses.get(code) ?? [];
        if (uses.length > 0) return reject("coupon.alreadyUsed", { code, orderIds: uses.filter(Boolean) });
        if (own.useUntil !== null && ctx.now > own.useUntil)
          return reject("coupon.useOver", { code, useUntil: own.useUntil });
        return [{ type: "coupon.redeemed.v1", data: { couponId: own.couponId, code, where } }];
      },
    },
    voidClaim: {
      by: ["owner", "manager", "operator", "service"],
      risk: "compensable",
      input: z.object({ code: text(40, 1), reason: text(200, 1) }),
      decide(see, { code: typed, reason }) {
        const found = ownCode(see.own, typed);
        if ("status" in found) return found;
        const { coupon: own, code, n } = found;
        if ((see.own.uses.get(code) ?? []).length > 0) return reject("coupon.alreadyUsed", { code });
        const personId = bookOf(see.own, own.couponId).persons[n - 1] ?? "";
        return [
          {
            type: "coupon.claimVoided.v1",
            data: { couponId: own.couponId, code, n, personId, reason, claimed: own.claimed - 1 },
          },
        ];
      },
    },
    /** What the shop says of its coupons, by Kaibo's or the shop's id; also typed off the shop's page. */
    observe: {
      by: ["program", "system", ...planners],
      risk: "compensable",
      input: CouponLooks,
      decide: (see, input, ctx) => decideObserve(see.own, input, ctx.now),
    },
  },
  apply: {
    "coupon.planned.v1": (own, planned) => ({
      ...own,
      nextNo: Math.max(own.nextNo, planned.no + 1),
      coupons: new Map(own.coupons).set(planned.couponId, newCoupon(planned)),
    }),
    "coupon.edited.v1": (own, { couponId, to }) => withCoupon(own, couponId, (row) => ({ ...row, ...defined(to) })),
    "coupon.removed.v1": (own, { couponId }) => ({
      ...own,
      coupons: new Map([...own.coupons].filter(([id]) => id !== couponId)),
    }),
    "coupon.pushed.v1": (own, { couponId, evidence }) =>
      withCoupon(own, couponId, (row) => ({
        ...row,
        state: "running" as const,
        pushes: row.pushes + 1,
        pushed: evidence,
      })),
    "coupon.pushTakenBack.v1": (own, { couponId, to, was }) =>
      withCoupon(own, couponId, (row) => ({ ...row, state: to, pushes: row.pushes - 1, pushed: was })),
    "coupon.stateSet.v1": (own, { couponId, to }) => withCoupon(own, couponId, (row) => ({ ...row, state: to })),
    "coupon.totalSet.v1": (own, { couponId, to }) => withCoupon(own, couponId, (row) => ({ ...row, total: to })),
    "coupon.claimed.v1": foldClaimed,
    "coupon.redeemed.v1": (own, { code }) => foldUsed(own, code, ""),
    "coupon.redeemTakenBack.v1": (own, { code }) => foldReleased(own, code, ""),
    "coupon.claimVoided.v1": foldVoided,
    "coupon.observed.v1": (own, { couponId, source, ...counts }) =>
      withCoupon(own, couponId, (row) => {
        const seen = { at: counts.at, source, agrees: true };
        const pushed = row.pushed && (counts.received ?? 0) > 0 ? withSeen(row.pushed, seen) : row.pushed;
        return { ...row, pushed, shop: { ...counts, source } };
      }),
  },
  on: {
    "person.merged.v1": foldMergedClaims,
    "order.recorded.v1": (own, { orderId, couponsUsed, couponsReleased }) => {
      let state = own;
      for (const code of couponsReleased) state = foldReleased(state, code, orderId);
      for (const code of couponsUsed) state = foldUsed(state, code, orderId);
      return state;
    },
  },
  undo: {
    "coupon.edited.v1": (see, { couponId, from, to }) => {
      const own = see.own.coupons.get(couponId);
      if (!own || Object.keys(difference(own, to).to).length > 0) return reject("undo.superseded", { couponId });
      if (own.pushes > 0 && promisedFields(Object.keys(to)).length > 0)
        return reject("undo.hasConsequences", { couponId });
      return [{ type: "coupon.edited.v1", data: { couponId, from: to, to: from } }];
    },
    "coupon.pushed.v1": (see, { couponId, from, was, evidence }) => {
      const own = see.own.coupons.get(couponId);
      if (own?.state !== "running" || own.pushed?.doneAt !== evidence.doneAt)
        return reject("undo.superseded", { couponId });
      if (own.claimed > 0 || own.used > 0 || own.pushed.seen)
        return reject("undo.hasConsequences", { couponId, claimed: own.claimed });
      return [{ type: "coupon.pushTakenBack.v1", data: { couponId, to: from, was } }];
    },
    "coupon.stateSet.v1": (see, { couponId, from, to }) => {
      const own = see.own.coupons.get(couponId);
      if (own?.state !== to || to === "ended") return reject("undo.superseded", { couponId });
      return [{ type: "coupon.stateSet.v1", data: { couponId, from: to, to: from, evidence: null } }];
    },
    "coupon.totalSet.v1": (see, { couponId, from, to, evidence }) => {
      const own = see.own.coupons.get(couponId);
      if (own?.total !== to) return reject("undo.superseded", { couponId });
      if (own.claimed > from) return reject("undo.hasConsequences", { couponId, claimed: own.claimed });
      return [{ type: "coupon.totalSet.v1", data: { couponId, from: to, to: from, evidence } }];
    },
    "coupon.redeemed.v1": (see, data) =>
      see.own.uses.get(data.code)?.includes("")
        ? [{ type: "coupon.redeemTakenBack.v1", data }]
        : reject("undo.superseded", { couponId: data.couponId }),
  },
  slices: {
    coupons: {
      kind: "keyed",
      rows: (see) => see.own.coupons,
      show: { control: controlRow, review: controlRow, host: hostRow, viewer: viewerRow },
    },
  },
  me: (see, personId) =>
    [...see.own.coupons.values()].flatMap((own): Json[] =>
      claimsOf(see.own, own, resolved(see.person, personId)).map((n) => {
        const code = codeOf(own, n);
        return {
          couponId: own.couponId,
          code,
          used: (see.own.uses.get(code) ?? []).length > 0,
          useUntil: own.useUntil,
        };
      }),
    ),
  due: (own) =>
    [...own.coupons.values()].flatMap(({ couponId, state, claimTo }) =>
      !isOpenForClaims(state) || claimTo === null
        ? []
        : [
            {
              at: claimTo,
              clock: "show" as const,
              id: `coupon.end:${couponId}:${claimTo}`,
              type: "coupon.end",
              input: { couponId },
            },
          ],
    ),
  lean: (own) => ({ ...own, books: null }),
});

/** The discount that a `coupon.push` would set running; `undefined` when it runs already or there is no such coupon. */
export function couponPushAsked(
  own: CouponState,
  input: unknown,
): { readonly discount: Discount; readonly confirmNetFen: Fen | undefined } | undefined {
  const asked = PushInput.safeParse(input).data;
  const found = asked && own.coupons.get(asked.couponId);
  if (!found || found.state === "running") return undefined;
  return { discount: found.discount, confirmNetFen: asked.confirmNetFen };
}

/** What was never pushed has no window that could be over: it can be set anew. */
const isOpenForClaims = (state: CouponPhase): boolean => state === "running" || state === "stopped";

function claimResult(events: readonly AnyEvent[]): Json {
  const claimed = Claimed.safeParse(events.find(({ type }) => type === "coupon.claimed.v1")?.data).data;
  return claimed ? { couponId: claimed.couponId, code: claimed.code, n: claimed.n } : null;
}

function idOf(events: readonly AnyEvent[], type: string): string | null {
  return (
    z.object({ couponId: z.string() }).safeParse(events.find((event) => event.type === type)?.data).data?.couponId ??
    null
  );
}
