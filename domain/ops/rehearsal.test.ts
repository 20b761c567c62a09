import { describe, expect, it } from "vitest";
import { show, START, type Show } from "#tests/support/given.ts";
import { sliceOf } from "../slice-of.ts";

const plan = { seed: 7, minutes: 120, audience: true, pilot: false };

function rehearsal(isRehearsal = true): Show {
  const played = show();
  return played
    .when("session.create", {
      sessionId: "s1",
      roomId: "r1",
      title: "示例彩排",
      plannedStartAt: START,
      plannedEndAt: START + 3_600_000,
      rehearsal: isRehearsal,
    })
    .ok();
}

const begun = () =>
  rehearsal()
    .when("rehearsal.begin", { ...plan, runId: "run-1", speed: 10 })
    .ok();
const report = (runId: string) => ({ runId, endsAt: START + 7_200_000, online: 3, orders: 2, refused: 1 });
const stateOf = (played: Show) => sliceOf(played.state, "rehearsal");
const program = { by: "program:p" };

describe("a rehearsal", () => {
  it("[REH1] is simulated once at a time, and never a real show", () => {
    rehearsal(false)
      .when("rehearsal.begin", { ...plan, runId: "run-1", speed: 1 })
      .rejected("rehearsal.realShow");
    const played = begun();
    played.when("rehearsal.begin", { ...plan, runId: "run-2", speed: 1 }).rejected("rehearsal.running");
    played.pass(10_000);
    expect(stateOf(played).run?.state).toBe("lost");
    played.when("rehearsal.begin", { ...plan, runId: "run-2", speed: 1 }).ok();
    expect(stateOf(played)).toMatchObject({ simulators: 2, run: { runId: "run-2", state: "on" } });
  });

  it("[REH2] takes its orders from the show", () => {
    rehearsal().when("rehearsal.pace", { speed: 60 }).rejected("rehearsal.notRunning");
    const played = begun();
    played.when("rehearsal.pace", { speed: 60 }).then({ type: "rehearsal.paced.v1" });
    played.when("rehearsal.pace", { paused: true }).ok();
    played.when("rehearsal.pace", { paused: true, speed: 60 }).then();
    expect(stateOf(played).run).toMatchObject({ speed: 60, paused: true });
    expect(played.slice("control", "rehearsal")).toMatchObject({ run: { speed: 60, paused: true } });
  });

  it("[REH3] hears only the simulator that has the word", () => {
    const played = begun();
    played.when("rehearsal.report", report("run-1"), program).ok();
    played.when("rehearsal.resume", { runId: "run-2", insteadOf: "run-9" }).rejected("rehearsal.notThisRun");
    played.when("rehearsal.resume", { runId: "run-2", insteadOf: "run-1" }).ok();
    played.when("rehearsal.report", report("run-1"), program).rejected("rehearsal.notThisRun");
    played.when("rehearsal.finish", { runId: "run-1", failed: null }, program).rejected("rehearsal.notThisRun");
    played.when("rehearsal.report", { ...report("run-2"), online: 9 }, program).ok();
    expect(stateOf(played).run).toMatchObject({ runId: "run-2", online: 9, speed: 10, endsAt: START + 7_200_000 });
  });

  it("[REH4] tells that its simulator is lost, until that is heard again", () => {
    const played = begun();
    played.pass(5_000).when("rehearsal.report", report("run-1"), program).ok();
    played.pass(5_999);
    expect(stateOf(played).run?.state).toBe("on");
    played.pass(1);
    expect(stateOf(played).run?.state).toBe("lost");
    played.when("rehearsal.report", report("run-1"), program).ok();
    expect(stateOf(played).run?.state).toBe("on");
  });

  it("[REH6] ends once", () => {
    const played = begun();
    played.when("rehearsal.finish", { runId: "run-1", failed: "示例原因" }, program).ok();
    expect(stateOf(played).run).toMatchObject({ state: "failed", message: "示例原因" });
    played.when("rehearsal.stop", {}).rejected("rehearsal.notRunning");
    played.when("rehearsal.finish", { runId: "run-1", failed: null }).rejected("rehearsal.notThisRun");
    played.pass(60_000);
    expect(stateOf(played).run?.state).toBe("failed");
    expect(begun().when("rehearsal.stop", {}).ok().state.slices["rehearsal"]).toMatchObject({
      run: { state: "stopped" },
    });
  });
});
