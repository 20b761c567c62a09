import { z } from "zod";
import {
  BUYER_KINDS,
  ENTRIES,
  TRAFFICS,
  type BuyerKind,
  type Entry,
  type OrderRefund,
  type Traffic,
} from "./order-item.ts";
import type { MergedOrder } from "./order-merge.ts";
import { takeRefund, type RefundRest } from "./order-refunds.ts";
import { Instant, instant, PlatformId } from "./units.ts";

/** Rules ORD5–ORD10: an order is a ledger. Its postings say what it adds to the figures; a change of the order takes the old ones back and adds the new. */

export const POSTING_KINDS = ["placed", "paid", "cancelled", "refunded"] as const;
export type PostingKind = (typeof POSTING_KINDS)[number];

/** All numbers are signed; a sum over postings is a figure. */
export const Posting = z.object({
  kind: z.enum(POSTING_KINDS),
  /** When it happened: placed, paid, cancelled or refunded. */
  at: Instant,
  /** Platform ids; `null` when the source gave none. */
  productId: PlatformId.nullable(),
  skuId: PlatformId.nullable(),
  units: z.int(),
  /** Money of the goods, without freight. */
  fen: z.int(),
  /** Freight of the whole order, on one posting of it. */
  freightFen: z.int(),
  discountFen: z.int(),
  /** ±1 on one posting of the order: sums to distinct orders. */
  orders: z.int(),
  /** ±1 on one posting of each product in the order: sums to distinct orders with that product. */
  productOrders: z.int(),
  /** ±1 on the refund that gives the last fen of an order back: sums to orders refunded in full. */
  fullRefunds: z.int(),
  traffic: z.enum(TRAFFICS),
  entry: z.enum(ENTRIES),
  buyer: z.enum(BUYER_KINDS),
  /** Whether the order names its buyer by a person id. */
  buyerKnown: z.boolean(),
  /** ±1 on the first paid order of a person: sums to distinct buyers. */
  buyers: z.int(),
});
export type Posting = z.infer<typeof Posting>;

/** What the reports of an order amount to. */
export type OrderFacts = {
  readonly orderId: string;
  /** `null`: only a refund or the like is known yet; such an order counts nowhere (ORD5). */
  readonly placedAt: Instant | null;
  readonly paidAt: Instant | null;
  /** Only of an order that was never paid (ORD7). */
  readonly cancelledAt: Instant | null;
  readonly status: "placed" | "paid" | "cancelled" | "unknown";
  readonly personId: string | null;
  readonly buyer: BuyerKind;
  readonly traffic: Traffic;
  readonly entry: Entry;
  readonly lines: readonly {
    readonly lineId: string;
    readonly productId: string | null;
    readonly skuId: string | null;
    readonly units: number;
    readonly paidFen: number;
    readonly discountFen: number;
  }[];
  readonly freightFen: number;
  readonly couponCodes: readonly string[];
  /** As given, in order of (at, id). */
  readonly refunds: readonly OrderRefund[];
};

export function factsOf(order: MergedOrder): OrderFacts {
  const status = order.status?.value;
  const paidAt = paidAtOf(order);
  const known = status !== undefined || paidAt !== null || order.placedAt?.value != null || order.lines !== undefined;
  const cancelled = paidAt === null && (status === "cancelled" || order.cancelledAt?.value != null);
  const placedAt = known ? (order.placedAt?.value ?? instant(Math.min(paidAt ?? Infinity, order.firstAt))) : null;
  return {
    orderId: order.orderId,
    placedAt,
    paidAt,
    cancelledAt: cancelled ? (order.cancelledAt?.value ?? instant(order.firstCancelledAt ?? order.firstAt)) : null,
    status: paidAt !== null ? "paid" : cancelled ? "cancelled" : placedAt !== null ? "placed" : "unknown",
    personId: order.personId?.value ?? null,
    buyer: order.buyerKind?.value ?? "unknown",
    traffic: order.traffic?.value ?? "unknown",
    entry: order.entry?.value ?? "unknown",
    lines: order.lines?.value ?? [],
    freightFen: order.freightFen?.value ?? 0,
    couponCodes: order.couponCodes?.value ?? [],
    refunds: [...order.refunds.values()]
      .map(({ value }) => value)
      .sort((a, b) => a.at - b.at || (a.refundId < b.refundId ? -1 : 1)),
  };
}

/** ORD6: money that came stays paid when the order is cancelled afterwards; it goes back as refunds. */
function paidAtOf({ paidAt, status, firstPaidAt, firstAt }: MergedOrder): Instant | null {
  if (paidAt?.value != null) return paidAt.value;
  if (status?.value === "paid") return instant(firstPaidAt ?? firstAt);
  return status?.value === "cancelled" && firstPaidAt !== null ? instant(firstPaidAt) : null;
}

