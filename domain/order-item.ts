import { z } from "zod";
import { isAhead, ToldAt } from "./told-time.ts";
import { FenAmount, Id, Instant, PlatformId } from "./units.ts";

/** What a source reports of an order. Every part but the id and the time may be missing: sources know different halves, at different times. */

export const ORDER_STATUSES = ["placed", "paid", "cancelled"] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export const TRAFFICS = ["private", "public", "unknown"] as const;
export type Traffic = (typeof TRAFFICS)[number];

export const ENTRIES = ["room", "groupLink", "staffForward", "productCard", "video", "other", "unknown"] as const;
export type Entry = (typeof ENTRIES)[number];

export const BUYER_KINDS = ["new", "returning", "unknown"] as const;
export type BuyerKind = (typeof BUYER_KINDS)[number];

export const OrderLine = z.object({
  lineId: PlatformId,
  productId: PlatformId.nullable().default(null),
  skuId: PlatformId.nullable().default(null),
  units: z.int().min(0).max(100_000),
  /** What the buyer pays for the whole line, after all discounts, without freight. */
  paidFen: FenAmount,
  /** What was taken off the whole line. */
  discountFen: FenAmount.default(0 as z.infer<typeof FenAmount>),
});
export type OrderLine = z.infer<typeof OrderLine>;

export const OrderRefund = z.object({
  refundId: PlatformId,
  at: Instant,
  fen: FenAmount,
  units: z.int().min(0).max(100_000).optional(),
  lineId: PlatformId.optional(),
});
export type OrderRefund = z.infer<typeof OrderRefund>;

export const linesOf = <Line extends typeof OrderLine>(line: Line) =>
  z
    .array(line)
    .max(100)
    .refine((lines) => new Set(lines.map(({ lineId }) => lineId)).size === lines.length, { error: "lineTwice" });

export const OrderItem = z.object({
  orderId: PlatformId,
  /** When the source last changed the order: decides between two reports (ORD2). Not the time of the report. */
  sourceUpdatedAt: Instant,
  status: z.enum(ORDER_STATUSES).optional(),
  placedAt: Instant.nullable().optional(),
  paidAt: Instant.nullable().optional(),
  cancelledAt: Instant.nullable().optional(),
  personId: Id.nullable().optional(),
  buyerKind: z.enum(BUYER_KINDS).optional(),
  /** All lines of the order; a later report replaces them together. */
  lines: linesOf(OrderLine).optional(),
  freightFen: FenAmount.optional(),
  refunds: z.array(OrderRefund).max(100).optional(),
  traffic: z.enum(TRAFFICS).optional(),
  entry: z.enum(ENTRIES).optional(),
  /** Own coupons that the buyer redeems with this order. */
  couponCodes: z.array(Id).max(20).optional(),
});
export type OrderItem = z.infer<typeof OrderItem>;

/** An item as it comes in. Logs of before hold others (TIM1). */
export const OrderReport = OrderItem.extend({
  sourceUpdatedAt: ToldAt,
  placedAt: ToldAt.nullable().optional(),
  paidAt: ToldAt.nullable().optional(),
  cancelledAt: ToldAt.nullable().optional(),
  refunds: z
    .array(OrderRefund.extend({ at: ToldAt }))
    .max(100)
    .optional(),
});

/** The first time of an item that can't have come yet (TIM2). */
export function timeAhead(item: OrderItem, now: Instant): { readonly path: string; readonly at: Instant } | undefined {
  const { sourceUpdatedAt, placedAt, paidAt, cancelledAt, refunds = [] } = item;
  const told = Object.entries({ placedAt, paidAt, cancelledAt, sourceUpdatedAt });
  for (const [index, { at }] of refunds.entries()) told.push([`refunds.${index}.at`, at]);
  for (const [path, at] of told) if (at && isAhead(at, now)) return { path, at };
  return undefined;
}
