import { describe, expect, it } from "vitest";
import { GO_LIVE_LINES } from "#domain/presets.ts";
import { expectLeanViewsEqual, expectRebuilt, show, START, type Show } from "#tests/support/given.ts";

const PLAN = {
  sessionId: "s1",
  roomId: "r1",
  title: "示例场次",
  plannedStartAt: START,
  plannedEndAt: START + 1_000_000,
};
const PRIZES = { prizes: [{ name: "围巾", count: 1, valueFen: 26_900 }], durationMs: 60_000 };
/** With a product and a cue, so that nothing is asked of its plan (CHK9). */
const created = (more: object = {}) =>
  show()
    .send("session.create", { ...PLAN, ...more })
    .ok()
    .send("bag.createProduct", {
      name: "围巾",
      skus: [{ name: "均码", usualFen: 9_900, plannedFen: 9_900, plannedSellable: 10 }],
    })
    .ok()
    .when("rundown.addCue", { cue: { kind: "talk", title: "开场" } })
    .ok();

/** A show with one product of one SKU at a planned ¥399; ids by which it goes. */
function withProduct(more: object = {}, sku: object = {}): { played: Show; productId: string; skuId: string } {
  const played = created();
  const skus = [{ name: "M", usualFen: 69_900, plannedFen: 39_900, plannedSellable: 10, ...sku }];
  const { events } = played.send("bag.createProduct", { name: "羽绒服", skus, ...more });
  const [added] = Object(events[0]?.data).added;
  return { played, productId: added.productId, skuId: added.skus[0].skuId };
}

const go = (played: Show) => Object(played.slice("control", "goLiveCheck"));
const lines = (played: Show, name = "goLiveCheck"): string[] =>
  Object(played.slice("control", name)).lines.map(({ code }: { code: string }) => code);
const undo = (played: Show, type: string) => played.when("tape.undo", { seq: played.seqOf(type) });

describe("own lines", () => {
  it("[CHK1] begin with those of the trade and are set as a whole, against the version seen", () => {
    const played = created();
    expect(go(played).open).toBe(GO_LIVE_LINES.length);
    const set = (texts: string[], expected?: object) =>
      played.when(
        "check.setLines",
        { list: "goLive", lines: texts.map((text, at) => ({ lineId: `l${at}`, text })) },
        { expect: expected },
      );
    set(["网络", "灯光"], { version: 0 }).ok();
    set(["网络"], { version: 0 }).rejected("state.changed", { version: 1 });
    expect(go(played).open).toBe(2);
    const twice = [
      { lineId: "a", text: "一" },
      { lineId: "a", text: "二" },
    ];
    played.when("check.setLines", { list: "goLive", lines: twice }).rejected("check.lineTwice");
    const other = [{ lineId: "wrapup-prices", text: "直播价已恢复" }];
    played.when("check.setLines", { list: "goLive", lines: other }).rejected("check.lineTwice");
  });

  it("[CHK1] a line whose words stay keeps its tick, and taking the lines back brings ticks back", () => {
    const played = created();
    const set = (...texts: string[]) =>
      played.when("check.setLines", { list: "goLive", lines: texts.map((text) => ({ lineId: text, text })) });
    set("a", "b").ok();
    played.when("check.tick", { lineId: "a" }).ok();
    played.when("check.tick", { lineId: "b" }).ok();
    set("b", "c").ok();
    expect(played.row("control", "checkLines", "b")).toMatchObject({ position: 0, done: { by: "staff:ann" } });
    expect(go(played).open).toBe(1);
    undo(played, "check.linesSet.v1").ok();
    expect(played.row("control", "checkLines", "a")).toMatchObject({ done: { by: "staff:ann" } });
    expect(go(played).open).toBe(0);
  });

  it("[CHK2] a line is ticked once, by whom and when; ticks and waivers can be taken back", () => {
    const played = created();
    const lineId = "golive-network";
    played.when("check.tick", { lineId, note: "上行 40 Mbps" }).ok();
    played.when("check.tick", { lineId }, { by: "staff:bo" }).then();
    const done = { by: "staff:ann", at: played.now, note: "上行 40 Mbps" };
    expect(played.row("control", "checkLines", lineId)).toMatchObject({ done });
    undo(played, "check.doneSet.v1").ok();
    expect(go(played).open).toBe(GO_LIVE_LINES.length);
    played.when("check.waive", { lineId, reason: "备用热点" }).ok();
    expect(go(played).open).toBe(GO_LIVE_LINES.length - 1);
    played.when("check.unwaive", { lineId }).ok();
    undo(played, "check.waiverSet.v1").ok();
    expect(played.row("control", "checkLines", lineId)).toMatchObject({ waived: { reason: "备用热点" } });
    played.when("check.tick", { lineId: "gone" }).rejected("check.lineNotFound");
    played.when("check.waive", { lineId: "price:gone:1", reason: "x" }).rejected("check.lineNotFound");
    expectRebuilt(played);
    expectLeanViewsEqual(played, 2);
  });
});

