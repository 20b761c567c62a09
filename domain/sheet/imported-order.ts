import type { Entry, OrderStatus } from "./order-fields.ts";

export type ImportedLine = {
  readonly lineId: string;
  readonly skuId?: string;
  readonly productId?: string;
  readonly productName?: string;
  readonly skuName?: string;
  readonly units: number;
  /** What the buyer pays for the line, after discount. */
  readonly paidFen: number;
  readonly discountFen: number;
};

export type ImportedRefund = {
  readonly refundId: string;
  readonly at: number;
  readonly fen: number;
  readonly units?: number;
  readonly lineId?: string;
};

/** An order as any source tells it; the shape that ingest takes. Times are ms UTC, money is fen. */
export type ImportedOrder = {
  readonly orderId: string;
  readonly sourceUpdatedAt: number;
  /** Whatever identifies the buyer in the source; it becomes a person id outside and never enters the log. */
  readonly buyer?: { readonly key: string; readonly kind?: "new" | "returning" };
  readonly placedAt?: number;
  readonly paidAt?: number;
  readonly cancelledAt?: number;
  readonly status?: OrderStatus;
  readonly lines: readonly ImportedLine[];
  readonly freightFen: number;
  readonly refunds: readonly ImportedRefund[];
  readonly traffic?: "private" | "public" | "unknown";
  readonly entry?: Entry;
  readonly roomId?: string;
};
