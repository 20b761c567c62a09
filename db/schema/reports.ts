import { bigint, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

/**
 * Tables for lists, exports and reports, written by followers and made again from the logs at any time (`npm run rebuild-tables`).
 * Money is fen, times are milliseconds UTC. No row is ever read by a rule.
 */

const ms = (name: string) => bigint(name, { mode: "number" });

/** How far a follower has come in a show. Written in the transaction of the rows that it covers. */
export const followerCheckpoints = pgTable(
  "follower_checkpoints",
  {
    follower: text("follower").notNull(),
    sessionId: text("session_id").notNull(),
    seq: ms("seq").notNull(),
  },
  (table) => [primaryKey({ columns: [table.follower, table.sessionId] })],
);

/** One row an order, as all its reports amount to. */
export const reportOrders = pgTable(
  "report_orders",
  {
    sessionId: text("session_id").notNull(),
    orderId: text("order_id").notNull(),
    status: text("status").notNull(),
    placedAt: ms("placed_at"),
    paidAt: ms("paid_at"),
    cancelledAt: ms("cancelled_at"),
    personId: text("person_id"),
    buyer: text("buyer").notNull(),
    traffic: text("traffic").notNull(),
    entry: text("entry").notNull(),
    /** Of all lines, goods only. */
    paidFen: ms("paid_fen").notNull(),
    discountFen: ms("discount_fen").notNull(),
    freightFen: ms("freight_fen").notNull(),
    refundedFen: ms("refunded_fen").notNull(),
    units: integer("units").notNull(),
    /** [{lineId, productId, skuId, units, paidFen, discountFen}] */
    lines: jsonb("lines").notNull(),
    /** [{refundId, at, fen, units?, lineId?}] */
    refunds: jsonb("refunds").notNull(),
    couponCodes: jsonb("coupon_codes").$type<string[]>().notNull(),
    /** Of the refunds what the figures count: up to what was paid, goods and freight (ORD8). `refunded_fen` holds them as given. */
    countedRefundFen: ms("counted_refund_fen").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.orderId] }),
    index("report_orders_placed").on(table.sessionId, table.placedAt),
    index("report_orders_person").on(table.personId),
  ],
);

/** One row a claim of an own coupon. */
export const reportClaims = pgTable(
  "report_claims",
  {
    sessionId: text("session_id").notNull(),
    claimId: text("claim_id").notNull(),
    couponId: text("coupon_id").notNull(),
    personId: text("person_id").notNull(),
    code: text("code").notNull(),
    state: text("state").notNull(),
    claimedAt: ms("claimed_at").notNull(),
    redeemedAt: ms("redeemed_at"),
  },
  (table) => [primaryKey({ columns: [table.sessionId, table.claimId] })],
);

/** One row a winner, of draws and of winners typed in; those replaced in a redraw stay, with the reason. */
export const reportWinners = pgTable(
  "report_winners",
  {
    sessionId: text("session_id").notNull(),
    lotteryId: text("lottery_id").notNull(),
    /** Running number; the winners that stand come first, by place. */
    position: integer("position").notNull(),
    lotteryTitle: text("lottery_title").notNull(),
    prizeName: text("prize_name").notNull(),
    personId: text("person_id"),
    /** Pseudonym in the proof, or the name as typed for a 福袋 of the platform. */
    label: text("label").notNull(),
    state: text("state").notNull(),
    drawnAt: ms("drawn_at").notNull(),
    place: integer("place").notNull(),
    /** Why a redraw replaced them. */
    reason: text("reason"),
  },
  (table) => [primaryKey({ columns: [table.sessionId, table.lotteryId, table.position] })],
);