describe("automatic lines", () => {
  it("[CHK3] name stock 0, cues without product, coupons without window and an absent screen", () => {
    const { played, productId } = withProduct({}, { plannedSellable: 0 });
    const discount = { kind: "direct", offFen: 100, productIds: null } as const;
    played.send("coupon.plan", { carrier: "shop", title: "直降 1 元", discount, total: 10 }).ok();
    const cue = (title: string, product: string | null) => ({ kind: "explain" as const, title, productId: product });
    played.when("rundown.setCues", { cues: [cue("一", productId), cue("二", null), cue("三", "gone")] }).ok();
    played.when("check.screens", { online: 0 }, { by: "system" }).then();
    played.when("check.screens", { online: 1 }, { by: "system" }).ok();
    played.when("check.screens", { online: 0 }, { by: "system" }).ok();
    played.send("lottery.plan", { carrier: "ownDraw", title: "群内抽奖", ...PRIZES }).ok();
    played.send("lottery.plan", { carrier: "platformBag", title: "福袋", conditionText: "关注", ...PRIZES }).ok();
    const broken = { kind: "talk" as const, title: "四", acts: [{ type: "lotteryOpen" as const, lotteryId: "gone" }] };
    played.when("rundown.addCue", { cue: broken }).ok();
    expect(lines(played)).toEqual([
      "screenOffline",
      "stockZero",
      "cueWithoutProduct",
      "cueWithoutProduct",
      "cueWithoutProduct",
      "lotteryWithoutRules",
      "couponWithoutWindow",
    ]);
    played.when("check.screens", { online: 1 }, { by: "system" }).ok();
    played.when("check.screens", { online: 1 }, { by: "system" }).then();
    expect(lines(played)).not.toContain("screenOffline");
  });

  it("[CHK3] can be let pass with a reason, one by one", () => {
    const { played, productId } = withProduct({}, { plannedSellable: 0 });
    const before = go(played).open;
    played.when("check.waive", { lineId: `stock:${productId}`, reason: "只做展示" }).ok();
    expect(go(played)).toMatchObject({ open: before - 1, lines: [{ waived: { reason: "只做展示" } }] });
  });

  it("[CHK4] a price off the sheet wants a second person, at that price", () => {
    const { played, productId, skuId } = withProduct();
    const price = { productId, skuId, priceFen: 38_900 };
    played.send("bag.setPrice", { ...price, confirmFen: 38_900 }).ok();
    expect(go(played).lines).toMatchObject([
      { code: "priceDiffers", data: { skuId, priceFen: 38_900, plannedFen: 39_900, by: "staff:ann" } },
    ]);
    played.when("check.look", price).rejected("check.sameEyes");
    played
      .when("check.look", { ...price, priceFen: 39_900 }, { by: "staff:bo" })
      .rejected("check.priceChanged", { skuId, priceFen: 38_900 });
    played.when("check.look", price, { by: "staff:bo" }).ok();
    expect(lines(played)).toEqual([]);
    played.send("bag.setPrice", { ...price, priceFen: 37_900, confirmFen: 37_900 }).ok();
    expect(lines(played)).toEqual(["priceDiffers"]);
  });

  it("[CHK4] a look can be taken back", () => {
    const { played, productId, skuId } = withProduct();
    const price = { productId, skuId, priceFen: 38_900 };
    played.send("bag.setPrice", { ...price, confirmFen: 38_900 }).ok();
    played.when("check.look", price, { by: "staff:bo" }).ok();
    undo(played, "check.lookSet.v1").ok();
    expect(lines(played)).toEqual(["priceDiffers"]);
  });
});

