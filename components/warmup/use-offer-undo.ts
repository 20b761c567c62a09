"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useDeed } from "../live/use-deed.ts";
import { notify } from "../ui/toast.tsx";

/** Says that something was done, with the way back beside it. */
export function useOfferUndo(): (seq: number, title: string) => void {
  const desk = useTranslations("desk");
  const deed = useDeed();
  return useCallback(
    (seq, title) =>
      notify({
        tone: "sure",
        title,
        action: { label: desk("undo"), run: () => void deed(`undo:${seq}`, "tape.undo", { seq }) },
      }),
    [desk, deed],
  );
}
