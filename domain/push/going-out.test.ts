import { describe, expect, it } from "vitest";
import { expectLeanViewsEqual, expectRebuilt, START, type Show } from "#tests/support/given.ts";
import {
  call,
  called,
  GROUPS,
  handedOver,
  kindsOwed,
  MINUTE,
  owedNow,
  planned,
  polled,
  pushesOf,
  pushOf,
  ready,
  reserve,
  resolve,
  resolveRobot,
  ROBOT,
  SYSTEM,
  taskOf,
  waiting,
} from "#tests/support/pushes.ts";
import { dayOf } from "../shanghai-day.ts";
import { statusOf } from "./state.ts";

const LATE = 5 * MINUTE;
const REFUSED = { is: "refused", errcode: 45_009, class: "rate" };

describe("by itself", () => {
  it("[PSH7] is armed at its time and goes after three seconds", () => {
    const played = ready();
    played.pass(45 * MINUTE);
    expect(statusOf(pushOf(played))).toBe("armed");
    expect(kindsOwed(played)).toEqual([]);
    played.pass(3_000);
    expect(pushOf(played)).toMatchObject({ rounds: 1, armed: null });
    expect(owedNow(played)).toMatchObject([
      { kind: "call", taskId: "taskaa" },
      { kind: "call", taskId: "taskbb" },
    ]);
    expectRebuilt(played);
    expectLeanViewsEqual(played);
  });

  it("[PSH7] waits for its tasks and its quota", () => {
    const played = planned().when("push.plan", GROUPS).ok();
    expect(kindsOwed(played)).toEqual(["resolve"]);
    played.pass(46 * MINUTE);
    resolve(played);
    expect(owedNow(played)).toMatchObject([{ kind: "reserve", targetIds: ["g1", "g2", "g3"], day: "2026-11-11" }]);
    played.when("push.handOver", { pushId: pushOf(played).pushId }).rejected("push.notReserved");
    expect(statusOf(pushOf(played))).toBe("planned");
    reserve(played).pass(3_000);
    expect(pushOf(played).rounds).toBe(1);
  });

  it("[PSH7] is held when it was stopped, and never goes by itself again", () => {
    const played = ready().pass(45 * MINUTE);
    const armId = pushOf(played).armed?.armId ?? "";
    played
      .when("arm.stop", { armId })
      .ok()
      .pass(10 * MINUTE);
    expect(pushOf(played)).toMatchObject({ rounds: 0, held: { reason: "stopped", by: "staff:ann" } });
    // Its time is over: a hand may still send it.
    played.when("push.unhold", { pushIds: [pushOf(played).pushId] }).rejected("push.lateNow");
    played
      .when("push.handOver", { pushId: pushOf(played).pushId })
      .ok()
      .pass(3_000);
    expect(pushOf(played)).toMatchObject({ rounds: 1, held: null });
  });

  it("[PSH7] does not go late", () => {
    const played = ready()
      .at(START + 45 * MINUTE + LATE + 1)
      .pass(0);
    expect(pushOf(played)).toMatchObject({ rounds: 0, armed: null, held: { reason: "late" } });
    const away = ready().pass(45 * MINUTE);
    away.at(away.now + 60_000).pass(0);
    expect(pushOf(away)).toMatchObject({ rounds: 0, held: { reason: "late" } });
  });

  it("[PSH17] goes nowhere while all is held, and stays held afterwards", () => {
    const played = ready().pass(45 * MINUTE);
    resolve(
      played.when("push.plan", { ...GROUPS, title: "第二条", when: { by: "start", offsetMs: 60 * MINUTE } }).ok(),
      [{ taskId: "taskcc", staffId: "m1", targetIds: ["g1"] }],
    );
    played.when("arm.holdAll", {}).ok();
    expect([...pushesOf(played).pushes.values()].map(({ held }) => held?.reason)).toEqual(["holdAll", "holdAll"]);
    const pushIds = [...pushesOf(played).pushes.keys()];
    played.when("push.unhold", { pushIds }).rejected("arm.held");
    played
      .when("arm.release", {})
      .ok()
      .pass(2 * MINUTE);
    expect([...pushesOf(played).pushes.values()].map(({ rounds }) => rounds)).toEqual([0, 0]);
    played.when("push.unhold", { pushIds }).ok().pass(3_000);
    expect(pushOf(played, pushIds[0]).rounds).toBe(1);
  });

  it("[PSH17] stops calls that are left, and offers what was handed over", () => {
    const played = waiting();
    played.when("arm.holdAll", {}).ok();
    played.when("push.call", { taskId: "taskbb" }, SYSTEM).rejected("push.held");
    expect(kindsOwed(played)).toEqual([]);
    expect(Object(played.slice("control", "pushBoard")).cancellable).toBe(2);
    played.when("push.cancelTasks", { taskIds: ["taskaa", "taskbb"] }).ok();
    expect(owedNow(played)).toMatchObject([{ kind: "cancelCall", msgid: "msg-taskaa" }]);
    expect(taskOf(played, "taskbb").state).toBe("cancelled");
  });

  it("[PSH15] is not handed over without quota, nor on another day than it was asked for", () => {
    const none = reserve(resolve(planned().when("push.plan", GROUPS).ok()), ["g1", "g2", "g3"]);
    const { pushId } = pushOf(none);
    none.when("push.handOver", { pushId }).rejected("push.overQuota");
    none.pass(46 * MINUTE);
    expect(pushOf(none)).toMatchObject({ rounds: 0, held: { code: "push.overQuota" } });
    const other = ready();
    expect(pushOf(other).quota?.at).toBe(other.now);
    other
      .at(START + 5 * 60 * MINUTE)
      .when("push.handOver", { pushId: pushOf(other).pushId })
      .rejected("push.otherDay");
    // Moved to today it is asked for anew, as the screens offer.
    const { pushId: late, leadMs } = pushOf(other);
    const soon = other.now + 10 * MINUTE + leadMs;
    other.send("push.edit", { pushId: late, to: { when: { by: "time", at: soon } } }).ok();
    expect(owedNow(other)).toMatchObject([{ kind: "reserve", day: dayOf(other.now) }]);
    const some = handedOver(reserve(resolve(planned().when("push.plan", GROUPS).ok()), ["g3"]));
    expect(taskOf(some, "taskbb")).toMatchObject({ state: "failed", over: 1 });
    expect(kindsOwed(some)).toEqual(["call"]);
  });

  it("[PSH15] reserves anew when it moves to another day", () => {
    const played = ready();
    played
      .when("push.edit", { pushId: pushOf(played).pushId, to: { when: { by: "start", offsetMs: 24 * 60 * MINUTE } } })
      .ok();
    expect(owedNow(played)).toMatchObject([{ kind: "reserve", day: "2026-11-12" }]);
  });
});

