import { z } from "zod";
import { reject, type AnyEvent, type Rejection } from "../op.ts";
import { isOnAir, type Phase } from "../ops/session.ts";
import { defined, difference, refuseStale, staleFields } from "../partial.ts";
import { SKUS_MAX } from "../plan-limits.ts";
import { Id } from "../units.ts";
import { checkPlan, PlanChange } from "./plan.ts";
import {
  isSkuTouched,
  isTouched,
  PlannedProduct,
  planOf,
  ProductPlan,
  skuPlanOf,
  SkuPlan,
  type Product,
} from "./product.ts";
import { guardPlan } from "./pricing.ts";
import type { BagState } from "./state.ts";

/** Edits of the plan by hand: the same event as a sheet's, one product at a time. */

const blank = { platformId: null, usualFen: null, floorFen: null, plannedPool: 0 };

export const NewProductInput = ProductPlan.partial()
  .required({ name: true })
  .extend({
    skus: z
      .array(SkuPlan.partial().required({ name: true, plannedFen: true, plannedSellable: true }))
      .min(1)
      .max(SKUS_MAX),
  });

export const EditInput = z
  .object({
    productId: Id,
    to: ProductPlan.partial().default({}),
    /** With `skuId`: that SKU's new fields; without: a new SKU, which needs name, price and stock. */
    skus: z
      .array(SkuPlan.partial().extend({ skuId: Id.optional() }))
      .max(SKUS_MAX)
      .default([]),
    removeSkuIds: z.array(Id).max(SKUS_MAX).default([]),
  })
  .refine(
    ({ skus, removeSkuIds }) => {
      const named = [...skus.flatMap(({ skuId }) => skuId ?? []), ...removeSkuIds];
      return new Set(named).size === named.length;
    },
    { error: "skuTwice", path: ["skus"] },
  );

export function decideCreate(
  bag: BagState,
  input: z.infer<typeof NewProductInput>,
  newId: () => string,
): PlanChange | Rejection {
  const used = new Set([...bag.products.values()].map(({ linkNo }) => linkNo));
  let linkNo = 1;
  while (used.has(linkNo)) linkNo += 1;
  const product = PlannedProduct.parse({
    linkNo,
    platformId: null,
    pictureUrl: null,
    mechanism: "",
    netPriceFen: null,
    role: "",
    sellingPoints: [],
    plannedUnits: null,
    explainMs: null,
    slot: "",
    note: "",
    ...defined(input),
    productId: newId(),
    skus: input.skus.map((sku) => ({ ...blank, ...defined(sku), skuId: newId() })),
  });
  const change: PlanChange = { source: "hand", added: [product], changed: [], removed: [] };
  return checkPlan(bag, change) ?? change;
}

/** `undefined`: nothing would change. */
export function decideEdit(
  bag: BagState,
  input: z.infer<typeof EditInput>,
  newId: () => string,
): PlanChange | Rejection | undefined {
  const product = bag.products.get(input.productId);
  if (!product) return reject("bag.notFound", { productId: input.productId });
  const added = input.skus.filter(({ skuId }) => skuId === undefined);
  const named = input.skus.flatMap(({ skuId }) => skuId ?? []);
  const twice = named.find((skuId, index) => named.indexOf(skuId) < index);
  if (twice !== undefined) return reject("bag.skuTwice", { productId: product.productId, skuId: twice });
  const parsed = added.map((sku) => SkuPlan.safeParse({ ...blank, ...defined(sku) }));
  if (parsed.some(({ success }) => !success)) return reject("bag.skuIncomplete");
  const removed = product.skus.filter(({ skuId }) => input.removeSkuIds.includes(skuId));
  const used = removed.find(isSkuTouched);
  if (used) return reject("bag.skuInUse", { skuId: used.skuId });
  const skusChanged = changedSkus(product, input.skus);
  if ("status" in skusChanged) return skusChanged;
  const { from, to } = difference(product, input.to);
  const changed = {
    productId: product.productId,
    from: ProductPlan.partial().parse(from),
    to: ProductPlan.partial().parse(to),
    skusAdded: parsed.flatMap(({ data }) => (data ? [{ ...data, skuId: newId() }] : [])),
    skusRemoved: removed.map(skuPlanOf),
    skusChanged,
  };
  const count = Object.keys(to).length + changed.skusAdded.length + removed.length + skusChanged.length;
  if (count === 0) return undefined;
  const change: PlanChange = { source: "hand", added: [], changed: [changed], removed: [] };
  return checkPlan(bag, change) ?? change;
}

