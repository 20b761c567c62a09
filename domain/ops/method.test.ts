import { describe, expect, it } from "vitest";
import { idOf, warming } from "#tests/support/warmups.ts";
import { METHOD_CATALOGUE } from "../method/catalogue.ts";

describe("methods of spreading", () => {
  it("[MTH1] come from the catalogue with their words, or are the room's own with a title", () => {
    const played = warming();
    expect(new Set(METHOD_CATALOGUE.map(({ kind }) => kind)).size).toBe(METHOD_CATALOGUE.length);
    for (const { kind } of METHOD_CATALOGUE) played.when("method.add", { kind }).ok();
    played.when("method.add", { kind: "other" }).rejected("method.noTitle");
    played.when("method.add", { kind: "other", title: "线下沙龙" }).ok();
    expect(Object.keys(Object(played.slice("control", "methods")))).toHaveLength(METHOD_CATALOGUE.length + 1);
  });

  it("[MTH2] are scored by four marks of 1 to 5, cost the other way round, once all are given", () => {
    const played = warming().when("method.add", { kind: "poster", feasible: 5, impact: 5, ease: 5 }).ok();
    const methodId = idOf(played, "method.added.v1", "methodId");
    const score = (cost: number | null) => {
      played.when("method.edit", { methodId, to: { cost } }).ok();
      return Object(played.row("control", "methods", methodId)).score;
    };
    expect([score(1), score(5), score(null)]).toEqual([100, 75, null]);
    played.send("method.edit", { methodId, to: { cost: 6 } }).invalid("input.to.cost");
  });

  it("[MTH3] that WeChat blocks on H5 say so and begin with another carrier", () => {
    const played = warming().when("method.add", { kind: "taskReward" }).ok();
    const methodId = idOf(played, "method.added.v1", "methodId");
    expect(played.row("control", "methods", methodId)).toMatchObject({ h5: "blocked", carrier: "miniProgram" });
  });

  it("[MTH4] can be taken back, and come back whole", () => {
    const played = warming().when("method.add", { kind: "poster", note: "上次 120 人" }).ok();
    const methodId = idOf(played, "method.added.v1", "methodId");
    played.when("method.remove", { methodId }).ok();
    played.when("tape.undo", { seq: played.seqOf("method.removed.v1") }).ok();
    expect(played.row("control", "methods", methodId)).toMatchObject({ note: "上次 120 人" });
    played.when("method.edit", { methodId, to: { note: "" } }).ok();
    played
      .send("method.edit", { methodId, to: { chosen: true } }, { expect: { note: "上次 120 人" } })
      .rejected("state.changed");
  });
});
