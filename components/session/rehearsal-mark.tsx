"use client";
import { useTranslations } from "next-intl";
import { useSession } from "./session-provider.tsx";

/** A rehearsal says so on every screen, without getting in the way of the pointer. */
export function RehearsalMark() {
  const rehearsal = useSession((show) => show.session.rehearsal);
  const words = useTranslations("show");
  if (!rehearsal) return null;
  const mark = words("rehearsalMark");
  return (
    <div aria-hidden className="pointer-events-none fixed inset-0 z-30 overflow-hidden">
      <p data-text={words("rehearsalMark")} className="absolute top-1/2 left-1/2 -translate-x-1/2 -translate-y-1/2 -rotate-12 text-[160px] leading-none font-bold whitespace-nowrap text-white opacity-[0.035] before:content-[attr(data-text)]" />
    </div>
  );
}
