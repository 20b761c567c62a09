import { expect, it } from "vitest";
import { applySnapshot } from "#domain/view-store.ts";
import { show } from "#tests/support/given.ts";
import { controlView } from "./control-view.ts";
import { createPilot } from "./pilot.ts";

const MINUTE = 60_000;

it("takes the next cue when the time that the clock ran is up: an interruption and a pause count for no cue", () => {
  const played = show().live();
  const cues = ["a", "b"].map((cueId) => ({ cueId, kind: "talk" as const, title: cueId, plannedMs: 5 * MINUTE }));
  played.send("rundown.setCues", { cues }).ok();
  played.when("rundown.take", {}).ok();
  const from = played.now;
  played
    .pass(2 * MINUTE)
    .when("session.interrupt", {})
    .ok();
  played
    .pass(3 * MINUTE)
    .when("session.resume", {})
    .ok();
  played.when("rundown.pause", {}).ok();
  played.pass(MINUTE).when("rundown.resume", {}).ok();
  const takes = (afterMs: number) => {
    const view = controlView(applySnapshot(played.view("control")));
    return createPilot().step(view, from + afterMs);
  };
  expect(takes(8 * MINUTE)).toEqual([]);
  expect(takes(9 * MINUTE)).toEqual([{ type: "rundown.take", input: { cueId: "b" } }]);
});
