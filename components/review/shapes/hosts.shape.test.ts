import { expect, test } from "vitest";
import { fromSnapshot } from "../../session/view-state.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import { show, START } from "#tests/support/given.ts";
import { orderOf } from "#tests/support/shopping.ts";
import { hostLines } from "./hosts.shape.ts";
import { troublesOf } from "./troubles.shape.ts";

const MINUTE = 60_000;

function evening() {
  const played = show();
  const plan = { title: "示例", plannedStartAt: START as never, plannedEndAt: (START + 60 * MINUTE) as never };
  played.when("session.create", { sessionId: "s1", roomId: "r1", ...plan }).ok();
  const skus = [{ platformId: "S3", name: "M", liveFen: 9_900, sellable: 50 }];
  played.send("bag.applySheet", { products: [{ linkNo: 3, platformId: "P3", name: "示例背心", skus }] }).ok();
  const shift = (shiftId: string, from: number, to: number, ...hosts: string[]) => ({
    shiftId,
    from: START + from * MINUTE,
    to: START + to * MINUTE,
    hosts,
    operators: [],
  });
  played.send("session.setShifts", { shifts: [shift("a", 0, 10, "p_an"), shift("b", 10, 30, "p_bo")] }).ok();
  const cues = ["开场", "讲解", "收尾"].map((title) => ({ kind: "talk", title, plannedMs: 5 * MINUTE }));
  played.send("rundown.setCues", { cues }).ok();
  return played.live();
}

const reviewed = (played: ReturnType<typeof evening>) => slicesOf(fromSnapshot(played.view("review")));

test("a round that spans two shifts is each host's by its time", () => {
  const played = evening();
  const [productId = ""] = played.bag().products.keys();
  played
    .at(START + 6 * MINUTE)
    .when("bag.explain", { productId })
    .ok();
  played.when("order.record", orderOf("o1", "S3", 1, { status: "paid", paidAt: START + 7 * MINUTE })).ok();
  played
    .at(START + 18 * MINUTE)
    .when("bag.endExplain", {})
    .ok();
  const slices = reviewed(played);
  const paidFen = [...slices.roundFigures.values()][0]?.paidFen ?? 0;
  expect(paidFen).toBeGreaterThan(0);
  expect(hostLines(slices, START + 20 * MINUTE)).toEqual([
    {
      hostId: "p_an",
      onShiftMs: 10 * MINUTE,
      explainedMs: 4 * MINUTE,
      paidFen: Math.round(paidFen / 3),
      perExplainMinuteFen: Math.round(paidFen / 12),
    },
    {
      hostId: "p_bo",
      onShiftMs: 10 * MINUTE,
      explainedMs: 8 * MINUTE,
      paidFen: Math.round((paidFen * 2) / 3),
      perExplainMinuteFen: Math.round(paidFen / 12),
    },
  ]);
});

test("without orders no output is told, only time", () => {
  const [first] = hostLines(reviewed(evening()), START + 20 * MINUTE);
  expect(first).toMatchObject({ paidFen: null, perExplainMinuteFen: null, explainedMs: 0 });
});

test("troubles: gaps, late and skipped cues, messages unseen or late, lines let pass", () => {
  const played = evening();
  const [, second = "", third = ""] = [...reviewed(played).cueOrder.order];
  played.when("message.send", { to: "host", text: "看这里" }).ok();
  played.when("check.waive", { lineId: "golive-host", reason: "在路上" }).ok();
  played.when("check.waive", { lineId: "stock:none", reason: "无" }).rejected("check.lineNotFound");
  played
    .at(START + 9 * MINUTE)
    .when("rundown.take", { cueId: second })
    .ok();
  played.when("session.interrupt", {}).ok();
  played
    .at(START + 11 * MINUTE)
    .when("session.resume", {})
    .ok();
  played.when("rundown.skip", { cueId: third }).ok();
  const troubles = troublesOf(reviewed(played), START + 12 * MINUTE);
  expect(troubles).toMatchObject({
    interruptions: [{ ms: 2 * MINUTE }],
    lateCues: [{ cueId: second, lateMs: 4 * MINUTE }],
    messages: [{ message: { text: "看这里" }, afterMs: null }],
    waived: [{ lineId: "golive-host", reason: "在路上" }],
    startReason: "试播",
  });
  expect(troubles.skipped.map(({ cueId }) => cueId)).toContain(third);
});
