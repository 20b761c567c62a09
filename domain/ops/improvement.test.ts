import { expect, it } from "vitest";
import { expectLeanViewsEqual, expectRebuilt, show, START } from "#tests/support/given.ts";
import { orderOf } from "#tests/support/shopping.ts";
import { reached } from "../measured.ts";

const SYSTEM = { by: "system" };
const from = { sessionId: "s0", title: "上一场" };
const paid = { kind: "figure", figure: "paidFen", direction: "atLeast", target: 5_000 } as const;
const row = {
  improvementId: "i1",
  text: "开场先报机制",
  ownerId: "p_bo",
  measure: paid,
  dueSessionId: null,
  from,
  settled: null,
};

it("[IMP1] at most three of a show are open", () => {
  const played = show().live();
  for (const text of ["一", "二", "三"])
    played.when("improvement.add", { text }).then({ type: "improvement.added.v1" });
  played.when("improvement.add", { text: "四" }).rejected("improvement.tooMany", { max: 3 });
  const { improvementId } = Object(played.log.at(-1)?.data);
  played.when("improvement.remove", { improvementId }).ok();
  played.when("improvement.add", { text: "四" }).ok();
  played.when("tape.undo", { seq: played.seqOf("improvement.removed.v1") }).rejected("improvement.tooMany");
  played.when("improvement.add", { text: "五", dueSessionId: "s1" }).rejected("improvement.tooMany");
});

it("[IMP2] is edited against what was seen, removed, and both are undone", () => {
  const played = show().live();
  played.when("improvement.add", { text: "一", measure: paid, ownerId: "p_bo" }).ok();
  const { improvementId } = Object(played.log.at(-1)?.data);
  played.when("improvement.edit", { improvementId, text: "二" }, { expect: { version: 0 } }).ok();
  played.when("improvement.edit", { improvementId, text: "三" }, { expect: { version: 0 } }).rejected("state.changed");
  played.when("improvement.edit", { improvementId, dueSessionId: "s1" }).rejected("improvement.dueHere");
  played.when("tape.undo", { seq: played.seqOf("improvement.edited.v1") }).ok();
  expect(played.row("review", "improvements", improvementId)).toMatchObject({ text: "一", ownerId: "p_bo" });
  played.when("improvement.remove", { improvementId }).ok();
  played.when("tape.undo", { seq: played.seqOf("improvement.removed.v1") }).ok();
  expect(played.row("review", "improvements", improvementId)).toMatchObject({ text: "一", measure: paid });
  expectRebuilt(played);
});

it("[IMP2] one that was edited, removed and brought back is neither taken for the new one nor overwritten by a screen of then", () => {
  const played = show().live();
  played.when("improvement.add", { text: "一" }).ok();
  const { improvementId } = Object(played.log.at(-1)?.data);
  played.when("improvement.edit", { improvementId, text: "二" }).ok();
  played.when("improvement.remove", { improvementId }).ok();
  played.when("tape.undo", { seq: played.seqOf("improvement.removed.v1") }).ok();
  played.when("improvement.edit", { improvementId, text: "三" }, { expect: { version: 0 } }).rejected("state.changed");
  played.when("tape.undo", { seq: played.seqOf("improvement.added.v1") }).rejected("undo.superseded");
  expect(played.row("review", "improvements", improvementId)).toMatchObject({ text: "二" });
  expectRebuilt(played);
});

