"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "../ui/button.tsx";
import { compareHref } from "./compare-address.ts";
import { SHOWS_MAX, SHOWS_MIN } from "./line-looks.ts";
import type { Picked } from "./use-picked.ts";

/** Stands at the foot of a list while shows are ticked. */
export function PickedBar({ picked }: { picked: Picked }) {
  const words = useTranslations("compare");
  const { ids, clear } = picked;
  if (ids.size === 0) return null;
  return (
    <div
      role="region"
      aria-label={words("pickedBar")}
      className="fixed bottom-4 left-1/2 z-30 flex -translate-x-1/2 items-center gap-3 rounded-lg bg-[#1a2330] px-4 py-2 text-sm shadow-float"
    >
      <span role="status">
        {words(ids.size >= SHOWS_MAX ? "pickedFull" : "picked", { count: ids.size, max: SHOWS_MAX })}
      </span>
      <Button look="ghost" size="sm" onClick={clear}>
        {words("clear")}
      </Button>
      {ids.size < SHOWS_MIN ? (
        <span className="text-xs text-faint">{words("pickOneMore")}</span>
      ) : (
        <Button asChild look="primary" size="sm">
          <Link href={compareHref([...ids])}>{words("compareThem")}</Link>
        </Button>
      )}
    </div>
  );
}
