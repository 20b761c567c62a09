import type { PresetValues } from "./message-text.ts";

/** What a preset's placeholders stand for (MSG2). One for rules and screens, so that a line says the same whoever fills it. Pure, without schemas. */

export type PresetFacts = {
  /** The one that is explained. */
  readonly product: ExplainedProduct | null | undefined;
  readonly coupons: Iterable<PushedCoupon>;
  readonly paidFen: number | null;
};

type ExplainedProduct = Priced & {
  readonly linkNo: number;
  readonly name: string;
  readonly sellable: number;
  readonly unpaidHold: number;
};
export type Priced = { readonly skus: readonly { readonly liveFen: number | null; readonly plannedFen: number }[] };
type PushedCoupon = {
  readonly title: string;
  readonly state: string;
  readonly pushed: { readonly happenedAt: number } | null;
};

export function presetValues({ product, coupons, paidFen }: PresetFacts): PresetValues {
  return {
    product: product ? `${product.linkNo} 号 ${product.name}` : null,
    stock: product ? String(product.sellable) : null,
    price: product ? priceText(product) : null,
    paid: paidFen === null ? null : yuanText(paidFen),
    // Nobody is reminded to pay for nothing.
    unpaid: product && product.unpaidHold > 0 ? `${product.unpaidHold} 件` : null,
    coupon: lastPushed(coupons)?.title ?? null,
  };
}

/** The least price of its SKUs, as it is now, else as it is planned; 起 when they differ. */
export function priceText({ skus }: Priced): string | null {
  const prices = skus.map(({ liveFen, plannedFen }) => liveFen ?? plannedFen);
  const least = Math.min(...prices);
  if (!Number.isFinite(least)) return null;
  return prices.every((price) => price === least) ? yuanText(least) : `${yuanText(least)} 起`;
}

/** The coupon that runs and was pushed last. */
function lastPushed(coupons: Iterable<PushedCoupon>): PushedCoupon | undefined {
  return [...coupons]
    .filter(({ state, pushed }) => state === "running" && pushed !== null)
    .toSorted((a, b) => (b.pushed?.happenedAt ?? 0) - (a.pushed?.happenedAt ?? 0))[0];
}

/** 39900 → "¥399", 39950 → "¥399.50". */
function yuanText(fen: number): string {
  const whole = Math.trunc(fen / 100).toLocaleString("en-US");
  const cents = fen % 100;
  return cents === 0 ? `¥${whole}` : `¥${whole}.${String(cents).padStart(2, "0")}`;
}
