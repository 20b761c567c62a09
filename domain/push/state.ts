import { inPlace } from "../in-place.ts";
import { instant, type Instant } from "../units.ts";
import type { Filled } from "./copy.ts";
import type { Held, PushEventData, TargetCounts } from "./events.ts";
import type { ResultStatus } from "./reports.ts";
import {
  isMass,
  isSettled,
  TASK_STATES,
  type PushAbout,
  type PushPlan,
  type PushStatus,
  type ResolvedTask,
  type TaskRole,
  type TaskState,
} from "./shapes.ts";
import { expiresAtOf, sendAtOf, type ShowTimes } from "./times.ts";

/** Rows of the op `push`. They are replaced when they change; `books` alone are changed in place, and a lean fold is without them. */

export type PushTask = {
  readonly taskId: string;
  readonly pushId: string;
  readonly role: TaskRole;
  /** Which hand-over of the push it belongs to, from 1. */
  readonly round: number;
  readonly staffId: string | null;
  readonly robotId: string | null;
  readonly state: TaskState;
  /** Targets chosen, and those left out because their quota is used up. */
  readonly targets: number;
  readonly over: number;
  readonly counts: TargetCounts;
  readonly msgid: string | null;
  /** Real time of the intent, and of what was learned last; not before `againAt` is it tried again. */
  readonly callingAt: Instant | null;
  readonly againAt: Instant | null;
  readonly tries: number;
  readonly lookUps: number;
  readonly errcode: number | null;
  /** The last call never reached WeCom, so `errcode` is not its word. */
  readonly away: boolean;
  /** When the member pressed send, as WeCom says. */
  readonly pressedAt: Instant | null;
  /** Real time at which that was learned. */
  readonly pressSeenAt: Instant | null;
  readonly polledAt: Instant | null;
  readonly polls: number;
  /** The results of all its targets are known. */
  readonly complete: boolean;
  /** Real times of the reminders that WeCom took or that are on their way. */
  readonly reminders: readonly Instant[];
  readonly remindOwed: boolean;
  /** `errcode` of a cancelling that WeCom refused. */
  readonly cancel: { readonly is: "asked" | "done" | "refused"; readonly errcode: number | null } | null;
  /** Real time at which WeCom took the cancelling. */
  readonly closedAt: Instant | null;
  readonly ticks: number;
  readonly lastTickAt: Instant | null;
  readonly opens: number;
  /** Of a nudge: who is named in it. */
  readonly staffIds: readonly string[];
  readonly retryOf: string | null;
};

export type Trigger = { readonly at: Instant; readonly subjectId: string | null };

export type Push = PushPlan & {
  readonly pushId: string;
  readonly by: string;
  /** Counts what the selection was; tasks of an older one are made anew. */
  readonly rev: number;
  readonly sendAt: Instant | null;
  readonly expiresAt: Instant | null;
  readonly resolved: {
    readonly rev: number;
    readonly corpId: string;
    readonly emulated: boolean;
    readonly zone: string;
    readonly leftOut: number;
    readonly tasks: number;
    readonly targets: number;
  } | null;
  readonly quota: {
    readonly is: "reserved" | "released" | "settled";
    readonly rev: number;
    readonly day: string;
    readonly over: number;
    readonly unknown: number;
    /** When the account answered. */
    readonly at: Instant;
  } | null;
  readonly trigger: Trigger | null;
  /** What set the last hand-over off. */
  readonly lastTrigger: Trigger | null;
  readonly held: Held | null;
  readonly armed: { readonly armId: string; readonly firesAt: Instant } | null;
  readonly rounds: number;
  readonly handedOverAt: Instant | null;
  readonly filled: Filled | null;
  readonly handedAbout: PushAbout | null;
  readonly closed: { readonly reason: "useBy" | "ended" | "hand"; readonly by: string; readonly at: Instant } | null;
  /** Tasks by state, without those of reminders. */
  readonly tasks: Readonly<Record<TaskState, number>>;
  readonly counts: TargetCounts;
  readonly ticks: number;
  readonly opens: number;
  /** When the first member pressed send (of robots: when the first message went out). */
  readonly wentOutAt: Instant | null;
};

/** What only `decide` and `owed` need of a task. */
export type TaskBook = {
  readonly targetIds: readonly string[];
  readonly over: ReadonlySet<string>;
  readonly results: ReadonlyMap<string, { readonly status: ResultStatus | "invalid"; readonly at: Instant | null }>;
  readonly ticks: ReadonlyMap<string, { readonly by: string; readonly happenedAt: Instant }>;
};

