import { expect, test } from "vitest";
import { figuresShown } from "#domain/ops/figures.ts";
import { gaugeOf } from "#domain/ops/audience.ts";
import { reservedNow } from "#domain/reservation/state.ts";
import { sliceOf } from "#domain/slice-of.ts";
import { shownMinute } from "./series.ts";
import { showTotals, SHOW_FIGURE_NAMES } from "./show-totals.ts";
import { show, START, type Show } from "#tests/support/given.ts";
import { orderOf } from "#tests/support/shopping.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function totalsOf({ state, now }: Show) {
  const own = sliceOf(state, "figures");
  const audience = sliceOf(state, "audience");
  return showTotals({
    session: sliceOf(state, "session"),
    figures: figuresShown({ own, audience }),
    minutes: [...own.show.minutes.values()].flatMap((row) => shownMinute(row) ?? []),
    viewers: gaugeOf(audience, "viewers")?.value ?? null,
    reserved: reservedNow(sliceOf(state, "reservation"))?.count ?? null,
    until: now,
  });
}

const sold = (played: Show, orderId: string, afterMs: number, more: Record<string, unknown> = {}) =>
  played
    .send("order.record", {
      ...orderOf(orderId, "S3", 1),
      placedAt: START,
      status: "paid",
      paidAt: START + afterMs,
      ...more,
    })
    .ok();

test("[FIG18] the first hour is 60 whole minutes from the start, the best minute the first with the most", () => {
  const played = show()
    .live()
    .pass(2 * HOUR);
  sold(played, "o1", 5 * MINUTE);
  sold(played, "o2", 20 * MINUTE);
  sold(played, "o3", HOUR - 1);
  sold(played, "o4", HOUR);
  played.when("session.end", {}).ok();
  // After the end: paid, but no minute on air.
  sold(played, "o5", 2 * HOUR + 5 * MINUTE);
  sold(played, "o6", 2 * HOUR + 5 * MINUTE);
  const { figures, bestMinuteAt } = totalsOf(played);
  expect(figures.firstHourFen).toEqual({ value: 3 * 9_900 });
  expect(figures.bestMinuteFen).toEqual({ value: 9_900 });
  expect(bestMinuteAt).toBe(START + 5 * MINUTE);
  expect(figures.paidFen).toEqual({ value: 6 * 9_900 });
  expect(figures.durationMs).toEqual({ value: 2 * HOUR });
});

test("[FIG18] what only the end will tell is not told before", () => {
  const played = show()
    .live()
    .pass(30 * MINUTE);
  sold(played, "o1", MINUTE);
  expect(totalsOf(played).figures).toMatchObject({
    durationMs: { value: null, reason: "stillRunning" },
    firstHourFen: { value: null, reason: "stillRunning" },
    bestMinuteFen: { value: 9_900 },
  });
  expect(totalsOf(played.pass(HOUR)).figures.firstHourFen).toEqual({ value: 9_900 });
});

test("[FIG17] the mean per explain minute counts the round that runs by its sales and by its minutes", () => {
  const played = show().live();
  played
    .when("bag.createProduct", {
      name: "示例围巾",
      skus: [{ name: "均码", plannedFen: 9_900, plannedSellable: 100, platformId: "S3" }],
    })
    .ok();
  const [productId = ""] = played.bag().products.keys();
  played.when("bag.add", { productId }).ok().when("bag.explain", { productId }).ok();
  played
    .pass(10 * MINUTE)
    .when("bag.endExplain", {})
    .ok();
  sold(played, "o1", MINUTE);
  expect(totalsOf(played).figures.perExplainMinuteFen).toEqual({ value: 990 });
  played
    .pass(MINUTE)
    .when("bag.explain", { productId })
    .ok()
    .pass(10 * MINUTE);
  sold(played, "o2", 12 * MINUTE);
  expect(totalsOf(played).figures.perExplainMinuteFen).toEqual({ value: 990 });
});

test("[FIG19] the private share is that of marked money, and targets count what is known", () => {
  const played = show().live();
  played.when("session.setTargets", { paidFen: 10_000, orders: 5, audience: 100, reservations: null }).ok();
  sold(played, "o1", MINUTE, { traffic: "private" });
  sold(played, "o2", MINUTE, { traffic: "public" });
  sold(played, "o3", MINUTE);
  const { figures, targets } = totalsOf(played);
  expect(figures.privateShare).toEqual({ value: 0.5 });
  expect(targets).toEqual({ set: 3, reached: 1, unknown: 1 });
  played.when("session.setTargets", { paidFen: null, orders: null, audience: null, reservations: 40 }).ok();
  expect(totalsOf(played).targets).toEqual({ set: 1, reached: 0, unknown: 1 });
  played.when("reservation.note", { count: 41 }).ok();
  expect(totalsOf(played).targets).toEqual({ set: 1, reached: 1, unknown: 0 });
  const unmarked = show().live();
  sold(unmarked, "o1", MINUTE);
  expect(totalsOf(unmarked).figures.privateShare).toEqual({ value: null, reason: "noTraffic" });
});

test("[FIG17] a show without orders says so in every figure of orders, and never 0", () => {
  const { figures, bestMinuteAt } = totalsOf(show().live().pass(HOUR).when("session.end", {}).ok());
  for (const name of SHOW_FIGURE_NAMES) {
    if (name === "durationMs") continue;
    expect(figures[name], name).toMatchObject({ value: null });
  }
  expect(bestMinuteAt).toBeNull();
});
