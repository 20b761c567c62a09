import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createEngine, type ShowState } from "../engine.ts";
import type { Ctx } from "../op.ts";
import { OrderItem } from "../order-item.ts";
import type { Posting } from "../order-postings.ts";
import { instant } from "../units.ts";
import { hasOrdered, order, ordersOf, type OrderRecorded } from "./order.ts";
import { isAtPrice } from "../order-price.ts";
import { sliceOf } from "../slice-of.ts";

const engine = createEngine([order]);
const T0 = 1_790_000_000_000;

let commands = 0;
const ctx = (now = T0): Ctx => ({
  now: instant(now),
  realNow: instant(now),
  by: "program:test",
  commandId: `c${(commands += 1)}`,
  newId: () => "id",
  randomBytes: (count) => new Uint8Array(count),
  seal: () => "",
  open: () => new Uint8Array(),
});

type Input = Partial<Omit<OrderItem, "orderId" | "sourceUpdatedAt">> & { orderId: string; sourceUpdatedAt: number };
const item = (input: unknown): OrderItem => OrderItem.parse(input);

function send(state: ShowState, type: "record" | "recordMany", input: unknown): Posting[] {
  const checked = engine.parse({ id: "x", type: `order.${type}`, input });
  if (!("parsed" in checked)) throw new Error(JSON.stringify(checked.issues));
  const { answer, events } = engine.execute(state, checked.parsed, ctx());
  expect(answer.status).toBe("ok");
  return events.flatMap(({ data }) => (data as OrderRecorded).postings);
}

function ledger(inputs: readonly unknown[]): Posting[] {
  const state = engine.initial();
  return inputs.flatMap((input) => send(state, "record", input));
}

