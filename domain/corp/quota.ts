import { z } from "zod";
import { inPlace } from "../in-place.ts";
import { defineOp, reject, type AnyEvent, type EventMeta, type Json } from "../op.ts";
import { dayNumber, dayNumberOf, dayText } from "../shanghai-day.ts";
import { Id } from "../units.ts";
import { accountRow } from "./quota-view.ts";
import {
  accountOf,
  emptyQuota,
  QUOTA_RULES,
  SEND_SOURCES,
  standingOf,
  type QuotaPlan,
  type QuotaState,
  type Send,
} from "./quota-state.ts";

/** The greatest audience that a single push may have. */
const TARGETS_MAX = 50_000;
/** Nothing is asked about sends before the month before last. */
const KEPT_DAYS = 70;

const Day = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
const Targets = z.array(Id).max(TARGETS_MAX);
/** Of our own pushes the task's code, of others WeCom's msgid: the same send told twice counts once. */
const SendId = z.string().min(1).max(200);
const Rule = z.enum(QUOTA_RULES);
const Used = z.array(z.object({ taskId: SendId, day: Day, targetIds: Targets })).max(3_000);
const Sends = z
  .array(z.object({ sendId: SendId, day: Day, source: z.enum(SEND_SOURCES), targetIds: Targets }))
  .max(500);
/** Days of these that were read whole. */
const Read = z.object({ targetIds: Targets, from: Day, to: Day });

const Reserved = z.object({
  pushId: Id,
  sessionId: Id,
  day: Day,
  targetIds: Targets,
  over: Targets,
  /** How many of those reserved nobody has read the use of. */
  unknown: z.int().min(0),
});

/** Rules QUO1–QUO8 in SPEC.md: one account of quota for all shows of a corp, in a stream of its own. */
export const quota = defineOp({
  name: "quota",
  initial: emptyQuota,
  events: {
    "quota.reserved.v1": Reserved,
    "quota.released.v1": z.object({ pushId: Id }),
    "quota.settled.v1": z.object({ pushId: Id, used: Used }),
    "quota.observed.v1": z.object({ sends: Sends, read: Read.nullable() }),
    "quota.ruleSet.v1": z.object({ from: Rule, to: Rule }),
  },
  commands: {
    /** Takes one send of each for a push; asking again for the same push takes anew. */
    reserve: {
      by: ["system"],
      risk: "compensable",
      input: z.object({ pushId: Id, sessionId: Id, day: Day, targetIds: Targets.min(1) }),
      decide({ own }, { pushId, sessionId, day, targetIds }, ctx) {
        const asked = { rule: own.rule, day: dayNumber(day), today: dayNumberOf(ctx.now), pushId };
        const accepted: string[] = [];
        const over: string[] = [];
        let unknown = 0;
        for (const targetId of new Set(targetIds)) {
          const { left, known } = standingOf(accountOf(own, targetId), asked);
          if (left === 0) over.push(targetId);
          else {
            accepted.push(targetId);
            if (known === "unknown") unknown += 1;
          }
        }
        return [{ type: "quota.reserved.v1", data: { pushId, sessionId, day, targetIds: accepted, over, unknown } }];
      },
      result: reservedResult,
    },
    release: {
      by: ["system"],
      risk: "compensable",
      input: z.object({ pushId: Id }),
      decide: ({ own }, { pushId }) => (own.plans.has(pushId) ? [{ type: "quota.released.v1", data: { pushId } }] : []),
    },
    /** A push is through: what it used stays used, the rest of what it had reserved is free again. */
    settle: {
      by: ["system"],
      risk: "compensable",
      input: z.object({ pushId: Id, used: Used }),
      decide({ own }, { pushId, used }) {
        const known = used.every(({ taskId, targetIds }) =>
          targetIds.every((targetId) => accountOf(own, targetId).sends.some(({ sendId }) => sendId === taskId)),
        );
        return known && !own.plans.has(pushId) ? [] : [{ type: "quota.settled.v1", data: { pushId, used } }];
      },
    },
    /** What was read at WeCom: also what members sent by themselves. */
    observe: {
      by: ["system"],
      risk: "compensable",
      input: z.object({ sends: Sends, read: Read.nullable().default(null) }),
      decide({ own }, { sends, read }) {
        if (read && read.from > read.to) return reject("quota.daysTurned", { from: read.from, to: read.to });
        const fresh = sends.flatMap((send) => {
          const targetIds = [...new Set(send.targetIds)].filter(
            (id) => !accountOf(own, id).sends.some(({ sendId }) => sendId === send.sendId),
          );
          return targetIds.length === 0 ? [] : [{ ...send, targetIds }];
        });
        return fresh.length === 0 && !read ? [] : [{ type: "quota.observed.v1", data: { sends: fresh, read } }];
      },
    },
    /** As the corp's admin has it in WeCom. What is reserved stays reserved; the forecast says what of it is too much. */
    setRule: {
      by: ["owner", "manager"],
      risk: "compensable",
      input: z.object({ rule: Rule }),
      decide: ({ own }, { rule }) =>
        rule === own.rule ? [] : [{ type: "quota.ruleSet.v1", data: { from: own.rule, to: rule } }],
    },
  },
  apply: {
    "quota.reserved.v1": (own, { pushId, sessionId, day, targetIds, over }) => {
      const state = withoutPlan(own, pushId);
      const planned = dayNumber(day);
      const accounts = inPlace(state.accounts);
      for (const targetId of targetIds) {
        const account = accountOf(state, targetId);
        accounts.set(targetId, { ...account, reserved: [...account.reserved, { pushId, day: planned }] });
      }
      const plan: QuotaPlan = { pushId, sessionId, day: planned, targetIds, over };
      return { ...state, plans: new Map(state.plans).set(pushId, plan) };
    },
    "quota.released.v1": (own, { pushId }) => withoutPlan(own, pushId),
    "quota.settled.v1": (own, { pushId, used }, meta) => {
      const state = withoutPlan(own, pushId);
      for (const { taskId, day, targetIds } of used) {
        addSend(state, targetIds, { sendId: taskId, day: dayNumber(day), source: "result" }, meta);
      }
      return { ...state };
    },
    "quota.observed.v1": (own, { sends, read }, meta) => {
      for (const { sendId, day, source, targetIds } of sends) {
        addSend(own, targetIds, { sendId, day: dayNumber(day), source }, meta);
      }
      if (read) noteRead(own, read.targetIds, { from: dayNumber(read.from), to: dayNumber(read.to) });
      return { ...own };
    },
    "quota.ruleSet.v1": (own, { to }) => ({ ...own, rule: to }),
  },
  slices: {
    quota: {
      kind: "value",
      show: {
        control: ({ own: { rule, accounts, plans } }) => ({ rule, targets: accounts.size, plans: plans.size }),
      },
    },
    quotaPlans: {
      kind: "keyed",
      rows: (see) => see.own.plans,
      show: {
        control: ({ pushId, sessionId, day, targetIds, over }: QuotaPlan) => ({
          pushId,
          sessionId,
          day: dayText(day),
          reserved: targetIds.length,
          over,
        }),
      },
    },
    quotaAccounts: {
      kind: "keyed",
      rows: (see) => see.own.accounts,
      show: { control: accountRow },
    },
  },
});

