import { describe, expect, it } from "vitest";
import type { StoredEvent } from "#domain/event.ts";
import { engine } from "#domain/ops/index.ts";
import { REOPEN_MS } from "#domain/ops/session.ts";
import { createView } from "#domain/views.ts";
import { expectLeanViewsEqual, expectRebuilt, show, START } from "#tests/support/given.ts";

const HOUR = 3_600_000;
const NEW = { sessionId: "s1", roomId: "r1", title: "示例场次", plannedStartAt: START, plannedEndAt: START + 4 * HOUR };
const planned = () => show().given("session.created.v1", { ...DEFAULTS, ...NEW });
const DEFAULTS = { theme: "", platformRoomIds: [], anonymousClaims: false, rehearsal: false };
const live = () => planned().given("session.started.v1", { happenedAt: START, reason: null });
const shown = (played: ReturnType<typeof show>) => Object(played.slice("control", "session"));

describe("session", () => {
  it("[SES1] is created once, with an end after its start", () => {
    show()
      .when("session.create", { ...NEW, plannedEndAt: START })
      .rejected("session.endsBeforeStart");
    const played = show().when("session.create", NEW).then({ type: "session.created.v1", data: DEFAULTS });
    played.when("session.create", NEW).rejected("session.exists");
    const rehearsal = { ...DEFAULTS, rehearsal: true, anonymousClaims: true };
    show()
      .when("session.create", { ...NEW, rehearsal: true })
      .then({ type: "session.created.v1", data: rehearsal });
    show()
      .send("session.create", { ...NEW, title: "" })
      .invalid("input.title");
  });

  it("[SES2] edits name only what changed, and none is no event", () => {
    const played = planned();
    played
      .when("session.edit", { title: "秋冬上新", theme: "" })
      .then({ type: "session.edited.v1", data: { from: { title: "示例场次" }, to: { title: "秋冬上新" } } });
    played.when("session.edit", { title: "秋冬上新" }).then();
    played.when("session.edit", { plannedEndAt: START - 1 }).rejected("session.endsBeforeStart");
  });

  it("[SES11] what somebody else changed meanwhile is not overwritten unseen", () => {
    const played = planned();
    played.when("session.edit", { title: "甲的标题" }).then({ type: "session.edited.v1", data: {} });
    played
      .when("session.edit", { title: "乙的标题" }, { expect: { title: "示例场次" } })
      .rejected("state.changed", { title: "甲的标题" });
    played
      .when("session.edit", { theme: "秋冬" }, { expect: { theme: "" } })
      .then({ type: "session.edited.v1", data: {} });
    const none = { paidFen: null, audience: null, reservations: null, orders: null };
    played
      .when("session.setTargets", { ...none, orders: 10 }, { expect: none })
      .then({ type: "session.targetsSet.v1", data: {} });
    played
      .when("session.setTargets", { ...none, paidFen: 1 }, { expect: none })
      .rejected("state.changed", { orders: 10 });
    played.when("session.setShifts", { shifts: [] }, { expect: { shifts: [] } }).then();
  });

  it("[SES2] whether it is a rehearsal never changes", () => {
    const played = planned();
    played.send("session.edit", { rehearsal: true }).then();
    expect(shown(played).rehearsal).toBe(false);
  });

  it("[SES3] targets and shifts are set as a whole and taken back", () => {
    const played = planned();
    const targets = { paidFen: 120_000_000, audience: null, reservations: 3_000, orders: null };
    played.when("session.setTargets", targets).ok();
    played.when("session.setTargets", targets).then();
    const shift = { shiftId: "a", from: START, to: START + HOUR, hosts: ["an"], operators: ["lin"] };
    played.when("session.setShifts", { shifts: [{ ...shift, to: START }] }).rejected("session.shiftEndsBeforeStart");
    played.when("session.setShifts", { shifts: [shift, shift] }).rejected("session.shiftTwice");
    played.when("session.setShifts", { shifts: [shift] }).ok();
    played.when("tape.undo", { seq: played.seqOf("session.targetsSet.v1") }).ok();
    played.when("tape.undo", { seq: played.seqOf("session.shiftsSet.v1") }).ok();
    expect(shown(played)).toMatchObject({ targets: { paidFen: null } });
    expect(played.slice("control", "shifts")).toEqual({});
  });

  it("[SES3] shifts stand in the order of time, and one that changes is sent alone", () => {
    const played = planned();
    const shift = (shiftId: string, hour: number) => ({
      shiftId,
      from: START + hour * HOUR,
      to: START + (hour + 1) * HOUR,
      hosts: ["an"],
      operators: [],
    });
    const [a, b, c] = [shift("a", 0), shift("b", 1), shift("c", 2)];
    const view = createView(engine, played.state, "control");
    played.send("session.setShifts", { shifts: [c, a, b] }).ok();
    expect(Object.keys(played.slice("control", "shifts") as object)).toEqual(["a", "b", "c"]);
    view.frame();
    const later = { ...b, to: b.to + 1 };
    played.send("session.setShifts", { shifts: [a, later, c] }, { expect: { shifts: [b, a, c] } }).ok();
    expect(view.frame()?.slices).toMatchObject({ shifts: { set: [["b", later]], del: [] } });
    played.send("session.setShifts", { shifts: [] }, { expect: { shifts: [a, b, c] } }).rejected("state.changed");
    played.send("session.setShifts", { shifts: [c, later, a] }).then();
  });

  it("[SES4] goes from planned over warmup to live, or straight to live", () => {
    const played = planned();
    played.when("session.warmUp", {}).ok();
    played.when("session.warmUp", {}).rejected("session.notPlanned", { phase: "warmup" });
    played.pass(60_000).when("session.start", { ago: 10_000, reason: "赶时间" }).ok();
    expect(shown(played)).toMatchObject({ phase: "live", startedAt: START + 50_000, startReason: "赶时间" });
    played.when("session.start", { reason: "再来" }).rejected("session.alreadyStarted", { phase: "live" });
  });

  it("[SES5] an interruption is kept with its times, and the end closes an open one", () => {
    const played = live().pass(60_000);
    played.when("session.resume", {}).rejected("session.notInterrupted");
    played.when("session.interrupt", {}).ok().pass(30_000);
    played.when("session.interrupt", {}).rejected("session.notLive");
    played.when("session.resume", {}).ok().pass(1_000);
    played.when("session.interrupt", {}).ok().pass(1_000);
    played.when("session.end", {}).ok();
    expect(shown(played)).toMatchObject({
      phase: "ended",
      interruptions: [
        { from: START + 60_000, to: START + 90_000 },
        { from: START + 91_000, to: START + 92_000 },
      ],
    });
  });

  it("[SES6] may go on within 30 minutes after its end, not later", () => {
    planned().when("session.end", {}).rejected("session.notLive");
    const played = live().when("session.end", {}).ok();
    played.pass(REOPEN_MS).when("session.reopen", {}).ok();
    expect(shown(played)).toMatchObject({ phase: "live", endedAt: null });
    played.when("session.reopen", {}).rejected("session.notEnded");
    played
      .when("session.end", {})
      .ok()
      .pass(REOPEN_MS + 1);
    played.when("session.reopen", {}).rejected("session.reopenTooLate");
  });

  it("[SES6] never ends before it started, however far back the end is typed", () => {
    live()
      .when("session.end", { ago: HOUR })
      .then({ type: "session.ended.v1", data: { happenedAt: START } });
  });

  it("[SES7] start and end can be corrected later, within reason", () => {
    const played = live().pass(HOUR);
    played.when("session.correctTimes", { endedAt: START }).rejected("session.notEnded");
    planned().when("session.correctTimes", { startedAt: START }).rejected("session.notStarted");
    played.when("session.correctTimes", { startedAt: START + 2 * HOUR }).rejected("session.timeAhead");
    played.when("session.correctTimes", { startedAt: START - 60_000 }).ok();
    expect(shown(played).startedAt).toBe(START - 60_000);
    played.when("tape.undo", { seq: played.seqOf("session.timesCorrected.v1") }).ok();
    expect(shown(played).startedAt).toBe(START);
    played.when("session.end", {}).ok();
    played.when("session.correctTimes", { endedAt: START - 1 }).rejected("session.endsBeforeStart");
  });

  it("[SES8] viewers see neither targets nor people; the host sees the target", () => {
    const played = planned();
    played.when("session.setTargets", { paidFen: 77_777, audience: null, reservations: null, orders: null }).ok();
    expect(played.slice("host", "session")).toMatchObject({ paidTargetFen: 77_777 });
    expect(JSON.stringify(played.view("viewer"))).not.toContain("77777");
  });

  it("[SES9] an edit is taken back after a restart, when keys came back from the database in another order", () => {
    const played = planned();
    played.when("session.setTargets", { paidFen: 1, audience: 2, reservations: 3, orders: 4 }).ok();
    const state = engine.initial();
    for (const event of played.log) engine.apply(state, withKeysReversed(event));
    const undo = { id: "u", type: "tape.undo", input: { seq: played.seqOf("session.targetsSet.v1") } };
    const ctx = { now: played.state.at, realNow: played.state.at, by: "staff:ann", commandId: "u" };
    const chance = {
      newId: () => "n",
      randomBytes: () => new Uint8Array(),
      seal: String,
      open: () => new Uint8Array(),
    };
    expect(engine.execute(state, undo, { ...ctx, ...chance }).answer).toMatchObject({ status: "ok" });
  });

  it("[SES10] a show that is over is recorded as past in one step, and its times can be corrected", () => {
    const past = { startedAt: START - 5 * HOUR, endedAt: START - HOUR };
    const played = planned().when("session.recordPast", past).ok();
    expect(shown(played)).toMatchObject({ phase: "ended", ...past });
    played.when("session.recordPast", past).rejected("session.alreadyStarted");
    played.when("session.correctTimes", { endedAt: START - 2 * HOUR }).ok();
    expect(shown(played)).toMatchObject({ endedAt: START - 2 * HOUR });
    expectRebuilt(played);
    expectLeanViewsEqual(played);
  });

  it("[SES5] no interruption begins before the one before it is over, or ends before it began, however late it is told", () => {
    const played = live().pass(60_000);
    played.when("session.interrupt", { ago: 3_600_000 }).ok().pass(10_000);
    played.when("session.resume", { ago: 30_000 }).ok();
    played.when("session.interrupt", { ago: 60_000 }).ok();
    played.pass(1_000).when("session.end", { ago: 60_000 }).ok();
    const { interruptions, startedAt, endedAt } = Object(shown(played));
    const times = [
      startedAt,
      ...interruptions.flatMap(({ from, to }: { from: number; to: number }) => [from, to]),
      endedAt,
    ];
    expect(times.toSorted((one: number, two: number) => one - two)).toEqual(times);
  });

  it("[SES10] neither a future nor a rehearsal is past", () => {
    planned()
      .when("session.recordPast", { startedAt: START, endedAt: START + 1 })
      .rejected("session.timeAhead");
    planned().when("session.recordPast", { startedAt: 2, endedAt: 1 }).rejected("session.endsBeforeStart");
    show()
      .given("session.created.v1", { ...DEFAULTS, ...NEW, rehearsal: true })
      .when("session.recordPast", { startedAt: 1, endedAt: 2 })
      .rejected("session.rehearsalNotPast");
  });

  it("[SES9] is the same from its log, and lean", () => {
    const played = live().pass(5_000);
    played.when("session.interrupt", {}).ok();
    expectRebuilt(played);
    expectLeanViewsEqual(played);
  });
});

function withKeysReversed(event: StoredEvent): StoredEvent {
  const turn = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turn);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, inner]) => [key, turn(inner)]),
    );
  };
  return { ...event, data: turn(event.data) };
}
