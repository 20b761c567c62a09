import { describe, expect, it } from "vitest";
import {
  fillPreset,
  loudest,
  messageLevel,
  PLACEHOLDERS,
  withPlaceholder,
  withWords,
  type MessageFacts,
} from "#domain/message-text.ts";
import { expectLeanViewsEqual, expectRebuilt, show } from "#tests/support/given.ts";

const HOST = { to: "host", text: "再报一次尺码" } as const;

describe("message", () => {
  it("[MSG1] stores what was read, with who sent it and when", () => {
    const played = show().live();
    const { answer, ok } = played.when("message.send", { ...HOST, presetKey: "2", blink: true });
    const messageId = answer.status === "ok" ? Object(answer.result).messageId : "";
    ok();
    expect(played.row("control", "messages", messageId)).toMatchObject({
      ...HOST,
      presetKey: "2",
      blink: true,
      by: "staff:ann",
      at: played.now,
      seen: null,
      clearedAt: null,
    });
  });

  it("[MSG1] keeps the last 200 in the state", () => {
    const played = show();
    for (let sent = 0; sent < 205; sent += 1) played.when("message.send", HOST).ok();
    expect(Object.keys(Object(played.slice("control", "messages")))).toHaveLength(200);
  });

  it("[MSG3] is seen once, by whoever says so first", () => {
    const played = show().given("message.sent.v1", { messageId: "m1", ...HOST, presetKey: null, blink: false });
    played.when("message.seen", { messageId: "m1" }, { by: "screen:one" }).then({ type: "message.seen.v1" });
    played.when("message.seen", { messageId: "m1" }, { by: "staff:bo" }).then();
    expect(played.row("control", "messages", "m1")).toMatchObject({ seen: { by: "screen:one", at: played.now } });
    played.when("message.seen", { messageId: "gone" }).rejected("message.notFound");
  });

  it("[MSG5] shows the host one line: blinking before calm, then the newest, and none that was seen or cleared", () => {
    const played = show();
    const given = (messageId: string, more: object = {}) =>
      played.pass(1_000).given("message.sent.v1", { messageId, ...HOST, presetKey: null, blink: false, ...more });
    given("calm");
    given("blink", { blink: true });
    given("newer");
    given("assistant", { to: "assistant", blink: true });
    expect(played.slice("host", "hostMessage")).toMatchObject({ messageId: "blink" });
    played.when("message.seen", { messageId: "blink" }).ok();
    expect(played.slice("host", "hostMessage")).toMatchObject({ messageId: "newer" });
    played.when("message.clear", { messageId: "newer" }).ok();
    expect(played.slice("host", "hostMessage")).toMatchObject({ messageId: "calm" });
    played.when("message.clear", {}).ok();
    expect(played.slice("host", "hostMessage")).toBeNull();
    played.when("message.clear", {}).then();
  });

  it("[MSG7] shows the assistant's phone up to four lines that wait, the newest first", () => {
    const played = show();
    const given = (messageId: string, to: "host" | "assistant") =>
      played.pass(1_000).given("message.sent.v1", { messageId, ...HOST, to, presetKey: null, blink: false });
    given("host", "host");
    for (const messageId of ["a", "b", "c", "d", "e"]) given(messageId, "assistant");
    const ids = () =>
      Object(played.slice("host", "assistantMessages")).map((row: { messageId: string }) => row.messageId);
    expect(ids()).toEqual(["e", "d", "c", "b"]);
    played.when("message.seen", { messageId: "d" }).ok();
    played.when("message.clear", { messageId: "b" }).ok();
    expect(ids()).toEqual(["e", "c", "a"]);
  });

  it("[MSG6] presets are set as a whole, refused when another has changed them, and taken back", () => {
    const played = show();
    const presets = [{ presetKey: "1", to: "host", text: "过款", blink: false }] as const;
    played.when("message.setPresets", { presets: [...presets, ...presets] }).rejected("message.presetKeyTwice");
    played.when("message.setPresets", { presets: [...presets] }, { expect: { version: 0 } }).ok();
    played
      .when("message.setPresets", { presets: [] }, { expect: { version: 0 } })
      .rejected("state.changed", { version: 1 });
    expect(played.slice("control", "messagePresets")).toMatchObject({ presets, version: 1 });
    played.when("tape.undo", { seq: played.seqOf("message.presetsSet.v1") }).ok();
    expect(Object(played.slice("control", "messagePresets")).presets).toHaveLength(12);
  });
});

