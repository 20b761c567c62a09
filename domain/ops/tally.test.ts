import { expect, test } from "vitest";
import { expectLeanViewsEqual, show } from "#tests/support/given.ts";

const counts = (played: ReturnType<typeof show>) => played.slice("control", "tally");

test("[TAL1] a press counts one, with the time it happened", () => {
  const played = show().live();
  played.when("tally.add", { tallyId: "size", ago: 10_000 as never }).then({
    type: "tally.added.v1",
    data: { tallyId: "size", delta: 1, happenedAt: played.now - 10_000 },
  });
  expect(counts(played)).toMatchObject([{ label: "尺码", count: 1 }, { count: 0 }, { count: 0 }]);
});

test("[TAL2] a count never falls below 0", () => {
  show().live().when("tally.add", { tallyId: "size", delta: -1 }).rejected("tally.empty");
});

test("[TAL3] pads are the room's own; what was counted on a pad comes back with it", () => {
  const played = show().live();
  played.when("tally.add", { tallyId: "size" }).ok();
  played.when("tally.setPads", { pads: [{ tallyId: "fit", label: "版型" }] }).ok();
  played.when("tally.add", { tallyId: "size" }).rejected("tally.noSuchPad");
  expect(counts(played)).toEqual([{ tallyId: "fit", label: "版型", count: 0 }]);
  played.when("tape.undo", { seq: played.seqOf("tally.padsSet.v1") }).ok();
  expect(counts(played)).toMatchObject([{ tallyId: "size", count: 1 }, {}, {}]);
  played
    .when("tally.setPads", {
      pads: [
        { tallyId: "a", label: "版型" },
        { tallyId: "b", label: "版型" },
      ],
    })
    .rejected("tally.padTwice");
  expectLeanViewsEqual(played);
});

test("[TAL4] a press taken back counts at the same second with the other sign", () => {
  const played = show().live();
  played.when("tally.add", { tallyId: "size" }).ok();
  const pressedAt = played.now;
  played.pass(5_000);
  played
    .when("tape.undo", { seq: played.seqOf("tally.added.v1") })
    .then(
      { type: "tape.undone.v1" },
      { type: "tally.added.v1", data: { tallyId: "size", delta: -1, happenedAt: pressedAt } },
    );
  expect(counts(played)).toMatchObject([{ count: 0 }, {}, {}]);
});
