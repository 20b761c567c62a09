"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import * as z from "zod/mini";
import { count } from "../../format/money.ts";
import { useDeed } from "../../live/use-deed.ts";
import { useTakeBackDecision } from "../../live/use-take-back-decision.ts";
import { notify } from "../../ui/toast.tsx";
import type { HeldScope } from "./held-scope.tsx";
import type { Held } from "../warmup-data.ts";

export type Verdict = "count" | "reject";
export type What = { readonly rows: readonly Held[] } | { readonly filter: NonNullable<HeldScope> };

const Result = z.object({
  decided: z.number(),
  left: z.number(),
  decision: z.nullable(z.string()),
  upToN: z.nullable(z.number()),
});
type GoesOn = { readonly goesOn?: { readonly decision: string; readonly upToN: number } };

type Decide = (what: What, as: Verdict, note: string) => Promise<boolean>;

/** One decision, in as many commands as it takes, with one way back. True when it was done, or a part of it; `progress`: while it goes on. */
export function useDecide(onDone: (what: What) => void): { readonly decide: Decide; readonly progress: string | null } {
  const words = useTranslations("invites.held");
  const desk = useTranslations("desk");
  const deed = useDeed();
  const takeBack = useTakeBackDecision();
  const [progress, setProgress] = useState<string | null>(null);
  const send = (what: What, as: Verdict, note: string, goesOn: GoesOn) =>
    "rows" in what
      ? deed("held", "invite.decide", {
          personIds: what.rows.map(({ personId }) => personId),
          as,
          note,
          heldOnly: true,
        })
      : deed("held", "invite.decideHeld", { ...what, as, note, ...goesOn });
  const decide: Decide = async (what, as, note) => {
    const done = { decided: 0, left: 0 };
    let whole: string | null = null;
    let goesOn: GoesOn | null = {};
    let isDone = false;
    while (goesOn) {
      // One after the other: sign-ups have their turn between two of them.
      const sent = await send(what, as, note, goesOn);
      const part = sent?.status === "ok" ? Result.safeParse(sent.result).data : undefined;
      if (!part) break;
      isDone = true;
      done.decided += part.decided;
      done.left = part.left;
      const { decision, upToN } = part;
      whole ??= decision;
      goesOn = part.left > 0 && decision !== null && upToN !== null ? { goesOn: { decision, upToN } } : null;
      setProgress(goesOn && words("progress", { count: count(done.decided), left: count(done.left) }));
    }
    setProgress(null);
    if (!isDone) return false;
    onDone(what);
    const said = { count: count(done.decided), left: count(done.left) };
    const title = words(done.left > 0 ? "doneLeft" : as === "count" ? "doneCount" : "doneReject", said);
    const id = whole;
    const action = id === null ? {} : { action: { label: desk("undo"), run: () => void takeBack(id) } };
    const missed = "rows" in what ? what.rows.length - done.decided : 0;
    const text = missed > 0 ? { text: words("missed", { count: count(missed) }) } : {};
    notify({ tone: done.left > 0 ? "wait" : "sure", title, ...text, ...action });
    return true;
  };
  return { decide, progress };
}