/** Sums of all numbers by everything that postings can be told apart by: what no figure can see more of. */
function sums(postings: readonly Posting[]): Record<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const { units, fen, freightFen, discountFen, orders, productOrders, fullRefunds, buyers, ...key } of postings) {
    const numbers = [units, fen, freightFen, discountFen, orders, productOrders, fullRefunds, buyers];
    const name = JSON.stringify(key);
    const old = found.get(name);
    found.set(name, old ? old.map((value, index) => value + (numbers[index] ?? 0)) : numbers);
  }
  const moved = [...found].filter(([, numbers]) => numbers.some((value) => value !== 0));
  return Object.fromEntries(moved.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function total(
  postings: readonly Posting[],
  kind: Posting["kind"],
  field: "fen" | "freightFen" | "units" | "orders" | "buyers",
) {
  return postings.filter((posting) => posting.kind === kind).reduce((sum, posting) => sum + posting[field], 0);
}

const line = (lineId: string, paidFen: number, units = 1) => ({
  lineId,
  productId: `p-${lineId}`,
  skuId: `s-${lineId}`,
  units,
  paidFen,
});

/** Few orders, times and persons, so that reports collide; partial in every way. */
const reports: fc.Arbitrary<Input> = fc
  .record(
    {
      orderId: fc.constantFrom("o1", "o2", "o3"),
      sourceUpdatedAt: fc.integer({ min: T0, max: T0 + 3 }),
      status: fc.constantFrom("placed", "paid", "cancelled"),
      placedAt: fc.option(fc.integer({ min: T0, max: T0 + 120_000 })),
      paidAt: fc.option(fc.integer({ min: T0, max: T0 + 120_000 })),
      cancelledAt: fc.option(fc.integer({ min: T0, max: T0 + 120_000 })),
      personId: fc.option(fc.constantFrom("anna", "bo")),
      buyerKind: fc.constantFrom("new", "returning"),
      lines: fc.uniqueArray(
        fc.record({
          lineId: fc.constantFrom("a", "b", "c"),
          productId: fc.constantFrom("p1", "p2", null),
          skuId: fc.constantFrom("s1", "s2"),
          units: fc.integer({ min: 0, max: 3 }),
          paidFen: fc.integer({ min: 0, max: 9_999 }),
          discountFen: fc.integer({ min: 0, max: 100 }),
        }),
        { selector: ({ lineId }) => lineId, maxLength: 3 },
      ),
      freightFen: fc.constantFrom(0, 800),
      refunds: fc.array(
        fc.record(
          {
            refundId: fc.constantFrom("r1", "r2", "r3"),
            at: fc.integer({ min: T0, max: T0 + 120_000 }),
            fen: fc.integer({ min: 0, max: 12_000 }),
            units: fc.integer({ min: 0, max: 3 }),
            lineId: fc.constantFrom("a", "b", "z"),
          },
          { requiredKeys: ["refundId", "at", "fen"] },
        ),
        { maxLength: 2 },
      ),
      traffic: fc.constantFrom("private", "public"),
      entry: fc.constantFrom("room", "groupLink"),
      couponCodes: fc.array(fc.constantFrom("K1", "K2"), { maxLength: 2 }),
    },
    { requiredKeys: ["orderId", "sourceUpdatedAt"] },
  )
  .map((report) => report as Input);

const shuffled = fc
  .array(reports, { maxLength: 8 })
  .chain((given) =>
    fc.tuple(
      fc.constant(given),
      fc.shuffledSubarray([...given, ...given], { minLength: given.length * 2, maxLength: given.length * 2 }),
    ),
  );

describe("reports in any order", () => {
  test("[ORD1] any order, any repetition of reports gives the same figures and the same orders", () => {
    fc.assert(
      fc.property(shuffled, ([given, again]) => {
        expect(sums(ledger(again))).toEqual(sums(ledger(given)));
      }),
      { numRuns: 200 },
    );
  });

  test("[ORD1] many in one command are the same as one by one", () => {
    fc.assert(
      fc.property(fc.array(reports, { minLength: 1, maxLength: 8 }), (given) => {
        const oneByOne = engine.initial();
        const single = given.flatMap((input) => send(oneByOne, "record", input));
        const together = engine.initial();
        const many = send(together, "recordMany", { items: given });
        expect(many).toEqual(single);
        expect([...ordersOf(sliceOf(together, "order"))]).toEqual([...ordersOf(sliceOf(oneByOne, "order"))]);
      }),
    );
  });

  test("[ORD1] a report that tells nothing new leaves no event", () => {
    const state = engine.initial();
    const report = { orderId: "o", sourceUpdatedAt: T0, status: "paid", lines: [line("a", 100)], refunds: [] };
    expect(send(state, "record", report)).not.toEqual([]);
    const seq = state.seq;
    send(state, "record", report);
    expect(state.seq).toBe(seq);
  });

  test("[ORD1] a rebuilt book equals the live one, also when keys come back in jsonb's order", () => {
    fc.assert(
      fc.property(fc.array(reports, { maxLength: 8 }), (given) => {
        const live = engine.initial();
        const rebuilt = engine.initial();
        for (const input of given) {
          const { events } = engine.execute(live, { id: "x", type: "order.record", input: item(input) }, ctx());
          for (const event of events)
            engine.apply(rebuilt, { ...event, data: resorted(JSON.parse(JSON.stringify(event.data))) });
        }
        expect(rebuilt.slices).toEqual(live.slices);
      }),
    );
  });
});

function resorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resorted);
  if (typeof value !== "object" || value === null) return value;
  const keys = Object.entries(value).sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
  return Object.fromEntries(keys.map(([key, part]) => [key, resorted(part)]));
}

