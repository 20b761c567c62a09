import { z } from "zod";
import { Id, Instant } from "../units.ts";
import { Filled } from "./copy.ts";
import { CallOutcome, Reserved, Resolved, RESULT_STATUSES } from "./reports.ts";
import { HOLD_REASONS, PushAbout, PushPlan, TaskCode } from "./shapes.ts";

/** Events of the op `push`. They carry counts, so that a fold without the targets shows the same (`lean`). */

export const Held = z.object({
  reason: z.enum(HOLD_REASONS),
  /** The refusal, where one held it. */
  code: z.string().nullable(),
  by: z.string(),
  at: Instant,
});
export type Held = z.infer<typeof Held>;

export const CLOSE_REASONS = ["useBy", "ended", "hand"] as const;

/** Targets of one task by what has become of them; `invalid` and `over` were never sent to. */
export const TargetCounts = z.object({
  unsent: z.int().min(0),
  sent: z.int().min(0),
  notFriend: z.int().min(0),
  overQuota: z.int().min(0),
  invalid: z.int().min(0),
});
export type TargetCounts = z.infer<typeof TargetCounts>;

const Target = z.object({ pushId: Id });
const PlanFields = PushPlan.omit({ kind: true }).partial();

export const pushEvents = {
  "push.planned.v1": PushPlan.extend({
    pushId: Id,
    rev: z.int().min(1),
    /** A copy of an earlier show's waits until somebody has looked at it. */
    held: Held.nullable(),
    /** The cell of a wave that asked for it. */
    cellId: Id.optional(),
  }),
  "push.edited.v1": z.object({
    pushId: Id,
    from: PlanFields,
    to: PlanFields,
    rev: z.object({ from: z.int(), to: z.int() }),
  }),
  "push.removed.v1": Target,
  "push.refreshAsked.v1": z.object({ pushId: Id, rev: z.int().min(1) }),
  "push.holdSet.v1": z.object({ pushId: Id, from: Held.nullable(), to: Held.nullable() }),
  /** It fell due and was refused. */
  "push.heldBack.v1": z.object({ pushId: Id, code: z.string() }),
  "push.resolved.v1": Resolved,
  "push.reserved.v1": Reserved.extend({
    overByTask: z.array(z.object({ taskId: TaskCode, over: z.int().min(1) })),
  }),
  "push.released.v1": z.object({ pushId: Id, rev: z.int() }),
  "push.quotaSettled.v1": z.object({ pushId: Id, rev: z.int() }),
  "push.handedOver.v1": z.object({
    pushId: Id,
    round: z.int().min(1),
    filled: Filled,
    about: PushAbout,
    /** How many are to be reached. */
    targets: z.int().min(0),
  }),
  "push.calling.v1": z.object({ pushId: Id, taskId: TaskCode, realAt: Instant }),
  "push.called.v1": z.object({ pushId: Id, taskId: TaskCode, outcome: CallOutcome, realAt: Instant }),
  "push.lookedUp.v1": z.object({ pushId: Id, taskId: TaskCode, msgid: z.string().nullable(), realAt: Instant }),
  /** A robot's call that nobody answered. */
  "push.lost.v1": z.object({ pushId: Id, taskId: TaskCode }),
  "push.polled.v1": z.object({
    realAt: Instant,
    reports: z.array(
      z.object({
        pushId: Id,
        taskId: TaskCode,
        pressedAt: Instant.nullable(),
        complete: z.boolean(),
        changed: z.array(z.object({ targetId: Id, status: z.enum(RESULT_STATUSES), at: Instant.nullable() })),
        counts: TargetCounts,
      }),
    ),
  }),
  "push.remindAsked.v1": z.object({
    pushId: Id,
    taskIds: z.array(TaskCode),
    realAt: Instant,
    /** A line with the names of those who have not sent, to these robots. */
    nudges: z.array(z.object({ taskId: TaskCode, robotId: Id, staffIds: z.array(Id) })),
  }),
  "push.reminded.v1": z.object({ pushId: Id, taskId: TaskCode, errcode: z.int(), realAt: Instant }),
  /** Nothing more of it goes out; what was handed over and not sent is to be cancelled. */
  "push.closed.v1": z.object({ pushId: Id, reason: z.enum(CLOSE_REASONS) }),
  "push.tasksCancelled.v1": z.object({ pushId: Id, taskIds: z.array(TaskCode) }),
  "push.cancelled.v1": z.object({ pushId: Id, taskId: TaskCode, errcode: z.int(), realAt: Instant }),
  "push.unknownSettled.v1": z.object({ pushId: Id, taskId: TaskCode, as: z.enum(["sent", "notSent"]) }),
  "push.retried.v1": z.object({ pushId: Id, taskId: TaskCode, newTaskId: TaskCode }),
  "push.ticked.v1": z.object({
    pushId: Id,
    taskId: TaskCode,
    targetId: Id,
    happenedAt: Instant,
    /** Ticks of the task with this one. */
    ticks: z.int().min(1),
    lastTickAt: Instant,
  }),
  "push.unticked.v1": z.object({
    pushId: Id,
    taskId: TaskCode,
    targetId: Id,
    ticks: z.int().min(0),
    lastTickAt: Instant.nullable(),
  }),
  /** A half hour of the show is full. Too late: nothing goes out because of it. */
  "push.halfHourPassed.v1": z.object({ mark: Instant, late: z.boolean() }),
  "push.opened.v1": z.object({
    opens: z.array(z.object({ pushId: Id, taskId: TaskCode, count: z.int().min(1) })),
  }),
} as const;
export type PushEvents = typeof pushEvents;
export type PushEventData<T extends keyof PushEvents> = z.infer<PushEvents[T]>;
