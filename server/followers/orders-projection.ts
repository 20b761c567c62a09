import { eq, sql } from "drizzle-orm";
import { reportOrders } from "#db/schema/reports.ts";
import { postingsOf, type OrderFacts } from "#domain/order-postings.ts";
import { orderOf, type OrderRecorded } from "#domain/ops/order.ts";
import { sliceOf } from "#domain/slice-of.ts";
import { inChunks, type Projection } from "./projection.ts";

export const ordersProjection: Projection = {
  name: "orders",
  async write(tx, { sessionId, state, events }) {
    const touched = new Set(
      events.flatMap(({ type, data }) => (type === "order.recorded.v1" ? [(data as OrderRecorded).orderId] : [])),
    );
    const own = sliceOf(state, "order");
    const rows = [...touched].flatMap((orderId) => {
      const facts = orderOf(own, orderId);
      return facts ? [rowOf(sessionId, facts)] : [];
    });
    await inChunks(rows, (chunk) =>
      tx
        .insert(reportOrders)
        .values(chunk)
        .onConflictDoUpdate({ target: [reportOrders.sessionId, reportOrders.orderId], set: excluded }),
    );
  },
  clear: (tx, sessionId) =>
    tx
      .delete(reportOrders)
      .where(eq(reportOrders.sessionId, sessionId))
      .then(() => undefined),
};

const excluded = {
  status: sql`excluded.status`,
  placedAt: sql`excluded.placed_at`,
  paidAt: sql`excluded.paid_at`,
  cancelledAt: sql`excluded.cancelled_at`,
  personId: sql`excluded.person_id`,
  buyer: sql`excluded.buyer`,
  traffic: sql`excluded.traffic`,
  entry: sql`excluded.entry`,
  paidFen: sql`excluded.paid_fen`,
  discountFen: sql`excluded.discount_fen`,
  freightFen: sql`excluded.freight_fen`,
  refundedFen: sql`excluded.refunded_fen`,
  units: sql`excluded.units`,
  lines: sql`excluded.lines`,
  refunds: sql`excluded.refunds`,
  couponCodes: sql`excluded.coupon_codes`,
  countedRefundFen: sql`excluded.counted_refund_fen`,
};

function rowOf(sessionId: string, facts: OrderFacts): typeof reportOrders.$inferInsert {
  const sum = (of: (line: OrderFacts["lines"][number]) => number) =>
    facts.lines.reduce((total, line) => total + of(line), 0);
  const refundedFen = facts.refunds.reduce((total, { fen }) => total + fen, 0);
  return {
    sessionId,
    orderId: facts.orderId,
    status: facts.status,
    placedAt: facts.placedAt,
    paidAt: facts.paidAt,
    cancelledAt: facts.cancelledAt,
    personId: facts.personId,
    buyer: facts.buyer,
    traffic: facts.traffic,
    entry: facts.entry,
    paidFen: sum((line) => line.paidFen),
    discountFen: sum((line) => line.discountFen),
    freightFen: facts.freightFen,
    refundedFen,
    countedRefundFen: refundedFen - postingsOf(facts).uncountedFen,
    units: sum((line) => line.units),
    lines: facts.lines,
    refunds: facts.refunds,
    couponCodes: [...facts.couponCodes],
  };
}
