import type { StoredEvent } from "../event.ts";
import { engine } from "../ops/index.ts";
import type { OrderRecorded } from "../ops/order.ts";
import { sliceOf } from "../slice-of.ts";
import { createCouponOrders, type CouponOrders } from "./coupon-orders.ts";
import { createLedgerOfOrders } from "./orders-by-sku.ts";
import { createPriceCourse, type PriceSpan } from "./price-course.ts";
import { createStandings, type Standings } from "./standings.ts";
import { createStockCourse, type StockOut } from "./stock-course.ts";
import { heldAndUndone, type Deed } from "./deeds.ts";

/** What the whole show was like that no view holds, because a view is a moment: made in one pass over the log. Plain JSON. */
export type ShowHistory = {
  /** The last event that it knows, and its time. */
  readonly seq: number;
  readonly at: number;
  readonly stockOuts: readonly StockOut[];
  readonly prices: readonly PriceSpan[];
  readonly deeds: readonly Deed[];
  /** Own coupons that orders used. */
  readonly coupons: readonly CouponOrders[];
  /** `null`: the show is not over, or no order is known. */
  readonly standings: Standings | null;
};

export type HistoryPass = { append(events: readonly StoredEvent[]): void; result(): ShowHistory };

/** Rules HIS1–HIS7 in SPEC.md. The pass folds as replay does, on states without persons. */
export function createHistory(): HistoryPass {
  const state = engine.leanCopy(engine.initial());
  const bag = () => sliceOf(state, "bag");
  const session = () => sliceOf(state, "session");
  const figures = () => sliceOf(state, "figures").show;
  const orders = createLedgerOfOrders();
  const coupons = createCouponOrders();
  const stock = createStockCourse();
  const prices = createPriceCourse();
  const standings = createStandings();

  const foldOrder = (event: StoredEvent) => {
    const recorded = event.data as OrderRecorded;
    orders.record(recorded);
    coupons.record(recorded);
    engine.apply(state, event);
    standings.record(event, recorded.postings);
  };
  const foldBag = (event: StoredEvent) => {
    const before = bag();
    const seen = stock.before(before);
    const priced = prices.before(before);
    engine.apply(state, event);
    stock.after(seen, bag(), event);
    prices.after(priced, bag(), event);
  };

  return {
    append(events) {
      for (const event of events) {
        if (event.type === "order.recorded.v1") foldOrder(event);
        else if (event.type.startsWith("bag.") && event.type !== "bag.stockSeen.v1") foldBag(event);
        else {
          engine.apply(state, event);
          if (event.type === "session.ended.v1") standings.ended(event, figures().total);
        }
      }
    },
    result() {
      const { startedAt, endedAt } = session();
      const bySku = orders.bySku(bag());
      const show = { from: startedAt, to: endedAt ?? state.at };
      const { settled } = sliceOf(state, "settlement");
      return {
        seq: state.seq,
        at: state.at,
        stockOuts: show.from === null ? [] : stock.result(bag(), bySku, { from: show.from, to: show.to }),
        prices: prices.result(bySku),
        deeds: heldAndUndone(sliceOf(state, "tape").entries),
        coupons: coupons.result(sliceOf(state, "coupon")),
        standings: figures().ordersAt === null ? null : standings.result({ endedAt, settled }),
      };
    },
  };
}
