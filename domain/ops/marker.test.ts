import { describe, expect, it } from "vitest";
import { show } from "#tests/support/given.ts";

const marked = () =>
  show()
    .live()
    .pass(60_000)
    .given("marker.added.v1", { markerId: "m1", happenedAt: 1, kind: "price", text: "价格报错" });

describe("marker", () => {
  it("[MRK1] stands at the second it was about, not at the second of the key", () => {
    const played = show().live().pass(60_000);
    played
      .when("marker.add", { kind: "highlight", text: "爆单", ago: 30_000 })
      .then({ type: "marker.added.v1", data: { happenedAt: played.now - 30_000, kind: "highlight", text: "爆单" } });
    played.when("marker.add", {}).then({ type: "marker.added.v1", data: { kind: "other", text: "" } });
  });

  it("[MRK2] an edit names what changed, and is refused on a stale screen", () => {
    const played = marked();
    played
      .when("marker.edit", { markerId: "m1", text: "价格报错 3 号", kind: "price" }, { expect: { version: 0 } })
      .then({ type: "marker.edited.v1", data: { from: { text: "价格报错" }, to: { text: "价格报错 3 号" } } });
    played
      .when("marker.remove", { markerId: "m1" }, { expect: { version: 0 } })
      .rejected("state.changed", { markerId: "m1", happenedAt: 1, kind: "price", text: "价格报错 3 号" });
    played.when("marker.edit", { markerId: "m1", kind: "price" }).then();
    played.when("marker.edit", { markerId: "m1", happenedAt: played.now + 1 }).rejected("marker.timeAhead");
    played.when("marker.edit", { markerId: "gone" }).rejected("marker.notFound");
  });

  it("[MRK3] adding, editing and removing can be taken back, unless another act came on top", () => {
    const played = marked();
    played.when("marker.edit", { markerId: "m1", text: "b" }).ok();
    const edit = played.seqOf("marker.edited.v1");
    played.when("tape.undo", { seq: played.seqOf("marker.added.v1") }).rejected("undo.superseded");
    played.when("tape.undo", { seq: edit }).ok();
    expect(played.row("control", "markers", "m1")).toMatchObject({ text: "价格报错" });
    played.when("marker.remove", { markerId: "m1" }).ok();
    played.when("tape.undo", { seq: played.seqOf("marker.removed.v1") }).ok();
    expect(played.row("review", "markers", "m1")).toMatchObject({ text: "价格报错", by: "staff:ann" });
  });

  it("[MRK3] one that was edited, removed and brought back is not taken for the new one, nor for what a screen showed then", () => {
    const played = marked();
    played.when("marker.edit", { markerId: "m1", text: "b" }).ok();
    played.when("marker.remove", { markerId: "m1" }).ok();
    played.when("tape.undo", { seq: played.seqOf("marker.removed.v1") }).ok();
    played.when("marker.edit", { markerId: "m1", text: "c" }, { expect: { version: 0 } }).rejected("state.changed");
    played.when("tape.undo", { seq: played.seqOf("marker.added.v1") }).rejected("undo.superseded");
    expect(played.row("review", "markers", "m1")).toMatchObject({ text: "b" });
  });

  it("[MRK4] is nothing for viewers and host", () => {
    const played = marked();
    expect(played.view("viewer").slices).not.toHaveProperty("markers");
    expect(played.view("host").slices).not.toHaveProperty("markers");
  });
});
