import { expect, it } from "vitest";
import { expectLeanViewsEqual, expectRebuilt, show, START, type Show } from "#tests/support/given.ts";
import { clockOf } from "../lesson-checks.ts";
import type { AdoptedLesson, LessonRule } from "../lesson-rule.ts";

const MINUTE = 60_000;
const SYSTEM = { by: "system" };
const coat = { platformId: "P12", name: "轻暖羽绒服" };
const from = { sessionId: "s0", title: "上一场" };

/** A show at 20:00 with an opening of 5 minutes, then the coat. */
function planned(): Show {
  const played = show();
  played
    .when("session.create", {
      sessionId: "s1",
      roomId: "r1",
      title: "示例场次",
      plannedStartAt: START,
      plannedEndAt: START + 240 * MINUTE,
    })
    .ok();
  const skus = [{ name: "M", liveFen: 39_900, sellable: 60, pool: 40 }];
  played
    .send("bag.applySheet", {
      products: [
        { linkNo: 12, platformId: "P12", name: "轻暖羽绒服 中长款", plannedUnits: 100, skus },
        { linkNo: 13, name: "羊毛围巾", skus },
      ],
    })
    .ok();
  const productId = idOf(played, 12);
  const cues = [
    { cueId: "open", kind: "talk", title: "开场", plannedMs: 5 * MINUTE },
    { cueId: "coat", kind: "explain", title: "羽绒服", productId, plannedMs: 10 * MINUTE },
  ];
  return played.send("rundown.setCues", { cues }).ok();
}

const idOf = (played: Show, linkNo: number) =>
  [...played.bag().products.values()].find((product) => product.linkNo === linkNo)?.productId ?? "";
const adopt = (played: Show, ...rules: LessonRule[]): Show =>
  played.send("lesson.adopt", { lessons: rules.map((rule, index) => adopted(`l${index + 1}`, rule)) }, SYSTEM).ok();
const adopted = (lessonId: string, rule: LessonRule): AdoptedLesson => ({
  lessonId,
  text: `教训 ${lessonId}`,
  rule,
  from,
});
const auto = (played: Show) =>
  (Object(played.slice("control", "goLiveCheck")).lines as { code: string; lineId: string; data: unknown }[]).filter(
    ({ code }) => code.startsWith("lesson"),
  );

it("[LES1] is written with a rule, retired and brought back, each undone", () => {
  const played = planned();
  const rule = { kind: "notInFirst", product: coat, minutes: 20 } as const;
  played.when("lesson.add", { text: "讲早了没人", rule }).then({ type: "lesson.added.v1", data: { rule } });
  const { lessonId } = Object(played.log.at(-1)?.data);
  played.when("lesson.retire", { lessonId }).then({ type: "lesson.retiredSet.v1" });
  expect(played.row("review", "lessons", lessonId)).toMatchObject({ retired: { by: "staff:ann" } });
  played.when("tape.undo", { seq: played.seqOf("lesson.retiredSet.v1") }).ok();
  expect(played.row("review", "lessons", lessonId)).toMatchObject({ retired: null });
  played.when("tape.undo", { seq: played.seqOf("lesson.added.v1") }).ok();
  expect(played.row("review", "lessons", lessonId)).toBeUndefined();
  played
    .send("lesson.add", { text: "空", rule: { kind: "cueNote", cueKind: null, product: null, note: "看这里" } })
    .rejected("lesson.noCue");
  expectRebuilt(played);
});

it("[LES2] is adopted whole until the show begins, and telling it again changes nothing", () => {
  const rule: LessonRule = { kind: "notInFirst", product: coat, minutes: 20 };
  const played = adopt(planned(), rule, { kind: "check", line: "备用手机充电" });
  const lessons = [adopted("l1", rule)];
  const before = played.log.length;
  played
    .send("lesson.adopt", { lessons: [...lessons, adopted("l2", { kind: "check", line: "备用手机充电" })] }, SYSTEM)
    .ok();
  expect(played.log.length).toBe(before);
  played.send("lesson.adopt", { lessons }, SYSTEM).then({ type: "lesson.left.v1", data: { lessonIds: ["l2"] } });
  played.live().send("lesson.adopt", { lessons: [] }, SYSTEM).then();
  expect(played.row("control", "adoptedLessons", "l1")).toMatchObject({ from });
  expectLeanViewsEqual(played);
});

