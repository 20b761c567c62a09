import { z } from "zod";
import { defineOp, reject, type AnyEvent } from "../op.ts";
import { pushEvents } from "../push/events.ts";
import {
  disarmedBy,
  foldArmed,
  foldDisarmed,
  foldFired,
  foldHeldAll,
  heldAt,
  pushFolds,
  rescheduled,
} from "../push/folding.ts";
import { callOff, foldUnpaid, setOff } from "../push/following.ts";
import {
  decideCall,
  decideCalled,
  decideHandOver,
  decideLookedUp,
  decideReserved,
  decideResolved,
} from "../push/going-out.ts";
import { forwardPart } from "../push/forward-part.ts";
import { decideEdit, decidePlan, EditInput, PlanInput, PlanSeen, refuseChange } from "../push/planning.ts";
import { CallAnswer, Called, LookedUp, Opened, Polled, QuotaTold, Reserved, Resolved } from "../push/reports.ts";
import {
  decideAnswer,
  decideOpened,
  decidePolled,
  decideRemind,
  decideRetry,
  decideSettle,
  decideTick,
  decideUntick,
  RemindInput,
} from "../push/results.ts";
import { pushBoard, pushRow, taskRow } from "../push/rows.ts";
import { TaskCode } from "../push/shapes.ts";
import { bookOf, emptyPushes } from "../push/state.ts";
import {
  actsOfDue,
  CancelTasksInput,
  decideCancel,
  decideCancelTasks,
  decideExpire,
  decideFallDue,
  decideGiveUp,
  decideHalfHour,
  decideHold,
  decideRemove,
  decideUnhold,
  duesOf,
  guardFollowed,
  undoEdited,
  undoHold,
  undoPlanned,
  UnholdInput,
} from "../push/steering.ts";
import { Id } from "../units.ts";
import { arm } from "./arm.ts";
import { audience } from "./audience.ts";
import { bag } from "./bag.ts";
import { coupon } from "./coupon.ts";
import { figures } from "./figures.ts";
import { leaderboard } from "./leaderboard.ts";
import { lottery } from "./lottery.ts";
import { order } from "./order.ts";
import { Ago, session } from "./session.ts";
import { signup } from "./signup.ts";

const planners = ["owner", "manager", "operator", "community"] as const;
const stoppers = [...planners, "floor"] as const;
/** Whoever has groups may forward; which list is whose the edge knows. */
const forwarders = [...stoppers, "assistant", "ads", "service", "host"] as const;
const Target = z.object({ pushId: Id });

