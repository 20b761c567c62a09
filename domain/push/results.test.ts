import { describe, expect, it } from "vitest";
import { expectLeanViewsEqual, expectRebuilt } from "#tests/support/given.ts";
import {
  called,
  call,
  handedOver,
  kindsOwed,
  MINUTE,
  owedNow,
  planned,
  polled,
  pushesOf,
  pushOf,
  ready,
  resolve,
  ROBOT,
  SYSTEM,
  taskOf,
  waiting,
} from "#tests/support/pushes.ts";
import { isLateForwarder } from "./results.ts";
import { statusOf } from "./state.ts";

describe("results", () => {
  it("[PSH1][PSH14] make a task waiting, sent, partly or failed, and the push what its tasks are", () => {
    const played = waiting(waiting(), "taskbb");
    expect(statusOf(pushOf(played))).toBe("waiting");
    polled(played, "taskaa", false, [
      ["g1", "unsent"],
      ["g2", "unsent"],
    ]);
    expect(taskOf(played, "taskaa").state).toBe("waiting");
    polled(played, "taskaa", true, [
      ["g1", "sent"],
      ["g2", "notFriend"],
    ]);
    expect(taskOf(played, "taskaa")).toMatchObject({ state: "partly", counts: { sent: 1, notFriend: 1, unsent: 0 } });
    polled(played, "taskbb", true, [["g3", "overQuota"]]);
    expect(taskOf(played, "taskbb").state).toBe("failed");
    expect(statusOf(pushOf(played))).toBe("partly");
    polled(played, "taskaa", true, [
      ["g1", "unsent"],
      ["g2", "sent"],
    ]);
    expect(taskOf(played, "taskaa")).toMatchObject({ state: "sent", counts: { sent: 2 } });
    expectRebuilt(played);
    expectLeanViewsEqual(played, 6);
  });

  it("[PSH14] counts what is told twice once, and what WeCom refused by name as invalid", () => {
    const played = called(call(handedOver(), "taskaa"), "taskaa", { is: "handedOver", msgid: "m", failed: ["g2"] });
    for (let n = 0; n < 2; n += 1)
      polled(played, "taskaa", true, [
        ["g1", "sent"],
        ["g1", "sent"],
        ["other", "sent"],
      ]);
    expect(taskOf(played, "taskaa")).toMatchObject({ state: "partly", counts: { sent: 1, invalid: 1, unsent: 0 } });
    expect(pushOf(played).counts).toMatchObject({ sent: 1, invalid: 1, unsent: 1 });
    expect(played.log.at(-1)?.data).toMatchObject({ reports: [{ changed: [] }] });
  });

  it("[PSH14] are read 30 s after the hand-over, then each minute, then each five", () => {
    const played = waiting();
    const since = played.now;
    const next = () => {
      const poll = owedNow(played.at(played.now + 10 * MINUTE)).find(({ kind }) => kind === "poll");
      return (poll?.notBefore ?? 0) - (taskOf(played, "taskaa").polledAt ?? since);
    };
    expect(next()).toBe(30_000);
    const gaps = Array.from({ length: 16 }, () => {
      polled(played, "taskaa", false, []);
      return next();
    });
    expect(gaps.slice(0, 14)).toEqual(Array.from({ length: 14 }, () => MINUTE));
    expect(gaps.at(-1)).toBe(5 * MINUTE);
    // Pressed, but one group is still on its way: for a quarter of an hour it is read on, then the rest counts as not sent.
    for (let n = 0; n < 2; n += 1) {
      polled(played, "taskaa", true, [["g1", "sent"]]);
      expect(next()).toBe(5 * MINUTE);
    }
    polled(played, "taskaa", true, [["g1", "sent"]]);
    expect(kindsOwed(played)).not.toContain("poll");
  });

  it("[PSH20] say when it went out, and how often its links were opened", () => {
    const played = waiting(waiting(), "taskbb");
    expect(pushOf(played).wentOutAt).toBeNull();
    polled(played.pass(MINUTE), "taskbb", true, [["g3", "sent"]]);
    const first = played.now;
    polled(played.pass(MINUTE), "taskaa", true, [
      ["g1", "sent"],
      ["g2", "sent"],
    ]);
    expect(pushOf(played).wentOutAt).toBe(first);
    const opens = [
      { taskId: "taskaa", count: 3 },
      { taskId: "nobody", count: 1 },
      { taskId: "taskaa", count: 2 },
    ];
    played.when("push.opened", { opens }, SYSTEM).ok();
    expect(taskOf(played, "taskaa").opens).toBe(5);
    expect(pushOf(played).opens).toBe(5);
  });
});