it("[LES3] a check line is ticked or let pass like any other, and holds up the start", () => {
  const played = adopt(planned(), { kind: "check", line: "备用手机充电" });
  const line = () => played.row("control", "checkLines", "lesson-l1");
  expect(line()).toMatchObject({ list: "goLive", text: "备用手机充电", done: null });
  const refused = played.when("session.start", {}).answer;
  expect(Object(refused)).toMatchObject({ code: "check.open" });
  expect(Object(Object(refused).data).open).toContain("lesson-l1");
  played.when("check.tick", { lineId: "lesson-l1" }).ok();
  expect(line()).toMatchObject({ done: { by: "staff:ann" } });
  played.send("lesson.adopt", { lessons: [] }, SYSTEM).ok();
  expect(line()).toBeUndefined();
});

it("[CHK7] a list may be set as one likes: the lines of lessons stay, with their words and ticks", () => {
  const played = adopt(planned(), { kind: "check", line: "备用手机充电" });
  played.when("check.tick", { lineId: "lesson-l1" }).ok();
  played.when("check.setLines", { list: "goLive", lines: [{ text: "网络" }] }).ok();
  const line = { text: "备用手机充电", position: 1, done: { by: "staff:ann" } };
  expect(played.row("control", "checkLines", "lesson-l1")).toMatchObject(line);
  const lines = [{ lineId: "lesson-l1", text: "改了", ownerId: "p_bo" }, { text: "网络" }];
  played.when("check.setLines", { list: "goLive", lines }).ok();
  expect(played.row("control", "checkLines", "lesson-l1")).toMatchObject({ ...line, position: 0, ownerId: "p_bo" });
});

it("[LES4] a product planned before its time breaks the rule, and moving it later mends it", () => {
  // 20:30 in Shanghai; the coat is planned at 20:05.
  const rule: LessonRule = { kind: "notBefore", product: coat, minuteOfDay: 20 * 60 + 30, utcOffsetMin: 480 };
  const played = adopt(planned(), rule, { kind: "notInFirst", product: coat, minutes: 6 });
  expect(auto(played)).toMatchObject([
    {
      code: "lessonNotBefore",
      data: { linkNo: 12, cueId: "coat", startsAt: START + 5 * MINUTE, limitAt: START + 30 * MINUTE },
    },
    { code: "lessonNotInFirst", data: { minutes: 6, limitAt: START + 6 * MINUTE } },
  ]);
  played.when("rundown.editCue", { cueId: "open", plannedMs: (30 * MINUTE) as never }).ok();
  expect(auto(played)).toEqual([]);
});

it("[LES4] stock against planned units, and prices, name the figure that breaks the rule", () => {
  const played = adopt(
    planned(),
    { kind: "stockAtLeast", product: coat, percent: 120 },
    { kind: "stockAtLeast", product: null, percent: 100 },
    { kind: "stockAtLeast", product: { platformId: null, name: "围巾" }, percent: 100 },
    { kind: "priceAtLeast", product: { platformId: null, name: "羊毛 围巾" }, fen: 40_000 as never },
    { kind: "priceAtLeast", product: { platformId: "P99", name: "没有的商品" }, fen: 40_000 as never },
  );
  expect(auto(played)).toMatchObject([
    {
      code: "lessonStock",
      data: { have: 100, need: 120, plannedUnits: 100 },
      lineId: `lesson:l1:${idOf(played, 12)}:100`,
    },
    { code: "lessonStockUnplanned", data: { count: 1, linkNo: 13 }, lineId: "lesson:l2:unplanned:1" },
    { code: "lessonStockUnknown", data: { linkNo: 13 } },
    { code: "lessonPrice", data: { priceFen: 39_900, limitFen: 40_000, sku: "M" } },
  ]);
  const [first] = auto(played);
  played.when("check.waive", { lineId: first?.lineId ?? "", reason: "今天够卖" }).ok();
  expect(auto(played)[0]).toMatchObject({ waived: { reason: "今天够卖" } });
});

it("[LES5] a note stands at the cues of its kind or product, for host and desk", () => {
  const played = adopt(
    planned(),
    { kind: "cueNote", cueKind: null, product: coat, note: "先报尺码" },
    { kind: "cueNote", cueKind: "talk", product: null, note: "不提竞品" },
  );
  for (const audience of ["control", "host", "review"] as const) {
    expect(played.row(audience, "cueNotes", "l1")).toMatchObject({ note: "先报尺码", cueIds: ["coat"] });
    expect(played.row(audience, "cueNotes", "l2")).toMatchObject({ cueIds: ["open"] });
  }
});

it("[LES6] a time of the day means the one in the show, also after midnight", () => {
  const eight = 8 * 60;
  expect(clockOf(20 * 60 + 30, eight * 1, START) - START).toBe(30 * MINUTE);
  expect(clockOf(0, eight, START) - START).toBe(240 * MINUTE);
  expect(clockOf(19 * 60, eight, START) - START).toBe(-60 * MINUTE);
});

