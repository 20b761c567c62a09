import type { CommandInput } from "#domain/ops/index.ts";
import type { PushState, Push, PushTask } from "#domain/push/state.ts";
import { owed, type Owed } from "#domain/push/owed.ts";
import { dayOf } from "#domain/shanghai-day.ts";
import { sliceOf } from "#domain/slice-of.ts";
import { show, START, type Show } from "./given.ts";

/** Shows with pushes, and the reports of a runner that does what it is asked. */

export const MINUTE = 60_000;
export const SYSTEM = { by: "system" };
export const pushesOf = (played: Show): PushState => sliceOf(played.state, "push");

export function pushOf(played: Show, pushId?: string): Push {
  const rows = [...pushesOf(played).pushes.values()];
  const found = pushId === undefined ? rows.at(-1) : rows.find((row) => row.pushId === pushId);
  if (!found) throw new Error("no such push");
  return found;
}

export function taskOf(played: Show, taskId: string): PushTask {
  const found = pushesOf(played).tasks.get(taskId);
  if (!found) throw new Error(`no task ${taskId}`);
  return found;
}

export const owedNow = (played: Show): Owed[] =>
  owed(pushesOf(played), played.now).filter(({ notBefore }) => notBefore <= played.now);
export const kindsOwed = (played: Show): string[] => owedNow(played).map(({ kind }) => kind);

/** A show that is planned to start in an hour. */
export function planned(rehearsal = false): Show {
  const times = { plannedStartAt: START + 60 * MINUTE, plannedEndAt: START + 300 * MINUTE };
  return show()
    .when("session.create", { sessionId: "s1", roomId: "r1", title: "示例场次", rehearsal, ...times })
    .ok();
}

export const GROUPS: CommandInput<"push.plan"> = {
  kind: "groups",
  title: "开播提醒",
  copy: { text: "今晚 {{startsAt}} 开播" },
  audience: { purposes: ["直播"] },
};
export const ROBOT: CommandInput<"push.plan"> = {
  kind: "robot",
  title: "上链接提醒",
  copy: { text: "已上链接" },
  audience: { robotIds: ["robot1"] },
};

type Tasks = readonly { readonly taskId: string; readonly staffId: string; readonly targetIds: readonly string[] }[];
export const TWO_OWNERS: Tasks = [
  { taskId: "taskaa", staffId: "m1", targetIds: ["g1", "g2"] },
  { taskId: "taskbb", staffId: "m2", targetIds: ["g3"] },
];

export function resolve(played: Show, tasks: Tasks = TWO_OWNERS, role: "mass" | "forward" = "mass"): Show {
  const { pushId, rev } = pushOf(played);
  const rows = tasks.map((task) => ({ ...task, role, robotId: null }));
  const facts = { corpId: "c1", emulated: false, zone: "Asia/Shanghai", leftOut: 0 };
  return played.send("push.resolved", { pushId, rev, ...facts, tasks: rows }, SYSTEM).ok();
}

export function resolveRobot(played: Show, taskId = "robotaa"): Show {
  const { pushId, rev } = pushOf(played);
  const task = { taskId, role: "robot", staffId: null, robotId: "robot1", targetIds: [] };
  const facts = { corpId: "c1", emulated: false, zone: "Asia/Shanghai", leftOut: 0 };
  return played.send("push.resolved", { pushId, rev, ...facts, tasks: [task] }, SYSTEM).ok();
}

export function reserve(played: Show, over: readonly string[] = []): Show {
  const { pushId, rev, sendAt } = pushOf(played);
  return played.send("push.reserved", { pushId, rev, day: dayOf(sendAt ?? played.now), over, unknown: 0 }, SYSTEM).ok();
}

/** Planned, with its tasks and its quota. */
export const ready = (played = planned()): Show => reserve(resolve(played.when("push.plan", GROUPS).ok()));

/** Handed over at its time, by itself. */
export const handedOver = (played = ready()): Show => played.pass(45 * MINUTE + 3_000);

export const call = (played: Show, taskId: string): Show => played.when("push.call", { taskId }, SYSTEM).ok();
export function called(played: Show, taskId: string, outcome: object): Show {
  return played.send("push.called", { taskId, outcome }, SYSTEM).ok();
}
/** Handed over and taken by WeCom. */
export const waiting = (played = handedOver(), taskId = "taskaa"): Show =>
  called(call(played, taskId), taskId, { is: "handedOver", msgid: `msg-${taskId}`, failed: [] });

type Result = readonly [targetId: string, status: string];
export function polled(played: Show, taskId: string, sent: boolean, results: readonly Result[]): Show {
  const rows = results.map(([targetId, status]) => ({ targetId, status, at: status === "sent" ? played.now : null }));
  const report = { taskId, sent, sentAt: sent ? played.now : null, results: rows, complete: true };
  return played.send("push.polled", { reports: [report] }, SYSTEM).ok();
}
