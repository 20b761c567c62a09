import type { PushRow } from "#domain/push/rows.ts";
import { isMass } from "#domain/push/shapes.ts";
import type { ShowSlices } from "../../session/show-slices.ts";

/** Pushes that were handed over: whom they reached, and what is ascribed to them. Of repeated ones the last hand-over is counted. Pure. */

export type PushReach = {
  readonly pushId: string;
  readonly title: string;
  readonly kind: PushRow["kind"];
  readonly status: PushRow["status"];
  readonly handedOverAt: number | null;
  /** Groups or customers; of a robot the groups it writes to. What follows adds up to it. */
  readonly targets: number;
  readonly reached: number;
  /** Ticked by staff, no data shows it. */
  readonly byHand: boolean;
  readonly notFriend: number;
  /** Left out before the hand-over, or full by the time it was sent. */
  readonly overQuota: number;
  readonly invalid: number;
  readonly unsent: number;
  /** Times of the quota that it used; `null`: its kind uses none. */
  readonly cost: number | null;
};

export function pushReach({ pushes }: Pick<ShowSlices, "pushes">): readonly PushReach[] {
  return handedOver(pushes).map((push) => {
    const { pushId, title, kind, status, handedOverAt, counts } = push;
    const row = { pushId, title, kind, status, handedOverAt, byHand: kind === "forward" };
    if (!isMass(kind)) {
      const targets = kind === "robot" ? tasksIn(push) : (push.resolved?.targets ?? 0);
      const reached = kind === "robot" ? push.tasks.sent : push.ticks;
      const unsent = Math.max(0, targets - reached);
      return { ...row, targets, reached, notFriend: 0, overQuota: 0, invalid: 0, unsent, cost: null };
    }
    const { sent, notFriend, invalid, unsent } = counts;
    const overQuota = counts.overQuota + (push.quota?.over ?? 0);
    const targets = sent + notFriend + overQuota + invalid + unsent;
    return { ...row, targets, reached: sent, notFriend, overQuota, invalid, unsent, cost: sent };
  });
}

export type PushBrought = {
  /** `null`: all that can't be ascribed to any push. */
  readonly push: Pick<PushReach, "pushId" | "title" | "handedOverAt"> | null;
  /** `null`: its links carry no code that would tell, or nobody can say. */
  readonly opens: number | null;
  readonly claims: number;
  readonly entries: number;
  /** `null`, as the money: the show has no orders. */
  readonly orders: number | null;
  readonly paidFen: number | null;
  /** Of all that was paid in the show; `null` while nothing is paid. */
  readonly share: number | null;
  readonly refundedFen: number | null;
};

/** Push by push and the rest of the show last: the rows add up to all of it. Empty without a push. */
export function pushBrought({
  pushes,
  pushEffect,
  pushAttribution,
  figures,
}: Pick<ShowSlices, "pushes" | "pushEffect" | "pushAttribution" | "figures">): readonly PushBrought[] {
  const out = handedOver(pushes);
  if (out.length === 0) return [];
  const { total, attributed } = pushAttribution;
  const hasOrders = figures.headline.source === "orders";
  const money = (orders: number, paidFen: number, refundedFen: number) =>
    hasOrders
      ? { orders, paidFen, refundedFen, share: total.paidFen > 0 ? paidFen / total.paidFen : null }
      : { orders: null, paidFen: null, refundedFen: null, share: null };
  const rest: PushBrought = {
    push: null,
    opens: null,
    claims: total.claims - attributed.claims,
    entries: total.entries - attributed.entries,
    ...money(
      total.orders - attributed.orders,
      total.paidFen - attributed.paidFen,
      total.refundFen - attributed.refundFen,
    ),
  };
  const rows = out.map(({ pushId, title, handedOverAt, kind, copy }): PushBrought => {
    const effect = pushEffect.get(pushId);
    const carriesCode = copy.link === "viewer" || kind === "forward";
    return {
      push: { pushId, title, handedOverAt },
      opens: carriesCode ? (effect?.opens ?? 0) : null,
      claims: effect?.claims ?? 0,
      entries: effect?.entries ?? 0,
      ...money(effect?.orders ?? 0, effect?.paidFen ?? 0, effect?.refundFen ?? 0),
    };
  });
  return [...rows, rest];
}

const handedOver = (pushes: ShowSlices["pushes"]): PushRow[] =>
  [...pushes.values()]
    .filter(({ rounds }) => rounds > 0)
    .toSorted((a, b) => (a.handedOverAt ?? Infinity) - (b.handedOverAt ?? Infinity));

const tasksIn = ({ tasks }: PushRow): number => Object.values(tasks).reduce((sum, of) => sum + of, 0);
