import type { z } from "zod";
import type { BagState } from "../bag/state.ts";
import type { CouponState } from "../coupon/state.ts";
import { reject, type Ctx, type Rejection } from "../op.ts";
import type { AudienceState } from "../ops/audience.ts";
import type { FiguresState } from "../ops/figures.ts";
import type { SessionState } from "../ops/session.ts";
import { halfHourNow } from "../report/half-hour-text.ts";
import { reportFacts } from "../report/report-facts.ts";
import { reportText } from "../report/report-text.ts";
import { sayReport } from "../report/report-words.ts";
import { instant } from "../units.ts";
import type { BoardState } from "../warmup/board.ts";
import type { SignupState } from "../warmup/signups.ts";
import { copyFaults, copyValues, fieldsOfCopy, fillCopy, type CopyFacts } from "./copy.ts";
import { personToken, sizedAsNamed } from "./named.ts";
import type { Called, LookedUp, Reserved, Resolved } from "./reports.ts";
import { isMass, type PushAbout } from "./shapes.ts";
import {
  bookOf,
  countingTasks,
  isOpen,
  isRepeating,
  isReserved,
  isResolved,
  newTask,
  type Push,
  type PushState,
  type PushTask,
  type TaskOrigin,
} from "./state.ts";
import { isZone } from "./times.ts";
import { dayOf } from "../shanghai-day.ts";

/** From the plan to the call (PSH7–PSH13): what a push needs before it goes out, and what is written down before and after each call. */

/** Later than this nothing goes out by itself: a person decides. */
export const LATE_MS = 5 * 60_000;
/** How often one push may follow its event. */
export const ROUNDS_MAX = 50;
/** How long after its intent a call is looked for, each time, ms. After the last it is unknown. */
export const LOOK_UP_MS = [30_000, 60_000, 120_000, 300_000, 600_000] as const;
/** Refusals that say that nothing was taken and that a later try may be. */
const PASSING: ReadonlySet<string> = new Set(["retry", "conflict", "rate", "concurrency", "token", "away"]);
const AGAIN_MS = [30_000, 60_000, 120_000, 300_000] as const;

export type Facts = {
  readonly own: PushState;
  readonly session: SessionState;
  readonly bag: BagState;
  readonly coupon: CouponState;
  readonly audience: AudienceState;
  readonly figures: FiguresState;
  readonly signup: SignupState;
  readonly leaderboard: BoardState;
};

export function decideResolved({ own, session }: Pick<Facts, "own" | "session">, input: z.infer<typeof Resolved>) {
  const push = own.pushes.get(input.pushId);
  if (!push) return reject("push.notFound", { pushId: input.pushId });
  if (push.rev !== input.rev || push.armed || push.rounds > 0 || push.closed) {
    return reject("push.stale", { pushId: push.pushId, rev: push.rev });
  }
  // PSH8: the emulator's corp is for rehearsals, a real one for real shows.
  if (input.emulated !== session.rehearsal) return reject("push.wrongCorp", { emulated: input.emulated });
  if (push.corpId !== null && push.corpId !== input.corpId) return reject("push.wrongCorp", { corpId: push.corpId });
  if (!isZone(input.zone)) return reject("push.noSuchZone", { zone: input.zone });
  const taskIds = input.tasks.map(({ taskId }) => taskId);
  const taken = taskIds.find((taskId) => own.tasks.has(taskId) && own.tasks.get(taskId)?.pushId !== push.pushId);
  if (taken !== undefined || new Set(taskIds).size < taskIds.length) return reject("push.taskTwice");
  const targets = input.tasks.flatMap(({ role, targetIds }) => (role === "mass" ? targetIds : []));
  if (new Set(targets).size < targets.length) return reject("push.targetTwice");
  if (input.tasks.some(({ role }) => !rolesOf(push).includes(role)))
    return reject("push.wrongRole", { kind: push.kind });
  return [{ type: "push.resolved.v1" as const, data: input }];
}

function rolesOf({ kind }: Push): readonly PushTask["role"][] {
  if (isMass(kind)) return ["mass"];
  return kind === "robot" ? ["robot"] : ["robot", "forward"];
}

export function decideReserved({ own }: Pick<Facts, "own">, input: z.infer<typeof Reserved>) {
  const push = own.pushes.get(input.pushId);
  if (!push) return reject("push.notFound", { pushId: input.pushId });
  if (!isMass(push.kind) || !isResolved(push) || push.rev !== input.rev || push.closed) {
    return reject("push.stale", { pushId: push.pushId, rev: push.rev });
  }
  const over = new Set(input.over);
  const overByTask = countingTasks(own, push).flatMap(({ taskId, state }) => {
    const count = bookOf(own, taskId).targetIds.filter((targetId) => over.has(targetId)).length;
    return count > 0 && state === "intended" ? [{ taskId, over: count }] : [];
  });
  return [{ type: "push.reserved.v1" as const, data: { ...input, overByTask } }];
}

