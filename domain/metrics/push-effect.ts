import { z } from "zod";
import type { OrderItem } from "../order-item.ts";
import type { Posting } from "../order-postings.ts";
import { normalCode } from "../short-code.ts";

/**
 * What pushes brought, as far as it is known (ATT1–ATT6): opened links, claims and entries that carry a task's code, and orders that redeem such a claim or
 * name a person who came by one. Maps are changed in place with new rows: a state belongs to one fold.
 */

/** Of an order, or of many. Money with freight; paid is before refunds. */
export const OrderSums = z.object({ orders: z.int(), paidOrders: z.int(), paidFen: z.int(), refundFen: z.int() });
export type OrderSums = z.infer<typeof OrderSums>;
const NO_ORDERS: OrderSums = { orders: 0, paidOrders: 0, paidFen: 0, refundFen: 0 };

export type PushEffect = OrderSums & {
  readonly pushId: string;
  readonly opens: number;
  /** 预约登记 by its links. */
  readonly signups: number;
  readonly claims: number;
  readonly entries: number;
  /** Of `orders`: known by a coupon's code, and by the person alone. */
  readonly byCode: number;
  readonly byPerson: number;
};

/** An order that is ascribed to a push, as it stands. */
type Ascribed = { readonly pushId: string; readonly by: "code" | "person"; readonly sums: OrderSums };

export type EffectTotals = OrderSums & { readonly claims: number; readonly entries: number };

export type PushEffects = {
  readonly effects: Map<string, PushEffect>;
  readonly total: EffectTotals;
  /** Codes of tasks, without the rounds after the first. */
  readonly taskPush: Map<string, string>;
  /** Own coupons' codes that were claimed by way of a push. */
  readonly codePush: Map<string, string>;
  /** By which pushes a person came, and when each first, in order. */
  readonly came: Map<string, readonly { readonly pushId: string; readonly at: number }[]>;
  readonly orders: Map<string, Ascribed>;
};

export const emptyEffects = (): PushEffects => ({
  effects: new Map(),
  total: { ...NO_ORDERS, claims: 0, entries: 0 },
  taskPush: new Map(),
  codePush: new Map(),
  came: new Map(),
  orders: new Map(),
});

const noEffect = (pushId: string): PushEffect => ({
  ...NO_ORDERS,
  pushId,
  opens: 0,
  signups: 0,
  claims: 0,
  entries: 0,
  byCode: 0,
  byPerson: 0,
});

/** A push that can bring something has its row, with zeros at first. */
export function openEffect({ effects }: PushEffects, pushId: string): void {
  if (!effects.has(pushId)) effects.set(pushId, noEffect(pushId));
}

/** Codes of an older selection lead nowhere any more. */
export function enterTasks({ taskPush }: PushEffects, pushId: string, taskIds: readonly string[]): void {
  for (const [taskId, of] of taskPush) if (of === pushId) taskPush.delete(taskId);
  for (const taskId of taskIds) taskPush.set(taskId, pushId);
}

/** Rounds after the first carry their number behind the code. */
export const pushOfCode = ({ taskPush }: PushEffects, code: string): string | undefined =>
  taskPush.get(code) ?? taskPush.get(code.replace(/-\d{1,4}$/, ""));

type Counts = { readonly [K in Exclude<keyof PushEffect, "pushId">]?: number };

export function count({ effects }: PushEffects, pushId: string, more: Counts): void {
  const before = effects.get(pushId) ?? noEffect(pushId);
  effects.set(pushId, {
    pushId,
    opens: before.opens + (more.opens ?? 0),
    signups: before.signups + (more.signups ?? 0),
    claims: before.claims + (more.claims ?? 0),
    entries: before.entries + (more.entries ?? 0),
    orders: before.orders + (more.orders ?? 0),
    paidOrders: before.paidOrders + (more.paidOrders ?? 0),
    paidFen: before.paidFen + (more.paidFen ?? 0),
    refundFen: before.refundFen + (more.refundFen ?? 0),
    byCode: before.byCode + (more.byCode ?? 0),
    byPerson: before.byPerson + (more.byPerson ?? 0),
  });
}

