import { describe, expect, it } from "vitest";
import type { PushRow, PushTaskRow } from "#domain/push/rows.ts";
import { pushRow, taskRow } from "#domain/push/rows.ts";
import { newPush, newTask, type Push, type PushTask } from "#domain/push/state.ts";
import { durationMs, instant } from "#domain/units.ts";
import { heldList, pushLists, waitingOf } from "./push-lists.ts";

const NOW = Date.UTC(2026, 10, 22, 12);

function row(pushId: string, change: Partial<Push> = {}): PushRow {
  const planned = newPush(
    {
      pushId,
      kind: "robot",
      title: `示例 ${pushId}`,
      corpId: null,
      copy: { text: "示例", card: null, link: "none", format: "text", mentionStaffIds: [], mentionAll: false },
      when: { by: "hand" },
      leadMs: durationMs(0),
      useBy: null,
      outlives: false,
      audience: {
        groupIds: [],
        ownerIds: [],
        purposes: [],
        tags: [],
        contactTagIds: [],
        staffIds: [],
        robotIds: ["b_1"],
      },
      about: { productId: null, couponId: null, lotteryId: null },
      rev: 1,
      held: null,
    },
    "staff:p_1",
    { plannedStartAt: instant(NOW), startedAt: null, endedAt: null },
  );
  return pushRow({ ...planned, ...change });
}

const noTasks = row("none").tasks;
const held = { reason: "holdAll", code: null, by: "staff:p_1", at: instant(NOW) } as const;
const timed = (at: number) => ({
  kind: "groups" as const,
  when: { by: "time" as const, at: instant(at) },
  sendAt: instant(at),
});

const task = (taskId: string, change: Partial<PushTask> = {}): PushTaskRow =>
  taskRow({
    ...newTask({ pushId: "out", taskId, role: "mass", staffId: `m_${taskId}`, robotId: null, targets: 3 }),
    state: "waiting",
    msgid: "m",
    ...change,
  });

describe("pushes at the desk", () => {
  it("stand once while a robot speaks, and apart once nobody can tell whether it did", () => {
    const speaking = row("a", { rounds: 1, tasks: { ...noTasks, calling: 1 } });
    expect(pushLists([speaking])).toMatchObject({ prepared: [speaking], underway: [], done: [] });
    const lost = row("a", { rounds: 1, tasks: { ...noTasks, unknown: 1 } });
    expect(pushLists([lost])).toMatchObject({ prepared: [lost], underway: [lost] });
  });

  it("keep the numbers of prepared ones when one has gone out", () => {
    const gone = row("a", { rounds: 1, tasks: { ...noTasks, sent: 1 } });
    expect(pushLists([gone, row("b")]).prepared.map(({ pushId }) => pushId)).toEqual(["a", "b"]);
  });

  it("stand where there is something to do about them, what is held before what comes", () => {
    const lists = pushLists([
      row("late", timed(NOW + 2)),
      row("soon", timed(NOW + 1)),
      row("held", { ...timed(NOW + 9), held }),
      row("out", { ...timed(NOW), rounds: 1, tasks: { ...noTasks, waiting: 2 } }),
      row("done", { ...timed(NOW), rounds: 1, tasks: { ...noTasks, sent: 2 } }),
    ]);
    expect(lists.coming.map(({ pushId }) => pushId)).toEqual(["held", "soon", "late"]);
    expect(lists.underway.map(({ pushId }) => pushId)).toEqual(["out"]);
    expect(lists.done.map(({ pushId }) => pushId)).toEqual(["done"]);
  });

  it("say who has not sent and how often they may still be reminded", () => {
    const tasks = [
      task("t1", { pressedAt: instant(NOW) }),
      task("t2", { reminders: [instant(NOW - 1_000)] }),
      task("t3", { role: "nudge" }),
      task("t4", { state: "failed" }),
    ];
    expect(waitingOf({ pushId: "out", rounds: 1 }, tasks, NOW)).toEqual({
      members: 2,
      sent: 1,
      unsentIds: ["m_t2"],
      remindersLeft: 2,
    });
  });

  it("list after a hold what can be called off still, and what stays", () => {
    const pushes = new Map([
      ["out", row("out", { ...timed(NOW), rounds: 1 })],
      ["kept", row("kept", { held })],
    ]);
    const tasks = [
      task("t1"),
      task("t2", { pressedAt: instant(NOW) }),
      task("t3", { cancel: { is: "asked", errcode: null } }),
      task("t4", { pushId: "kept", state: "intended" }),
    ];
    const list = heldList(pushes, tasks);
    expect(list.out.flatMap((out) => out.tasks.map(({ taskId }) => taskId))).toEqual(["t1", "t3"]);
    expect(list.held.map(({ pushId }) => pushId)).toEqual(["kept"]);
  });
});
