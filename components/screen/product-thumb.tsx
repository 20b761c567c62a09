"use client";
import { useState } from "react";
import type { HostProduct } from "./host-slices.ts";

/** The shop's picture; its link number where there is none or it does not load. */
export function ProductThumb({ product, size }: { product: HostProduct; size: number }) {
  const [broken, setBroken] = useState<string | null>(null);
  const { pictureUrl, linkNo } = product;
  const box = { width: size, height: size };
  if (pictureUrl === null || broken === pictureUrl)
    return (
      <div
        aria-hidden
        style={box}
        className="grid shrink-0 place-items-center rounded-md bg-hover text-xl font-semibold text-dim"
      >
        {linkNo}
      </div>
    );
  return (
    // The pictures come from the shop's own hosts, at the size they have.
    // oxlint-disable-next-line nextjs/no-img-element
    <img
      src={pictureUrl}
      alt=""
      style={box}
      className="shrink-0 rounded-md object-cover"
      onError={() => setBroken(pictureUrl)}
    />
  );
}
