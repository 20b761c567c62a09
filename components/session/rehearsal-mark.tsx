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
      <p
        data-text={mark}
        className="absolute top-1/2 left-1/2 -translate-x-1/2 -translate-y-1/2 -rotate-12 leading-none font-bold whitespace-nowrap text-white opacity-[0.035] before:content-[attr(data-text)]"
        style={{ fontSize: `min(160px, ${Math.floor(90 / emsOf(mark))}vw)` }}
      />
    </div>
  );
}

/** About how wide the words are: Chinese is as wide as it is high. The whole of them must stand on the screen. */
function emsOf(text: string): number {
  return Array.from(text).reduce((ems, letter) => ems + (letter > "\u2e7f" ? 1 : 0.65), 0);
}