export type PushState = {
  readonly pushes: ReadonlyMap<string, Push>;
  readonly tasks: ReadonlyMap<string, PushTask>;
  /** By task; `null` in a lean fold. */
  readonly books: ReadonlyMap<string, TaskBook> | null;
  readonly show: ShowTimes;
  readonly nextRev: number;
  /** Units held by unpaid orders. */
  readonly unpaid: number;
  /** The last half hour of the show that was told to be full. */
  readonly mark: Instant | null;
  /** Reservations of pushes that are gone and are to be given back. */
  readonly toRelease: ReadonlyMap<string, { readonly corpId: string; readonly rev: number }>;
};

export const emptyPushes = (): PushState => ({
  pushes: new Map(),
  tasks: new Map(),
  books: new Map(),
  show: { plannedStartAt: instant(0), startedAt: null, endedAt: null },
  nextRev: 1,
  unpaid: 0,
  mark: null,
  toRelease: new Map(),
});

export const NO_TARGETS: TargetCounts = { unsent: 0, sent: 0, notFriend: 0, overQuota: 0, invalid: 0 };
const noTasks = (): Record<TaskState, number> => ({
  intended: 0,
  calling: 0,
  waiting: 0,
  sent: 0,
  partly: 0,
  failed: 0,
  cancelled: 0,
  unknown: 0,
});

export function newPush(planned: PushEventData<"push.planned.v1">, by: string, show: ShowTimes): Push {
  return {
    ...planned,
    by,
    sendAt: sendAtOf(planned, show),
    expiresAt: expiresAtOf(planned, show),
    resolved: null,
    quota: null,
    trigger: null,
    lastTrigger: null,
    armed: null,
    rounds: 0,
    handedOverAt: null,
    filled: null,
    handedAbout: null,
    closed: null,
    tasks: noTasks(),
    counts: NO_TARGETS,
    ticks: 0,
    opens: 0,
    wentOutAt: null,
  };
}

export type TaskOrigin = Pick<PushTask, "pushId" | "taskId" | "role" | "staffId" | "robotId" | "targets">;

export function newTask(origin: TaskOrigin): PushTask {
  return {
    ...origin,
    round: 1,
    state: "intended",
    over: 0,
    counts: { ...NO_TARGETS, unsent: origin.targets },
    msgid: null,
    callingAt: null,
    againAt: null,
    tries: 0,
    lookUps: 0,
    errcode: null,
    away: false,
    pressedAt: null,
    pressSeenAt: null,
    polledAt: null,
    polls: 0,
    complete: false,
    reminders: [],
    remindOwed: false,
    cancel: null,
    closedAt: null,
    ticks: 0,
    lastTickAt: null,
    opens: 0,
    staffIds: [],
    retryOf: null,
  };
}

export const taskOf = (pushId: string, { taskId, role, staffId, robotId, targetIds }: ResolvedTask): PushTask =>
  newTask({ pushId, taskId, role, staffId, robotId, targets: targetIds.length });

const emptyBook: TaskBook = { targetIds: [], over: new Set(), results: new Map(), ticks: new Map() };
export const newBook = (targetIds: readonly string[]): TaskBook => ({ ...emptyBook, targetIds });
/** Empty in a lean fold: what is decided from it must not be decided there. */
export const bookOf = ({ books }: PushState, taskId: string): TaskBook => books?.get(taskId) ?? emptyBook;

export function keepBook({ books }: PushState, taskId: string, change: (book: TaskBook) => TaskBook): void {
  if (books) inPlace(books).set(taskId, change(books.get(taskId) ?? emptyBook));
}

export function withPush(own: PushState, pushId: string, change: (push: Push) => Push): PushState {
  const push = own.pushes.get(pushId);
  return push ? { ...own, pushes: new Map(own.pushes).set(pushId, change(push)) } : own;
}

/** The tasks of a push that count: those of its last hand-over, without reminders' lines and what was handed over anew as another task. */
export function countingTasks(own: PushState, push: Pick<Push, "pushId" | "rounds">): PushTask[] {
  const round = Math.max(1, push.rounds);
  const own_ = [...own.tasks.values()].filter((task) => task.pushId === push.pushId && task.role !== "nudge");
  const replaced = new Set(own_.flatMap(({ retryOf }) => retryOf ?? []));
  return own_.filter((task) => task.round === round && !replaced.has(task.taskId));
}

