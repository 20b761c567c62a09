import { canonicalJson } from "./canonical-json.ts";
import type { Json } from "./op.ts";
import { ORDER_STATUSES, type OrderItem, type OrderRefund } from "./order-item.ts";

/**
 * Rules ORD1–ORD4: reports of an order merge to the same order in whatever order and however often they come. For each field the report
 * with the greatest (sourceUpdatedAt, status rank) wins; equal ones are told apart by their text, so that the choice does not depend on who came first.
 */

/** A value with the standing of the report that brought it. */
export type Stamped<T> = { readonly at: number; readonly rank: number; readonly value: T };

type Field<K extends keyof OrderItem> = Stamped<Exclude<OrderItem[K], undefined>> | undefined;

/** An order as merged from all its reports. */
export type MergedOrder = {
  readonly orderId: string;
  /** Least `sourceUpdatedAt` of all reports; of those that said `paid`; of those that said `cancelled`. */
  readonly firstAt: number;
  readonly firstPaidAt: number | null;
  readonly firstCancelledAt: number | null;
  readonly status: Field<"status">;
  readonly placedAt: Field<"placedAt">;
  readonly paidAt: Field<"paidAt">;
  readonly cancelledAt: Field<"cancelledAt">;
  readonly personId: Field<"personId">;
  readonly buyerKind: Field<"buyerKind">;
  readonly lines: Field<"lines">;
  readonly freightFen: Field<"freightFen">;
  readonly traffic: Field<"traffic">;
  readonly entry: Field<"entry">;
  readonly couponCodes: Field<"couponCodes">;
  readonly refunds: ReadonlyMap<string, Stamped<OrderRefund>>;
};

/** The order after one more report; `old` itself when the report tells nothing new. */
export function mergeOrder(old: MergedOrder | undefined, item: OrderItem): MergedOrder {
  const stamp: Stamp = {
    at: item.sourceUpdatedAt,
    rank: item.status === undefined ? 0 : ORDER_STATUSES.indexOf(item.status) + 1,
  };
  const merged: MergedOrder = {
    orderId: item.orderId,
    firstAt: Math.min(old?.firstAt ?? Infinity, stamp.at),
    firstPaidAt: item.status === "paid" ? least(old?.firstPaidAt, stamp.at) : (old?.firstPaidAt ?? null),
    firstCancelledAt:
      item.status === "cancelled" ? least(old?.firstCancelledAt, stamp.at) : (old?.firstCancelledAt ?? null),
    status: newer(old?.status, item.status, stamp),
    placedAt: newer(old?.placedAt, item.placedAt, stamp),
    paidAt: newer(old?.paidAt, item.paidAt, stamp),
    cancelledAt: newer(old?.cancelledAt, item.cancelledAt, stamp),
    personId: newer(old?.personId, item.personId, stamp),
    buyerKind: newer(old?.buyerKind, item.buyerKind, stamp),
    lines: newer(old?.lines, item.lines?.toSorted(byLineId), stamp),
    freightFen: newer(old?.freightFen, item.freightFen, stamp),
    traffic: newer(old?.traffic, item.traffic, stamp),
    entry: newer(old?.entry, item.entry, stamp),
    couponCodes: newer(old?.couponCodes, item.couponCodes && [...new Set(item.couponCodes)].sort(), stamp),
    refunds: mergeRefunds(old?.refunds ?? NO_REFUNDS, item.refunds ?? [], stamp),
  };
  return old && sameOrder(old, merged) ? old : merged;
}

type Stamp = { readonly at: number; readonly rank: number };

const NO_REFUNDS: ReadonlyMap<string, Stamped<OrderRefund>> = new Map();

function mergeRefunds(
  old: ReadonlyMap<string, Stamped<OrderRefund>>,
  refunds: readonly OrderRefund[],
  stamp: Stamp,
): ReadonlyMap<string, Stamped<OrderRefund>> {
  let merged: Map<string, Stamped<OrderRefund>> | undefined;
  for (const refund of refunds) {
    const before = (merged ?? old).get(refund.refundId);
    const after = newer(before, refund, stamp);
    if (after === undefined || after === before) continue;
    merged ??= new Map(old);
    merged.set(refund.refundId, after);
  }
  return merged ?? old;
}

function newer<T extends Json>(
  old: Stamped<T> | undefined,
  value: T | undefined,
  stamp: Stamp,
): Stamped<T> | undefined {
  if (value === undefined) return old;
  const next = { at: stamp.at, rank: stamp.rank, value };
  if (!old) return next;
  if (old.at !== next.at) return next.at > old.at ? next : old;
  if (old.rank !== next.rank) return next.rank > old.rank ? next : old;
  // Not by JSON.stringify: jsonb gives keys back in another order than they were written in.
  return canonicalJson(next.value) > canonicalJson(old.value) ? next : old;
}

function least(a: number | null | undefined, b: number): number {
  return a === null || a === undefined ? b : Math.min(a, b);
}

function byLineId(a: { readonly lineId: string }, b: { readonly lineId: string }): number {
  return a.lineId < b.lineId ? -1 : 1;
}

function sameOrder(a: MergedOrder, b: MergedOrder): boolean {
  for (const key of Object.keys(b) as (keyof MergedOrder)[]) {
    if (a[key] !== b[key]) return false;
  }
  return true;
}