describe("a viewer's question", () => {
  const program = { by: "program:shop" };
  function commented() {
    const played = show().live();
    const at = played.now;
    played.send("comment.note", { commentId: "c_1", personId: "anna", at, question: true }, program).ok();
    return played;
  }

  it("[MSG8] is passed on by its id, once while it waits", () => {
    const played = commented();
    played.when("message.ask", { commentId: "c_1", blink: true }).then({
      type: "message.asked.v1",
      data: { commentId: "c_1", to: "host" },
    });
    expect(played.slice("host", "hostMessage")).toMatchObject({ commentId: "c_1", text: "", blink: true });
    played.when("message.ask", { commentId: "c_1" }).then();
    const { messageId } = Object(played.slice("host", "hostMessage"));
    expect(played.row("control", "messages", messageId)).toMatchObject({ commentId: "c_1", by: "staff:ann" });
    played.when("message.seen", { messageId }).ok();
    played.when("message.ask", { commentId: "c_1", to: "assistant" }).ok();
    expect(played.slice("host", "assistantMessages")).toMatchObject([{ commentId: "c_1" }]);
    played.when("message.ask", { commentId: "c_2" }).rejected("comment.notFound");
    expectLeanViewsEqual(played);
    expectRebuilt(played);
  });

  it("[MSG9] leaves the screens when it is hidden, and is not passed on then", () => {
    const played = commented();
    played.when("message.ask", { commentId: "c_1" }).ok();
    played.when("comment.hide", { commentId: "c_1" }).ok();
    expect(played.slice("host", "hostMessage")).toBeNull();
    played.when("message.ask", { commentId: "c_1" }).rejected("message.commentHidden");
    played.when("tape.undo", { seq: played.seqOf("comment.hidden.v1") }).ok();
    expect(played.slice("host", "hostMessage")).toMatchObject({ commentId: "c_1" });
  });
});

describe("placeholders", () => {
  it("[MSG2] of a cue are filled when it is taken, after the acts before them", () => {
    const played = show();
    const skus = [
      { name: "S", plannedFen: 39_900, plannedSellable: 10 },
      { name: "M", plannedFen: 42_900, plannedSellable: 5 },
    ];
    const { events } = played.send("bag.createProduct", { name: "羽绒服", skus });
    const { productId } = Object(events[0]?.data).added[0];
    const acts = [
      { type: "explain", productId },
      { type: "price", productId, priceFen: 38_950 },
      { type: "message", to: "host", text: "{product} 剩 {stock} 件,{price},{paid},{unpaid},{coupon}" },
    ];
    played.send("rundown.setCues", { cues: [{ kind: "explain", title: "羽绒服", productId, acts }] }).ok();
    played.live().when("rundown.take", {}).ok();
    const refused = "1 号 羽绒服 剩 15 件,¥399 起,–,–,–";
    expect(played.slice("host", "hostMessage")).toMatchObject({ text: refused });
    played.send("bag.setPrice", { productId, priceFen: 38_950, confirmFen: 38_950 }).ok();
    played.when("message.send", { to: "host", text: "{price}" }).ok();
    expect(played.log.at(-1)?.data).toMatchObject({ text: "¥389.50" });
  });
});

describe("fillPreset", () => {
  it("[MSG2] writes the values in and names what is missing", () => {
    const filled = fillPreset("{product} 还剩 {stock} 件,{price},{stock}{unknown}", { product: "3 号", stock: null });
    expect(filled).toEqual({
      text: "3 号 还剩 – 件,–,–{unknown}",
      missing: ["stock", "price"],
      unknown: ["{unknown}"],
    });
  });

  it("[MSG2] names what no placeholder is called, also in Chinese, and puts one in its place", () => {
    expect(fillPreset("{库存}、{stock}、{库存}、{}", { stock: "3" }).unknown).toEqual(["{库存}"]);
    expect(withPlaceholder("还剩 {库存} 件", "stock", "zh")).toBe("还剩 {可售} 件");
    expect(withPlaceholder("还剩 {sto", "stock", "en")).toBe("还剩 {stock}");
    expect(withPlaceholder("{product} 还剩 ", "stock", "en")).toBe("{product} 还剩 {stock}");
  });

  it("[MSG2] a placeholder is called in Chinese or in English, and means the same", () => {
    const values = { product: "3 号", stock: "5", price: "¥9", paid: "¥1", unpaid: "2 件", coupon: "满减券" };
    const line = PLACEHOLDERS.map((name) => `{${name}}`).join(" ");
    const inChinese = withWords(line, "zh");
    expect(inChinese).toBe("{商品} {可售} {价格} {成交金额} {待付款} {优惠券}");
    expect(fillPreset(inChinese, values)).toEqual(fillPreset(line, values));
    expect(fillPreset(inChinese, values)).toMatchObject({ text: "3 号 5 ¥9 ¥1 2 件 满减券", unknown: [] });
    expect(withWords(inChinese, "en")).toBe(line);
    expect(withWords("{库存} {", "zh")).toBe("{库存} {");
  });
});

describe("messageLevel", () => {
  const base: MessageFacts = { at: 0, blink: false, seen: null, clearedAt: null };
  it.each<[Partial<MessageFacts>, number, string]>([
    [{}, 14_999, "fresh"],
    [{}, 15_000, "late"],
    [{ blink: true }, 0, "late"],
    [{}, 45_000, "urgent"],
    [{ seen: {} }, 60_000, "seen"],
    [{ seen: {}, clearedAt: 1 }, 60_000, "cleared"],
  ])("[MSG4] %o after %i ms is %s", (facts, now, level) => {
    expect(messageLevel({ ...base, ...facts }, now, null)).toBe(level);
  });

  it("[MSG4] the end of the show calms what nobody answered, and nothing that is said after it", () => {
    const blinking = { ...base, blink: true };
    expect(messageLevel(blinking, 60_000, 50_000)).toBe("calm");
    expect(messageLevel({ ...blinking, at: 50_000 }, 60_000, 50_000)).toBe("late");
    expect(messageLevel({ ...blinking, seen: {} }, 60_000, 50_000)).toBe("seen");
  });

  it("[MSG5] has nothing loud among seen ones", () => {
    expect(loudest([{ ...base, seen: {} }])).toBeNull();
  });
});