/** Rules PSH1–PSH24 in SPEC.md: what goes to groups and staff. Says what is owed (`push/owed.ts`); the runner does it and tells. */
export const push = defineOp({
  name: "push",
  reads: { session, arm, bag, coupon, lottery, order, audience, figures, signup, leaderboard },
  initial: emptyPushes,
  events: pushEvents,
  // Reports of the runner: too many for the tape, and of no hand.
  quiet: [
    "push.resolved.v1",
    "push.reserved.v1",
    "push.released.v1",
    "push.quotaSettled.v1",
    "push.calling.v1",
    "push.called.v1",
    "push.lookedUp.v1",
    "push.polled.v1",
    "push.reminded.v1",
    "push.cancelled.v1",
    "push.opened.v1",
    "push.halfHourPassed.v1",
  ],
  expects: { edit: PlanSeen },
  commands: {
    plan: {
      by: planners,
      risk: "reversible",
      input: PlanInput,
      decide: (see, input, ctx) => decidePlan(see, input, ctx),
      result: (events) => ({ pushId: pushIdOf(events, "push.planned.v1") }),
    },
    edit: {
      by: planners,
      risk: "reversible",
      input: EditInput,
      decide: (see, input, ctx, expect) => decideEdit(see, input, ctx, expect ?? {}),
    },
    remove: {
      by: planners,
      risk: "compensable",
      input: Target,
      decide: (see, { pushId }) => decideRemove(see, pushId),
    },
    /** Has the tasks made anew: groups came or went. */
    refresh: {
      by: [...planners, "system"],
      risk: "compensable",
      input: Target,
      decide({ own }, { pushId }) {
        const found = own.pushes.get(pushId);
        if (!found) return reject("push.notFound", { pushId });
        return refuseChange(found) ?? [{ type: "push.refreshAsked.v1", data: { pushId, rev: own.nextRev } }];
      },
    },
    hold: {
      by: stoppers,
      risk: "reversible",
      input: Target,
      decide: (see, { pushId }, ctx) => decideHold(see, pushId, ctx),
    },
    unhold: {
      by: planners,
      risk: "reversible",
      input: UnholdInput,
      decide: (see, input, ctx) => decideUnhold(see, input, ctx),
    },
    /** At its time by itself, or by a hand. Armed for 3 s. */
    handOver: {
      by: [...planners, "system"],
      risk: "irreversible",
      input: Target,
      decide: (see, { pushId }, ctx) => decideHandOver(see, pushId, ctx),
    },
    /** Its time has come: arms it, or holds it with the reason. */
    fallDue: {
      by: ["system"],
      risk: "compensable",
      input: Target,
      decide: (see, { pushId }, ctx) => decideFallDue(see, pushId, ctx),
      then: (see, { pushId }, ctx) => actsOfDue(see, pushId, ctx),
      answered: (_see, { pushId }, answers) =>
        answers.flatMap(({ status, code = "input.invalid" }) =>
          status === "ok" ? [] : [{ type: "push.heldBack.v1" as const, data: { pushId, code } }],
        ),
    },
    halfHour: {
      by: ["system"],
      risk: "compensable",
      input: z.object({}),
      decide: (see, _input, ctx) => decideHalfHour(see, ctx),
    },
    /** Takes it off: what has not gone out never does, what was handed over and not sent is cancelled with WeCom. */
    cancel: {
      by: stoppers,
      risk: "compensable",
      input: Target,
      decide: (see, { pushId }) => decideCancel(see, pushId),
    },
    cancelTasks: {
      by: stoppers,
      risk: "compensable",
      input: CancelTasksInput,
      decide: (see, input) => decideCancelTasks(see, input),
    },
    expire: {
      by: ["system"],
      risk: "compensable",
      input: Target,
      decide: (see, { pushId }, ctx) => decideExpire(see, pushId, ctx),
    },
    remind: {
      by: planners,
      risk: "compensable",
      input: RemindInput,
      decide: (see, input, ctx) => decideRemind(see, input, ctx),
      result: (events) => {
        const asked = pushEvents["push.remindAsked.v1"].safeParse(dataOf(events, "push.remindAsked.v1")).data;
        return { reminded: asked?.taskIds.length ?? 0 };
      },
    },
    settleUnknown: {
      by: planners,
      risk: "compensable",
      input: z.object({ taskId: TaskCode, as: z.enum(["sent", "notSent"]) }),
      decide: (see, { taskId, as }) => decideSettle(see, taskId, as),
    },
    /** Hands over anew what surely did not go out. */
    retry: {
      by: planners,
      risk: "irreversible",
      input: z.object({ taskId: TaskCode }),
      decide: (see, { taskId }, ctx) => decideRetry(see, taskId, ctx),
    },
    tick: {
      by: [...forwarders, "forward"],
      risk: "reversible",
      input: z.object({ taskId: TaskCode, targetId: Id, ago: Ago }),
      decide: (see, input, ctx) => decideTick(see, input, ctx),
    },
    /** For whoever ticked a wrong one on the phone; taken back twice it changes nothing. */
    untick: {
      by: [...forwarders, "forward"],
      risk: "compensable",
      input: z.object({ taskId: TaskCode, targetId: Id }),
      decide(see, input) {
        const ticked = bookOf(see.own, input.taskId).ticks.has(input.targetId);
        return ticked ? decideUntick(see, input) : [];
      },
    },
    resolved: {
      by: ["system"],
      risk: "compensable",
      input: Resolved,
      decide: (see, input) => decideResolved(see, input),
    },
    reserved: {
      by: ["system"],
      risk: "compensable",
      input: Reserved,
      decide: (see, input) => decideReserved(see, input),
    },
    released: {
      by: ["system"],
      risk: "compensable",
      input: QuotaTold,
      decide({ own }, { pushId, rev }) {
        const owed = own.toRelease.has(pushId) || own.pushes.get(pushId)?.quota?.is === "reserved";
        return owed ? [{ type: "push.released.v1", data: { pushId, rev } }] : [];
      },
    },
    quotaSettled: {
      by: ["system"],
      risk: "compensable",
      input: QuotaTold,
      decide: ({ own }, { pushId, rev }) =>
        own.pushes.get(pushId)?.quota?.is === "reserved"
          ? [{ type: "push.quotaSettled.v1", data: { pushId, rev } }]
          : [],
    },
    call: {
      by: ["system"],
      risk: "compensable",
      input: z.object({ taskId: TaskCode }),
      decide: (see, { taskId }, ctx) => decideCall(see, taskId, ctx),
    },
    called: {
      by: ["system"],
      risk: "compensable",
      input: Called,
      decide: (see, input, ctx) => decideCalled(see, input, ctx),
    },
    lookedUp: {
      by: ["system"],
      risk: "compensable",
      input: LookedUp,
      decide: (see, input, ctx) => decideLookedUp(see, input, ctx),
    },
    /** A robot's call had no answer: nobody can tell, and it is not repeated. */
    giveUp: {
      by: ["system"],
      risk: "compensable",
      input: z.object({ taskId: TaskCode }),
      decide: (see, { taskId }, ctx) => decideGiveUp(see, taskId, ctx),
    },
    polled: {
      by: ["system"],
      risk: "compensable",
      input: Polled,
      decide: (see, input, ctx) => decidePolled(see, input, ctx),
    },
    reminded: {
      by: ["system"],
      risk: "compensable",
      input: CallAnswer,
      decide: (see, input, ctx) => decideAnswer("push.reminded.v1", see, input, ctx),
    },
    cancelled: {
      by: ["system"],
      risk: "compensable",
      input: CallAnswer,
      decide: (see, input, ctx) => decideAnswer("push.cancelled.v1", see, input, ctx),
    },
    opened: {
      by: ["system"],
      risk: "compensable",
      input: Opened,
      decide: (see, input) => decideOpened(see, input),
    },
  },
  apply: pushFolds,
  on: {
    "session.created.v1": (own, { plannedStartAt }) => rescheduled(own, { ...own.show, plannedStartAt }),
    "session.edited.v1": (own, { to: { plannedStartAt } }) =>
      plannedStartAt === undefined ? own : rescheduled(own, { ...own.show, plannedStartAt }),
    "session.started.v1": (own, { happenedAt }) => rescheduled(own, { ...own.show, startedAt: happenedAt }),
    "session.ended.v1": (own, { happenedAt }, { at }) =>
      setOff(rescheduled(own, { ...own.show, endedAt: happenedAt }), { on: "ended", subjectId: null, at }),
    "session.reopened.v1": (own) => callOff(rescheduled(own, { ...own.show, endedAt: null }), "ended", null),
    "session.timesCorrected.v1": (own, { to }) => rescheduled(own, { ...own.show, ...to }),
    "arm.armed.v1": foldArmed,
    "arm.fired.v1": (own, { armId }) => foldFired(own, armId),
    "arm.stopped.v1": (own, { armId }, { by, at }) =>
      foldDisarmed(own, armId, { reason: "stopped", code: null, by, at }),
    "arm.disarmed.v1": (own, { armId, reason }, { by, at }) => foldDisarmed(own, armId, disarmedBy(reason, by, at)),
    "arm.held.v1": (own, _data, meta) => foldHeldAll(own, meta),
    "bag.saleOpened.v1": (own, { productId }, { at }) => setOff(own, { on: "openSale", subjectId: productId, at }),
    "bag.saleStateSet.v1": (own, { productId, to }) =>
      to.value === "onSale" ? own : callOff(own, "openSale", productId),
    "coupon.pushed.v1": (own, { couponId }, { at }) => setOff(own, { on: "couponPushed", subjectId: couponId, at }),
    "coupon.pushTakenBack.v1": (own, { couponId }) => callOff(own, "couponPushed", couponId),
    "lottery.opened.v1": (own, { lotteryId }, { at }) => setOff(own, { on: "lotteryOpened", subjectId: lotteryId, at }),
    "lottery.openTakenBack.v1": (own, { lotteryId }) => callOff(own, "lotteryOpened", lotteryId),
    "order.recorded.v1": (own, { postings }, { at }) => foldUnpaid(own, postings, at),
  },
  tells: { "arm.held.v1": (own, { at }) => ({ pushes: heldAt(own, at) }) },
  undo: {
    "push.planned.v1": (see, data) => undoPlanned(see, data),
    "push.edited.v1": (see, data) => undoEdited(see, data),
    "push.holdSet.v1": (see, data) => undoHold(see, data),
    "push.ticked.v1": (see, data) => decideUntick(see, data),
  },
  undoGuards: {
    "coupon.pushed.v1": (see, { couponId, evidence }) => guardFollowed(see, "couponPushed", couponId, evidence.doneAt),
    "lottery.opened.v1": (see, { lotteryId, evidence }) =>
      guardFollowed(see, "lotteryOpened", lotteryId, evidence.doneAt),
    "bag.saleOpened.v1": (see, { productId, to }) =>
      guardFollowed(see, "openSale", productId, to.evidence?.doneAt ?? 0),
  },
  slices: {
    pushes: {
      kind: "keyed",
      rows: (see) => see.own.pushes,
      show: { control: pushRow, review: pushRow },
    },
    pushTasks: {
      kind: "keyed",
      rows: (see) => see.own.tasks,
      show: { control: taskRow, review: taskRow },
    },
    pushBoard: {
      kind: "value",
      show: { control: ({ own }) => pushBoard(own), review: ({ own }) => pushBoard(own) },
    },
  },
  me: (see, key) => forwardPart(see, key),
  due: (own) => duesOf(own),
  lean: (own) => ({ ...own, books: null }),
});

function pushIdOf(events: readonly AnyEvent[], type: string): string | null {
  return Target.safeParse(dataOf(events, type)).data?.pushId ?? null;
}

const dataOf = (events: readonly AnyEvent[], type: string): unknown =>
  events.find((event) => event.type === type)?.data;
