import type { PushAudience, PushKind } from "./shapes.ts";

/**
 * What a show owes to the outside, read from its state alone. The runner asks after each commit that touches a push, does what is due and tells what
 * became of it by commands of `system`; what was told is owed no more. `key` names one piece of work: while one is at work on it nobody else begins it.
 * `notBefore` is real time, ms UTC, also in a rehearsal.
 */
export type Owed = { readonly key: string; readonly pushId: string; readonly notBefore: number } & OwedWork;

type OwedWork =
  /** Make tasks of a selection → `push.resolved`. */
  | {
      readonly kind: "resolve";
      readonly rev: number;
      readonly pushKind: PushKind;
      readonly corpId: string | null;
      readonly audience: PushAudience;
    }
  /** Ask the corp's stream (`quota.reserve`) → `push.reserved`. */
  | {
      readonly kind: "reserve";
      readonly rev: number;
      readonly corpId: string;
      readonly day: string;
      readonly targetIds: readonly string[];
    }
  /** Give back (`quota.release`) → `push.released`. */
  | { readonly kind: "release"; readonly rev: number; readonly corpId: string }
  /** Write the intent (`push.call`, a new command id), and when that answers `ok` call add_msg_template → `push.called`. */
  | { readonly kind: "call"; readonly taskId: string; readonly corpId: string }
  /** As `call`, by robot; at most once. */
  | { readonly kind: "robotSend"; readonly taskId: string; readonly corpId: string }
  /** Look for the task's link among the messages of the sender → `push.lookedUp`. */
  | { readonly kind: "lookUp"; readonly taskId: string; readonly corpId: string; readonly calledAt: number }
  /** Read who has sent and what came of it → `push.polled`. */
  | { readonly kind: "poll"; readonly taskId: string; readonly corpId: string; readonly msgid: string }
  /** remind_groupmsg_send → `push.reminded`. */
  | { readonly kind: "remind"; readonly taskId: string; readonly corpId: string; readonly msgid: string }
  /** cancel_groupmsg_send → `push.cancelled`. */
  | { readonly kind: "cancelCall"; readonly taskId: string; readonly corpId: string; readonly msgid: string }
  /** Tell the corp's stream what was used (`quota.settle`) → `push.quotaSettled`. */
  | {
      readonly kind: "settleQuota";
      readonly rev: number;
      readonly corpId: string;
      readonly used: readonly { readonly taskId: string; readonly day: string; readonly targetIds: readonly string[] }[];
    };
