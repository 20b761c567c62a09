"use client";
import { useMemo } from "react";
import { useHost, type HostProduct } from "./host-slices.ts";
import { pointKey, useScreenState } from "./screen-state.tsx";

export type Point = { readonly index: number; readonly text: string; readonly said: boolean };

const NONE: readonly number[] = [];

/** The selling points of a product and which were said in this round: in the show, or ticked on this screen alone. */
export function useSaid(product: HostProduct): { readonly points: readonly Point[]; readonly saidCount: number } {
  const { productId, sellingPoints } = product;
  const round = product.explained?.round ?? 0;
  const inShow = useHost(({ said }) =>
    said && said.productId === productId && said.round === round ? said.indexes : NONE,
  );
  const { ticks } = useScreenState();
  return useMemo(() => {
    const points = sellingPoints.map((text, index) => ({
      index,
      text,
      said: inShow.includes(index) || (ticks?.has(pointKey({ productId, round, index })) ?? false),
    }));
    return { points, saidCount: points.filter(({ said }) => said).length };
  }, [sellingPoints, inShow, ticks, productId, round]);
}