type Coming = { readonly personId: string; readonly via?: string | undefined };

/** Somebody claimed or entered; the push it was by, where that is known. */
export function foldComing(own: PushEffects, { personId, via }: Coming, at: number): string | undefined {
  const pushId = via === undefined ? undefined : pushOfCode(own, via);
  if (pushId === undefined) return undefined;
  const before = own.came.get(personId) ?? [];
  if (before.at(-1)?.pushId !== pushId) own.came.set(personId, [...before, { pushId, at }]);
  return pushId;
}

export type OrderTold = {
  readonly orderId: string;
  readonly item: OrderItem;
  readonly postings: readonly Posting[];
  readonly stands?: OrderSums | undefined;
};

/** An order keeps the push it was once ascribed to; only a coupon's code outweighs a person. */
export function foldOrder(own: PushEffects, told: OrderTold, at: number): void {
  const was = own.orders.get(told.orderId);
  const heard = was?.by === "code" ? undefined : ascriptionOf(own, told.item, at);
  const found = heard?.by === "code" ? heard : (was ?? heard);
  if (!found) return;
  // A first report's postings are all there is of the order.
  const now: Ascribed = { pushId: found.pushId, by: found.by, sums: told.stands ?? sumOf(told.postings) };
  if (was) count(own, was.pushId, signed(was, -1));
  count(own, now.pushId, signed(now, 1));
  own.orders.set(told.orderId, now);
}

function ascriptionOf(own: PushEffects, item: OrderItem, at: number): Pick<Ascribed, "pushId" | "by"> | undefined {
  for (const typed of item.couponCodes ?? []) {
    const pushId = own.codePush.get(normalCode(typed));
    if (pushId !== undefined) return { pushId, by: "code" };
  }
  // Whoever came after they had ordered did not order because of it.
  const orderedAt = item.placedAt ?? item.paidAt ?? at;
  const before = own.came.get(item.personId ?? "")?.findLast((coming) => coming.at <= orderedAt);
  return before && { pushId: before.pushId, by: "person" };
}

function signed({ by, sums }: Ascribed, sign: 1 | -1): Counts {
  const { orders, paidOrders, paidFen, refundFen } = sums;
  const known = by === "code" ? { byCode: sign * orders } : { byPerson: sign * orders };
  return {
    orders: sign * orders,
    paidOrders: sign * paidOrders,
    paidFen: sign * paidFen,
    refundFen: sign * refundFen,
    ...known,
  };
}

export function sumOf(postings: readonly Posting[]): OrderSums {
  const sums = { ...NO_ORDERS };
  for (const { kind, orders, fen, freightFen } of postings) {
    if (kind === "placed") sums.orders += orders;
    else if (kind === "refunded") sums.refundFen += fen + freightFen;
    else if (kind === "paid") {
      sums.paidOrders += orders;
      sums.paidFen += fen + freightFen;
    }
  }
  return sums;
}

export function addSums<T extends OrderSums>(total: T, { orders, paidOrders, paidFen, refundFen }: OrderSums): T {
  return {
    ...total,
    orders: total.orders + orders,
    paidOrders: total.paidOrders + paidOrders,
    paidFen: total.paidFen + paidFen,
    refundFen: total.refundFen + refundFen,
  };
}

/** All of the show beside what is ascribed to some push; the difference is what nobody can say. */
export function attribution({ effects, total }: PushEffects): {
  readonly total: EffectTotals;
  readonly attributed: EffectTotals;
} {
  let attributed: EffectTotals = { ...NO_ORDERS, claims: 0, entries: 0 };
  for (const effect of effects.values()) {
    const { claims, entries } = effect;
    attributed = {
      ...addSums(attributed, effect),
      claims: attributed.claims + claims,
      entries: attributed.entries + entries,
    };
  }
  return { total, attributed };
}
