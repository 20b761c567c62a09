import fc from "fast-check";
import { expect, it } from "vitest";
import { expectLeanViewsEqual, expectRebuilt, type Show } from "#tests/support/given.ts";
import {
  GROUPS,
  planned,
  pushesOf,
  pushOf,
  reserve,
  resolve,
  ROBOT,
  resolveRobot,
  SYSTEM,
} from "#tests/support/pushes.ts";
import { owed, type Owed } from "./owed.ts";

/**
 * A runner that does what is owed and is answered as it pleases: it dies between intent and call, hears nothing, is refused, tells twice and late;
 * people meddle. WeCom itself is a set of messages that were really handed over.
 */
type Step = { readonly pick: number; readonly fate: number; readonly waitMs: number };
const Steps = fc.array(
  fc.record({ pick: fc.nat(), fate: fc.nat({ max: 11 }), waitMs: fc.constantFrom(0, 1_000, 31_000, 120_000) }),
  {
    minLength: 10,
    maxLength: 120,
    size: "max",
  },
);

class World {
  readonly played: Show;
  /** What went out, by task, as often as it did. */
  readonly out = new Map<string, number>();

  constructor() {
    this.played = reserve(resolve(planned().when("push.plan", GROUPS).ok()));
    resolveRobot(this.played.when("push.plan", ROBOT).ok());
    this.played
      .when("push.handOver", { pushId: pushOf(this.played).pushId })
      .ok()
      .pass(3_000)
      .pass(46 * 60_000);
  }

  step({ pick, fate, waitMs }: Step): void {
    this.played.pass(waitMs);
    const due = owed(pushesOf(this.played), this.played.now).filter(({ notBefore }) => notBefore <= this.played.now);
    const next = due[pick % Math.max(1, due.length)];
    if (next && fate < 9) this.#work(next, fate);
    else this.#meddle(fate, pick);
  }

  #work(next: Owed, fate: number): void {
    const { played } = this;
    switch (next.kind) {
      case "call":
      case "robotSend":
        return this.#call(next.taskId, fate);
      case "lookUp":
        // WeCom lists a message only after a while.
        played.send(
          "push.lookedUp",
          { taskId: next.taskId, msgid: this.out.has(next.taskId) && fate > 3 ? `m-${next.taskId}` : null },
          SYSTEM,
        );
        return;
      case "poll": {
        const results = fate > 4 ? [{ targetId: "g1", status: "sent", at: played.now }] : [];
        const report = { taskId: next.taskId, sent: fate > 4, sentAt: played.now, results, complete: fate > 5 };
        played.send("push.polled", { reports: [report] }, SYSTEM);
        return;
      }
      case "remind":
      case "cancelCall":
        played.send(
          next.kind === "remind" ? "push.reminded" : "push.cancelled",
          { taskId: next.taskId, errcode: fate === 0 ? null : fate > 6 ? 41_046 : 0 },
          SYSTEM,
        );
        return;
      case "reserve":
        played.send(
          "push.reserved",
          { pushId: next.pushId, rev: next.rev, day: next.day, over: [], unknown: 0 },
          SYSTEM,
        );
        return;
      case "settleQuota":
        played.send("push.quotaSettled", { pushId: next.pushId, rev: next.rev }, SYSTEM);
        return;
      case "release":
      case "resolve":
    }
  }

  /** 0: dies before the call. 1: dies after it. 2: hears nothing, though it was taken; 3: nor was it. 4: refused for now. Else: taken. */
  #call(taskId: string, fate: number): void {
    if (this.played.send("push.call", { taskId }, SYSTEM).answer.status !== "ok" || fate === 0) return;
    if (fate !== 3 && fate !== 4) this.out.set(taskId, (this.out.get(taskId) ?? 0) + 1);
    if (fate === 1) return;
    const refused = { is: "refused", errcode: -1, class: "away" };
    const outcome =
      fate < 4 ? { is: "unknown" } : fate === 4 ? refused : { is: "handedOver", msgid: `m-${taskId}`, failed: [] };
    this.played.send("push.called", { taskId, outcome }, SYSTEM);
    if (fate === 7) this.played.send("push.called", { taskId, outcome }, SYSTEM);
  }

  #meddle(fate: number, pick: number): void {
    const { played } = this;
    const { pushId } = [...pushesOf(played).pushes.values()][pick % 2] ?? pushOf(played);
    const taskIds = [...pushesOf(played).tasks.keys()];
    const taskId = taskIds[pick % taskIds.length] ?? "";
    if (fate === 9) played.send("push.remind", { pushId, robotIds: pick % 2 === 0 ? ["robot1"] : [] });
    else if (fate === 10) {
      played.send("push.settleUnknown", { taskId, as: this.out.has(taskId) ? "sent" : "notSent" });
      played.send("push.retry", { taskId });
    } else if (pick % 5 === 0) played.send("push.cancelTasks", { taskIds: [taskId] });
    else if (pick % 5 === 1)
      played.send(pick % 2 === 0 ? "push.hold" : "push.unhold", pick % 2 === 0 ? { pushId } : { pushIds: [pushId] });
  }
}

const seed = Number(process.env["PROPERTY_SEED"] ?? 20_261_122);

it("[PSH10][PSH11] whatever befalls the runner, no task goes out twice, and a rebuilt or lean log shows the same", () => {
  fc.assert(
    fc.property(Steps, (steps) => {
      const world = new World();
      for (const step of steps) world.step(step);
      for (const [taskId, times] of world.out) expect(times, taskId).toBe(1);
      // What is said to have gone out did.
      for (const task of pushesOf(world.played).tasks.values()) {
        if (task.state === "sent" || task.state === "waiting")
          expect(world.out.has(task.taskId), task.state).toBe(true);
      }
      expectRebuilt(world.played);
      expectLeanViewsEqual(world.played, Math.floor(world.played.log.length / 2));
    }),
    { seed, numRuns: Number(process.env["PROPERTY_RUNS"] ?? 40) },
  );
});
