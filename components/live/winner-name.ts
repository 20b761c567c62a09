"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useNames } from "../session/session-provider.tsx";
import type { LotteryRow } from "../session/show-slices.ts";

type Winner = Pick<LotteryRow["winners"][number], "personId" | "pseudonym">;

/** What a winner is called on a screen: the masked name that came from the server, else the end of the id or of the draw's pseudonym. Never an id. */
export function useWinnerName(): (winner: Winner) => string {
  const words = useTranslations("offers");
  const names = useNames();
  return useCallback(
    ({ personId, pseudonym }) => {
      const known = personId === null ? undefined : names(`person:${personId}`);
      const mark = pseudonym ?? personId;
      return known ?? (mark === null ? "–" : words("anonymous", { tail: mark.slice(-4) }));
    },
    [names, words],
  );
}
