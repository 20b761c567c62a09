import { z } from "zod";
import { PRODUCTS_MAX, SHEET_SKUS_MAX, SKUS_MAX } from "../plan-limits.ts";
import type { SheetProduct, SheetSku } from "../sheet/product-sheet.ts";
import { DurationMs, FenAmount, PictureUrl, PlatformId, text } from "../units.ts";
import { ProductPlan, SkuPlan, type PlannedProduct, type PlannedSku } from "./product.ts";

/** The plan as a sheet says it, and a sheet as the plan holds it. */

/** The sheet as `domain/sheet` reads it. */
export const SheetInput = z
  .array(
    z.object({
      linkNo: ProductPlan.shape.linkNo,
      platformId: PlatformId.exactOptional(),
      name: text(120, 1),
      pictureUrl: PictureUrl.exactOptional(),
      mechanism: text(500).exactOptional(),
      netPriceFen: FenAmount.exactOptional(),
      role: text(20).exactOptional(),
      sellingPoints: ProductPlan.shape.sellingPoints.default([]),
      plannedUnits: z.int().min(0).max(100_000_000).exactOptional(),
      explainMs: DurationMs.exactOptional(),
      slot: text(60).exactOptional(),
      note: text(1000).exactOptional(),
      skus: z
        .array(
          z.object({
            platformId: PlatformId.exactOptional(),
            name: text(120, 1),
            usualFen: FenAmount.exactOptional(),
            liveFen: FenAmount,
            floorFen: FenAmount.exactOptional(),
            sellable: SkuPlan.shape.plannedSellable,
            pool: SkuPlan.shape.plannedPool.default(0),
          }),
        )
        .min(1)
        .max(SKUS_MAX),
    }),
  )
  .max(PRODUCTS_MAX)
  .refine((products) => products.reduce((sum, { skus }) => sum + skus.length, 0) <= SHEET_SKUS_MAX, {
    error: "tooManySkus",
  });

export const skuFromSheet = (sku: SheetSku): SkuPlan =>
  SkuPlan.parse({
    platformId: sku.platformId ?? null,
    name: sku.name,
    usualFen: sku.usualFen ?? null,
    plannedFen: sku.liveFen,
    floorFen: sku.floorFen ?? null,
    plannedSellable: sku.sellable,
    plannedPool: sku.pool,
  });

export const fromSheet = (product: SheetProduct): ProductPlan =>
  ProductPlan.parse({
    linkNo: product.linkNo,
    platformId: product.platformId ?? null,
    name: product.name,
    pictureUrl: product.pictureUrl ?? null,
    mechanism: product.mechanism ?? "",
    netPriceFen: product.netPriceFen ?? null,
    role: product.role ?? "",
    sellingPoints: [...product.sellingPoints],
    plannedUnits: product.plannedUnits ?? null,
    explainMs: product.explainMs ?? null,
    slot: product.slot ?? "",
    note: product.note ?? "",
  });

/** The plan as the sheet that would make it, for comparing with the next one. */
export function toSheet(
  product: Omit<PlannedProduct, "skus"> & { readonly skus: readonly PlannedSku[] },
): SheetProduct {
  const { linkNo, name, sellingPoints } = product;
  return {
    linkNo,
    name,
    sellingPoints,
    ...(product.platformId !== null && { platformId: product.platformId }),
    ...(product.pictureUrl !== null && { pictureUrl: product.pictureUrl }),
    ...(product.mechanism !== "" && { mechanism: product.mechanism }),
    ...(product.netPriceFen !== null && { netPriceFen: product.netPriceFen }),
    ...(product.role !== "" && { role: product.role }),
    ...(product.plannedUnits !== null && { plannedUnits: product.plannedUnits }),
    ...(product.explainMs !== null && { explainMs: product.explainMs }),
    ...(product.slot !== "" && { slot: product.slot }),
    ...(product.note !== "" && { note: product.note }),
    skus: product.skus.map((sku) => ({
      name: sku.name,
      liveFen: sku.plannedFen,
      sellable: sku.plannedSellable,
      pool: sku.plannedPool,
      ...(sku.platformId !== null && { platformId: sku.platformId }),
      ...(sku.usualFen !== null && { usualFen: sku.usualFen }),
      ...(sku.floorFen !== null && { floorFen: sku.floorFen }),
    })),
  };
}