/** The postings of an order as it stands, without the buyer (`buyerPosting`): that depends on the person's other orders. */
export function postingsOf(facts: OrderFacts): {
  readonly postings: readonly Posting[];
  readonly uncountedFen: number;
} {
  const { placedAt, paidAt, cancelledAt } = facts;
  const refundedFen = facts.refunds.reduce((sum, { fen }) => sum + fen, 0);
  if (placedAt === null) return { postings: [], uncountedFen: refundedFen };
  const postings = linePostings(facts, "placed", placedAt);
  if (cancelledAt !== null) postings.push(...linePostings(facts, "cancelled", cancelledAt));
  if (paidAt === null) return { postings, uncountedFen: refundedFen };
  postings.push(...linePostings(facts, "paid", paidAt));
  const refunds = refundPostings(facts);
  const counted = refunds.reduce((sum, { fen, freightFen }) => sum + fen + freightFen, 0);
  return { postings: [...postings, ...refunds], uncountedFen: refundedFen - counted };
}

/** Counts the buyer, on the first paid order of the person. */
export function buyerPosting(facts: OrderFacts): Posting {
  return { ...blank(facts, "paid", facts.paidAt ?? instant(0)), buyers: 1 };
}

/** What turns `before` into `after` when added: what both have is left out. */
export function postingsDelta(before: readonly Posting[], after: readonly Posting[]): Posting[] {
  const same = new Map<string, number>();
  for (const posting of before) {
    const key = JSON.stringify(posting);
    same.set(key, (same.get(key) ?? 0) + 1);
  }
  const added = after.filter((posting) => {
    const key = JSON.stringify(posting);
    const count = same.get(key) ?? 0;
    if (count > 0) same.set(key, count - 1);
    return count === 0;
  });
  const removed = before.filter((posting) => {
    const key = JSON.stringify(posting);
    const count = same.get(key) ?? 0;
    if (count > 0) same.set(key, count - 1);
    return count > 0;
  });
  return [...removed.map(negative), ...added];
}

function negative(posting: Posting): Posting {
  return {
    ...posting,
    // 0 − 0 is 0, where −0 would not survive JSON.
    units: 0 - posting.units,
    fen: 0 - posting.fen,
    freightFen: 0 - posting.freightFen,
    discountFen: 0 - posting.discountFen,
    orders: 0 - posting.orders,
    productOrders: 0 - posting.productOrders,
    fullRefunds: 0 - posting.fullRefunds,
    buyers: 0 - posting.buyers,
  };
}

function blank(facts: OrderFacts, kind: PostingKind, at: Instant): Posting {
  return {
    kind,
    at,
    productId: null,
    skuId: null,
    units: 0,
    fen: 0,
    freightFen: 0,
    discountFen: 0,
    orders: 0,
    productOrders: 0,
    fullRefunds: 0,
    traffic: facts.traffic,
    entry: facts.entry,
    buyer: facts.buyer,
    buyerKnown: facts.personId !== null,
    buyers: 0,
  };
}

/** One posting a line; an order whose lines are not known yet counts as an order of nothing. */
function linePostings(facts: OrderFacts, kind: PostingKind, at: Instant): Posting[] {
  const base = blank(facts, kind, at);
  const first = { freightFen: facts.freightFen, orders: 1 };
  if (facts.lines.length === 0) return [{ ...base, ...first, productOrders: 1 }];
  const seen = new Set<string | null>();
  return facts.lines.map(({ productId, skuId, units, paidFen, discountFen }, index) => {
    const productOrders = seen.has(productId) ? 0 : 1;
    seen.add(productId);
    const once = index === 0 ? first : {};
    return { ...base, productId, skuId, units, fen: paidFen, discountFen, productOrders, ...once };
  });
}

/** ORD8: refunds count up to what was paid, in order of time, the goods before the freight. */
function refundPostings(facts: OrderFacts): Posting[] {
  const rest: RefundRest = {
    lines: facts.lines.map(({ lineId, paidFen, units }) => ({ lineId, fen: paidFen, units })),
    freightFen: facts.freightFen,
  };
  const postings: Posting[] = [];
  const seen = new Set<string | null>();
  let full = false;
  for (const refund of facts.refunds) {
    const parts = takeRefund(rest, refund);
    const nothingLeft = rest.freightFen === 0 && rest.lines.every(({ fen }) => fen === 0);
    for (const [index, part] of parts.entries()) {
      const line = facts.lines.find(({ lineId }) => lineId === part.lineId);
      const productId = line?.productId ?? null;
      const once = part.lineId !== null && !seen.has(productId);
      if (once) seen.add(productId);
      postings.push({
        ...blank(facts, "refunded", refund.at),
        productId,
        skuId: line?.skuId ?? null,
        units: part.units,
        fen: part.fen,
        freightFen: part.freightFen,
        orders: postings.length === 0 ? 1 : 0,
        productOrders: once ? 1 : 0,
        fullRefunds: nothingLeft && index === 0 && !full ? 1 : 0,
      });
    }
    full ||= nothingLeft && parts.length > 0;
  }
  return postings;
}
