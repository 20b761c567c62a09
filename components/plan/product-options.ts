"use client";
import { useMemo } from "react";
import { useSession } from "../session/session-provider.tsx";
import type { ComboboxOption } from "../ui/combobox.tsx";

/** The show's products for choosing one, in their order: "3 · 轻暖羽绒服". */
export function useProductOptions(): readonly ComboboxOption[] {
  const products = useSession((show) => show.products);
  return useMemo(
    () =>
      [...products.values()]
        .toSorted((a, b) => a.position - b.position)
        .map(({ productId, linkNo, name }) => ({ value: productId, label: `${linkNo} · ${name}` })),
    [products],
  );
}