function changedSkus(
  product: Product,
  skus: z.infer<typeof EditInput>["skus"],
): PlanChange["changed"][number]["skusChanged"] | Rejection {
  const changes: PlanChange["changed"][number]["skusChanged"] = [];
  for (const { skuId, ...fields } of skus) {
    if (skuId === undefined) continue;
    const sku = product.skus.find((other) => other.skuId === skuId);
    if (!sku) return reject("bag.skuNotFound", { productId: product.productId, skuId });
    const { from, to } = difference(sku, fields);
    if (Object.keys(to).length > 0)
      changes.push({ skuId, from: SkuPlan.partial().parse(from), to: SkuPlan.partial().parse(to) });
  }
  return changes;
}

/** Some fields of the product, and of its SKUs, as the sender saw them. */
export const SeenPlan = z.object({
  from: ProductPlan.partial(),
  skus: z
    .array(z.object({ skuId: Id, from: SkuPlan.partial() }))
    .max(SKUS_MAX)
    .optional(),
});

/** Why an edit is refused that was made on a screen that no longer shows the truth (BAG17). */
export function staleEdit(product: Product, { from, skus = [] }: z.infer<typeof SeenPlan>): Rejection | undefined {
  const stale = refuseStale(ProductPlan.parse(product), from);
  if (stale) return stale;
  for (const { skuId, from: seen } of skus) {
    const sku = product.skus.find((other) => other.skuId === skuId);
    if (!sku) return reject("bag.skuNotFound", { productId: product.productId, skuId });
    const moved = staleFields(SkuPlan.parse(sku), seen);
    if (moved) return reject("state.changed", { skuId, ...moved });
  }
  return undefined;
}

type Seeing = { readonly own: BagState; readonly session: { readonly phase: Phase } };

export function decideEditProduct(
  see: Seeing,
  input: z.infer<typeof EditInput>,
  newId: () => string,
  seen: z.infer<typeof SeenPlan> | undefined,
) {
  const product = see.own.products.get(input.productId);
  const stale = seen && product && staleEdit(product, seen);
  return stale ?? guardedPlanEvent(see, decideEdit(see.own, input, newId));
}

export function decideRemoveProduct(bag: BagState, productId: string) {
  const product = bag.products.get(productId);
  if (!product) return reject("bag.notFound", { productId });
  if (isTouched(product)) return reject("bag.productInUse", { productId });
  return planEvent({ source: "hand", added: [], changed: [], removed: [planOf(product)] });
}

export function planEvent(change: PlanChange | Rejection | undefined) {
  if (!change) return [];
  if ("status" in change) return change;
  if (change.added.length + change.changed.length + change.removed.length === 0) return [];
  return [{ type: "bag.planChanged.v1" as const, data: change }];
}

/** As `planEvent`, for prices that people typed: during the show they pass the guard of planned prices (PRG10). */
export function guardedPlanEvent({ own, session }: Seeing, change: PlanChange | Rejection | undefined) {
  const refused = change && !("status" in change) && isOnAir(session.phase) && guardPlan(own, change);
  return refused || planEvent(change);
}

/** What a change of the plan did, for the sender. */
export function planResult(events: readonly AnyEvent[]) {
  const change = PlanChange.safeParse(events.find(({ type }) => type === "bag.planChanged.v1")?.data).data;
  return {
    productIds: change?.added.map(({ productId }) => productId) ?? [],
    changed: change?.changed.length ?? 0,
    removed: change?.removed.length ?? 0,
  };
}
