import { z } from "zod";
import { OrderSums, sumOf } from "../metrics/push-effect.ts";
import { defineOp, reject, type AnyEvent, type Ctx, type Rejection } from "../op.ts";
import {
  buyerChanges,
  enterBuyer,
  payerOf,
  type BookView,
  type BuyerChange,
  type PaidOrders,
} from "../order-buyers.ts";
import { OrderItem, OrderReport, timeAhead } from "../order-item.ts";
import { mergeOrder, type MergedOrder } from "../order-merge.ts";
import { factsOf, Posting, postingsDelta, postingsOf, type OrderFacts } from "../order-postings.ts";
import { Id, PlatformId } from "../units.ts";

/** What only `decide` and the order lists need; left out of replays. Changed in place. */
type OrderBook = {
  readonly orders: Map<string, MergedOrder>;
  readonly buyers: Map<string, PaidOrders>;
};

export type OrderState = { readonly book: OrderBook | null };

const Recorded = z.object({
  orderId: PlatformId,
  /** The report as it came; all reports of an order merged give the order. */
  item: OrderItem,
  /** What the report changes in the figures. May carry a posting of the buyer's other order, when that is no longer their first. */
  postings: z.array(Posting),
  /** Change of the refunds that are reported, but not (yet) covered by anything paid (ORD8). */
  uncountedRefundFen: z.int(),
  /** Own coupon codes that are used from now on, or given back: a code is used while its order is placed and not cancelled (ORD11). */
  couponsUsed: z.array(Id),
  couponsReleased: z.array(Id),
  /** What the order amounts to with this report; of a first report its postings say it. */
  stands: OrderSums.optional(),
  /** Persons who have more paid orders by this report, or fewer. */
  payers: z.array(z.object({ personId: Id, orders: z.int() })).optional(),
});
export type OrderRecorded = z.infer<typeof Recorded>;

/** Rules ORD1–ORD12 in SPEC.md: orders from any source, in any order, any number of times, give the same figures. */
export const order = defineOp({
  name: "order",
  initial: (): OrderState => ({ book: { orders: new Map(), buyers: new Map() } }),
  events: { "order.recorded.v1": Recorded },
  quiet: ["order.recorded.v1"],
  commands: {
    record: {
      by: ["program", "owner", "manager", "operator", "system"],
      risk: "compensable",
      input: OrderReport,
      decide: (see, item, ctx) => recordAll(bookOf(see.own), [item], ctx),
      result: countRecorded,
    },
    /** Up to 500 reports, one event each; those that tell nothing new leave no event. */
    recordMany: {
      by: ["program", "owner", "manager", "operator", "system"],
      risk: "compensable",
      input: z.object({ items: z.array(OrderReport).min(1).max(500) }),
      decide: (see, { items }, ctx) => recordAll(bookOf(see.own), items, ctx),
      result: countRecorded,
    },
  },
  apply: {
    "order.recorded.v1": (own, { item }) => {
      if (own.book) enter(own.book, item);
      return own;
    },
  },
  lean: () => ({ book: null }),
});

export function bookOf(own: OrderState): OrderBook {
  if (!own.book) throw new Error("orders are asked of a state that was made for views only");
  return own.book;
}

/** Every order of the show, in the order in which they became known. For lists and CSV. */
export function* ordersOf(own: OrderState): Generator<OrderFacts> {
  for (const merged of bookOf(own).orders.values()) yield factsOf(merged);
}

/** One order as all its reports amount to; `undefined`: never heard of. */
export function orderOf(own: OrderState, orderId: string): OrderFacts | undefined {
  const merged = bookOf(own).orders.get(orderId);
  return merged && factsOf(merged);
}

/** Whether the person has a paid order in this show; refunds don't take that back. For conditions of draws (LOT). */
export function hasOrdered(own: OrderState, personId: string): boolean {
  return bookOf(own).buyers.has(personId);
}

function countRecorded(events: readonly AnyEvent[]) {
  return { recorded: events.filter(({ type }) => type === "order.recorded.v1").length };
}

