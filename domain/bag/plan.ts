import { z } from "zod";
import { reject, type Rejection } from "../op.ts";
import { defined } from "../partial.ts";
import { PRODUCTS_MAX, SKUS_MAX } from "../plan-limits.ts";
import { same } from "../same.ts";
import { diffSheet, type FieldChange, type ProductChange } from "../sheet/product-diff.ts";
import type { SheetProduct } from "../sheet/product-sheet.ts";
import { Id } from "../units.ts";
import {
  isSkuTouched,
  isTouched,
  newProduct,
  newSku,
  PlannedProduct,
  PlannedSku,
  planOf,
  ProductPlan,
  skuPlanOf,
  SkuPlan,
  type Product,
  type Sku,
} from "./product.ts";
import { fromSheet, skuFromSheet, toSheet } from "./sheet-plan.ts";
import { placeLoose, withoutLoose } from "./stock.ts";
import { byPosition, type BagState, type SkuRef } from "./state.ts";

const SkuChange = z.object({ skuId: Id, from: SkuPlan.partial(), to: SkuPlan.partial() });
const ChangedProduct = z.object({
  productId: Id,
  from: ProductPlan.partial(),
  to: ProductPlan.partial(),
  skusAdded: z.array(PlannedSku),
  skusRemoved: z.array(PlannedSku),
  skusChanged: z.array(SkuChange),
});
export type ChangedProduct = z.infer<typeof ChangedProduct>;

/** One change of the plan: a sheet, an edit, or one of these taken back. */
export const PlanChange = z.object({
  source: z.enum(["sheet", "hand"]),
  added: z.array(PlannedProduct),
  changed: z.array(ChangedProduct),
  removed: z.array(PlannedProduct),
});
export type PlanChange = z.infer<typeof PlanChange>;

/** How a sheet is taken over. `fields`: the columns it has (names of `SheetProduct` and `SheetSku`); others stay as they are. */
export type SheetMode = { readonly missing: "keep" | "remove"; readonly fields: readonly string[] | null };

/**
 * What a sheet changes. An empty cell clears nothing. Products and SKUs that the sheet lacks stay, or leave when `missing` is `remove` and
 * nothing happened with them.
 */
export function planSheet(
  bag: BagState,
  products: readonly SheetProduct[],
  mode: SheetMode,
  newId: () => string,
): PlanChange | Rejection {
  const known = new Map(byPosition(bag.products).map((product) => [toSheet(product), product]));
  const diff = diffSheet([...known.keys()], products);
  const productOf = (current: SheetProduct): Product => {
    const product = known.get(current);
    if (!product) throw new Error("the diff named a product that it was not given");
    return product;
  };
  const leaving = (product: Product) => mode.missing === "remove" && !isTouched(product);
  const change: PlanChange = {
    source: "sheet",
    added: diff.added.map((product) => ({
      ...fromSheet(product),
      productId: newId(),
      skus: product.skus.map((sku) => ({ ...skuFromSheet(sku), skuId: newId() })),
    })),
    changed: diff.changed
      .map((found) => changedBySheet(productOf(found.current), found, mode, newId))
      .filter(saysSomething),
    removed: diff.missing.map(productOf).filter(leaving).map(planOf),
  };
  return checkPlan(bag, change) ?? change;
}

function changedBySheet(product: Product, found: ProductChange, mode: SheetMode, newId: () => string): ChangedProduct {
  const taken = found.changes.filter(
    ({ field, to }) => to !== null && (mode.fields === null || mode.fields.includes(field)),
  );
  const ofProduct = taken.filter(({ sku }) => sku === undefined);
  const skusChanged = product.skus.flatMap((sku) => {
    const changes = taken.filter((change) => change.sku === sku.name);
    return changes.length === 0
      ? []
      : [
          {
            skuId: sku.skuId,
            from: pickFields(SkuPlan.partial(), changes, "from"),
            to: pickFields(SkuPlan.partial(), changes, "to"),
          },
        ];
  });
  const gone = new Set(found.missingSkus.map(({ name }) => name));
  const skusRemoved =
    mode.missing === "keep" ? [] : product.skus.filter((sku) => gone.has(sku.name) && !isSkuTouched(sku));
  return {
    productId: product.productId,
    from: pickFields(ProductPlan.partial(), ofProduct, "from"),
    to: pickFields(ProductPlan.partial(), ofProduct, "to"),
    skusAdded: found.addedSkus.map((sku) => ({ ...skuFromSheet(sku), skuId: newId() })),
    skusRemoved: skusRemoved.map(skuPlanOf),
    skusChanged,
  };
}

/** What the sheet's fields are called in the plan, where the names differ. */
const PLAN_FIELD: Readonly<Record<string, string>> = {
  liveFen: "plannedFen",
  sellable: "plannedSellable",
  pool: "plannedPool",
};
/** Texts that the plan keeps empty where a sheet has none. */
const EMPTY_TEXTS = new Set(["mechanism", "role", "slot", "note"]);

