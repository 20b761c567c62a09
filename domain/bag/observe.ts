import { z } from "zod";
import { fromData, withSeen, type Fact } from "../evidence.ts";
import { FenAmount, Id, Instant, PlatformId, text, type Instant as InstantType } from "../units.ts";
import { LISTINGS, SALE_STATES, type Product, type Sku } from "./product.ts";
import { findRef, withProducts, type BagState } from "./state.ts";

/** What data say about the bag (rule BAG13): it confirms or contradicts what a hand told, and fills in what nobody told. */

const Seen = {
  inBag: z.boolean().optional(),
  listing: z.enum(LISTINGS).exclude(["unknown"]).optional(),
  saleState: z.enum(SALE_STATES).optional(),
  explained: z.boolean().optional(),
};
const Units = z.int().min(-100_000_000).max(100_000_000);
const SeenSku = { priceFen: FenAmount.optional(), units: Units.optional() };

/** Ids are Kaibo's or the platform's. */
export const ObserveInput = z.object({
  source: text(40, 1),
  /** When the source saw it; default now. */
  at: Instant.optional(),
  products: z
    .array(
      z.object({
        productId: PlatformId,
        ...Seen,
        skus: z
          .array(z.object({ skuId: PlatformId, ...SeenSku }))
          .max(100)
          .default([]),
      }),
    )
    .max(500),
});

const SeenProduct = z.object({ productId: Id, ...Seen, skus: z.array(z.object({ skuId: Id, ...SeenSku })) });
type SeenProduct = z.infer<typeof SeenProduct>;

export const Observed = z.object({
  source: z.string(),
  at: Instant,
  by: z.string(),
  products: z.array(SeenProduct).min(1),
});
type Look = Pick<z.infer<typeof Observed>, "source" | "at" | "by">;

/** Only what tells something new makes an event. */
export function decideObserve(bag: BagState, input: z.infer<typeof ObserveInput>, by: string, now: InstantType) {
  const at = input.at !== undefined && input.at < now ? input.at : now;
  const look: Look = { source: input.source, at, by };
  const products = input.products.flatMap(({ productId, skus, ...seen }): SeenProduct[] => {
    const ref = findRef(bag, productId, null);
    const product = ref && bag.products.get(ref.productId);
    if (!product) return [];
    const known = skus.flatMap(({ skuId, ...ofSku }) => {
      const sku = findRef(bag, null, skuId);
      return sku?.productId === product.productId && sku.skuId !== null ? [{ ...ofSku, skuId: sku.skuId }] : [];
    });
    const found: SeenProduct = { ...seen, productId: product.productId, skus: known };
    return lookAt(product, found, look) === product ? [] : [found];
  });
  // Counts change at every look; only what confirms or contradicts an act belongs on the tape.
  const telling = products.filter((seen) => {
    const product = bag.products.get(seen.productId);
    const skus = seen.skus.map(({ units: _units, ...sku }) => sku);
    return product !== undefined && lookAt(product, { ...seen, skus }, look) !== product;
  });
  const counts = products.filter((seen) => !telling.includes(seen));
  return [
    ...(telling.length > 0 ? [{ type: "bag.observed.v1" as const, data: { ...look, products: telling } }] : []),
    ...(counts.length > 0 ? [{ type: "bag.stockSeen.v1" as const, data: { ...look, products: counts } }] : []),
  ];
}

export function foldObserved(bag: BagState, { products, ...look }: z.infer<typeof Observed>): BagState {
  return withProducts(
    bag,
    products.flatMap((seen) => {
      const product = bag.products.get(seen.productId);
      return product ? [lookAt(product, seen, look)] : [];
    }),
  );
}

/** The row after the look; the same object when it tells nothing new. */
function lookAt(product: Product, seen: SeenProduct, look: Look): Product {
  const next: Product = {
    ...product,
    inBag: seeFact(product.inBag, seen.inBag, look),
    shopListing: seeFact(product.shopListing, seen.listing, look),
    saleState: seeFact(product.saleState, seen.saleState, look),
    explained: seeExplained(product, seen.explained, look),
    skus: seeSkus(product.skus, seen.skus, look),
  };
  const changed =
    next.inBag !== product.inBag ||
    next.shopListing !== product.shopListing ||
    next.saleState !== product.saleState ||
    next.explained !== product.explained ||
    next.skus !== product.skus;
  return changed ? next : product;
}

function seeFact<T>(fact: Fact<T>, value: T | undefined, { source, at, by }: Look): Fact<T> {
  if (value === undefined) return fact;
  const { evidence } = fact;
  if (!evidence || (evidence.via === "data" && at >= evidence.happenedAt && value !== fact.value)) {
    return { value, evidence: fromData(by, at, source) };
  }
  if (evidence.via === "data" && evidence.seen?.agrees !== false) return fact;
  const seen = withSeen(evidence, { at, source, agrees: value === fact.value });
  return seen === evidence ? fact : { ...fact, evidence: seen };
}

function seeExplained({ explained }: Product, value: boolean | undefined, { source, at }: Look): Product["explained"] {
  if (value === undefined || !explained) return explained;
  const evidence = withSeen(explained.evidence, { at, source, agrees: value });
  return evidence === explained.evidence ? explained : { ...explained, evidence };
}

function seeSkus(skus: readonly Sku[], seen: SeenProduct["skus"], look: Look): readonly Sku[] {
  let changed = false;
  const next = skus.map((sku) => {
    const found = seen.find(({ skuId }) => skuId === sku.skuId);
    const after = found ? seeSku(sku, found, look) : sku;
    if (after !== sku) changed = true;
    return after;
  });
  return changed ? next : skus;
}

function seeSku(sku: Sku, { priceFen, units }: SeenProduct["skus"][number], look: Look): Sku {
  const { source, at } = look;
  let next = sku;
  // Looks may come late: an older one overwrites nothing.
  if (units !== undefined && sku.seenUnits?.units !== units && at >= (sku.seenUnits?.at ?? 0))
    next = { ...next, seenUnits: { units, at, source } };
  if (priceFen === undefined || at < (sku.seenFenAt ?? 0)) return next;
  const price = seeFact<Sku["liveFen"]>({ value: sku.liveFen, evidence: sku.priceEvidence }, priceFen, look);
  if (price.value === sku.liveFen && price.evidence === sku.priceEvidence && sku.seenFen === priceFen) return next;
  const placedAtPrice = price.value === sku.liveFen ? sku.placedAtPrice : 0;
  return {
    ...next,
    liveFen: price.value,
    priceEvidence: price.evidence,
    seenFen: priceFen,
    seenFenAt: at,
    placedAtPrice,
  };
}
