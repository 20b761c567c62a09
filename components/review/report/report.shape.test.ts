import { createTranslator } from "next-intl";
import { describe, expect, test } from "vitest";
import { viewOnce } from "#domain/views.ts";
import { engine } from "#domain/ops/index.ts";
import { START } from "#tests/support/given.ts";
import { orderOf, shopping } from "#tests/support/shopping.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import { fromSnapshot } from "../../session/view-state.ts";
import en from "../../strings/en.json";
import zhCN from "../../strings/zh-CN.json";
import { standsNow } from "#domain/report/half-hour-text.ts";
import { halfHourText } from "./half-hour-text.ts";
import { halfHoursOf } from "#domain/report/half-hours.ts";
import { INNER, MARGIN, PICTURE_WIDTH, type Measure } from "./picture-pen.ts";
import { pictureOf } from "./picture.ts";
import { reportOf, type Report } from "./report.shape.ts";

const MINUTE = 60_000;
const words = createTranslator({ locale: "zh-CN", messages: zhCN, namespace: "report" });
const english = createTranslator({ locale: "en", messages: en, namespace: "report" });
/** Chinese as wide as the letter is high, Latin a little more than half of that. */
const measure: Measure = (text, { size, bold }) =>
  Array.from(text).reduce((sum, char) => sum + (/[\u0020-\u024f]/.test(char) ? 0.58 : 1), 0) * size * (bold ? 1.05 : 1);

type Show = ReturnType<typeof shopping>["played"];
const slices = (show: Show) => slicesOf(fromSnapshot(viewOnce(engine, show.state, "review")));
const reported = (show: Show): Report => {
  const report = reportOf(slices(show), { at: show.now, now: show.now });
  if (!report) throw new Error("the show has not begun");
  return report;
};

/** A show of 41 minutes: coats in its first half hour, a scarf in its second; the coat is explained, sold out, and passes the target. */
function evening(): Show {
  const { played, coat, scarf } = shopping();
  let orders = 0;
  const paid = (minute: number, skuId: string, units: number, buyer: string, traffic: "private" | "public") => {
    const at = START + minute * MINUTE;
    orders += 1;
    const order = orderOf(`o${orders}`, skuId, units, {
      placedAt: at,
      paidAt: at,
      sourceUpdatedAt: at,
      status: "paid",
    });
    return played
      .at(at)
      .send("order.record", { ...order, personId: buyer, traffic }, { by: "program:shop" })
      .ok();
  };
  played.send("session.setTargets", { paidFen: 100_000, audience: null, orders: 2, reservations: null }).ok();
  played.send("bag.openSale", { productId: coat }).ok();
  played
    .at(START + 10 * MINUTE)
    .send("bag.explain", { productId: coat })
    .ok();
  paid(11, "S1", 2, "v_1", "private");
  played
    .at(START + 12 * MINUTE)
    .send("bag.explain", { productId: scarf })
    .ok();
  paid(20, "S1", 1, "v_2", "public");
  played
    .at(START + 25 * MINUTE)
    .send("bag.soldOut", { productId: coat })
    .ok();
  paid(35, "S3", 1, "v_1", "public");
  return played
    .at(START + 41 * MINUTE)
    .send("session.end", {})
    .ok();
}

