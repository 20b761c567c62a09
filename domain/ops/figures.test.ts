import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "../op.ts";
import { expectLeanViewsEqual, expectRebuilt, show, START, type Show } from "#tests/support/given.ts";

const program = { by: "program:shop" };
const MINUTE = 60_000;

type Line = { lineId: string; productId: string; skuId: string; units: number; paidFen: number; discountFen?: number };
const line = (lineId: string, productId: string, units: number, paidFen: number): Line => ({
  lineId,
  productId,
  skuId: `${productId}-sku`,
  units,
  paidFen,
});

function record(played: Show, orderId: string, input: object, sourceUpdatedAt = START): Show {
  return played.send("order.record", { orderId, sourceUpdatedAt, ...input }, program).ok();
}

const figures = (played: Show) => played.slice("control", "figures") as Record<string, Json>;

/** Four orders: two of Anna (private, returning), one of Bo (public, new), one unpaid; freight and a refund in part. */
function example(): Show {
  const played = show().live();
  record(played, "o1", {
    status: "paid",
    placedAt: START,
    paidAt: START + MINUTE,
    personId: "anna",
    buyerKind: "returning",
    traffic: "private",
    entry: "groupLink",
    freightFen: 1_000,
    lines: [line("a", "p1", 2, 20_000), line("b", "p2", 1, 9_000)],
  });
  record(played, "o2", {
    status: "paid",
    placedAt: START,
    paidAt: START + 2 * MINUTE,
    personId: "anna",
    buyerKind: "returning",
    traffic: "private",
    entry: "room",
    lines: [line("a", "p1", 1, 10_000)],
  });
  record(played, "o3", {
    status: "paid",
    placedAt: START,
    paidAt: START + 2 * MINUTE,
    personId: "bo",
    buyerKind: "new",
    traffic: "public",
    entry: "room",
    lines: [line("a", "p1", 1, 10_000)],
    refunds: [{ refundId: "r", at: START + 3 * MINUTE, fen: 4_000 }],
  });
  record(played, "o4", { status: "placed", placedAt: START, lines: [line("a", "p2", 3, 27_000)] });
  record(played, "o5", { status: "cancelled", placedAt: START, lines: [line("a", "p2", 1, 9_000)] });
  return played;
}