describe("which report wins", () => {
  test("[ORD2] the later one by sourceUpdatedAt wins for each field by itself", () => {
    const postings = ledger([
      { orderId: "o", sourceUpdatedAt: T0 + 2, traffic: "private" },
      {
        orderId: "o",
        sourceUpdatedAt: T0 + 1,
        traffic: "public",
        status: "placed",
        placedAt: T0,
        lines: [line("a", 500)],
      },
    ]);
    expect(postings.map(({ traffic, fen: paidFen }) => [traffic, paidFen])).toEqual([["private", 500]]);
  });

  test("[ORD2] at the same time the further status wins", () => {
    const inputs = [
      { orderId: "o", sourceUpdatedAt: T0, status: "paid", lines: [line("a", 500)] },
      { orderId: "o", sourceUpdatedAt: T0, status: "placed", lines: [line("a", 400)] },
    ];
    expect(total(ledger(inputs), "paid", "fen")).toBe(500);
    expect(total(ledger(inputs.toReversed()), "paid", "fen")).toBe(500);
  });

  test("[ORD3] refunds are a union of ids; the same id counts once", () => {
    const paid = { orderId: "o", sourceUpdatedAt: T0, status: "paid", lines: [line("a", 1_000, 2)] };
    const postings = ledger([
      { orderId: "o", sourceUpdatedAt: T0 + 5, refunds: [{ refundId: "r1", at: T0 + 5, fen: 300 }] },
      paid,
      {
        orderId: "o",
        sourceUpdatedAt: T0 + 6,
        refunds: [
          { refundId: "r1", at: T0 + 5, fen: 300 },
          { refundId: "r2", at: T0 + 6, fen: 200, units: 1 },
        ],
      },
    ]);
    expect(total(postings, "refunded", "fen")).toBe(500);
    expect(total(postings, "refunded", "units")).toBe(1);
    expect(total(postings, "refunded", "orders")).toBe(1);
  });

  test("[ORD4] what a report does not name it leaves; null says that it is not so", () => {
    const paid = { orderId: "o", sourceUpdatedAt: T0, paidAt: T0, personId: "anna", lines: [line("a", 500)] };
    const later = { orderId: "o", sourceUpdatedAt: T0 + 1, traffic: "private" };
    const never = { orderId: "o", sourceUpdatedAt: T0 + 2, paidAt: null, personId: null };
    expect(total(ledger([paid, later]), "paid", "buyers")).toBe(1);
    expect(total(ledger([paid, later, never]), "paid", "orders")).toBe(0);
    expect(total(ledger([paid, later, never]), "paid", "buyers")).toBe(0);
    expect(total(ledger([never, later, paid]), "placed", "fen")).toBe(500);
  });

  test("[ORD5] an order of which only a refund is known counts nowhere", () => {
    const state = engine.initial();
    const { events } = engine.execute(
      state,
      {
        id: "x",
        type: "order.record",
        input: item({ orderId: "o", sourceUpdatedAt: T0, refunds: [{ refundId: "r", at: T0, fen: 300 }] }),
      },
      ctx(),
    );
    expect(events[0]?.data).toMatchObject({ postings: [], uncountedRefundFen: 300 });
  });
});