it("[IMP3] is carried into a show until it begins, and telling it again changes nothing", () => {
  const played = show();
  const plan = { title: "示例", plannedStartAt: START, plannedEndAt: START + 3_600_000 };
  played.send("session.create", { sessionId: "s1", roomId: "r1", ...plan }).ok();
  played.send("improvement.carry", { improvements: [row] }, SYSTEM).then({ type: "improvement.carried.v1" });
  played.send("improvement.carry", { improvements: [row] }, SYSTEM).then();
  played.send("improvement.carry", { improvements: [] }, SYSTEM).then({ type: "improvement.uncarried.v1" });
  played.send("improvement.carry", { improvements: [row] }, SYSTEM).ok();
  played.when("improvement.verify", { improvementId: "i1", outcome: "worked" }).rejected("improvement.notBegun");
  played.live().send("improvement.carry", { improvements: [] }, SYSTEM).then();
  expect(played.row("control", "carriedImprovements", "i1")).toMatchObject({ from, outcome: null });
  expectLeanViewsEqual(played);
});

it("[IMP4] is found to have worked or not, with the figure as it stood then", () => {
  const played = show();
  const plan = { title: "示例", plannedStartAt: START, plannedEndAt: START + 3_600_000 };
  played.send("session.create", { sessionId: "s1", roomId: "r1", ...plan }).ok();
  played.send("improvement.carry", { improvements: [row] }, SYSTEM).ok();
  played.live();
  played.when("order.record", orderOf("o1", "S3", 1, { status: "paid", paidAt: START })).ok();
  const paidFen = Object(Object(played.slice("review", "figures")).headline).paidFen as number;
  played.when("improvement.verify", { improvementId: "i1", outcome: "worked", note: "开场不掉人" }).then({
    type: "improvement.outcomeSet.v1",
    data: { from: null, to: { outcome: "worked", measured: paidFen, by: "staff:ann" } },
  });
  expect(reached(paid, paidFen)).toBe(true);
  expect(reached({ ...paid, direction: "atMost" }, paidFen)).toBe(false);
  expect(reached(paid, null)).toBeNull();
  played.when("improvement.verify", { improvementId: "i2", outcome: "worked" }).rejected("improvement.notFound");
  played.when("tape.undo", { seq: played.seqOf("improvement.outcomeSet.v1") }).ok();
  expect(played.row("review", "carriedImprovements", "i1")).toMatchObject({ outcome: null });
});

it("[IMP5] what an earlier show found out is shown, and not asked again", () => {
  const played = show();
  const plan = { title: "示例", plannedStartAt: START, plannedEndAt: START + 3_600_000 };
  played.send("session.create", { sessionId: "s1", roomId: "r1", ...plan }).ok();
  const settled = { outcome: "notWorked", note: "", measured: 3_000, in: from } as const;
  played.send("improvement.carry", { improvements: [{ ...row, settled }] }, SYSTEM).ok();
  played.live().when("improvement.verify", { improvementId: "i1", outcome: "worked" }).rejected("improvement.settled");
  expect(played.row("review", "carriedImprovements", "i1")).toMatchObject({ settled });
});

it("[IMP7] a rehearsal's is taken over into real shows, keeps that when removed and brought back, and is undone", () => {
  const played = show();
  const times = { plannedStartAt: START as never, plannedEndAt: (START + 3_600_000) as never };
  played.when("session.create", { sessionId: "s2", roomId: "r1", title: "彩排", rehearsal: true, ...times }).ok();
  played.when("improvement.add", { text: "走一遍换场" }).ok();
  const { improvementId } = Object(played.log.at(-1)?.data);
  const shown = () => Object(played.row("review", "improvements", improvementId)).forReal;
  played.when("improvement.setForReal", { improvementId, forReal: true }).ok();
  const set = played.seqOf("improvement.forRealSet.v1");
  played.when("improvement.remove", { improvementId }).ok();
  played.when("tape.undo", { seq: played.seqOf("improvement.removed.v1") }).ok();
  expect(shown()).toBe(true);
  played.when("tape.undo", { seq: set }).ok();
  expect(shown()).toBe(false);
  expectRebuilt(played);
  const real = show().live().when("improvement.add", { text: "开场先报机制" }).ok();
  const own = Object(real.log.at(-1)?.data).improvementId;
  real.when("improvement.setForReal", { improvementId: own, forReal: true }).rejected("improvement.ofRealShow");
});
