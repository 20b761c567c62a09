"use client";
import { useCallback } from "react";
import { useTranslations } from "next-intl";
import { useSessionSource } from "../session/session-provider.tsx";
import type { ProductRow } from "../session/show-slices.ts";
import { notify } from "../ui/toast.tsx";
import { useDesk } from "./desk.tsx";
import { numberOf } from "./number-entry.ts";
import { slicesNow } from "./product-acts.ts";

export function findByLink(products: Iterable<ProductRow>, linkNo: number): ProductRow | null {
  for (const row of products) if (row.linkNo === linkNo) return row;
  return null;
}

/** The product that the next key means: the typed number's, else the explained one. Takes the number away with it. */
export function useTarget(): () => ProductRow | null {
  const { entry } = useDesk();
  const source = useSessionSource();
  const words = useTranslations("shelf");
  return useCallback(() => {
    const show = slicesNow(source);
    if (!show) return null;
    const linkNo = numberOf(entry.read());
    if (linkNo !== null) {
      entry.write({ ...entry.read(), number: "" });
      const found = findByLink(show.products.values(), linkNo);
      if (!found) notify({ tone: "wait", title: words("noSuchLink", { linkNo }) });
      return found;
    }
    const explained = show.explained ? show.products.get(show.explained.productId) : undefined;
    if (!explained) notify({ title: words("typeNumberFirst") });
    return explained ?? null;
  }, [entry, source, words]);
}