function pickFields<S extends z.ZodType>(schema: S, changes: readonly FieldChange[], side: "from" | "to"): z.infer<S> {
  const entries = changes.map((change): [string, unknown] => {
    const value = change[side] === null && EMPTY_TEXTS.has(change.field) ? "" : change[side];
    return [PLAN_FIELD[change.field] ?? change.field, value];
  });
  return schema.parse(Object.fromEntries(entries));
}

const saysSomething = ({ to, skusAdded, skusRemoved, skusChanged }: ChangedProduct) =>
  Object.keys(to).length + skusAdded.length + skusRemoved.length + skusChanged.length > 0;

/** Refuses a change that would break the plan's own rules (BAG1, BAG2, BAG11). */
export function checkPlan(bag: BagState, change: PlanChange): Rejection | undefined {
  const removed = new Set(change.removed.map(({ productId }) => productId));
  const changed = new Map(change.changed.map((product) => [product.productId, product]));
  const kept = [...bag.products.values()].filter(({ productId }) => !removed.has(productId));
  const products = [
    ...kept.map(({ productId, linkNo, platformId, skus }) => {
      const to = changed.get(productId);
      return {
        productId,
        linkNo: to?.to.linkNo ?? linkNo,
        platformId: to?.to.platformId === undefined ? platformId : to.to.platformId,
        skus: skusAfter(skus, to),
      };
    }),
    ...change.added,
  ];
  const settled = withoutLoose(bag);
  const ordered = change.changed.map((to) => idUnderOrders(settled.get(to.productId), to)).find(Boolean);
  if (ordered) return ordered;
  if (products.length > PRODUCTS_MAX) return reject("bag.tooManyProducts", { max: PRODUCTS_MAX });
  const linkNos = new Set<number>();
  const ids = new Set<string>();
  for (const { linkNo, platformId, skus } of products) {
    if (linkNos.has(linkNo)) return reject("bag.linkNoTaken", { linkNo });
    linkNos.add(linkNo);
    if (skus.length === 0) return reject("bag.noSku", { linkNo });
    if (skus.length > SKUS_MAX) return reject("bag.tooManySkus", { linkNo, max: SKUS_MAX });
    if (new Set(skus.map(({ name }) => name)).size < skus.length) return reject("bag.skuNameTaken", { linkNo });
    for (const id of [
      platformId === null ? null : `p:${platformId}`,
      ...skus.map((sku) => (sku.platformId === null ? null : `s:${sku.platformId}`)),
    ]) {
      if (id !== null && ids.has(id)) return reject("bag.platformIdTaken", { linkNo, platformId: id.slice(2) });
      if (id !== null) ids.add(id);
    }
  }
  return undefined;
}

/** What orders did stands under the SKU's id that they name: their later reports name it too (BAG11). */
function idUnderOrders(product: Product | undefined, { skusChanged }: ChangedProduct): Rejection | undefined {
  for (const { skuId, to } of skusChanged) {
    const sku = product?.skus.find((other) => other.skuId === skuId);
    if (!product || !sku || sku.platformId === null || to.platformId === undefined) continue;
    if (sku.unpaidHold === 0 && sku.sold === 0) continue;
    return reject("bag.platformIdInUse", { linkNo: product.linkNo, platformId: sku.platformId });
  }
  return undefined;
}

function skusAfter(
  skus: readonly Pick<PlannedSku, "skuId" | "platformId" | "name">[],
  change: ChangedProduct | undefined,
) {
  if (!change) return skus;
  const removed = new Set(change.skusRemoved.map(({ skuId }) => skuId));
  const to = new Map(change.skusChanged.map((sku) => [sku.skuId, sku.to]));
  const kept = skus
    .filter(({ skuId }) => !removed.has(skuId))
    .map((sku) => {
      const { platformId, name } = to.get(sku.skuId) ?? {};
      return {
        skuId: sku.skuId,
        platformId: platformId === undefined ? sku.platformId : platformId,
        name: name ?? sku.name,
      };
    });
  return [...kept, ...change.skusAdded];
}

/** Folds a change of the plan. Planned stock changes what is there by the difference, whatever was sold meanwhile. */
export function foldPlan(bag: BagState, change: PlanChange): BagState {
  const products = withoutLoose(bag);
  const gone = { products: new Map(bag.gone.products), skus: new Map(bag.gone.skus) };
  for (const { productId } of change.removed) {
    const product = products.get(productId);
    if (product) gone.products.set(productId, product);
    products.delete(productId);
  }
  for (const changed of change.changed) {
    const product = products.get(changed.productId);
    if (product) products.set(changed.productId, foldProduct(product, changed, gone.skus));
  }
  const order = byPosition(products).map(({ productId }) => productId);
  const known = (added: PlannedProduct) => gone.products.get(added.productId);
  for (const added of change.added.toSorted(
    (a, b) => (known(a)?.position ?? Infinity) - (known(b)?.position ?? Infinity) || 0,
  )) {
    const product = known(added) ?? newProduct(added, order.length);
    order.splice(product.position, 0, added.productId);
    products.set(added.productId, product);
    gone.products.delete(added.productId);
  }
  return placeLoose({
    ...bag,
    gone,
    products: positioned(products, order),
    index: indexOf(products),
    loose: new Map(bag.loose),
  });
}