/** Whether it has all that it needs; else why not. */
export function refuseGoing(push: Push, ctx: Pick<Ctx, "now" | "by">): Rejection | undefined {
  const { pushId, closed, held, expiresAt, resolved, quota } = push;
  if (closed) return reject("push.closed", { pushId, reason: closed.reason });
  // A person who presses lets it go by that; by itself nothing that is held goes.
  if (held && ctx.by === "system") return reject("push.held", { pushId, reason: held.reason });
  if (!isOpen(push)) return reject("push.alreadyHandedOver", { pushId });
  if (push.rounds >= ROUNDS_MAX) return reject("push.tooOften", { max: ROUNDS_MAX });
  if (expiresAt !== null && ctx.now >= expiresAt) return reject("push.tooLate", { pushId, expiresAt });
  if (!resolved || !isResolved(push)) return reject("push.notResolved", { pushId });
  if (resolved.tasks === 0) return reject("push.nobody", { pushId, leftOut: resolved.leftOut });
  if (!isMass(push.kind)) return undefined;
  if (!quota || !isReserved(push)) return reject("push.notReserved", { pushId });
  // The account was asked about another day, whose month or week may have more left.
  if (quota.day !== dayOf(ctx.now)) return reject("push.otherDay", { pushId, day: quota.day });
  return quota.over >= resolved.targets ? reject("push.overQuota", { pushId, over: quota.over }) : undefined;
}

export function decideHandOver(see: Facts, pushId: string, ctx: Ctx) {
  const push = see.own.pushes.get(pushId);
  if (!push) return reject("push.notFound", { pushId });
  const refused = refuseGoing(push, ctx);
  if (refused) return refused;
  const { when, trigger, resolved, quota, kind } = push;
  // What set it off was taken back within its three seconds.
  if (when.by === "event" && ctx.by === "system" && !trigger) return reject("push.triggerGone", { pushId });
  const about = aboutOf(push);
  const startsAt = see.session.startedAt ?? see.session.plannedStartAt;
  const zone = resolved?.zone ?? "UTC";
  const told = toldOf(see, push, { now: ctx.now, zone });
  const values = copyValues(about, {
    bag: see.bag,
    coupon: see.coupon,
    startsAt,
    now: ctx.now,
    zone,
    told,
    signups: see.signup.standing,
    top3: top3Of(see.leaderboard),
  });
  const { filled, missing } = fillCopy(push.copy, values, { at: ctx.now, zone });
  if (missing.length > 0) return reject("push.copyMissing", { pushId, fields: missing });
  const fault = copyFaults(kind, sizedAsNamed({ ...push.copy, ...filled }))[0];
  if (fault) return reject("push.copyTooLong", { path: fault.path, max: fault.max, is: fault.is });
  const targets = (resolved?.targets ?? 0) - (quota?.over ?? 0);
  const data = { pushId, round: push.rounds + 1, filled, about, targets };
  return [{ type: "push.handedOver.v1" as const, data }];
}

/** Whom a board that is published names first. */
const top3Of = ({ published, told }: Pick<BoardState, "published" | "told">): string[] | null =>
  published ? told.rows.slice(0, 3).map(({ personId }) => personToken(personId)) : null;

/** Written only where it is asked for: it reads all figures of the show. */
function toldOf(see: Facts, { copy }: Push, { now, zone }: { now: number; zone: string }): CopyFacts["told"] {
  const fields = fieldsOfCopy(copy);
  const telling = { say: sayReport, zone };
  const facts = fields.includes("halfHour") || fields.includes("report") ? reportFacts(see) : null;
  return {
    halfHour: facts && fields.includes("halfHour") ? halfHourNow(telling, facts, now) : null,
    report: facts && fields.includes("report") ? reportText(telling, facts, now) : null,
  };
}

/** What set it off says what it is about where the plan does not. */
function aboutOf({ about, when, trigger }: Push): PushAbout {
  if (when.by !== "event" || !trigger) return about;
  const { subjectId } = trigger;
  if (when.on === "openSale") return { ...about, productId: about.productId ?? subjectId };
  if (when.on === "couponPushed") return { ...about, couponId: about.couponId ?? subjectId };
  return when.on === "lotteryOpened" ? { ...about, lotteryId: about.lotteryId ?? subjectId } : about;
}

/** When it goes out by itself, once it is ready; `null`: not by itself. */
export function dueAtOf(push: Push): number | null {
  if (push.held || push.armed || !isOpen(push) || push.rounds >= ROUNDS_MAX) return null;
  if (!isResolved(push) || !isReserved(push)) return null;
  return push.when.by === "event" ? (push.trigger?.at ?? null) : push.rounds === 0 ? push.sendAt : null;
}

