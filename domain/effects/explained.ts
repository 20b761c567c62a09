import type { EffectsInput, EffectsReport, ExplainedMinutes } from "./report.ts";

/** Explaining has no counterfactual: each product's minutes beside the mean of all minutes of the show (EFF8). */

type Sums = { minutes: number; paidFen: number; orders: number; seen: number; online: number };
const nothing = (): Sums => ({ minutes: 0, paidFen: 0, orders: 0, seen: 0, online: 0 });

export function explainedMinutes({
  paidFen,
  orders,
  online,
  explained,
  off,
}: EffectsInput): EffectsReport["explained"] {
  const all = nothing();
  const products = new Map<string, Sums>();
  const add = (to: Sums, t: number, share: number) => {
    to.minutes += share;
    to.paidFen += share * (paidFen[t] ?? 0);
    to.orders += share * (orders[t] ?? 0);
    const persons = online[t] ?? null;
    if (persons === null) return;
    to.seen += share;
    to.online += share * persons;
  };
  for (let t = 0; t < paidFen.length; t += 1) {
    if (off[t]) continue;
    add(all, t, 1);
    for (const { productId, share } of explained[t] ?? []) {
      const sums = products.get(productId) ?? nothing();
      products.set(productId, sums);
      add(sums, t, share);
    }
  }
  return {
    mean: perMinute(all),
    products: [...products]
      .map(([productId, sums]): ExplainedMinutes => ({ productId, ...perMinute(sums) }))
      .toSorted((a, b) => b.paidFen - a.paidFen),
  };
}

function perMinute({ minutes, paidFen, orders, seen, online }: Sums) {
  const each = (sum: number) => (minutes > 0 ? sum / minutes : 0);
  return { minutes, paidFen: each(paidFen), orders: each(orders), online: seen > 0 ? online / seen : null };
}
