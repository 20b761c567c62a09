"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { undoSeqOf, type Done } from "#domain/wire.ts";
import { useDeed } from "../live/use-deed.ts";
import { notify } from "../ui/toast.tsx";

/** Says that something was done, with the way back beside it where there is one. */
export function useOfferUndo(): (done: Done, title: string) => void {
  const desk = useTranslations("desk");
  const deed = useDeed();
  return useCallback(
    (done, title) => {
      const seq = undoSeqOf(done);
      if (seq === null) return notify({ tone: "sure", title });
      const takeBack = () => void deed(`undo:${seq}`, "tape.undo", { seq });
      return notify({ tone: "sure", title, action: { label: desk("undo"), run: takeBack } });
    },
    [desk, deed],
  );
}
