import { expect, it } from "vitest";
import { show, START } from "#tests/support/given.ts";

const file = { kind: "file", name: "示例录像.mp4", bytes: 1_200_000_000 } as const;
const part = { source: file, durationMs: 3_600_000, startsAt: START };

const rows = (played: ReturnType<typeof show>) => Object.values(Object(played.slice("review", "recordings")));
const idOf = (played: ReturnType<typeof show>) => Object.keys(Object(played.slice("review", "recordings")))[0] ?? "";

it("[REC1] lays a recording once on the show's time, with what it is known again by and never its pictures", () => {
  const played = show().when("recording.lay", part).then({ type: "recording.laid.v1" });
  expect(rows(played)).toMatchObject([part]);
  played.when("recording.lay", { ...part, startsAt: START + 5_000 }).rejected("recording.exists");
  played
    .when("recording.lay", { ...part, source: { kind: "url", url: "https://example.com/2.m3u8" }, durationMs: null })
    .ok();
  expect(played.view("control").slices["recordings"]).toBeUndefined();
});

it("[REC2] aligns against what was seen, so that nobody overwrites a colleague's work", () => {
  const played = show().when("recording.lay", part).ok();
  const recordingId = idOf(played);
  played
    .when("recording.align", { recordingId, startsAt: START + 7_000 }, { expect: { startsAt: START } })
    .then({ type: "recording.aligned.v1" });
  played
    .when("recording.align", { recordingId, startsAt: START }, { expect: { startsAt: START } })
    .rejected("state.changed", { startsAt: START + 7_000 });
  played
    .when("recording.align", { recordingId: "none", startsAt: START })
    .rejected("recording.notFound", { recordingId: "none" });
});

it("[REC3] can be taken back: laying, aligning and removing, each while it still stands", () => {
  const played = show().when("recording.lay", part).ok();
  const recordingId = idOf(played);
  const laid = played.state.seq;
  played.when("recording.align", { recordingId, startsAt: START + 7_000 }).ok();
  played.when("tape.undo", { seq: laid }).rejected("undo.superseded", { recordingId });
  played.when("tape.undo", { seq: played.state.seq }).ok();
  expect(rows(played)).toMatchObject([{ startsAt: START }]);
  played.when("recording.remove", { recordingId }).ok();
  expect(rows(played)).toEqual([]);
  played.when("tape.undo", { seq: played.state.seq }).ok();
  expect(rows(played)).toMatchObject([part]);
});
