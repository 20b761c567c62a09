"use client";
import { useTranslations } from "next-intl";
import { useDeskKey } from "../live/desk.tsx";
import type { ReplaySource } from "../session/replay-source.ts";
import { stretchOf } from "./axis/use-axis-pointer.ts";
import { useReview } from "./review-context.tsx";

/** I and O as in a cutting room: from here, until here. The other end stays, or lies a minute away. */
const FIRST_LENGTH_MS = 60_000;

export function useStretchKeys(source: ReplaySource): { readonly begin: () => void; readonly end: () => void } {
  const words = useTranslations("review");
  const { stretch, setStretch, from, to } = useReview();
  const section = "show" as const;
  const begin = () => {
    const { at } = source.position();
    setStretch(stretchOf(at, stretch && stretch.to > at ? stretch.to : Math.min(to, at + FIRST_LENGTH_MS)));
  };
  const end = () => {
    const { at } = source.position();
    setStretch(stretchOf(stretch && stretch.from < at ? stretch.from : Math.max(from, at - FIRST_LENGTH_MS), at));
  };
  const clear = () => {
    if (!stretch) return false;
    setStretch(null);
    return true;
  };
  useDeskKey({ code: "KeyI", key: "I", label: words("stretchBegin"), section, run: begin });
  useDeskKey({ code: "KeyO", key: "O", label: words("stretchEnd"), section, run: end });
  useDeskKey({ code: "Escape", key: "Esc", label: words("stretchClear"), section, run: clear, off: stretch === null });
  return { begin, end };
}
