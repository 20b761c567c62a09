import type { ProductField } from "#domain/sheet/product-fields.ts";

/** In the order in which people choose; stands here so that settings don't load the sheet rules. */
export const SHEET_FIELDS = [
  "linkNo",
  "name",
  "role",
  "mechanism",
  "netPrice",
  "skuName",
  "usualPrice",
  "livePrice",
  "floorPrice",
  "sellable",
  "pool",
  "sellingPoints",
  "plannedUnits",
  "explain",
  "slot",
  "note",
  "platformId",
  "skuPlatformId",
  "pictureUrl",
] as const satisfies readonly ProductField[];
