import { sellableOf, shopPrice, type Product, type Sku } from "./bag/product.ts";
import { byPosition, type BagState } from "./bag/state.ts";
import type { CouponState } from "./coupon/state.ts";
import type { Cue } from "./cue.ts";
import type { Lottery, LotteryState } from "./lottery/state.ts";
import type { Json } from "./op.ts";
import type { ArmState } from "./ops/arm.ts";
import { inOrder, type RundownState } from "./rundown-state.ts";

/** The check lines that Kaibo draws from what it knows (rules CHK3, CHK4, CHK6). Pure; the words stand with the UI strings by `code`. */

/** `lineId` names what it is about, and the price where a price is: a waiver holds for that price only. */
export type AutoLine = {
  readonly lineId: string;
  readonly code: string;
  readonly data: { readonly [key: string]: Json };
};

/** Who looked at a price that differs from the sheet, and at which. */
export type Look = { readonly priceFen: number; readonly by: string; readonly at: number };

export type GoLiveFacts = {
  readonly bag: BagState;
  readonly coupon: CouponState;
  readonly lottery: LotteryState;
  readonly rundown: RundownState;
  /** Screens of the host that are connected; `null` when nobody told. */
  readonly screensOnline: number | null;
  readonly looks: ReadonlyMap<string, Look>;
};

export function goLiveLines(facts: GoLiveFacts): AutoLine[] {
  const { bag, coupon, lottery, rundown, screensOnline, looks } = facts;
  const products = byPosition(bag.products);
  const coming = inOrder(rundown).filter(({ state }) => state === "waiting");
  return [
    ...(screensOnline === 0 ? [{ lineId: "screen", code: "screenOffline", data: {} }] : []),
    ...products.flatMap((product) => priceLines(product, looks)),
    ...products.filter(isOut).map((product) => about("stock", "stockZero", product)),
    ...coming
      .filter((cue) => lacksProduct(cue, facts))
      .map(({ cueId, title }) => ({
        lineId: `cue:${cueId}`,
        code: "cueWithoutProduct",
        data: { cueId, title },
      })),
    ...[...lottery.lotteries.values()].filter(lacksRules).map(({ lotteryId, title }) => ({
      lineId: `lottery:${lotteryId}`,
      code: "lotteryWithoutRules",
      data: { lotteryId, title },
    })),
    ...[...coupon.coupons.values()].flatMap(({ couponId, title, state, claimTo }) =>
      claimTo === null && state !== "ended"
        ? [{ lineId: `coupon:${couponId}`, code: "couponWithoutWindow", data: { couponId, title } }]
        : [],
    ),
  ];
}

export type WrapUpFacts = Pick<GoLiveFacts, "bag" | "coupon" | "lottery"> & { readonly arm: ArmState };

export function wrapUpLines({ bag, coupon, lottery, arm }: WrapUpFacts): AutoLine[] {
  const products = byPosition(bag.products);
  return [
    ...(arm.held ? [{ lineId: "held", code: "stillHeld", data: {} }] : []),
    ...[...arm.armed.values()].map(({ armId, type }) => ({
      lineId: `armed:${armId}`,
      code: "stillArmed",
      data: { armId, type },
    })),
    ...[...coupon.coupons.values()].flatMap(({ couponId, title, state }) =>
      state === "running" ? [{ lineId: `running:${couponId}`, code: "couponRunning", data: { couponId, title } }] : [],
    ),
    ...[...lottery.lotteries.values()].filter(lacksWinners).map(({ lotteryId, title }) => ({
      lineId: `winners:${lotteryId}`,
      code: "drawWithoutWinners",
      data: { lotteryId, title },
    })),
    ...products.filter(isGiftOnSale).map((product) => about("gift", "giftOnSale", product)),
    // Last, since there are most of them: a screen shows the first lines only.
    ...products.flatMap(restoreLines),
  ];
}

/** By product row, which is replaced when it changes: all of them are asked for ten times a second while orders come in. */
const restoreLinesOf = new WeakMap<Product, readonly AutoLine[]>();

function restoreLines(product: Product): readonly AutoLine[] {
  const known = restoreLinesOf.get(product);
  if (known) return known;
  const groups = Map.groupBy(product.skus.filter(isNotRestored), (sku) => `${shopPrice(sku)}:${sku.usualFen}`);
  const lines = [...groups.values()].map((skus) => restoreLine(product, skus));
  restoreLinesOf.set(product, lines);
  return lines;
}

/** One line for what one look at the product closes: its SKUs that stand at one price. */
function restoreLine(product: Product, skus: readonly Sku[]): AutoLine {
  const [first] = skus;
  if (first === undefined) throw new Error("a group without SKUs");
  const price = shopPrice(first) ?? 0;
  const data = { ...named(product), ...priced(first), liveFen: price, usualFen: first.usualFen };
  if (skus.length === 1) return { lineId: `restore:${first.skuId}:${price}`, code: "priceNotRestored", data };
  const lineId = `restore:${product.productId}:${price}:${skus.length}`;
  return { lineId, code: "pricesNotRestored", data: { ...data, count: skus.length } };
}

function priceLines(product: Product, looks: ReadonlyMap<string, Look>): AutoLine[] {
  return product.skus.flatMap((sku) => {
    const priceFen = shopPrice(sku);
    if (priceFen === null || priceFen === sku.plannedFen || looks.get(sku.skuId)?.priceFen === priceFen) return [];
    const data = {
      ...named(product),
      ...priced(sku),
      priceFen,
      plannedFen: sku.plannedFen,
      by: sku.priceEvidence?.by ?? null,
    };
    return [{ lineId: `price:${sku.skuId}:${priceFen}`, code: "priceDiffers", data }];
  });
}

/** An explain cue without a product, or one whose acts name what is not planned (any more). */
function lacksProduct({ kind, productId, acts }: Cue, { bag, coupon, lottery }: GoLiveFacts): boolean {
  if (kind === "explain" && (productId === null || !bag.products.has(productId))) return true;
  return acts.some((act) => {
    if ("productId" in act) return !bag.products.has(act.productId);
    if (act.type === "couponPush") return !coupon.coupons.has(act.couponId);
    return act.type === "lotteryOpen" && !lottery.lotteries.has(act.lotteryId);
  });
}

/** Rules of an own draw in words; of a 福袋 the platform's condition is enough. */
function lacksRules({ state, rules, carrier, conditionText }: Lottery): boolean {
  return state === "planned" && rules === "" && (carrier === "ownDraw" || conditionText === "");
}

function lacksWinners({ carrier, state, openedAt, winners }: Lottery): boolean {
  if (carrier === "ownDraw") return state === "open" || state === "closed";
  return openedAt !== null && state !== "cancelled" && winners.length === 0;
}

const isOut = (product: Product) => sellableOf(product) <= 0 && product.skus.every(({ pool }) => pool <= 0);

/** A gift that can be bought by itself; the role is the room's own word. */
const isGiftOnSale = ({ role, saleState }: Product) => role.includes("赠品") && saleState.value === "onSale";

function isNotRestored(sku: Sku): boolean {
  const priceFen = shopPrice(sku);
  return priceFen !== null && sku.usualFen !== null && priceFen !== sku.usualFen;
}

function about(prefix: string, code: string, product: Product): AutoLine {
  return { lineId: `${prefix}:${product.productId}`, code, data: named(product) };
}

const named = ({ productId, linkNo, name }: Product) => ({ productId, linkNo, product: name });
const priced = ({ skuId, name, liveFen }: Sku) => ({ skuId, sku: name, liveFen });
