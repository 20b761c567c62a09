import type { MergedOrder } from "./order-merge.ts";
import { buyerPosting, factsOf, type OrderFacts, type Posting } from "./order-postings.ts";

/** Rule ORD9: a person counts as one buyer, on the first of their paid orders. Which one is first must not depend on which was reported first. */

/** A person's paid orders; `first` is the one with the least (paidAt, orderId). Changed in place: one person may have thousands. */
export type PaidOrders = { first: string; readonly orders: Set<string> };

export type BookView = {
  order(orderId: string): MergedOrder | undefined;
  paidOf(personId: string): PaidOrders | undefined;
};

export type BuyerChange = {
  readonly personId: string;
  /** Whether the changed order is now one of the person's paid ones. */
  readonly holds: boolean;
  /** `undefined`: the person has no paid order any more. */
  readonly first: string | undefined;
  /** The posting that counts the person, before and after. */
  readonly before: Posting | undefined;
  readonly after: Posting | undefined;
};

/** What a change of one order (`before` → `after`) does to its buyer, and to the one it was ascribed to until now. Changes nothing itself. */
export function buyerChanges(seen: BookView, before: OrderFacts | undefined, after: OrderFacts): BuyerChange[] {
  const was = before && payerOf(before);
  const is = payerOf(after);
  const persons = [...new Set([was, is])].filter((personId) => personId !== undefined);
  return persons.map((personId) => {
    const old = seen.paidOf(personId);
    const holds = personId === is;
    const rival = old && firstBut(seen, old, after.orderId);
    const first = holds && (!rival || isBefore(after, rival)) ? after : rival;
    const oldFirst = old && (old.first === after.orderId ? before : factsIn(seen, old.first));
    return {
      personId,
      holds,
      first: first?.orderId,
      before: oldFirst && buyerPosting(oldFirst),
      after: first && buyerPosting(first),
    };
  });
}

/** Carries a change out. */
export function enterBuyer(buyers: Map<string, PaidOrders>, orderId: string, change: BuyerChange): void {
  const { personId, holds, first } = change;
  if (first === undefined) {
    buyers.delete(personId);
    return;
  }
  const paid = buyers.get(personId) ?? { first, orders: new Set() };
  if (holds) paid.orders.add(orderId);
  else paid.orders.delete(orderId);
  paid.first = first;
  buyers.set(personId, paid);
}

/** Who paid an order; `undefined` while that is not known, or not paid. */
export function payerOf(facts: OrderFacts): string | undefined {
  return facts.paidAt === null || facts.personId === null ? undefined : facts.personId;
}

/** The first of a person's orders beside the given one; looks at all of them only when that one was the first. */
function firstBut(seen: BookView, old: PaidOrders, orderId: string): OrderFacts | undefined {
  if (old.first !== orderId) return factsIn(seen, old.first);
  let first: OrderFacts | undefined;
  for (const id of old.orders) {
    const facts = id === orderId ? undefined : factsIn(seen, id);
    if (facts && (!first || isBefore(facts, first))) first = facts;
  }
  return first;
}

function isBefore(a: OrderFacts, b: OrderFacts): boolean {
  const apart = (a.paidAt ?? Infinity) - (b.paidAt ?? Infinity);
  return apart < 0 || (apart === 0 && a.orderId < b.orderId);
}

function factsIn(seen: BookView, orderId: string): OrderFacts | undefined {
  const merged = seen.order(orderId);
  return merged && factsOf(merged);
}