type Recording = { readonly type: "order.recorded.v1"; readonly data: OrderRecorded };

/** Later items see what earlier ones of the same command changed, though the book itself is changed only when the events are applied. */
function recordAll(book: OrderBook, items: readonly OrderItem[], { now }: Ctx): Recording[] | Rejection {
  for (const item of items) {
    const ahead = timeAhead(item, now);
    if (ahead) return reject("order.timeAhead", { orderId: item.orderId, ...ahead, now });
  }
  const draft: OrderBook = { orders: new Map(), buyers: new Map() };
  const gone = new Set<string>();
  const seen: BookView = {
    order: (orderId) => draft.orders.get(orderId) ?? book.orders.get(orderId),
    paidOf: (personId) => draft.buyers.get(personId) ?? (gone.has(personId) ? undefined : book.buyers.get(personId)),
  };
  const draftBuyer = (orderId: string, change: BuyerChange): void => {
    const { personId } = change;
    const paid = seen.paidOf(personId);
    if (paid && !draft.buyers.has(personId)) {
      draft.buyers.set(personId, { first: paid.first, orders: new Set(paid.orders) });
    }
    enterBuyer(draft.buyers, orderId, change);
    if (change.first === undefined) gone.add(personId);
  };
  return items.flatMap((item, index): Recording[] => {
    const merged = seen.order(item.orderId);
    const after = mergeOrder(merged, item);
    if (after === merged) return [];
    const facts = { before: merged && factsOf(merged), after: factsOf(after) };
    const changes = buyerChanges(seen, facts.before, facts.after);
    // Nobody looks at the draft after the last one, so a single report copies nothing.
    if (index < items.length - 1) {
      draft.orders.set(item.orderId, after);
      for (const change of changes) draftBuyer(item.orderId, change);
    }
    return [{ type: "order.recorded.v1", data: effectOf(item, facts, changes) }];
  });
}

function enter(book: OrderBook, item: OrderItem): void {
  const merged = book.orders.get(item.orderId);
  const after = mergeOrder(merged, item);
  const seen: BookView = {
    order: (orderId) => book.orders.get(orderId),
    paidOf: (personId) => book.buyers.get(personId),
  };
  const changes = buyerChanges(seen, merged && factsOf(merged), factsOf(after));
  book.orders.set(item.orderId, after);
  for (const change of changes) enterBuyer(book.buyers, item.orderId, change);
}

function effectOf(
  item: OrderItem,
  { before, after }: { readonly before: OrderFacts | undefined; readonly after: OrderFacts },
  changes: readonly BuyerChange[],
): OrderRecorded {
  const old = before ? postingsOf(before) : { postings: [], uncountedFen: 0 };
  const now = postingsOf(after);
  const counts = (side: "before" | "after") => changes.flatMap((change) => change[side] ?? []);
  const codesBefore = codesUsed(before);
  const codesAfter = codesUsed(after);
  return {
    orderId: item.orderId,
    item,
    postings: postingsDelta([...old.postings, ...counts("before")], [...now.postings, ...counts("after")]),
    uncountedRefundFen: now.uncountedFen - old.uncountedFen,
    couponsUsed: codesAfter.filter((code) => !codesBefore.includes(code)),
    couponsReleased: codesBefore.filter((code) => !codesAfter.includes(code)),
    ...(before ? { stands: sumOf(now.postings) } : {}),
    ...payersOf(before && payerOf(before), payerOf(after)),
  };
}

function payersOf(was: string | undefined, is: string | undefined): Pick<OrderRecorded, "payers"> {
  if (was === is) return {};
  const fewer = was === undefined ? [] : [{ personId: was, orders: -1 }];
  return { payers: is === undefined ? fewer : [...fewer, { personId: is, orders: 1 }] };
}

function codesUsed(facts: OrderFacts | undefined): readonly string[] {
  return facts && facts.placedAt !== null && facts.cancelledAt === null ? facts.couponCodes : [];
}
