import { describe, expect, it } from "vitest";
import { MINUTE, pushOf, reserve, resolve } from "#tests/support/pushes.ts";
import { idOf, signUp, STARTS_AT, warming } from "#tests/support/warmups.ts";
import { expectLeanViewsEqual, type Show } from "#tests/support/given.ts";
import { durationMs } from "../units.ts";
import type { Cell } from "../wave/shapes.ts";
import { isLate, spreadLate } from "../wave/spread.ts";
import { isQuiet } from "../wave/times.ts";

const HOUR = 60 * MINUTE;
const AUDIENCE = { audience: { purposes: ["直播"] } };

const cells = (played: Show): Cell[] => Object.values(Object(played.slice("control", "waveCells")));
const cellOf = (played: Show, title: string): Cell => {
  const found = cells(played).find((cell) => cell.title === title);
  if (!found) throw new Error(`no cell ${title}`);
  return found;
};
const four = (): Show => warming().when("wave.useTemplate", { template: "four" }).ok();

describe("waves", () => {
  it("[WAV1] begin with four beats, the classic seven or the group reminders, and go back whole", () => {
    const played = four();
    const beats = () => Object(played.slice("control", "waves")).beats.map(({ title }: { title: string }) => title);
    expect(beats()).toEqual(["预告", "内容与利益点", "最后提醒", "开播"]);
    played.when("wave.useTemplate", { template: "four" }).rejected("wave.templateThere");
    played.when("tape.undo", { seq: played.seqOf("wave.templateUsed.v1") }).ok();
    expect([beats(), cells(played)]).toEqual([[], []]);
    played.when("wave.useTemplate", { template: "seven" }).ok();
    expect(beats()).toEqual(["背景", "内容与收获", "时间流程", "开始通知", "反响", "名额催促", "答疑补充"]);
    played.when("wave.useTemplate", { template: "reminders" }).ok();
    const reminders = cells(played).filter(({ beatId }) => beatId === "reminders");
    expect(reminders.map(({ channel, at }) => [channel, (at - STARTS_AT) / MINUTE])).toEqual([
      ["customerGroups", -1_440],
      ["customerGroups", -60],
      ["forward", -10],
      ["robot", -10],
      ["forward", 0],
      ["robot", 0],
    ]);
  });

  it("[WAV1] are named in the language of the team, and laid out once whichever it is; the copy is the customers'", () => {
    for (const template of ["four", "seven", "reminders"] as const) {
      const played = warming().when("wave.useTemplate", { template, language: "en" }).ok();
      const { beats } = Object(played.slice("control", "waves"));
      const named = [...beats, ...cells(played)].flatMap(({ title, goal = "", segment = "" }) => [
        title,
        goal,
        segment,
      ]);
      expect(named.filter((text) => /\p{Script=Han}/u.test(text))).toEqual([]);
      expect(cells(played).every(({ copy }) => /\p{Script=Han}/u.test(copy))).toBe(true);
      played.when("wave.useTemplate", { template }).rejected("wave.templateThere");
    }
  });

  it("[WAV2] count from the start of the show and move with it, unless they have a time of their own", () => {
    const played = four();
    const fixed = {
      beatId: "live",
      channel: "store" as const,
      title: "换台卡",
      when: { by: "time" as const, at: STARTS_AT - HOUR },
    };
    played.when("wave.plan", fixed).ok();
    played.when("session.edit", { plannedStartAt: STARTS_AT + HOUR }).ok();
    expect(cellOf(played, "开播前 1 小时").at).toBe(STARTS_AT);
    expect(cellOf(played, "换台卡").at).toBe(STARTS_AT - HOUR);
    played.when("wave.plan", { ...fixed, beatId: "gone" }).rejected("wave.beatNotFound");
    played.when("wave.setBeats", { beats: [] }).rejected("wave.beatInUse");
  });

  it("[WAV3] plan what has an API as a push and follow it; then the push is where it is changed", () => {
    const played = four();
    const { cellId } = cellOf(played, "开播前 1 小时");
    played.when("wave.planPush", { cellId, ...AUDIENCE }).ok();
    const { pushId, when, copy, kind } = pushOf(played);
    expect({ when, kind, text: copy.text }).toEqual({
      when: { by: "start", offsetMs: -HOUR },
      kind: "groups",
      text: "还有 1 小时开播,已登记 {{signups}} 人。",
    });
    expect(cellOf(played, "开播前 1 小时")).toMatchObject({ pushId, refused: null });
    played.when("wave.edit", { cellId, to: { copy: "改" } }).rejected("wave.hasPush");
    played.when("wave.tick", { cellId }).rejected("wave.hasPush");
    played.when("wave.planPush", { cellId, ...AUDIENCE }).rejected("wave.hasPush");
    played.when("push.remove", { pushId }).ok();
    expect(cellOf(played, "开播前 1 小时").pushId).toBeNull();
    const store = cellOf(played, "门店台卡与店员话术");
    played.when("wave.planPush", { cellId: store.cellId, ...AUDIENCE }).rejected("wave.noApi", { channel: "store" });
  });

  it("[WAV3] say why a push was refused, and stay what they were", () => {
    const played = four();
    const { cellId } = cellOf(played, "开播前 1 小时");
    played.when("wave.planPush", { cellId, audience: {} }).ok();
    expect(cellOf(played, "开播前 1 小时")).toMatchObject({ pushId: null, refused: { code: "push.noAudience" } });
  });

  it("[WAV4] are ticked where there is no API, with the time and what shows it", () => {
    const played = four();
    const { cellId } = cellOf(played, "短信提醒");
    played.when("wave.tick", { cellId, ago: 600_000, note: "1,240 条", link: "https://example.com/report" }).ok();
    expect(cellOf(played, "短信提醒").done).toMatchObject({
      by: "staff:ann",
      happenedAt: played.now - 600_000,
      proof: { note: "1,240 条", link: "https://example.com/report" },
    });
    played.when("wave.tick", { cellId }).rejected("wave.alreadyDone");
    played.when("wave.remove", { cellId }).rejected("wave.alreadyDone");
    played.when("tape.undo", { seq: played.seqOf("wave.doneSet.v1") }).ok();
    expect(cellOf(played, "短信提醒").done).toBeNull();
  });

  it("[WAV5] keep the quiet hours: warned of, or refused to customers, from whichever screen", () => {
    const played = four();
    const night = { by: "time" as const, at: STARTS_AT - 21 * HOUR };
    const cell = { beatId: "live", channel: "customerGroups" as const, title: "半夜", when: night };
    played.when("wave.plan", cell).ok();
    expect(cellOf(played, "半夜").quiet).toBe(true);
    expect(Object(played.slice("control", "waves")).quiet).toBe(1);
    played.when("wave.setQuietHours", { from: 1_350, to: 480, mode: "refuse" }).ok();
    played.when("wave.plan", { ...cell, title: "又半夜" }).rejected("wave.quietHours");
    played.when("wave.plan", { ...cell, title: "换台卡", channel: "store" }).ok();
    const push = { kind: "groups" as const, title: "半夜群发", copy: { text: "在吗" }, when: night, ...AUDIENCE };
    played.when("push.plan", push).rejected("wave.quietHours");
    played.when("push.plan", { ...push, when: { by: "start", offsetMs: 0 } }).ok();
    played.when("push.edit", { pushId: pushOf(played).pushId, to: { when: night } }).rejected("wave.quietHours");
    played.when("push.plan", { ...push, kind: "robot", audience: { robotIds: ["r1"] } }).ok();
    const day = (hour: number) => STARTS_AT - 20 * HOUR + hour * HOUR;
    const over = { from: 1_350, to: 480, mode: "warn" as const };
    expect([0, 7, 8, 12, 22, 23].map((hour) => isQuiet(over, day(hour)))).toEqual([
      true,
      true,
      false,
      false,
      false,
      true,
    ]);
  });

  it("[WAV5] hold back what stands in the night since the start has moved, and let no hand send it then", () => {
    const played = four();
    played.when("wave.setQuietHours", { from: 1_350, to: 480, mode: "refuse" }).ok();
    const push = { kind: "groups" as const, title: "预告", copy: { text: "明晚见" }, ...AUDIENCE };
    played.when("push.plan", { ...push, when: { by: "start", offsetMs: -HOUR } }).ok();
    const { pushId } = pushOf(played);
    played.send("session.edit", { plannedStartAt: STARTS_AT + 3.5 * HOUR }).ok();
    reserve(resolve(played)).at(STARTS_AT + 2.25 * HOUR);
    played.when("push.fallDue", { pushId }, { by: "system" }).ok();
    expect(played.row("control", "pushes", pushId)).toMatchObject({ held: { code: "wave.quietHours" } });
    played
      .at(STARTS_AT + 2.5 * HOUR)
      .when("push.handOver", { pushId })
      .rejected("wave.quietHours");
  });

  it("[WAV5] hold an SMS back that stands in the night by now as they do a 群发, and take no tick of the night without why", () => {
    const played = four();
    const at = (hours: number) => ({ by: "start" as const, offsetMs: hours * HOUR });
    const cell = { beatId: "live", channel: "sms" as const, title: "短信", when: at(-1) };
    played.when("wave.plan", cell).ok();
    const board = () => Object(played.slice("control", "waves"));
    const { cellId } = cellOf(played, "短信");
    // Where the show only warns it is marked, and no more.
    played.send("session.edit", { plannedStartAt: STARTS_AT + 3.5 * HOUR }).ok();
    expect(cellOf(played, "短信")).toMatchObject({ quiet: true, heldBack: false });
    played.when("wave.setQuietHours", { from: 1_350, to: 480, mode: "refuse" }).ok();
    expect(cellOf(played, "短信")).toMatchObject({ quiet: true, heldBack: true });
    expect(board().heldBack).toBeGreaterThan(0);
    expect(board().next?.cellId).not.toBe(cellId);
    // Its words can be mended, its time only to the day.
    played.when("wave.edit", { cellId, to: { copy: "马上开播" } }).ok();
    played.when("wave.edit", { cellId, to: { when: at(-1.5) } }).ok();
    played.when("wave.edit", { cellId, to: { when: at(-0.5) } }).rejected("wave.quietHours");
    played.when("wave.edit", { cellId, to: { when: at(-6) } }).ok();
    expect(cellOf(played, "短信")).toMatchObject({ quiet: false, heldBack: false });
    // The start moves once more.
    played.send("session.edit", { plannedStartAt: STARTS_AT + 10 * HOUR, plannedEndAt: STARTS_AT + 12 * HOUR }).ok();
    expect(cellOf(played, "短信").heldBack).toBe(true);
    played.at(STARTS_AT + 3 * HOUR);
    played.when("wave.tick", { cellId }).rejected("wave.sentAtNight");
    played.when("wave.tick", { cellId, ago: durationMs(3_600_000) }).ok();
    played.when("tape.undo", { seq: played.seqOf("wave.doneSet.v1") }).ok();
    played.when("wave.tick", { cellId, note: "平台误发" }).ok();
    expectLeanViewsEqual(played);
  });

  it("[WAV3] plan no push for what was ticked: it would go out twice", () => {
    const played = four();
    const { cellId } = cellOf(played, "开播前 1 小时");
    played.when("wave.tick", { cellId }).ok();
    played.when("wave.planPush", { cellId, ...AUDIENCE }).rejected("wave.alreadyDone");
  });

  it("[WAV6] say how many 群发 a day asks of the same people", () => {
    const { massByDay } = Object(four().slice("control", "waves"));
    expect(massByDay).toEqual([
      { day: "2026-11-12", groups: 1, customers: 0 },
      { day: "2026-11-13", groups: 1, customers: 1 },
      { day: "2026-11-14", groups: 1, customers: 0 },
    ]);
  });

  it("[WAV1][VIW6] fit a value slice with as many beats as there may be, all of them long", () => {
    const played = warming();
    const beats = Array.from({ length: 10 }, (_none, at) => ({
      beatId: `beat-${at}-${"x".repeat(25)}`,
      title: "浪".repeat(16),
      goal: "知".repeat(32),
    }));
    played.when("wave.setBeats", { beats }).ok();
    for (const { beatId } of beats) {
      for (const day of [-9, -8, -7, -6, -5, -4, -3, -2, -1]) {
        const when = { by: "start" as const, offsetMs: day * 24 * HOUR };
        played.when("wave.plan", { beatId, channel: "customerGroups", title: "群".repeat(60), when }).ok();
      }
    }
    expect(Buffer.byteLength(JSON.stringify(played.slice("control", "waves")))).toBeLessThan(4_096);
  });

  it("[WAV7] show how each beat stands: through when ticked, or when its push went out", () => {
    const played = four();
    const { cellId } = cellOf(played, "群预告");
    played.when("wave.planPush", { cellId, ...AUDIENCE }).ok();
    reserve(resolve(played)).when("push.handOver", { pushId: pushOf(played).pushId });
    played.when("wave.tick", { cellId: cellOf(played, "公众号预告推文").cellId }).ok();
    const announce = () => Object(played.slice("control", "waves")).beats[0];
    expect(announce()).toMatchObject({ cells: 4, through: 1, failed: 0 });
    expect(Object(played.slice("control", "waves")).next.at).toBe(STARTS_AT - 72 * HOUR);
  });

  it("[WAV8] tell what a cell brought, by its push's links or its source, and a beat each once", () => {
    const played = four();
    played.when("source.plan", { kind: "store", name: "一店", code: "yd" }).ok();
    const sourceId = idOf(played, "source.planned.v1", "sourceId");
    const store = cellOf(played, "门店台卡与店员话术");
    played.when("wave.edit", { cellId: store.cellId, to: { sourceId } }).ok();
    played.when("wave.edit", { cellId: cellOf(played, "客户朋友圈预告").cellId, to: { sourceId } }).ok();
    const { cellId } = cellOf(played, "群预告");
    played.when("wave.planPush", { cellId, ...AUDIENCE }).ok();
    resolve(played);
    signUp(played, "a", { via: "taskaa" });
    signUp(played, "b", { sourceCode: "yd" });
    played.send("source.opened", { opens: [{ code: "yd", count: 9 }] }, { by: "system" }).ok();
    played.pass(1_000);
    expect(played.row("control", "waveEffect", cellId)).toMatchObject({ by: "push", signups: 1 });
    expect(played.row("control", "waveEffect", store.cellId)).toMatchObject({ by: "source", opens: 9, signups: 1 });
    expect(played.row("control", "waveBeatEffect", "announce")).toMatchObject({ opens: 9, signups: 2 });
  });

  it("[WAV10] that are past are spread over the time that is left, in their order and awake, in one act that goes back", () => {
    const played = four();
    played.pass(STARTS_AT - 28 * HOUR - played.now);
    const board = () => Object(played.slice("control", "waves"));
    const left = () => ({ now: played.now, startsAt: STARTS_AT, quietHours: board().quietHours });
    const before = cells(played).map(({ cellId, at }) => [cellId, at]);
    const moves = spreadLate(cells(played), left());
    expect(moves.map(({ cellId }) => cells(played).find((cell) => cell.cellId === cellId)?.title)).toEqual([
      "公众号预告推文",
      "门店台卡与店员话术",
      "客户朋友圈预告",
      "预热短视频",
      "群预告",
    ]);
    const command = moves.map(({ cellId, from, to }) => ({ cellId, from, to }));
    played.when("wave.retime", { cells: command }).ok();
    const times = moves.map(({ cellId }) => cells(played).find((cell) => cell.cellId === cellId)?.at ?? 0);
    expect(times).toEqual(moves.map(({ at }) => at));
    // Between now and the first that is still to come, which is a day before the start; the first two were meant for one time.
    expect(times.every((at) => at > played.now && at < STARTS_AT - 24 * HOUR)).toBe(true);
    expect(times[0]).toBe(times[1]);
    expect(times.toSorted((a, b) => a - b)).toEqual(times);
    expect(spreadLate(cells(played), left())).toEqual([]);
    played.when("wave.retime", { cells: command }).rejected("state.changed");
    played.when("tape.undo", { seq: played.seqOf("wave.retimed.v1") }).ok();
    expect(cells(played).map(({ cellId, at }) => [cellId, at])).toEqual(before);
  });

  it("[WAV10] move where people are awake; all together or none of them; never what is a push or was done", () => {
    const played = four();
    const night = STARTS_AT - 21 * HOUR;
    played.pass(night - HOUR - played.now);
    const quietHours = { from: 1_350, to: 480, mode: "refuse" as const };
    const moves = spreadLate(cells(played), { now: played.now, startsAt: STARTS_AT, quietHours });
    expect(moves.length).toBeGreaterThan(5);
    expect(moves.filter(({ at }) => isQuiet(quietHours, at))).toEqual([]);
    expect(spreadLate(cells(played), { now: STARTS_AT - MINUTE, startsAt: STARTS_AT, quietHours })).toEqual([]);
    const [first, second] = moves.map(({ cellId, from, to }) => ({ cellId, from, to }));
    if (!first || !second) throw new Error("nothing to move");
    played.when("wave.retime", { cells: [first, first] }).rejected("wave.cellTwice");
    played.when("wave.tick", { cellId: second.cellId }).ok();
    played.when("wave.retime", { cells: [first, second] }).rejected("wave.alreadyDone");
    expect(cells(played).find(({ cellId }) => cellId === first.cellId)?.when).toEqual(first.from);
  });

  it("[WAV10] that are past are dropped in one act, and come back as they were", () => {
    const played = four();
    played.pass(STARTS_AT - 28 * HOUR - played.now);
    const cellIds = cells(played).flatMap((cell) => (isLate(cell, played.now) ? [cell.cellId] : []));
    const whole = cells(played).toSorted((a, b) => (a.cellId < b.cellId ? -1 : 1));
    played.when("wave.clear", { cellIds }).ok();
    expect(cells(played)).toHaveLength(whole.length - cellIds.length);
    played.when("wave.clear", { cellIds }).rejected("wave.notFound");
    played.when("tape.undo", { seq: played.seqOf("wave.cleared.v1") }).ok();
    expect(cells(played).toSorted((a, b) => (a.cellId < b.cellId ? -1 : 1))).toEqual(whole);
    const { cellId } = cellOf(played, "开播前 1 小时");
    played.when("wave.planPush", { cellId, ...AUDIENCE }).ok();
    played.when("wave.clear", { cellIds: [cellId] }).rejected("wave.hasPush");
  });
});