describe("what an order amounts to", () => {
  test("[ORD6] cancelled after paid stays paid; the money goes back as refunds", () => {
    const postings = ledger([
      { orderId: "o", sourceUpdatedAt: T0, status: "paid", paidAt: T0, lines: [line("a", 500)] },
      { orderId: "o", sourceUpdatedAt: T0 + 9, status: "cancelled", cancelledAt: T0 + 9 },
    ]);
    expect(total(postings, "paid", "fen")).toBe(500);
    expect(total(postings, "cancelled", "orders")).toBe(0);
  });

  test("[ORD7] cancelled before paid: placed stays, nothing is unpaid any more", () => {
    const postings = ledger([
      { orderId: "o", sourceUpdatedAt: T0, status: "placed", lines: [line("a", 500, 2)] },
      { orderId: "o", sourceUpdatedAt: T0 + 9, status: "cancelled" },
    ]);
    expect(total(postings, "placed", "fen")).toBe(500);
    expect(total(postings, "cancelled", "units")).toBe(2);
    expect(total(postings, "paid", "orders")).toBe(0);
  });

  test("[ORD8] refunds never exceed what was paid, goods before freight; the rest is told apart", () => {
    const state = engine.initial();
    send(state, "record", {
      orderId: "o",
      sourceUpdatedAt: T0,
      status: "paid",
      lines: [line("a", 300), line("b", 100)],
      freightFen: 50,
    });
    const { events } = engine.execute(
      state,
      {
        id: "x",
        type: "order.record",
        input: item({ orderId: "o", sourceUpdatedAt: T0 + 1, refunds: [{ refundId: "r", at: T0 + 1, fen: 1_000 }] }),
      },
      ctx(),
    );
    const data = events[0]?.data as OrderRecorded;
    expect(data.uncountedRefundFen).toBe(550);
    expect(
      data.postings.map(({ productId, fen: goods, freightFen, units }) => [productId, goods, freightFen, units]),
    ).toEqual([
      ["p-a", 300, 0, 1],
      ["p-b", 100, 0, 1],
      [null, 0, 50, 0],
    ]);
  });

  test("[ORD8] a refund that names no line is spread by what is left of each, to the fen", () => {
    const postings = ledger([
      { orderId: "o", sourceUpdatedAt: T0, status: "paid", lines: [line("a", 300), line("b", 100)] },
      { orderId: "o", sourceUpdatedAt: T0 + 1, refunds: [{ refundId: "r", at: T0 + 1, fen: 103 }] },
    ]).filter(({ kind }) => kind === "refunded");
    expect(postings.map(({ productId, fen: goods, units }) => [productId, goods, units])).toEqual([
      ["p-a", 77, 0],
      ["p-b", 26, 0],
    ]);
  });

  test("[ORD9] a person is one buyer, on their first paid order, whichever was reported first", () => {
    const late = {
      orderId: "late",
      sourceUpdatedAt: T0,
      status: "paid",
      paidAt: T0 + 60_000,
      personId: "anna",
      traffic: "public",
      lines: [line("a", 1)],
    };
    const early = {
      orderId: "early",
      sourceUpdatedAt: T0,
      status: "paid",
      paidAt: T0,
      personId: "anna",
      traffic: "private",
      lines: [line("a", 1)],
    };
    for (const inputs of [
      [late, early],
      [early, late],
    ]) {
      const postings = ledger(inputs);
      expect(total(postings, "paid", "buyers")).toBe(1);
      expect(
        total(
          postings.filter(({ traffic }) => traffic === "private"),
          "paid",
          "buyers",
        ),
      ).toBe(1);
    }
  });

  test("[ORD10] the postings sum to what the merged orders come to, counted directly", () => {
    fc.assert(
      fc.property(fc.array(reports, { maxLength: 10 }), (given) => {
        const state = engine.initial();
        const postings = given.flatMap((input) => send(state, "record", input));
        const known = [...ordersOf(sliceOf(state, "order"))].filter(({ placedAt }) => placedAt !== null);
        const goods = (facts: (typeof known)[number]) => facts.lines.reduce((sum, each) => sum + each.paidFen, 0);
        const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
        const paid = known.filter(({ paidAt }) => paidAt !== null);
        expect(total(postings, "placed", "orders")).toBe(known.length);
        expect(total(postings, "placed", "fen")).toBe(sum(known.map(goods)));
        expect(total(postings, "paid", "orders")).toBe(paid.length);
        expect(total(postings, "paid", "fen")).toBe(sum(paid.map(goods)));
        expect(total(postings, "paid", "freightFen")).toBe(sum(paid.map(({ freightFen }) => freightFen)));
        expect(total(postings, "paid", "buyers")).toBe(new Set(paid.flatMap(({ personId }) => personId ?? [])).size);
        expect(total(postings, "cancelled", "orders")).toBe(
          known.filter(({ cancelledAt }) => cancelledAt !== null).length,
        );
        const refundable = (facts: (typeof known)[number]) =>
          Math.min(goods(facts) + facts.freightFen, sum(facts.refunds.map((refund) => refund.fen)));
        expect(total(postings, "refunded", "fen") + total(postings, "refunded", "freightFen")).toBe(
          sum(paid.map(refundable)),
        );
      }),
      { numRuns: 150 },
    );
  });

  test("[ORD11] own coupon codes are used while their order stands, and given back when it is cancelled", () => {
    const state = engine.initial();
    const effects = [
      { orderId: "o", sourceUpdatedAt: T0, status: "placed", couponCodes: ["K1"] },
      { orderId: "o", sourceUpdatedAt: T0 + 1, status: "cancelled" },
    ].map(
      (input) => engine.execute(state, { id: "x", type: "order.record", input: item(input) }, ctx()).events[0]?.data,
    );
    expect(effects).toMatchObject([
      { couponsUsed: ["K1"], couponsReleased: [] },
      { couponsUsed: [], couponsReleased: ["K1"] },
    ]);
  });

  test("[ORD9] who has a paid order is known by person; cancelled before payment is none", () => {
    const state = engine.initial();
    const own = () => sliceOf(state, "order");
    send(state, "record", { orderId: "o", sourceUpdatedAt: T0, status: "placed", personId: "anna" });
    expect(hasOrdered(own(), "anna")).toBe(false);
    send(state, "record", { orderId: "o", sourceUpdatedAt: T0 + 1, status: "paid" });
    expect(hasOrdered(own(), "anna")).toBe(true);
    send(state, "record", { orderId: "o", sourceUpdatedAt: T0 + 2, personId: "bo" });
    expect([hasOrdered(own(), "anna"), hasOrdered(own(), "bo")]).toEqual([false, true]);
  });

  test("[ORD12] a line is at a price before or after its discount, to the fen", () => {
    const line = { units: 3, paidFen: 2_997, discountFen: 0 };
    expect(isAtPrice(line, 999)).toBe(true);
    expect(isAtPrice({ ...line, paidFen: 2_998 }, 999)).toBe(false);
    expect(isAtPrice({ units: 2, paidFen: 1_500, discountFen: 498 }, 999)).toBe(true);
    expect(isAtPrice({ units: 0, paidFen: 0, discountFen: 0 }, 999)).toBe(false);
  });
});