describe("one definition each, by hand", () => {
  test("[FIG1] placed, paid, unpaid, cancelled, refunded and net, in orders, units and fen", () => {
    expect(figures(example())).toMatchObject({
      placed: { orders: 5, units: 9, fen: 86_000 },
      paid: { orders: 3, units: 5, fen: 50_000 },
      unpaid: { orders: 1, units: 3, fen: 27_000 },
      cancelled: { orders: 1, units: 1, fen: 9_000 },
      refunded: { orders: 1, units: 0, fen: 4_000 },
      net: { orders: 3, units: 5, fen: 46_000 },
      freightFen: 1_000,
    });
  });

  test("[FIG1] an order refunded in full is no order of net any more", () => {
    const played = example();
    record(played, "o3", { refunds: [{ refundId: "r2", at: START + 4 * MINUTE, fen: 6_000 }] }, START + 1);
    expect(figures(played)).toMatchObject({
      refunded: { orders: 1, units: 1, fen: 10_000 },
      net: { orders: 2, units: 4, fen: 40_000 },
    });
  });

  test("[FIG4] buyers, per buyer and per order", () => {
    const played = example();
    expect(figures(played)).toMatchObject({
      buyers: { total: 2, new: 1, returning: 1, unknown: 0 },
      ordersWithoutBuyer: 0,
      perBuyer: { value: 25_000 },
      perOrder: { value: 16_667 },
    });
    record(played, "o6", { status: "paid", lines: [line("a", "p1", 1, 10_000)] });
    expect(figures(played)).toMatchObject({
      buyers: { total: 2 },
      ordersWithoutBuyer: 1,
      perBuyer: { value: 25_000 },
      perOrder: { value: 15_000 },
    });
  });

  test("[FIG5] watch-to-pay, click-to-pay and GPM, from the best source that knows", () => {
    const played = example();
    const products = [{ productId: "p1", exposures: 900, clicks: 60 }];
    played.send("audience.sample", { source: "dashboard", viewers: 80, views: 200, products }, program).ok();
    expect(figures(played)).toMatchObject({
      watchToPay: { value: 0.025 },
      clickToPay: { value: 0.05 },
      gpm: { value: 250_000 },
    });
    expect(played.row("control", "productFigures", "p1")).toMatchObject({
      paid: { orders: 3, units: 4, fen: 40_000 },
      exposures: 900,
      clicks: 60,
      clickSource: "dashboard",
      clickToPay: { value: 0.05 },
    });
  });

  test("[FIG16] exposures and clicks are the room's where a source counts it, else its products'; click-to-pay knows only products", () => {
    const played = example();
    const sample = (more: object) =>
      played.send("audience.sample", { source: "file", at: START + MINUTE, ...more }, program).ok();
    expect(figures(played)).toMatchObject({ exposures: null, clicks: null });
    sample({ exposures: 3_000, clicks: 250 });
    expect(figures(played)).toMatchObject({
      exposures: { value: 3_000, source: "file" },
      clicks: { value: 250, source: "file" },
      clickToPay: { value: null, reason: "noClicks" },
    });
    sample({ products: [{ productId: "p1", exposures: 900, clicks: 60 }] });
    expect(figures(played)).toMatchObject({ clicks: { value: 250 }, clickToPay: { value: 0.05 } });
    expect(played.row("control", "series", String(START + MINUTE))).toMatchObject({ exposures: 3_000, clicks: 250 });
    played.send("audience.sample", { source: "dashboard", products: [{ productId: "p1", clicks: 61 }] }, program).ok();
    expect(figures(played)).toMatchObject({ clicks: { value: 61, source: "dashboard" } });
    expectLeanViewsEqual(played);
    expectRebuilt(played);
  });

  test("[FIG1] by product and SKU without freight; private, public and entry", () => {
    const played = example();
    expect(played.row("control", "productFigures", "p2")).toMatchObject({
      paid: { orders: 1, units: 1, fen: 9_000 },
      unpaid: { orders: 1, units: 3, fen: 27_000 },
    });
    expect(played.row("control", "skuFigures", "p1-sku")).toMatchObject({
      paid: { units: 4, fen: 40_000 },
      net: { units: 4, fen: 36_000 },
    });
    expect(figures(played)).toMatchObject({
      traffic: {
        private: { paidFen: 40_000, orders: 2, buyers: 1 },
        public: { paidFen: 10_000, refundedFen: 4_000 },
        unknown: { placedFen: 36_000 },
      },
      entry: { groupLink: { paidFen: 30_000 }, room: { paidFen: 20_000, orders: 2 } },
    });
  });

  test("[FIG7] per minute by when it happened; outside two days from the start only totals count", () => {
    const played = example();
    expect(played.row("control", "series", String(START + 2 * MINUTE))).toMatchObject({
      at: START + 2 * MINUTE,
      paidFen: 20_000,
      privateFen: 10_000,
      publicFen: 10_000,
      orders: 2,
      buyers: 1,
      online: null,
    });
    played.send("audience.sample", { source: "manual", at: START + 2 * MINUTE + 5, online: 812 }, program).ok();
    played.send("comment.note", { commentId: "1", at: START + 2 * MINUTE + 9 }, program).ok();
    expect(played.row("control", "series", String(START + 2 * MINUTE))).toMatchObject({
      paidFen: 20_000,
      online: 812,
      comments: 1,
    });
    for (const [orderId, hours] of [
      ["dayAndNight", 47],
      ["late", 48],
    ] as const) {
      const at = START + hours * 60 * MINUTE;
      played.pass(at - played.now);
      record(played, orderId, { status: "paid", placedAt: at, paidAt: at, lines: [line("a", "p1", 1, 1)] });
    }
    expect(played.row("control", "series", String(START + 47 * 60 * MINUTE))).toMatchObject({ paidFen: 1 });
    expect(played.row("control", "series", String(START + 48 * 60 * MINUTE))).toBeUndefined();
    expect(figures(played)).toMatchObject({ paid: { fen: 50_002 } });
  });

  test("[FIG6] by shift, whether it was set before or after the orders", () => {
    const shifts = [
      { shiftId: "early", from: START, to: START + 2 * MINUTE, hosts: ["an"], operators: [] },
      { shiftId: "late", from: START + 2 * MINUTE, to: START + 60 * MINUTE, hosts: [], operators: [] },
    ];
    const after = example();
    after.send("session.setShifts", { shifts }).ok();
    expect(after.slice("control", "shiftFigures")).toMatchObject({
      early: { paid: { fen: 30_000 }, buyers: 1, hosts: ["an"] },
      late: { paid: { fen: 20_000 }, buyers: 1 },
    });
    const before = show().live();
    before.send("session.setShifts", { shifts }).ok();
    for (const { data } of example().log.filter(({ type }) => type === "order.recorded.v1"))
      before.given("order.recorded.v1", data, "program:shop");
    expect(before.slice("control", "shiftFigures")).toEqual(after.slice("control", "shiftFigures"));
  });

  test("[FIG8] per explain minute: what a round sold of its product, also when either became known late", () => {
    const played = show().live();
    const sheet = [
      { linkNo: 3, platformId: "p1", name: "示例羽绒服", skus: [{ name: "默认", liveFen: 10_000, sellable: 10 }] },
      { linkNo: 4, name: "示例围巾", skus: [{ platformId: "p2-sku", name: "默认", liveFen: 9_000, sellable: 10 }] },
    ];
    played.send("bag.applySheet", { products: sheet }).ok();
    const ids = Object.keys(played.slice("control", "products") as object);
    const [first = "", second = ""] = ids;
    record(played, "o1", {
      status: "paid",
      paidAt: START + MINUTE,
      lines: [line("a", "p1", 1, 10_000), line("b", "p2", 1, 9_000)],
    });
    played
      .at(START + 2 * MINUTE)
      .send("bag.explain", { productId: first, ago: 2 * MINUTE })
      .ok();
    expect(played.row("control", "roundFigures", `${first}:1`)).toEqual({
      productId: first,
      round: 1,
      from: START,
      to: null,
      gaps: [],
      paidFen: 10_000,
    });
    played
      .at(START + 4 * MINUTE)
      .send("bag.explain", { productId: second, ago: 0 })
      .ok();
    record(played, "o2", { status: "paid", paidAt: START + 3 * MINUTE, lines: [line("a", "p1", 1, 12_000)] });
    record(played, "o3", {
      status: "paid",
      paidAt: START + 5 * MINUTE,
      lines: [line("a", "p2", 1, 9_000), line("b", "p1", 1, 1)],
    });
    expect(played.slice("control", "roundFigures")).toMatchObject({
      [`${first}:1`]: { to: START + 4 * MINUTE, paidFen: 22_000 },
      [`${second}:1`]: { paidFen: 9_000 },
    });
    expect(figures(played)).toMatchObject({
      explained: { paidFen: 31_000, closedMs: 4 * MINUTE, openSince: START + 4 * MINUTE },
    });
    played.send("tape.undo", { seq: played.seqOf("bag.explained.v1") }).ok();
    expect(played.slice("control", "roundFigures")).toEqual({
      [`${first}:1`]: { productId: first, round: 1, from: START, to: null, gaps: [], paidFen: 22_001 },
    });
    expectLeanViewsEqual(played);
    expectRebuilt(played);
  });
});

