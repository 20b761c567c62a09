import { sellableOf, type Product } from "./bag/product.ts";
import type { BagState } from "./bag/state.ts";
import type { Coupon, CouponState } from "./coupon/state.ts";
import type { PresetValues } from "./message-text.ts";

/** What a preset's placeholders stand for now (MSG2): the product explained, and the coupon that runs and was pushed last. */
export function presetValues(bag: BagState, coupon: CouponState, paidFen: number | null): PresetValues {
  const product = bag.explained ? bag.products.get(bag.explained.productId) : undefined;
  return {
    product: product ? `${product.linkNo} 号 ${product.name}` : null,
    stock: product ? String(sellableOf(product)) : null,
    price: product ? priceText(product) : null,
    paid: paidFen === null ? null : yuanText(paidFen),
    unpaid: product ? `${unpaidOf(product)} 件` : null,
    coupon: lastPushed(coupon)?.title ?? null,
  };
}

/** The least price of its SKUs, as it is now, else as it is planned; 起 when they differ. */
export function priceText({ skus }: Product): string | null {
  const prices = skus.map(({ liveFen, plannedFen }) => liveFen ?? plannedFen);
  const least = Math.min(...prices);
  if (!Number.isFinite(least)) return null;
  return prices.every((price) => price === least) ? yuanText(least) : `${yuanText(least)} 起`;
}

function unpaidOf({ skus, noSku }: Product): number {
  return skus.reduce((sum, { unpaidHold }) => sum + unpaidHold, noSku.unpaidHold);
}

function lastPushed({ coupons }: CouponState): Coupon | undefined {
  return [...coupons.values()]
    .filter(({ state, pushed }) => state === "running" && pushed !== null)
    .toSorted((a, b) => (b.pushed?.happenedAt ?? 0) - (a.pushed?.happenedAt ?? 0))[0];
}

/** 39900 → "¥399", 39950 → "¥399.50". */
function yuanText(fen: number): string {
  const whole = Math.trunc(fen / 100).toLocaleString("en-US");
  const cents = fen % 100;
  return cents === 0 ? `¥${whole}` : `¥${whole}.${String(cents).padStart(2, "0")}`;
}