const broken = (played: Show) => played.slice("control", "lessonsBroken") as { code: string; lineId: string }[];

it("[LES8] explaining a product too early warns while it is explained, whatever the plan said, and holds up nothing", () => {
  const late: LessonRule = { kind: "notBefore", product: coat, minuteOfDay: 20 * 60 + 30, utcOffsetMin: 480 };
  const played = adopt(planned(), late, { kind: "notInFirst", product: coat, minutes: 6 });
  const productId = idOf(played, 12);
  expect(broken(played)).toEqual([]);
  played.live().pass(5 * MINUTE);
  expect(broken(played)).toEqual([]);
  played.when("bag.explain", { productId }).ok();
  expect(broken(played)).toMatchObject([
    { code: "lessonAirTooEarly", data: { linkNo: 12, limitAt: START + 30 * MINUTE } },
    { code: "lessonAirTooEarly", data: { limitAt: Object(played.slice("control", "session")).startedAt + 6 * MINUTE } },
  ]);
  played.when("bag.endExplain", {}).ok();
  expect(broken(played)).toEqual([]);
  played
    .pass(30 * MINUTE)
    .when("bag.explain", { productId })
    .ok();
  expect(broken(played)).toEqual([]);
});

it("[LES8] what is sold is no lack of stock, a price below the least is a breach while on sale", () => {
  const scarf = { platformId: null, name: "羊毛围巾" };
  const rules: LessonRule[] = [
    { kind: "stockAtLeast", product: null, percent: 100 },
    { kind: "stockAtLeast", product: coat, percent: 120 },
    { kind: "priceAtLeast", product: scarf, fen: 40_000 as never },
  ];
  const played = adopt(planned(), ...rules).live();
  const productId = idOf(played, 12);
  played.when("bag.explain", { productId }).ok();
  played.when("bag.openSale", { productId }).ok();
  const [stock, ...others] = broken(played);
  expect(stock).toMatchObject({ code: "lessonAirStock", data: { have: 100, need: 120 } });
  expect(others).toEqual([]);
  played.when("bag.openSale", { productId: idOf(played, 13) }).ok();
  expect(broken(played)).toMatchObject([{}, { code: "lessonPrice", data: { linkNo: 13, priceFen: 39_900 } }]);
});

it("[LES8] a waiver holds for what is no worse, also one from before the show", () => {
  const played = adopt(planned(), { kind: "stockAtLeast", product: coat, percent: 120 });
  const productId = idOf(played, 12);
  played.when("check.waive", { lineId: `lesson:l1:${productId}:90`, reason: "x" }).rejected("check.lineNotFound");
  played.when("check.waive", { lineId: auto(played)[0]?.lineId ?? "", reason: "今天够卖" }).ok();
  played.live().when("bag.explain", { productId }).ok();
  expect(broken(played)).toEqual([]);
  played.when("check.unwaive", { lineId: `lesson:l1:${productId}:100` }).ok();
  expect(broken(played)).toHaveLength(1);
  played.when("check.waive", { lineId: broken(played)[0]?.lineId ?? "", reason: "补货在路上" }).ok();
  expect(broken(played)).toEqual([]);
  played.when("session.end", {}).ok();
  expect(broken(played)).toEqual([]);
});

it("[LES9] a rehearsal's lesson is taken over into real shows and back; a real show's needs no taking over", () => {
  const rule = { kind: "check", line: "备用手机充电" } as const;
  const rehearsal = show();
  const times = { plannedStartAt: START as never, plannedEndAt: (START + 240 * MINUTE) as never };
  rehearsal.when("session.create", { sessionId: "s2", roomId: "r1", title: "彩排", rehearsal: true, ...times }).ok();
  rehearsal.when("lesson.add", { text: "手机没电", rule }).ok();
  const { lessonId } = Object(rehearsal.log.at(-1)?.data);
  const row = () => rehearsal.row("review", "lessons", lessonId);
  expect(row()).toMatchObject({ forReal: false });
  rehearsal.when("lesson.setForReal", { lessonId, forReal: true }).then({ type: "lesson.forRealSet.v1" });
  expect(row()).toMatchObject({ forReal: true });
  rehearsal.when("tape.undo", { seq: rehearsal.seqOf("lesson.forRealSet.v1") }).ok();
  expect(row()).toMatchObject({ forReal: false });
  expectRebuilt(rehearsal);

  const real = planned();
  real.when("lesson.add", { text: "手机没电", rule }).ok();
  const { lessonId: own } = Object(real.log.at(-1)?.data);
  real.when("lesson.setForReal", { lessonId: own, forReal: true }).rejected("lesson.ofRealShow");
});
