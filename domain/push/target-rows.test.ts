import { describe, expect, it } from "vitest";
import {
  call,
  called,
  handedOver,
  polled,
  pushesOf,
  pushOf,
  ready,
  reserve,
  resolve,
  planned,
  GROUPS,
  SYSTEM,
  waiting,
} from "#tests/support/pushes.ts";
import type { Show } from "#tests/support/given.ts";
import { targetsOf } from "./target-rows.ts";

const statesOf = (played: Show) =>
  Object.fromEntries((targetsOf(pushesOf(played), pushOf(played).pushId) ?? []).map(({ id, state }) => [id, state]));

describe("targets of a push", () => {
  it("[PSH14][PSH15] are told one by one: left out, refused by name, unsent, sent", () => {
    const played = handedOver(reserve(resolve(planned().when("push.plan", GROUPS).ok()), ["g3"]));
    expect(statesOf(played)).toEqual({ g1: "none", g2: "none", g3: "noQuota" });
    called(call(played, "taskaa"), "taskaa", { is: "handedOver", msgid: "m", failed: ["g2"] });
    expect(statesOf(played)).toEqual({ g1: "unsent", g2: "invalid", g3: "noQuota" });
    polled(played, "taskaa", true, [["g1", "sent"]]);
    expect(statesOf(played)).toEqual({ g1: "sent", g2: "invalid", g3: "noQuota" });
  });

  it("[PSH16] what was not sent when its message was cancelled is cancelled, what was sent stays", () => {
    const played = waiting();
    polled(played, "taskaa", false, [
      ["g1", "sent"],
      ["g2", "unsent"],
    ]);
    played.when("push.cancelTasks", { taskIds: ["taskaa"] }).ok();
    played.send("push.cancelled", { taskId: "taskaa", errcode: 0 }, SYSTEM).ok();
    expect(statesOf(played)).toMatchObject({ g1: "sent", g2: "cancelled" });
  });

  it("are known before the hand-over, and of no push that is not there", () => {
    const played = ready();
    expect(Object.keys(statesOf(played))).toEqual(["g1", "g2", "g3"]);
    expect(targetsOf(pushesOf(played), "nothing")).toBeNull();
  });
});