describe("what is not known", () => {
  test("[FIG2] missing inputs give no value and the reason, never 0", () => {
    expect(figures(show().live())).toMatchObject({
      headline: { paidFen: null, orders: null, source: null, at: null },
      perBuyer: { value: null, reason: "noOrders" },
      perOrder: { value: null, reason: "noOrders" },
      watchToPay: { value: null, reason: "noOrders" },
      gpm: { value: null, reason: "noOrders" },
    });
    expect(figures(example())).toMatchObject({
      watchToPay: { value: null, reason: "noViewers" },
      clickToPay: { value: null, reason: "noClicks" },
      gpm: { value: null, reason: "noViews" },
    });
  });

  test("[FIG3] typed totals head the screen only until an order source speaks, and say that they are typed", () => {
    const played = show().live();
    played.when("audience.sample", { source: "manual", paidFen: 88_000 as never, orders: 4 }).ok();
    expect(played.slice("host", "figures")).toEqual({ paidFen: 88_000, orders: 4, source: "manual", at: START });
    expect(figures(played)).toMatchObject({ perOrder: { value: 22_000 }, perBuyer: { reason: "noOrders" } });
    record(played, "o1", { status: "paid", lines: [line("a", "p1", 1, 10_000)] });
    expect(played.slice("host", "figures")).toMatchObject({ paidFen: 10_000, orders: 1, source: "orders" });
  });

  test("[FIG13] what comes after the end counts when it happened; an earlier second shows what was known then", () => {
    const played = example();
    played
      .pass(10 * MINUTE)
      .send("session.end", {})
      .ok();
    const atEnd = figures(played);
    const known = played.log.length;
    record(played.pass(60 * MINUTE), "o4", { status: "paid", paidAt: START + 9 * MINUTE }, START + 1);
    expect(figures(played)).toMatchObject({ paid: { fen: 77_000 }, unpaid: { orders: 0 } });
    expect(played.row("control", "series", String(START + 9 * MINUTE))).toMatchObject({ paidFen: 27_000 });
    const then = show();
    for (const { type, data, by } of played.log.slice(0, known)) then.given(type, data, by);
    expect(figures(then)).toEqual(atEnd);
  });

  test("[FIG9] viewers see no money; hosts the headline only", () => {
    const played = example();
    const viewer = Object.keys(played.view("viewer").slices);
    const host = Object.keys(played.view("host").slices);
    const own = ["figures", "productFigures", "skuFigures", "series", "shiftFigures", "roundFigures"];
    expect(viewer.filter((name) => own.includes(name))).toEqual([]);
    expect(host.filter((name) => own.includes(name))).toEqual(["figures"]);
  });
});