describe("a call", () => {
  it("[PSH10] is written down first and never made twice", () => {
    const played = handedOver();
    played.when("push.call", { taskId: "taskaa" }, SYSTEM).then({ type: "push.calling.v1" });
    played.when("push.call", { taskId: "taskaa" }, SYSTEM).rejected("push.alreadyCalled");
    called(played, "taskaa", { is: "unknown" });
    played.when("push.call", { taskId: "taskaa" }, SYSTEM).rejected("push.alreadyCalled");
    called(played, "taskaa", { is: "handedOver", msgid: "m", failed: [] });
    played.when("push.call", { taskId: "taskaa" }, SYSTEM).rejected("push.alreadyCalled");
    ready().when("push.call", { taskId: "taskaa" }, SYSTEM).rejected("push.notHandedOver");
  });

  it("[PSH11] without an answer is looked up five times, then unknown, and late proof counts", () => {
    const played = call(handedOver(), "taskaa");
    const since = played.now;
    expect(kindsOwed(played)).toEqual(["call"]);
    for (const wait of [30_000, 60_000, 120_000, 300_000, 600_000]) {
      played.at(since + wait - 1);
      expect(kindsOwed(played)).not.toContain("lookUp");
      played.at(since + wait);
      expect(owedNow(played)).toContainEqual(
        expect.objectContaining({ kind: "lookUp", taskId: "taskaa", calledAt: since }),
      );
      played.when("push.lookedUp", { taskId: "taskaa", msgid: null }, SYSTEM).ok();
    }
    expect(taskOf(played, "taskaa").state).toBe("unknown");
    expect(statusOf(pushOf(played))).toBe("unknown");
    expect(kindsOwed(played)).toEqual(["call"]);
    played.when("push.lookedUp", { taskId: "taskaa", msgid: "found" }, SYSTEM).ok();
    expect(taskOf(played, "taskaa")).toMatchObject({ state: "waiting", msgid: "found" });
  });

  it("[PSH11] of a robot is given up after a minute and never looked up", () => {
    const played = resolveRobot(planned().when("push.plan", ROBOT).ok());
    played
      .when("push.handOver", { pushId: pushOf(played).pushId })
      .ok()
      .pass(3_000);
    expect(kindsOwed(played)).toEqual(["robotSend"]);
    call(played, "robotaa").pass(59_000);
    expect(taskOf(played, "robotaa").state).toBe("calling");
    played.pass(1_000);
    expect(taskOf(played, "robotaa").state).toBe("unknown");
    expect(kindsOwed(played)).toEqual([]);
  });

  it("[PSH12] that is unknown is settled by a person, and what did not go out is handed over once more", () => {
    const unknown = (): Show => {
      const played = call(handedOver(), "taskaa");
      for (let n = 0; n < 5; n += 1) played.when("push.lookedUp", { taskId: "taskaa", msgid: null }, SYSTEM).ok();
      return played;
    };
    const sent = unknown().when("push.settleUnknown", { taskId: "taskaa", as: "sent" }).ok();
    expect(taskOf(sent, "taskaa")).toMatchObject({ state: "sent", counts: { sent: 2, unsent: 0 } });
    sent.when("push.retry", { taskId: "taskaa" }).rejected("push.notFailed");
    const played = unknown();
    played.when("push.retry", { taskId: "taskaa" }).rejected("push.notFailed");
    played.when("push.settleUnknown", { taskId: "taskaa", as: "notSent" }).ok();
    played.when("push.settleUnknown", { taskId: "taskaa", as: "sent" }).rejected("push.notUnknown");
    played.when("push.retry", { taskId: "taskaa" }).ok().pass(3_000);
    const fresh = [...pushesOf(played).tasks.values()].find(({ retryOf }) => retryOf === "taskaa");
    expect(fresh).toMatchObject({ state: "intended", staffId: "m1", targets: 2 });
    expect(owedNow(played)).toContainEqual(expect.objectContaining({ kind: "call", taskId: fresh?.taskId }));
    played.when("push.retry", { taskId: "taskaa" }).rejected("push.retriedAlready");
    // The one that it stands for counts no more.
    expect(pushOf(played).tasks).toMatchObject({ failed: 0, intended: 2 });
    expectRebuilt(played);
    expectLeanViewsEqual(played);
  });

  it("[PSH13] that was refused in passing is made again later, any other one is over", () => {
    const played = called(call(handedOver(), "taskaa"), "taskaa", REFUSED);
    expect(taskOf(played, "taskaa")).toMatchObject({ state: "intended", errcode: 45_009 });
    played.when("push.call", { taskId: "taskaa" }, SYSTEM).rejected("push.tooEarly");
    played.at(played.now + 30_000);
    called(call(played, "taskaa"), "taskaa", { is: "refused", errcode: -1, class: "away" });
    // WeCom said nothing: no number is shown as its word.
    expect(taskOf(played, "taskaa")).toMatchObject({ state: "intended", away: true, errcode: null });
    played.at(played.now + 59_999);
    played.when("push.call", { taskId: "taskaa" }, SYSTEM).rejected("push.tooEarly");
    played.at(played.now + 1);
    called(call(played, "taskaa"), "taskaa", { is: "refused", errcode: 41_048, class: "target" });
    expect(taskOf(played, "taskaa")).toMatchObject({ state: "failed", away: false, errcode: 41_048 });
  });
});