describe("the report", () => {
  test("is made of the review's figures, at once when the show ended", () => {
    const report = reported(evening());
    expect(report.paid).toEqual({ value: 129_600, target: 100_000, share: 1.296 });
    expect(report.orders).toEqual({ value: 3, target: 2, share: 1.5 });
    expect(report.standing).toEqual({ kind: "tonight" });
    expect(report.products.map(({ product, fen, units }) => [product?.linkNo, fen, units])).toEqual([
      [1, 119_700, 3],
      [2, 9_900, 1],
    ]);
    expect(report.traffic.map(({ key, fen }) => [key, fen])).toEqual([
      ["private", 79_800],
      ["public", 49_800],
    ]);
    expect(report.traffic.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    expect(report.buyers?.total).toBe(2);
    expect(report.net).toEqual({ fen: 129_600, refundedFen: 0 });
  });

  test("names what stood out with its time and figure, in the order of time", () => {
    const { highlights } = reported(evening());
    expect(highlights).toEqual([
      expect.objectContaining({ kind: "bestRound", at: START + 10 * MINUTE, perMinuteFen: 39_900, round: 1 }),
      { kind: "bestMinute", at: START + 11 * MINUTE, fen: 79_800 },
      { kind: "targetPassed", at: START + 20 * MINUTE, targetFen: 100_000 },
      { kind: "soldOut", at: START + 25 * MINUTE, product: { linkNo: 1, name: "羽绒服" }, units: 3 },
    ]);
  });

  test("says of what it does not know that it does not: no figure is 0 for want of data", () => {
    const { played } = shopping();
    const report = reported(played.send("session.end", {}).ok());
    expect(report).toMatchObject({ paid: { value: null, share: null }, net: null, buyers: null, peakOnline: null });
    expect([report.products, report.traffic, report.highlights, report.halfHours]).toEqual([[], [], [], []]);
  });

  test("goes on changing after the night: later days say so, a settled show says that", () => {
    const show = evening();
    const later = (days: number) => reportOf(slices(show), { at: show.now, now: show.now + days * 86_400_000 });
    expect(later(1)?.standing).toEqual({ kind: "later", days: 1 });
    expect(later(7)?.standing).toEqual({ kind: "later", days: 7 });
    expect(reportOf({ ...slices(show), settlement: { at: 5 } }, { at: show.now, now: show.now })?.standing).toEqual({
      kind: "settled",
      at: 5,
    });
  });

  test("before the start there is none", () => {
    const { session, ...rest } = slices(evening());
    expect(reportOf({ ...rest, session: { ...session, startedAt: null } }, { at: 0, now: 0 })).toBeNull();
  });
});

describe("the text of a half hour", () => {
  const show = { title: "示例", rehearsal: false, targetFen: 200_000 };
  const halves = () => halfHoursOf(slices(evening()), START + 41 * MINUTE);

  test("says what was sold, of what target, and against the half hour before", () => {
    const [first, last] = halves();
    if (!first || !last) throw new Error("two half hours");
    expect(halfHourText(words, show, first, null)).toBe(
      [
        "【示例】20:30 战报(开播 30:00)",
        "累计成交 ¥1,197,完成目标 59.9%(目标 ¥2,000)",
        "这半小时成交 ¥1,197,2 单",
        "最高一分钟 20:11 成交 ¥798",
        "私域 67% · 公域 33%",
      ].join("\n"),
    );
    expect(halfHourText(words, show, last, null)).toContain("20:41 下播战报(开播 41:00)");
    const compared = halfHourText(words, show, { ...first, change: -0.25 }, null);
    expect(compared).toContain("比前半小时 ▼ 25%");
    expect(halfHourText(english, show, first, null)).toContain("[示例] 20:30 report (30:00 on air)");
  });

  test("prints the minute of every figure that can fall", () => {
    const [first] = halves();
    if (!first) throw new Error("a half hour");
    const { played, coat } = shopping();
    played.send("bag.openSale", { productId: coat }).ok();
    const now = standsNow(slices(played), START + 31 * MINUTE);
    const text = halfHourText(words, show, first, {
      ...now,
      online: 9_830,
      unpaid: { fen: 1_200_000, orders: 31 },
      scarce: [{ linkNo: 3, name: "羽绒服", left: 12 }],
    });
    const falling = text.split("\n").filter((line) => /在线|待付款|快没货/.test(line));
    expect(falling).toEqual([
      "截至 20:31:在线 9,830 · 待付款 ¥12,000(31 单)",
      "截至 20:31 快没货:3 号 羽绒服 剩 12 件",
    ]);
  });

  test("of a show of which totals alone are known says the total and when it stood, and compares nothing", () => {
    const stands = {
      now: START,
      online: null,
      unpaid: null,
      top: [],
      scarce: [],
      total: { fen: 5_000_000, at: START },
    };
    const half = { at: START + 30 * MINUTE, sinceStartMs: 30 * MINUTE, cut: false };
    expect(halfHourText(words, show, half, stands).split("\n")).toEqual([
      "【示例】20:30 战报(开播 30:00)",
      "截至 20:00 累计成交 ¥50,000,完成目标 2,500%(目标 ¥2,000)",
    ]);
  });
});

describe("the picture", () => {
  const draw = (report: Report) =>
    pictureOf({ report, roomName: "示例直播间", words, discount: () => "满 300 减 50" }, measure);
  const texts = (report: Report) => draw(report).marks.flatMap((mark) => (mark.kind === "text" ? [mark] : []));

  test("keeps every text within its margins and wraps long names whole", () => {
    const name =
      "示例 名字特别长的一款羊绒混纺毛衣用来看看会不会被截断UltraLongLatinNameWithoutAnySpacesAtAllToBreakAt加绒";
    const report = reported(evening());
    const [first, ...rest] = report.products;
    if (!first) throw new Error("a product");
    const long = {
      ...report,
      title: name,
      paid: { ...report.paid, value: 1_000_000_000 },
      products: [{ ...first, product: { linkNo: 1, name }, fen: 1_000_000_000 }, ...rest],
    };
    for (const { x, text, font } of texts(long)) {
      expect(x, text).toBeGreaterThanOrEqual(MARGIN - 0.01);
      expect(x + measure(text, font), text).toBeLessThanOrEqual(MARGIN + INNER + 0.01);
    }
    const all = texts(long)
      .map(({ text }) => text)
      .join("")
      .replaceAll(" ", "");
    expect(all.split(name.replaceAll(" ", "")).length).toBe(3);
    expect(all).toContain("¥10,000,000");
    expect(PICTURE_WIDTH).toBe(540);
  });

  test("grows with what it says, and nothing lies below its end or on the line before", () => {
    const report = reported(evening());
    const { height, marks } = draw(report);
    expect(Math.max(...marks.map(({ y }) => y))).toBeLessThan(height);
    const empty = reported(shopping().played.send("session.end", {}).ok());
    expect(draw(empty).height).toBeLessThan(height);
    expect(texts(empty).map(({ text }) => text)).toContain("还没有成交数据");
  });

  test("marks a rehearsal and provisional figures", () => {
    const all = texts({ ...reported(evening()), rehearsal: true }).map(({ text }) => text);
    expect(all).toContain("彩排:模拟观众与订单,不是真实成交");
    expect(all).toContain("当晚数据 · 可能变化");
  });
});