function reservedResult(events: readonly AnyEvent[]): Json {
  const reserved = Reserved.safeParse(events.find(({ type }) => type === "quota.reserved.v1")?.data).data;
  return reserved ? { over: reserved.over, unknown: reserved.unknown } : null;
}

function withoutPlan(own: QuotaState, pushId: string): QuotaState {
  const plan = own.plans.get(pushId);
  if (!plan) return own;
  const accounts = inPlace(own.accounts);
  for (const targetId of plan.targetIds) {
    const account = accountOf(own, targetId);
    accounts.set(targetId, { ...account, reserved: account.reserved.filter((other) => other.pushId !== pushId) });
  }
  const plans = new Map(own.plans);
  plans.delete(pushId);
  return { ...own, plans };
}

function addSend(own: QuotaState, targetIds: readonly string[], send: Send, { at }: EventMeta): void {
  const accounts = inPlace(own.accounts);
  const oldest = dayNumberOf(at) - KEPT_DAYS;
  for (const targetId of targetIds) {
    const account = accountOf(own, targetId);
    const others = account.sends.filter(({ sendId, day }) => sendId !== send.sendId && day >= oldest);
    accounts.set(targetId, { ...account, sends: [...others, send] });
  }
}

/** Days that follow on the ones read before lengthen them; others begin anew. */
function noteRead(
  own: QuotaState,
  targetIds: readonly string[],
  days: { readonly from: number; readonly to: number },
): void {
  const accounts = inPlace(own.accounts);
  for (const targetId of targetIds) {
    const account = accountOf(own, targetId);
    const { readFrom, readTo } = account;
    const joins = readFrom !== null && readTo !== null && days.from <= readTo + 1 && days.to >= readFrom - 1;
    accounts.set(targetId, {
      ...account,
      readFrom: joins ? Math.min(readFrom, days.from) : days.from,
      readTo: joins ? Math.max(readTo, days.to) : days.to,
    });
  }
}