describe("reminders", () => {
  it("[PSH19] are three in 24 hours of a message, to those who have not sent", () => {
    const played = waiting(waiting(), "taskbb");
    const { pushId } = pushOf(played);
    polled(played, "taskbb", true, [["g3", "sent"]]);
    for (let n = 1; n <= 3; n += 1) {
      played.when("push.remind", { pushId }).ok();
      expect(owedNow(played).filter(({ kind }) => kind === "remind")).toMatchObject([{ taskId: "taskaa" }]);
      played.when("push.reminded", { taskId: "taskaa", errcode: 0 }, SYSTEM).ok();
    }
    played
      .when("push.remind", { pushId })
      .rejected("push.remindLimit", { pushId, freeAt: played.now + 24 * 60 * MINUTE });
    played.at(played.now + 24 * 60 * MINUTE);
    played.when("push.remind", { pushId }).ok();
    // Refused by WeCom for another reason: it does not count.
    played.when("push.reminded", { taskId: "taskaa", errcode: 40_058 }, SYSTEM).ok();
    expect(taskOf(played, "taskaa").reminders).toHaveLength(3);
    polled(played, "taskaa", true, [
      ["g1", "sent"],
      ["g2", "sent"],
    ]);
    played.when("push.remind", { pushId }).rejected("push.nobodyToRemind");
  });

  it("[PSH19] come with a line that names who has not sent, also when none is left", () => {
    const played = waiting();
    const { pushId } = pushOf(played);
    for (let n = 0; n < 3; n += 1) {
      played.when("push.remind", { pushId }).ok();
      played.when("push.reminded", { taskId: "taskaa", errcode: 0 }, SYSTEM).ok();
    }
    played.when("push.remind", { pushId, robotIds: ["robot1"] }).ok();
    const nudge = owedNow(played).find(({ kind }) => kind === "robotSend");
    const nudges = [...pushesOf(played).tasks.values()].filter(({ role }) => role === "nudge");
    expect(nudges).toMatchObject([{ robotId: "robot1", staffIds: ["m1"], state: "intended" }]);
    expect(nudge).toMatchObject({ taskId: nudges[0]?.taskId });
    // It is no part of what the push has reached.
    expect(pushOf(played).tasks).toMatchObject({ intended: 1, waiting: 1 });
  });
});

describe("员工转发", () => {
  const forwarded = () => {
    const played = planned()
      .when("push.plan", { ...ROBOT, kind: "forward", audience: { purposes: ["直播"], robotIds: ["robot1"] } })
      .ok();
    resolve(played, [{ taskId: "taskaa", staffId: "m1", targetIds: ["g1", "g2"] }], "forward");
    return played
      .when("push.handOver", { pushId: pushOf(played).pushId })
      .ok()
      .pass(3_000);
  };

  it("[PSH18] is ticked group by group, late ones too, and a tick can be taken back", () => {
    const played = forwarded();
    played.when("push.tick", { taskId: "taskaa", targetId: "g3" }).rejected("push.noSuchTarget");
    played
      .pass(20 * MINUTE)
      .when("push.tick", { taskId: "taskaa", targetId: "g1", ago: 10 * MINUTE })
      .ok();
    expect(taskOf(played, "taskaa")).toMatchObject({
      ticks: 1,
      state: "waiting",
      lastTickAt: played.now - 10 * MINUTE,
    });
    const before = played.slice("control", "pushTasks");
    expect(played.when("push.tick", { taskId: "taskaa", targetId: "g1" }).events).toEqual([]);
    played.when("push.tick", { taskId: "taskaa", targetId: "g2" }).ok();
    expect(statusOf(pushOf(played))).toBe("sent");
    played.when("tape.undo", { seq: played.seqOf("push.ticked.v1") }).ok();
    expect(played.slice("control", "pushTasks")).toEqual(before);
    expectRebuilt(played);
    expectLeanViewsEqual(played, 5);
  });

  it("[PSH19] names by robot who has not forwarded: WeCom reminds of nothing there", () => {
    const played = forwarded();
    const { pushId } = pushOf(played);
    played.when("push.remind", { pushId }).rejected("push.noRobot");
    played.when("push.remind", { pushId, robotIds: ["robot1"] }).ok();
    const line = [...pushesOf(played).tasks.values()].find(({ role }) => role === "nudge");
    expect(line).toMatchObject({ staffIds: ["m1"], robotId: "robot1", state: "intended" });
    for (const targetId of ["g1", "g2"]) played.when("push.tick", { taskId: "taskaa", targetId }).ok();
    played.when("push.remind", { pushId, robotIds: ["robot1"] }).rejected("push.nobodyToRemind");
  });

  it("[PSH17] the tape tells how many pushes were held with everything", () => {
    const played = ready();
    played.when("arm.holdAll", {}).ok();
    expect(played.slice("control", "tape")).toContainEqual(
      expect.objectContaining({ type: "arm.held.v1", data: { stopped: 0, pushes: 1 } }),
    );
    expectLeanViewsEqual(played);
  });

  it("[PSH18] names who was late, also when all is ticked by then", () => {
    const played = forwarded();
    const late = () => isLateForwarder(taskOf(played, "taskaa"), pushOf(played).handedOverAt ?? 0, played.now);
    played.pass(10 * MINUTE);
    expect(late()).toBe(false);
    played.pass(1);
    expect(late()).toBe(true);
    for (const targetId of ["g1", "g2"]) played.when("push.tick", { taskId: "taskaa", targetId }).ok();
    expect(late()).toBe(true);
    // Told late, but done in time.
    const told = forwarded().pass(15 * MINUTE);
    for (const targetId of ["g1", "g2"]) told.when("push.tick", { taskId: "taskaa", targetId, ago: 8 * MINUTE }).ok();
    expect(isLateForwarder(taskOf(told, "taskaa"), pushOf(told).handedOverAt ?? 0, told.now)).toBe(false);
  });

  it("[PSH18] that nobody ticked is cancelled when it is called off, a part of it stays", () => {
    const none = forwarded();
    none.when("push.cancel", { pushId: pushOf(none).pushId }).ok();
    expect(statusOf(pushOf(none))).toBe("cancelled");
    const some = forwarded().when("push.tick", { taskId: "taskaa", targetId: "g1" }).ok();
    some.when("push.cancel", { pushId: pushOf(some).pushId }).ok();
    expect(statusOf(pushOf(some))).toBe("partly");
    expect(kindsOwed(some)).toEqual([]);
  });
});
