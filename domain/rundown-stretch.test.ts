import { expect, test } from "vitest";
import { expectLeanViewsEqual, expectRebuilt, show, type Show } from "#tests/support/given.ts";

const cue = (cueId: string) => ({ cueId, kind: "talk" as const, title: cueId });
const planned = (): Show =>
  show()
    .when("rundown.setCues", { cues: [cue("a"), cue("b")] })
    .ok();
const order = (played: Show): unknown => Object(played.slice("control", "cueOrder")).order;
const undo = (played: Show, type: string) => played.when("tape.undo", { seq: played.seqOf(type) });

test("[RUN20] a stretch comes in behind a cue, at the top or at the end, and goes again in one act", () => {
  const played = planned();
  played
    .when("rundown.addCues", { cues: [cue("x"), cue("y")], afterCueId: "a" })
    .then({ type: "rundown.cuesAdded.v1" });
  expect(order(played)).toEqual(["a", "x", "y", "b"]);
  played.when("rundown.addCues", { cues: [cue("top")], afterCueId: null }).ok();
  played.when("rundown.addCues", { cues: [{ ...cue("end"), round: 2 }] }).ok();
  expect(order(played)).toEqual(["top", "a", "x", "y", "b", "end"]);
  expect(played.row("control", "cues", "end")).toMatchObject({ round: 2, originId: "end", addedLive: false });
  undo(played, "rundown.cuesAdded.v1").ok();
  expect(order(played)).toEqual(["top", "a", "x", "y", "b"]);
  played.when("tape.undo", { seq: 2 }).ok();
  expect(order(played)).toEqual(["top", "a", "b"]);
  // What was taken out can come back, where it stood.
  undo(played, "rundown.cuesTakenOut.v1").ok();
  expect(order(played)).toEqual(["top", "a", "x", "y", "b"]);
  expectLeanViewsEqual(played);
  expectRebuilt(played);
});

test("[RUN20] all of a stretch comes in or none, with the reason", () => {
  const played = planned();
  played.when("rundown.addCues", { cues: [cue("x"), cue("a")] }).rejected("rundown.cueTwice", { cueId: "a" });
  played.when("rundown.addCues", { cues: [cue("x"), cue("x")] }).rejected("rundown.cueTwice", { cueId: "x" });
  played.when("rundown.addCues", { cues: [cue("x")], afterCueId: "gone" }).rejected("rundown.cueNotFound");
  const many = Array.from({ length: 199 }, (_, n) => cue(`n${n}`));
  played.when("rundown.addCues", { cues: many }).rejected("rundown.tooManyCues", { max: 200 });
  expect(order(played)).toEqual(["a", "b"]);
});

test("[RUN20] a stretch of which a cue was changed or has begun stays", () => {
  const changed = planned()
    .when("rundown.addCues", { cues: [cue("x"), cue("y")] })
    .ok();
  changed.when("rundown.editCue", { cueId: "y", title: "改过" }).ok();
  undo(changed, "rundown.cuesAdded.v1").rejected("undo.superseded");
  const begun = show()
    .live()
    .when("rundown.addCues", { cues: [cue("x"), cue("y")] })
    .ok();
  expect(begun.row("control", "cues", "x")).toMatchObject({ addedLive: true });
  begun.when("rundown.take", {}).ok();
  undo(begun, "rundown.cuesAdded.v1").rejected("undo.hasConsequences", { cueId: "x" });
});