describe("times that can't be", () => {
  const answer = (input: unknown, type = "order.record") => {
    const checked = engine.parse({ id: "x", type, input });
    return "parsed" in checked ? engine.execute(engine.initial(), checked.parsed, ctx()).answer : checked;
  };
  const paid = (times: object) => ({ orderId: "o1", sourceUpdatedAt: T0, status: "paid", ...times });
  const MINUTE = 60_000;

  test("[TIM1] a command that tells seconds is malformed, with the path of each", () => {
    const seconds = Math.floor(T0 / 1_000);
    const refunds = [{ refundId: "r", at: seconds, fen: 1 }];
    const items = [paid({}), paid({ sourceUpdatedAt: seconds, placedAt: seconds, paidAt: seconds, refunds })];
    const told = answer({ items }, "order.recordMany");
    const paths = ["sourceUpdatedAt", "placedAt", "paidAt", "refunds.0.at"];
    expect(told).toMatchObject({
      status: "invalid",
      issues: paths.map((path) => ({ path: `input.items.1.${path}`, code: "too_small" })),
    });
    expect(answer(paid({ placedAt: null, paidAt: T0 }))).toMatchObject({ status: "ok" });
  });

  test("[TIM2] a time further ahead of the show than clocks differ is refused, with all it came with", () => {
    const [skewed, wrong] = [T0 + 5 * MINUTE, T0 + 5 * MINUTE + 1];
    const refunds = [{ refundId: "r", at: wrong, fen: 1 }];
    for (const field of ["sourceUpdatedAt", "placedAt", "paidAt", "cancelledAt"]) {
      expect(answer(paid({ [field]: skewed }))).toMatchObject({ status: "ok" });
      const data = { orderId: "o1", path: field, at: wrong, now: T0 };
      expect(answer(paid({ [field]: wrong }))).toEqual({ status: "rejected", code: "order.timeAhead", data });
    }
    expect(answer({ items: [paid({}), paid({ refunds })] }, "order.recordMany")).toMatchObject({
      code: "order.timeAhead",
      data: { path: "refunds.0.at" },
    });
  });
});
