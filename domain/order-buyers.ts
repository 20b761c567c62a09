import type { MergedOrder } from "./order-merge.ts";
import { buyerPosting, factsOf, type OrderFacts, type Posting } from "./order-postings.ts";

/** Rule ORD9: a person counts as one buyer, on the first of their paid orders. Which one is first must not depend on which was reported first. */

/** A person's paid orders; `first` is the one with the least (paidAt, orderId). */
export type PaidOrders = { readonly first: string; readonly orders: ReadonlySet<string> };

export type BookView = {
  order(orderId: string): MergedOrder | undefined;
  paidOf(personId: string): PaidOrders | undefined;
};

export type BuyerChange = {
  readonly personId: string;
  /** `undefined`: the person has no paid order any more. */
  readonly now: PaidOrders | undefined;
  /** The posting that counts the person, before and after. */
  readonly before: Posting | undefined;
  readonly after: Posting | undefined;
};

/** What a change of one order (`before` → `after`) does to its buyer, and to the one it was ascribed to until now. */
export function buyerChanges(seen: BookView, before: OrderFacts | undefined, after: OrderFacts): BuyerChange[] {
  const was = before && payerOf(before);
  const is = payerOf(after);
  const persons = [...new Set([was, is])].filter((personId) => personId !== undefined);
  return persons.map((personId) => {
    const old = seen.paidOf(personId);
    const now = personId === is ? withOrder(seen, old, after) : withoutOrder(seen, old, after.orderId);
    return {
      personId,
      now,
      before: old && countOf(old.first, (orderId) => (orderId === after.orderId ? before : factsIn(seen, orderId))),
      after: now && countOf(now.first, (orderId) => (orderId === after.orderId ? after : factsIn(seen, orderId))),
    };
  });
}

function payerOf(facts: OrderFacts): string | undefined {
  return facts.paidAt === null || facts.personId === null ? undefined : facts.personId;
}

function withOrder(seen: BookView, old: PaidOrders | undefined, facts: OrderFacts): PaidOrders {
  const { orderId } = facts;
  if (!old) return { first: orderId, orders: new Set([orderId]) };
  const orders = old.orders.has(orderId) ? old.orders : new Set(old.orders).add(orderId);
  const rival = old.first === orderId ? withoutOrder(seen, old, orderId)?.first : old.first;
  const rivalFacts = rival === undefined ? undefined : factsIn(seen, rival);
  return { first: rivalFacts && isBefore(rivalFacts, facts) ? rivalFacts.orderId : orderId, orders };
}

function withoutOrder(seen: BookView, old: PaidOrders | undefined, orderId: string): PaidOrders | undefined {
  if (!old) return undefined;
  const orders = new Set(old.orders);
  orders.delete(orderId);
  if (old.first !== orderId) return { first: old.first, orders };
  let first: OrderFacts | undefined;
  for (const id of orders) {
    const facts = factsIn(seen, id);
    if (facts && (!first || isBefore(facts, first))) first = facts;
  }
  return first && { first: first.orderId, orders };
}

function isBefore(a: OrderFacts, b: OrderFacts): boolean {
  const apart = (a.paidAt ?? Infinity) - (b.paidAt ?? Infinity);
  return apart < 0 || (apart === 0 && a.orderId < b.orderId);
}

function factsIn(seen: BookView, orderId: string): OrderFacts | undefined {
  const merged = seen.order(orderId);
  return merged && factsOf(merged);
}

function countOf(orderId: string, facts: (orderId: string) => OrderFacts | undefined): Posting | undefined {
  const found = facts(orderId);
  return found && buyerPosting(found);
}