/** PSH10: the intent, written before the call. Nobody may call twice, so a second one is refused whatever became of the first. */
export function decideCall({ own }: Pick<Facts, "own">, taskId: string, ctx: Ctx) {
  const task = own.tasks.get(taskId);
  const push = task && own.pushes.get(task.pushId);
  if (!task || !push) return reject("push.taskNotFound", { taskId });
  if (task.state !== "intended") return reject("push.alreadyCalled", { taskId, state: task.state });
  if (task.role === "forward") return reject("push.nothingToCall", { taskId });
  if (push.rounds < task.round || push.rounds === 0) return reject("push.notHandedOver", { taskId });
  if (push.closed) return reject("push.closed", { pushId: push.pushId, reason: push.closed.reason });
  if (push.held) return reject("push.held", { pushId: push.pushId, reason: push.held.reason });
  if (task.againAt !== null && ctx.realNow < task.againAt)
    return reject("push.tooEarly", { taskId, againAt: task.againAt });
  if (push.expiresAt !== null && ctx.now >= push.expiresAt)
    return reject("push.tooLate", { taskId, expiresAt: push.expiresAt });
  if (task.role === "mass" && !isReserved(push)) return reject("push.notReserved", { pushId: push.pushId });
  return [{ type: "push.calling.v1" as const, data: { pushId: push.pushId, taskId, realAt: ctx.realNow } }];
}

export function decideCalled({ own }: Pick<Facts, "own">, { taskId, outcome }: z.infer<typeof Called>, ctx: Ctx) {
  const task = own.tasks.get(taskId);
  if (!task) return reject("push.taskNotFound", { taskId });
  const event = {
    type: "push.called.v1" as const,
    data: { pushId: task.pushId, taskId, outcome, realAt: ctx.realNow },
  };
  // An answer that comes late is proof all the same, also where nobody hoped for it any more.
  if (task.state === "unknown" && outcome.is !== "unknown") return [event];
  if (task.state === "calling") return outcome.is === "unknown" && task.role === "mass" ? [] : [event];
  if (outcome.is === "handedOver" && outcome.msgid === task.msgid) return [];
  return reject("push.notCalling", { taskId, state: task.state });
}

export function decideLookedUp({ own }: Pick<Facts, "own">, { taskId, msgid }: z.infer<typeof LookedUp>, ctx: Ctx) {
  const task = own.tasks.get(taskId);
  if (!task) return reject("push.taskNotFound", { taskId });
  if (task.state === "calling" || (task.state === "unknown" && msgid !== null)) {
    if (task.role !== "mass") return reject("push.nothingToLookUp", { taskId });
    return [{ type: "push.lookedUp.v1" as const, data: { pushId: task.pushId, taskId, msgid, realAt: ctx.realNow } }];
  }
  return msgid === null || msgid === task.msgid ? [] : reject("push.notCalling", { taskId, state: task.state });
}

/** A task after its call. A robot's is sent at most once, so that one without an answer stays unknown. */
export function calledTask(
  task: PushTask,
  outcome: z.infer<typeof Called>["outcome"],
  at: { readonly realAt: number; readonly at: number },
): PushTask {
  const mass = task.role === "mass";
  if (outcome.is === "unknown") return { ...task, away: false, state: mass ? task.state : "unknown" };
  if (outcome.is === "refused") {
    const away = outcome.class === "away";
    const refused = { ...task, away, errcode: away ? null : outcome.errcode };
    if (!PASSING.has(outcome.class)) return { ...refused, state: "failed" };
    const pause = AGAIN_MS[Math.min(task.tries, AGAIN_MS.length) - 1] ?? AGAIN_MS[0];
    return { ...refused, state: task.cancel ? "cancelled" : "intended", againAt: instant(at.realAt + pause) };
  }
  if (!mass) return { ...task, state: "sent", errcode: 0, away: false, pressedAt: instant(at.at), counts: task.counts };
  const invalid = outcome.failed.length;
  const counts = { ...task.counts, invalid, unsent: Math.max(0, task.counts.unsent - invalid) };
  return { ...task, state: "waiting", errcode: 0, away: false, msgid: outcome.msgid, counts };
}

/** Whether look-ups go on; after the last it is for a person to decide. */
export function lookedUpTask(task: PushTask, msgid: string | null): PushTask {
  if (msgid !== null) return { ...task, state: "waiting", msgid };
  const lookUps = task.lookUps + 1;
  return { ...task, lookUps, state: lookUps >= LOOK_UP_MS.length ? "unknown" : "calling" };
}

/** A push that follows its event again has tasks of its own each time; their codes are those of the first with the round behind it. */
export function tasksOfRound(own: PushState, push: Push, round: number): PushTask[] {
  const first = [...own.tasks.values()].filter(
    (task) => task.pushId === push.pushId && task.round === 1 && task.role !== "nudge" && task.retryOf === null,
  );
  if (round === 1 || !isRepeating(push)) return first;
  return first.map((task) => ({ ...newTask({ ...originOf(task), taskId: codeOfRound(task.taskId, round) }), round }));
}

const originOf = ({ pushId, taskId, role, staffId, robotId, targets }: PushTask): TaskOrigin => ({
  pushId,
  taskId,
  role,
  staffId,
  robotId,
  targets,
});
export const codeOfRound = (taskId: string, round: number): string => (round === 1 ? taskId : `${taskId}-${round}`);