type Report = { orderId: string; sourceUpdatedAt: number };
const reports = fc.array(
  fc.record(
    {
      orderId: fc.constantFrom("o1", "o2", "o3", "o4"),
      sourceUpdatedAt: fc.integer({ min: START, max: START + 4 }),
      status: fc.constantFrom("placed", "paid", "cancelled"),
      placedAt: fc.integer({ min: START, max: START + 5 * MINUTE }),
      paidAt: fc.option(fc.integer({ min: START, max: START + 5 * MINUTE })),
      personId: fc.option(fc.constantFrom("anna", "bo")),
      buyerKind: fc.constantFrom("new", "returning"),
      lines: fc.uniqueArray(
        fc.record({
          lineId: fc.constantFrom("a", "b"),
          productId: fc.constantFrom("p1", "p2"),
          skuId: fc.constantFrom("s1", "s2", null),
          units: fc.integer({ min: 1, max: 3 }),
          paidFen: fc.integer({ min: 0, max: 9_999 }),
        }),
        { selector: ({ lineId }) => lineId, maxLength: 2 },
      ),
      freightFen: fc.constantFrom(0, 800),
      refunds: fc.array(
        fc.record({
          refundId: fc.constantFrom("r1", "r2"),
          at: fc.integer({ min: START, max: START + 6 * MINUTE }),
          fen: fc.integer({ min: 0, max: 9_000 }),
        }),
        { maxLength: 2 },
      ),
      traffic: fc.constantFrom("private", "public"),
      entry: fc.constantFrom("room", "video"),
    },
    { requiredKeys: ["orderId", "sourceUpdatedAt"] },
  ),
  { maxLength: 10 },
);

const SHOWN = ["figures", "productFigures", "skuFigures", "series", "shiftFigures"];
const shown = (played: Show) => Object.fromEntries(SHOWN.map((name) => [name, played.slice("control", name)]));

function play(given: readonly Report[]): Show {
  const played = show()
    .live()
    .pass(6 * MINUTE);
  played
    .send("session.setShifts", {
      shifts: [{ shiftId: "s", from: START, to: START + 2 * MINUTE, hosts: [], operators: [] }],
    })
    .ok();
  for (const { orderId, sourceUpdatedAt, ...rest } of given) record(played, orderId, rest, sourceUpdatedAt);
  return played;
}

describe("whatever came in whatever order", () => {
  test("[FIG10] the same reports in any order, any number of times, show the same figures", () => {
    fc.assert(
      fc.property(
        reports.chain((given) =>
          fc.tuple(fc.constant(given), fc.shuffledSubarray([...given, ...given], { minLength: given.length * 2 })),
        ),
        ([given, again]) => {
          expect(shown(play(again))).toEqual(shown(play(given)));
        },
      ),
      { numRuns: 80 },
    );
  });

  test("[FIG10] a lean fold shows what the full one shows, and products sum to the total", () => {
    fc.assert(
      fc.property(reports, fc.nat(12), (given, leanAfter) => {
        const played = play(given);
        expectLeanViewsEqual(played, Math.min(leanAfter, played.log.length));
        const all = figures(played) as { paid: { fen: number; units: number }; refunded: { fen: number } };
        const rows = Object.values(played.slice("control", "productFigures") as Record<string, typeof all>);
        const minutes = Object.values(
          played.slice("control", "series") as Record<string, { paidFen: number; orders: number }>,
        );
        const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
        const { freightFen } = figures(played) as { freightFen: number };
        expect(sum(rows.map(({ paid }) => paid.fen)) + freightFen).toBe(all.paid.fen);
        expect(sum(rows.map(({ paid }) => paid.units))).toBe(all.paid.units);
        expect(sum(minutes.map(({ paidFen }) => paidFen))).toBe(all.paid.fen);
        expect(all.refunded.fen).toBeLessThanOrEqual(all.paid.fen);
      }),
      { numRuns: 60 },
    );
  });

  test("[FIG10] the slice of totals stays within 4 kB with every number as long as it gets", () => {
    const played = show().live();
    const lines = [{ ...line("a", "p1", 100_000, 9_999_999_999), discountFen: 9_999_999_999 }];
    for (const [index, entry] of ["room", "groupLink", "staffForward", "productCard", "video", "other"].entries()) {
      record(played, `o${index}`, {
        status: "paid",
        paidAt: START,
        personId: `p${index}`,
        entry,
        traffic: index % 2 ? "private" : "public",
        lines,
        refunds: [{ refundId: "r", at: START, fen: 9_999_999_998 }],
      });
    }
    played
      .send(
        "audience.sample",
        {
          source: "dashboard",
          viewers: 99_999_999,
          views: 999_999_999,
          products: [{ productId: "p1", clicks: 99_999_999 }],
        },
        program,
      )
      .ok();
    expect(JSON.stringify(figures(played)).length).toBeLessThan(4_096);
  });
});
