"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import * as z from "zod/mini";
import { count } from "../format/money.ts";
import { notify } from "../ui/toast.tsx";
import { useDeed } from "./use-deed.ts";

const Result = z.object({ takenBack: z.number(), kept: z.number(), left: z.number() });

export const takeBackKey = (decision: string): string => `takeBack:${decision}`;

/** Takes a whole decision on invites back, a few thousand people a command, and says what stays because it was decided anew. */
export function useTakeBackDecision(): (decision: string) => Promise<void> {
  const words = useTranslations("invites.held");
  const deed = useDeed();
  return useCallback(
    async (decision) => {
      const sum = { takenBack: 0, kept: 0, left: 0 };
      do {
        // One after the other: what came meanwhile from others has its turn between two of them.
        const sent = await deed(takeBackKey(decision), "invite.takeBack", { decision });
        const part = sent?.status === "ok" ? Result.safeParse(sent.result).data : undefined;
        if (!part) break;
        sum.takenBack += part.takenBack;
        sum.kept += part.kept;
        sum.left = part.takenBack === 0 ? 0 : part.left;
      } while (sum.left > 0);
      if (sum.takenBack === 0) return;
      const done = { count: count(sum.takenBack) };
      const title =
        sum.left > 0 ? words("takenBackLeft", { ...done, left: count(sum.left) }) : words("takenBackDone", done);
      const text = sum.kept > 0 ? { text: words("keptSome", { count: count(sum.kept) }) } : {};
      notify({ tone: sum.left > 0 ? "wait" : "sure", title, ...text });
    },
    [words, deed],
  );
}
