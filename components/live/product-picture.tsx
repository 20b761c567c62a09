"use client";
import { useState } from "react";
import type { ProductRow } from "../session/show-slices.ts";
import { cn } from "../ui/cn.ts";

/** The shop's picture; its link number where there is none or it does not load. */
export function ProductPicture({
  row,
  className,
}: {
  row: Pick<ProductRow, "pictureUrl" | "linkNo">;
  className?: string;
}) {
  const [broken, setBroken] = useState<string | null>(null);
  const { pictureUrl, linkNo } = row;
  const box = cn("shrink-0 rounded-md bg-[#252f40]", className);
  if (pictureUrl === null || broken === pictureUrl) {
    return (
      <span
        aria-hidden
        className={cn(box, "flex items-center justify-center text-2xl font-bold text-faint tabular-nums")}
      >
        {linkNo}
      </span>
    );
  }
  // The shop's own host serves it in its own size; Next's optimiser may not fetch from anywhere.
  return <img src={pictureUrl} alt="" className={cn(box, "object-cover")} onError={() => setBroken(pictureUrl)} />;
}
