import { type SheetProduct, type SheetSku } from "./product-sheet.ts";

type Value = string | number | readonly string[] | null;

export type FieldChange = {
  /** The SKU's name, when the change is one of a SKU. */
  readonly sku?: string;
  readonly field: string;
  readonly from: Value;
  readonly to: Value;
};

export type ProductChange = {
  readonly current: SheetProduct;
  readonly next: SheetProduct;
  readonly changes: readonly FieldChange[];
  readonly addedSkus: readonly SheetSku[];
  readonly missingSkus: readonly SheetSku[];
};

export type SheetDiff = {
  readonly added: readonly SheetProduct[];
  readonly changed: readonly ProductChange[];
  /** In the plan, but not in the sheet: never removed without a person's word. */
  readonly missing: readonly SheetProduct[];
  readonly unchanged: number;
};

const PRODUCT_FIELDS = [
  "linkNo",
  "platformId",
  "name",
  "pictureUrl",
  "mechanism",
  "netPriceFen",
  "role",
  "sellingPoints",
  "plannedUnits",
  "explainMs",
  "slot",
  "note",
] as const satisfies readonly (keyof SheetProduct)[];

const SKU_FIELDS = [
  "platformId",
  "name",
  "usualFen",
  "liveFen",
  "floorFen",
  "sellable",
  "pool",
] as const satisfies readonly (keyof SheetSku)[];

function compare<T, K extends keyof T & string>(
  from: T,
  to: T,
  fields: readonly K[],
  value: (item: T, field: K) => Value,
): FieldChange[] {
  return fields
    .map((field) => ({ field, from: value(from, field), to: value(to, field) }))
    .filter((change) => JSON.stringify(change.from) !== JSON.stringify(change.to));
}

/** Pairs each item of `next` with the item of `current` that is the same thing, by the first key that finds one. */
function pair<T>(current: readonly T[], next: readonly T[], same: readonly ((a: T, b: T) => boolean)[]): Map<T, T> {
  const pairs = new Map<T, T>();
  const used = new Set<T>();
  for (const test of same) {
    for (const item of next) {
      if (pairs.has(item)) continue;
      const match = current.find((other) => !used.has(other) && test(other, item));
      if (!match) continue;
      pairs.set(item, match);
      used.add(match);
    }
  }
  return pairs;
}

type Known = { readonly platformId?: string };
const sameId = (a: Known, b: Known): boolean => a.platformId !== undefined && a.platformId === b.platformId;
/** Two platform ids that differ are two things, whatever else agrees. */
const otherId = (a: Known, b: Known): boolean =>
  a.platformId !== undefined && b.platformId !== undefined && a.platformId !== b.platformId;

function changeOf(current: SheetProduct, next: SheetProduct): ProductChange {
  const pairs = pair(current.skus, next.skus, [sameId, (a, b) => !otherId(a, b) && a.name === b.name]);
  const own = compare(current, next, PRODUCT_FIELDS, (product, field) => product[field] ?? null);
  const ofSkus = next.skus.flatMap((sku) => {
    const before = pairs.get(sku);
    if (!before) return [];
    return compare(before, sku, SKU_FIELDS, (item, field) => item[field] ?? null).map((change) => ({
      sku: before.name,
      ...change,
    }));
  });
  const kept = new Set(pairs.values());
  return {
    current,
    next,
    changes: [...own, ...ofSkus],
    addedSkus: next.skus.filter((sku) => !pairs.has(sku)),
    missingSkus: current.skus.filter((sku) => !kept.has(sku)),
  };
}

/**
 * What pasting the sheet again would change. A product is the same by its platform id; without one by its link
 * number and name, then by link number, then by name.
 */
export function diffSheet(current: readonly SheetProduct[], next: readonly SheetProduct[]): SheetDiff {
  const pairs = pair(current, next, [
    sameId,
    (a, b) => !otherId(a, b) && a.linkNo === b.linkNo && a.name === b.name,
    (a, b) => !otherId(a, b) && a.linkNo === b.linkNo,
    (a, b) => !otherId(a, b) && a.name === b.name,
  ]);
  const kept = new Set(pairs.values());
  const changes = next.flatMap((product) => {
    const before = pairs.get(product);
    return before ? [changeOf(before, product)] : [];
  });
  const changed = changes.filter(
    (change) => change.changes.length + change.addedSkus.length + change.missingSkus.length > 0,
  );
  return {
    added: next.filter((product) => !pairs.has(product)),
    changed,
    missing: current.filter((product) => !kept.has(product)),
    unchanged: changes.length - changed.length,
  };
}
