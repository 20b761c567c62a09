"use client";
import { useCallback } from "react";
import type { CommandInput } from "#domain/ops/index.ts";
import { useSend } from "../session/session-provider.tsx";
import type { ProductRow as Product } from "../session/show-slices.ts";
import type { Sent } from "../session/source.ts";
import { useWhoDid } from "./plan-context.tsx";

export type EditProduct = CommandInput<"bag.editProduct">;
export type ProductFields = NonNullable<EditProduct["to"]>;
export type SkuFields = Omit<NonNullable<EditProduct["skus"]>[number], "skuId">;

/** Saves single fields of a product or one of its SKUs; what the person saw travels along, so that nothing unseen is overwritten. */
export function useEditProduct(productId: string) {
  const send = useSend();
  const whoDid = useWhoDid();
  const field = useCallback(
    <K extends keyof ProductFields & keyof Product>(key: K) =>
      (value: Exclude<ProductFields[K], undefined>, seen: unknown): Promise<Sent> =>
        send("bag.editProduct", { productId, to: { [key]: value } }, { expect: { from: { [key]: seen } } }),
    [send, productId],
  );
  const sku = useCallback(
    <K extends keyof SkuFields>(skuId: string, key: K) =>
      (value: Exclude<SkuFields[K], undefined>, seen: unknown): Promise<Sent> =>
        send(
          "bag.editProduct",
          { productId, skus: [{ skuId, [key]: value }] },
          { expect: { from: {}, skus: [{ skuId, from: { [key]: seen } }] } },
        ),
    [send, productId],
  );
  const changedBy = useCallback(() => whoDid(({ type }) => type === "bag.planChanged.v1"), [whoDid]);
  return { field, sku, changedBy };
}