describe("the end of it", () => {
  it("[PSH16] cancels what is unsent when it becomes useless, and keeps what was sent", () => {
    const plan = { ...GROUPS, useBy: START + 60 * MINUTE };
    const played = waiting(waiting(handedOver(reserve(resolve(planned().when("push.plan", plan).ok())))), "taskbb");
    played.pass(60_000);
    polled(played, "taskbb", true, [["g3", "sent"]]);
    polled(played, "taskaa", false, []);
    played.pass(20 * MINUTE);
    expect(pushOf(played).closed).toMatchObject({ reason: "useBy", by: "system" });
    expect(owedNow(played)).toContainEqual(expect.objectContaining({ kind: "cancelCall", msgid: "msg-taskaa" }));
    played.when("push.cancelled", { taskId: "taskaa", errcode: null }, SYSTEM).ok();
    expect(kindsOwed(played)).toContain("cancelCall");
    played.when("push.cancelled", { taskId: "taskaa", errcode: 0 }, SYSTEM).ok();
    expect(taskOf(played, "taskaa").state).toBe("cancelled");
    expect(taskOf(played, "taskbb").state).toBe("sent");
    // Read once more: somebody may have pressed in the last second.
    expect(kindsOwed(played)).toEqual(["poll"]);
    polled(played, "taskaa", true, [
      ["g1", "sent"],
      ["g2", "unsent"],
    ]);
    expect(taskOf(played, "taskaa").state).toBe("partly");
    expect(statusOf(pushOf(played))).toBe("partly");
  });

  it("[PSH16] cancels what never went out with the end of the show", () => {
    const played = reserve(
      resolve(
        planned()
          .when("push.plan", { ...GROUPS, when: { by: "start", offsetMs: 120 * MINUTE } })
          .ok(),
      ),
    );
    played.live().when("session.end", {}).ok().pass(0);
    expect(statusOf(pushOf(played))).toBe("cancelled");
    expect(owedNow(played)).toMatchObject([{ kind: "release" }]);
    played.when("push.handOver", { pushId: pushOf(played).pushId }).rejected("push.closed");
  });

  it("[PSH16] is called off by a hand, also while a call has no answer", () => {
    const played = call(handedOver(), "taskaa");
    played.when("push.cancel", { pushId: pushOf(played).pushId }).ok();
    expect(taskOf(played, "taskbb").state).toBe("cancelled");
    expect(kindsOwed(played)).toEqual([]);
    called(played, "taskaa", { is: "handedOver", msgid: "m", failed: [] });
    expect(kindsOwed(played)).toEqual(["cancelCall"]);
  });

  it("[PSH15] tells what was used once it is through", () => {
    const played = waiting(waiting(), "taskbb");
    polled(played, "taskaa", true, [
      ["g1", "sent"],
      ["g2", "overQuota"],
    ]);
    expect(kindsOwed(played)).toEqual([]);
    polled(played, "taskbb", true, [["g3", "sent"]]);
    expect(owedNow(played)).toMatchObject([
      {
        kind: "settleQuota",
        used: [
          { taskId: "taskaa", day: "2026-11-11", targetIds: ["g1"] },
          { taskId: "taskbb", targetIds: ["g3"] },
        ],
      },
    ]);
    played.when("push.quotaSettled", { pushId: pushOf(played).pushId, rev: 1 }, SYSTEM).ok();
    expect(owedNow(played)).toEqual([]);
  });
});