describe("start and end", () => {
  it("[CHK5] a show starts with open lines only with a reason, a rehearsal without", () => {
    const played = created();
    const { answer } = played.when("session.start", {});
    expect(answer).toMatchObject({
      code: "check.open",
      data: { count: GO_LIVE_LINES.length, open: GO_LIVE_LINES.map(({ lineId }) => lineId) },
    });
    played.when("session.start", { reason: "测试直播" }).ok();
    expect(go(played)).toEqual({ open: 0, count: 0, lines: [] });
    created({ rehearsal: true }).when("session.start", {}).ok();
  });

  it("[CHK5] a show with all lines closed starts without a word", () => {
    const played = created();
    for (const { lineId } of GO_LIVE_LINES) played.when("check.tick", { lineId }).ok();
    played.when("session.start", {}).ok();
  });

  it("[CHK6] lists what still stands, and holds nothing up", () => {
    const { played, productId } = withProduct({ role: "赠品" });
    played.send("bag.openSale", { productId }).ok();
    const discount = { kind: "direct", offFen: 100, productIds: null } as const;
    const { answer } = played.send("coupon.plan", { carrier: "shop", title: "直降 1 元", discount, total: 10 });
    played.send("coupon.push", { couponId: Object(answer.status === "ok" ? answer.result : {}).couponId }).ok();
    expect(lines(played, "wrapUpCheck")).toEqual([]);
    played.when("session.start", { reason: "试播" }).ok();
    const bag = played.send("lottery.plan", { carrier: "platformBag", title: "福袋", ...PRIZES });
    played
      .send("lottery.open", { lotteryId: Object(bag.answer.status === "ok" ? bag.answer.result : {}).lotteryId })
      .ok();
    played.when("arm.holdAll", {}).ok();
    played.when("session.end", {}).ok();
    expect(lines(played, "wrapUpCheck")).toEqual([
      "stillHeld",
      "couponRunning",
      "drawWithoutWinners",
      "giftOnSale",
      "priceNotRestored",
    ]);
  });

  it("[CHK6] sizes of a product at one price are one line, and prices hide nothing else that stands", () => {
    const sku = { usualFen: 69_900, plannedFen: 39_900, plannedSellable: 10 };
    const sizes = ["S", "M", "L"].map((name) => ({ ...sku, name }));
    const played = created();
    for (let n = 1; n <= 40; n += 1) {
      const skus = n === 1 ? [...sizes, { ...sku, name: "XL", plannedFen: 42_900 }] : sizes;
      const { events } = played.send("bag.createProduct", { name: `示例 ${n}`, skus });
      played.send("bag.openSale", { productId: Object(events[0]?.data).added[0].productId }).ok();
    }
    played.when("session.start", { reason: "试播" }).ok();
    const bag = played.send("lottery.plan", { carrier: "platformBag", title: "福袋", ...PRIZES });
    played
      .send("lottery.open", { lotteryId: Object(bag.answer.status === "ok" ? bag.answer.result : {}).lotteryId })
      .ok();
    const { count, lines: shown } = Object(played.slice("control", "wrapUpCheck"));
    expect(count).toBe(1 + 41);
    expect(lines(played, "wrapUpCheck").slice(0, 3)).toEqual([
      "drawWithoutWinners",
      "pricesNotRestored",
      "priceNotRestored",
    ]);
    expect(shown[1].data).toMatchObject({ linkNo: 2, count: 3, liveFen: 39_900, usualFen: 69_900 });
    played.when("check.waive", { lineId: shown[1].lineId, reason: "店铺已改" }).ok();
  });
});