function foldProduct(
  product: Product,
  { to, skusAdded, skusRemoved, skusChanged }: ChangedProduct,
  gone: Map<string, { readonly sku: Sku; readonly index: number }>,
): Product {
  const removed = new Set(skusRemoved.map(({ skuId }) => skuId));
  const changes = new Map(skusChanged.map((sku) => [sku.skuId, sku]));
  for (const [index, sku] of product.skus.entries()) if (removed.has(sku.skuId)) gone.set(sku.skuId, { sku, index });
  const skus = product.skus
    .filter(({ skuId }) => !removed.has(skuId))
    .map((sku): Sku => {
      const change = changes.get(sku.skuId);
      if (!change) return sku;
      const sellable = sku.sellable + (change.to.plannedSellable ?? 0) - (change.from.plannedSellable ?? 0);
      const pool = sku.pool + (change.to.plannedPool ?? 0) - (change.from.plannedPool ?? 0);
      return { ...sku, ...defined(change.to), sellable, pool };
    });
  for (const added of skusAdded) {
    const known = gone.get(added.skuId);
    skus.splice(known?.index ?? skus.length, 0, known?.sku ?? newSku(added));
    gone.delete(added.skuId);
  }
  return { ...product, ...defined(to), skus };
}

/** Positions are dense; rows that keep theirs keep their identity. */
function positioned(products: ReadonlyMap<string, Product>, order: readonly string[]): Map<string, Product> {
  const places = new Map(order.map((productId, position) => [productId, position]));
  return new Map(
    [...products].map(([id, product]) => {
      const position = places.get(id) ?? 0;
      return [id, product.position === position ? product : { ...product, position }];
    }),
  );
}

function indexOf(products: ReadonlyMap<string, Product>): Map<string, SkuRef> {
  const index = new Map<string, SkuRef>();
  for (const { productId, platformId, skus } of products.values()) {
    index.set(`p:${productId}`, { productId, skuId: null });
    if (platformId !== null) index.set(`p:${platformId}`, { productId, skuId: null });
    for (const { skuId, platformId: skuPlatformId } of skus) {
      index.set(`s:${skuId}`, { productId, skuId });
      if (skuPlatformId !== null) index.set(`s:${skuPlatformId}`, { productId, skuId });
    }
  }
  return index;
}

/** The change that takes `change` back, or why it can't be: it was changed again, or the show has used it. */
export function undoPlan(bag: BagState, change: PlanChange): PlanChange | Rejection {
  for (const { productId } of change.added) {
    const product = bag.products.get(productId);
    if (!product) return reject("undo.superseded", { productId });
    if (isTouched(product)) return reject("undo.hasConsequences", { productId });
  }
  for (const changed of change.changed) {
    const refused = refuseUndo(bag.products.get(changed.productId), changed);
    if (refused) return refused;
  }
  const back: PlanChange = {
    source: change.source,
    added: change.removed,
    changed: change.changed.map((product) => ({
      productId: product.productId,
      from: product.to,
      to: product.from,
      skusAdded: product.skusRemoved,
      skusRemoved: product.skusAdded,
      skusChanged: product.skusChanged.map(({ skuId, from, to }) => ({ skuId, from: to, to: from })),
    })),
    removed: change.added,
  };
  return checkPlan(bag, back) ?? back;
}

function refuseUndo(product: Product | undefined, changed: ChangedProduct): Rejection | undefined {
  const { productId } = changed;
  if (!product || !holds(product, changed.to)) return reject("undo.superseded", { productId });
  // Orders that came in under the new id would lose their product.
  const renamed = [changed.to, ...changed.skusChanged.map(({ to }) => to)].some(
    ({ platformId }) => platformId !== undefined,
  );
  if (renamed && isTouched(product)) return reject("undo.hasConsequences", { productId });
  for (const { skuId, to } of changed.skusChanged) {
    const sku = product.skus.find((other) => other.skuId === skuId);
    if (!sku || !holds(sku, to)) return reject("undo.superseded", { productId, skuId });
  }
  for (const { skuId } of changed.skusAdded) {
    const sku = product.skus.find((other) => other.skuId === skuId);
    if (!sku) return reject("undo.superseded", { productId, skuId });
    if (isSkuTouched(sku)) return reject("undo.hasConsequences", { productId, skuId });
  }
  return undefined;
}

function holds(current: object, expected: object): boolean {
  const own: Readonly<Record<string, unknown>> = { ...current };
  return Object.entries(expected).every(([field, value]) => same(own[field], value));
}
