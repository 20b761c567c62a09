"use client";
import { useMemo } from "react";
import { useSessionSource } from "../session/session-provider.tsx";
import type { ProductRow, ShowSlices } from "../session/show-slices.ts";
import type { SessionSource } from "../session/source.ts";
import { takeAgo, useDesk } from "./desk.tsx";
import { useDeed, type Deed } from "./use-deed.ts";

/** What one press does to a product. Each tells the server what this screen showed, so that a stale screen can't act. */
export type ProductActs = {
  readonly explain: (row: ProductRow) => void;
  readonly endExplain: () => void;
  readonly release: (row: ProductRow, units: number) => void;
  readonly openSale: (row: ProductRow) => void;
  readonly soldOut: (row: ProductRow) => void;
  readonly bag: (row: ProductRow) => void;
};

/** Our own build's slices; see session-provider. */
export const slicesNow = (source: SessionSource): ShowSlices | null =>
  source.read().view ? (source.read().view?.slices as ShowSlices) : null;

export function useProductActs(): ProductActs {
  const deed = useDeed();
  const { entry, dialog } = useDesk();
  const source = useSessionSource();
  return useMemo(() => {
    const input = (row: ProductRow) => ({ productId: row.productId, ago: takeAgo(entry) });
    return {
      explain(row) {
        const explained = slicesNow(source)?.explained?.productId ?? null;
        void deed("explain", "bag.explain", input(row), { expect: { explained } });
      },
      endExplain() {
        const explained = slicesNow(source)?.explained?.productId ?? null;
        void deed("explain", "bag.endExplain", { ago: takeAgo(entry) }, { expect: { explained } });
      },
      release: (row, units) =>
        void deed(`release:${row.productId}`, "bag.release", { ...input(row), units }, { expect: { pool: row.pool } }),
      openSale: (row) =>
        void openSale(row, deed, () => dialog.write({ kind: "price", productId: row.productId }), input(row)),
      soldOut(row) {
        const key = `sale:${row.productId}`;
        if (row.saleState.value === "soldOut") void deed(key, "bag.reopen", input(row));
        else void deed(key, "bag.soldOut", input(row));
      },
      bag(row) {
        const key = `bag:${row.productId}`;
        if (row.inBag.value) void deed(key, "bag.remove", input(row));
        else void deed(key, "bag.add", input(row));
      },
    };
  }, [deed, entry, dialog, source]);
}

/** The planned price goes live by one press; the guard's question about another one is asked in the price dialog. */
async function openSale(
  row: ProductRow,
  deed: Deed,
  askPrice: () => void,
  input: { readonly productId: string; readonly ago: number },
): Promise<void> {
  const expect = { saleState: row.saleState.value };
  const sent = await deed(`sale:${row.productId}`, "bag.openSale", input, { expect, quiet: ["price.retype"] });
  if (sent?.status === "rejected" && sent.code === "price.retype") askPrice();
}