/** Replaces rows of tasks, and what their pushes count of them. */
export function withTasks(own: PushState, changed: readonly PushTask[]): PushState {
  if (changed.length === 0) return own;
  const tasks = new Map(own.tasks);
  for (const task of changed) tasks.set(task.taskId, task);
  let state: PushState = { ...own, tasks };
  for (const pushId of new Set(changed.map((task) => task.pushId))) state = recounted(state, pushId);
  return state;
}

export function withTask(own: PushState, taskId: string, change: (task: PushTask) => PushTask): PushState {
  const task = own.tasks.get(taskId);
  return task ? withTasks(own, [change(task)]) : own;
}

export function recounted(own: PushState, pushId: string): PushState {
  return withPush(own, pushId, (push) => {
    const counting = countingTasks(own, push);
    const tasks = noTasks();
    const counts = { ...NO_TARGETS };
    for (const task of counting) {
      tasks[task.state] += 1;
      for (const key of ["unsent", "sent", "notFriend", "overQuota", "invalid"] as const)
        counts[key] += task.counts[key];
    }
    const all = [...own.tasks.values()].filter((task) => task.pushId === pushId);
    const pressed = all.flatMap(({ pressedAt, role }) => (pressedAt === null || role === "nudge" ? [] : [pressedAt]));
    return {
      ...push,
      tasks,
      counts,
      ticks: counting.reduce((sum, task) => sum + task.ticks, 0),
      opens: all.reduce((sum, task) => sum + task.opens, 0),
      wentOutAt: pressed.length === 0 ? null : instant(Math.min(...pressed)),
    };
  });
}

/** What WeCom's results make of a task that was handed over (PSH14). Targets left out for their quota are no part of it. */
export function stateOfResults({ counts, pressedAt, complete, cancel }: PushTask): TaskState {
  if (complete && pressedAt !== null) {
    const missed = counts.unsent + counts.notFriend + counts.overQuota + counts.invalid;
    return counts.sent === 0 ? "failed" : missed === 0 ? "sent" : "partly";
  }
  if (cancel?.is === "done") return counts.sent > 0 ? "partly" : "cancelled";
  return "waiting";
}

/** Whether it goes out each time that something happens. */
export const isRepeating = ({ when }: Pick<PushPlan, "when">): boolean => when.by === "event" && !when.once;

/** Derived from what is known, never set by anybody (PSH1). */
export function statusOf(push: Push): PushStatus {
  const { tasks, held, armed, closed, rounds } = push;
  if (rounds === 0) {
    if (closed) return "cancelled";
    return armed ? "armed" : held ? "held" : "planned";
  }
  if (tasks.unknown > 0) return "unknown";
  if (armed) return "armed";
  if (tasks.intended + tasks.calling > 0) return held ? "held" : "handedOver";
  if (tasks.waiting > 0) return "waiting";
  if (isRepeating(push) && !closed) return held ? "held" : "planned";
  const all = TASK_STATES.reduce((sum, state) => sum + tasks[state], 0);
  if (tasks.sent === all) return "sent";
  if (tasks.cancelled === all) return "cancelled";
  return tasks.failed === all ? "failed" : tasks.sent + tasks.partly === 0 ? "failed" : "partly";
}

/** Its tasks are made of the selection as it is now. */
export const isResolved = ({ resolved, rev }: Push): boolean => resolved?.rev === rev;

/** Its quota is reserved for its tasks as they are now. */
export const isReserved = ({ quota, rev, kind }: Push): boolean =>
  !isMass(kind) || (quota?.is === "reserved" && quota.rev === rev);

/** Whether it can still go out, by itself or by a hand. */
export const isOpen = (push: Push): boolean => !push.closed && (push.rounds === 0 || isRepeating(push));

/** Nothing of it is under way any more, and what came of it is known. */
export const isDone = (own: PushState, push: Push): boolean => countingTasks(own, push).every(isTaskDone);

function isTaskDone(task: PushTask): boolean {
  if (!isSettled(task.state)) return false;
  return task.role !== "mass" || task.msgid === null || isReadOut(task);
}

/** What WeCom dispatches after a member has pressed comes in within this time. */
const SETTLING_MS = 15 * 60_000;

/** Nothing new is to be read of a message that was handed over. */
export function isReadOut({ complete, pressSeenAt, closedAt, polledAt, counts }: PushTask): boolean {
  if (polledAt === null) return false;
  // What a member sent in the last second shows in the results that are read after the cancelling.
  if (closedAt !== null) return polledAt >= closedAt;
  return complete && pressSeenAt !== null && (counts.unsent === 0 || polledAt >= pressSeenAt + SETTLING_MS);
}
