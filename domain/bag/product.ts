import { z } from "zod";
import { Evidence, type Fact } from "../evidence.ts";
import { SKUS_MAX } from "../plan-limits.ts";
import { DurationMs, FenAmount, Id, PictureUrl, PlatformId, text, type Fen, type Instant } from "../units.ts";

/** Shapes of the bag: what is planned (from the sheet, edited), and what has become of it in the show. */

const Units = z.int().min(0).max(100_000_000);

export const SkuPlan = z.object({
  platformId: PlatformId.nullable(),
  name: text(120, 1),
  usualFen: FenAmount.nullable(),
  /** 直播价 of the sheet. */
  plannedFen: FenAmount,
  floorFen: FenAmount.nullable(),
  /** Units put on sale at first, and units held back (待放). */
  plannedSellable: Units,
  plannedPool: Units,
});
export type SkuPlan = z.infer<typeof SkuPlan>;

export const ProductPlan = z.object({
  /** 几号链接: unique, and never changed by sorting. */
  linkNo: z.int().min(1).max(9999),
  platformId: PlatformId.nullable(),
  name: text(120, 1),
  pictureUrl: PictureUrl.nullable(),
  mechanism: text(500),
  /** 到手价 as the sheet says it. */
  netPriceFen: FenAmount.nullable(),
  /** From the room's list: 引流款, 福利款, …; empty when it has none. */
  role: text(20),
  sellingPoints: z.array(text(200, 1)).max(20),
  plannedUnits: Units.nullable(),
  explainMs: DurationMs.nullable(),
  slot: text(60),
  note: text(1000),
});
export type ProductPlan = z.infer<typeof ProductPlan>;

export const PlannedSku = SkuPlan.extend({ skuId: Id });
export type PlannedSku = z.infer<typeof PlannedSku>;
export const PlannedProduct = ProductPlan.extend({ productId: Id, skus: z.array(PlannedSku).min(1).max(SKUS_MAX) });
export type PlannedProduct = z.infer<typeof PlannedProduct>;

/** 待开售, 可拍, 售罄. */
export const SALE_STATES = ["notYet", "onSale", "soldOut"] as const;
export type SaleState = (typeof SALE_STATES)[number];
/**
 * What the shop charges as far as anybody knows: what it was seen to charge, once that contradicts the hand (a look from before the hand set it says
 * nothing any more); else what the hand said.
 */
export function shopPrice({ liveFen, priceEvidence, seenFen }: Sku): Fen | null {
  const isWord = priceEvidence !== null && priceEvidence.seen?.agrees !== false;
  return isWord ? liveFen : (seenFen ?? liveFen);
}

/** A sale state and what it rests on. */
export const SaleFact = z.object({ value: z.enum(SALE_STATES), evidence: Evidence.nullable() });
export const LISTINGS = ["unknown", "listed", "delisted"] as const;
export type Listing = (typeof LISTINGS)[number];

export const Round = z.object({ round: z.int().min(1), from: z.int(), to: z.int().nullable() });
export type Round = { readonly round: number; readonly from: Instant; readonly to: Instant | null };

export type Sku = PlannedSku & {
  /** What it costs now as far as Kaibo knows; `null` until it was put on sale, priced or seen. */
  readonly liveFen: Fen | null;
  readonly priceEvidence: Evidence | null;
  /** What the shop was seen to charge, and when. */
  readonly seenFen: Fen | null;
  readonly seenFenAt: Instant | null;
  /** Negative when more was placed than was there (oversold): never hidden. */
  readonly sellable: number;
  readonly unpaidHold: number;
  readonly pool: number;
  readonly sold: number;
  /** Stock that the shop was seen to have. */
  readonly seenUnits: { readonly units: number; readonly at: Instant; readonly source: string } | null;
  /** Units placed since the price was set: with any, the price can't be taken back. */
  readonly placedAtPrice: number;
};

export type Product = Omit<PlannedProduct, "skus"> & {
  /** Place in the sorted list, from 0. */
  readonly position: number;
  readonly inBag: Fact<boolean>;
  readonly shopListing: Fact<Listing>;
  readonly saleState: Fact<SaleState>;
  /** The round that runs now. */
  readonly explained: { readonly round: number; readonly since: Instant; readonly evidence: Evidence } | null;
  readonly rounds: readonly Round[];
  readonly skus: readonly Sku[];
  /** Units of orders that name the product and none of its SKUs. */
  readonly noSku: { readonly unpaidHold: number; readonly sold: number };
};

export function newProduct(planned: PlannedProduct, position: number): Product {
  return {
    ...planned,
    position,
    inBag: { value: false, evidence: null },
    shopListing: { value: "unknown", evidence: null },
    saleState: { value: "notYet", evidence: null },
    explained: null,
    rounds: [],
    skus: planned.skus.map(newSku),
    noSku: { unpaidHold: 0, sold: 0 },
  };
}

export function newSku(planned: PlannedSku): Sku {
  return {
    ...planned,
    liveFen: null,
    priceEvidence: null,
    seenFen: null,
    seenFenAt: null,
    sellable: planned.plannedSellable,
    unpaidHold: 0,
    pool: planned.plannedPool,
    sold: 0,
    seenUnits: null,
    placedAtPrice: 0,
  };
}

/** Whether the show has left a trace on a product, so that it can't leave the plan any more. */
export function isTouched(product: Product): boolean {
  return (
    product.inBag.value ||
    product.inBag.evidence?.via === "hand" ||
    product.saleState.value !== "notYet" ||
    product.rounds.length > 0 ||
    product.noSku.unpaidHold !== 0 ||
    product.noSku.sold !== 0 ||
    product.skus.some(isSkuTouched)
  );
}

export function isSkuTouched(sku: Sku): boolean {
  return sku.priceEvidence !== null || sku.unpaidHold !== 0 || sku.sold !== 0 || sku.sellable !== sku.plannedSellable;
}

/** Units that can be bought now, over all SKUs; negative when oversold. */
export function sellableOf({ skus, noSku }: Pick<Product, "skus" | "noSku">): number {
  return skus.reduce((sum, sku) => sum + sku.sellable, 0) - noSku.unpaidHold - noSku.sold;
}

/** Units that can be released. An SKU's own pool is below 0 where a later plan took away what had been released already. */
export const poolOf = ({ skus }: { readonly skus: readonly Pick<Sku, "pool">[] }): number =>
  skus.reduce((sum, { pool }) => sum + Math.max(0, pool), 0);

export function planOf(product: Product): PlannedProduct {
  return { ...ProductPlan.parse(product), productId: product.productId, skus: product.skus.map(skuPlanOf) };
}

export function skuPlanOf(sku: Sku): PlannedSku {
  return { ...SkuPlan.parse(sku), skuId: sku.skuId };
}
