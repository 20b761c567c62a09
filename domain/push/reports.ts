import { z } from "zod";
import { Id, Instant } from "../units.ts";
import { ResolvedTask, TaskCode } from "./shapes.ts";

/**
 * What the runner (`server/wecom/pushes`) tells: inputs of the commands of `system`. Each answers to an `Owed` of `owed.ts`.
 *
 * Every `push.call` is sent under a new command id, and only the answer `ok` to that very command allows the call: a repeated id would be answered `ok` again.
 */

/** `push.resolved`: the tasks of a selection as it was at `rev`. */
export const Resolved = z.object({
  pushId: Id,
  rev: z.int().min(1),
  corpId: Id,
  /** The corp lives in the emulator. Only rehearsals may use such a one, and only such a one. */
  emulated: z.boolean(),
  /** IANA zone of the room, in which clock times are written. */
  zone: z.string().regex(/^[A-Za-z0-9_+/-]{1,60}$/),
  tasks: z.array(ResolvedTask).max(3_000),
  /** Chosen, but nobody can send to them: no owner in sight, dismissed, outside of what the app may see. */
  leftOut: z.int().min(0),
});
export type Resolved = z.infer<typeof Resolved>;

/** `push.reserved`: what the corp's account of quota answered. `over` are not sent to. */
export const Reserved = z.object({
  pushId: Id,
  rev: z.int().min(1),
  /** Day in Shanghai, `2026-11-22`. */
  day: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  over: z.array(Id).max(50_000),
  /** How many targets nobody has read the use of. */
  unknown: z.int().min(0),
});
export type Reserved = z.infer<typeof Reserved>;

export const CallOutcome = z.discriminatedUnion("is", [
  /** WeCom took it. `failed`: targets that it refused by name. A robot's message has no msgid. */
  z.object({ is: z.literal("handedOver"), msgid: z.string().max(200).nullable(), failed: z.array(Id).max(10_000) }),
  z.object({ is: z.literal("refused"), errcode: z.int(), class: z.string().max(40) }),
  /** No answer, or half of one: looked up, never called again. */
  z.object({ is: z.literal("unknown") }),
]);
export type CallOutcome = z.infer<typeof CallOutcome>;
export const Called = z.object({ taskId: TaskCode, outcome: CallOutcome });

/** `push.lookedUp`: `msgid: null` when no message with the task's link was found. */
export const LookedUp = z.object({ taskId: TaskCode, msgid: z.string().max(200).nullable() });

export const RESULT_STATUSES = ["unsent", "sent", "notFriend", "overQuota"] as const;
export type ResultStatus = (typeof RESULT_STATUSES)[number];

export const TaskReport = z.object({
  taskId: TaskCode,
  /** Whether the member has pressed send, and when. */
  sent: z.boolean(),
  sentAt: Instant.nullable(),
  /** As many as were read; what is known already may come again. */
  results: z.array(z.object({ targetId: Id, status: z.enum(RESULT_STATUSES), at: Instant.nullable() })).max(10_000),
  /** All pages of the results were read. */
  complete: z.boolean(),
});
export type TaskReport = z.infer<typeof TaskReport>;
/** `push.polled` */
export const Polled = z.object({ reports: z.array(TaskReport).min(1).max(100) });

/** `push.reminded` and `push.cancelled`: what came of one call; `errcode` 0 when it was taken. `null`: no answer (both may be tried again). */
export const CallAnswer = z.object({ taskId: TaskCode, errcode: z.int().nullable() });

/** `push.quotaSettled`, `push.released`: the corp's account was told. */
export const QuotaTold = z.object({ pushId: Id, rev: z.int().min(1) });

/** `push.opened`: how often links of tasks were opened since it was told last. */
export const Opened = z.object({
  opens: z
    .array(z.object({ taskId: TaskCode, count: z.int().min(1).max(1_000_000) }))
    .min(1)
    .max(500),
});
