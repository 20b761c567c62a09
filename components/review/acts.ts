"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useTapeWordsOf } from "../live/tape-words.ts";
import { toldLateMs } from "../live/tape-entry.ts";
import { slicesOf } from "../session/session-provider.tsx";
import type { ShowSlices } from "../session/show-slices.ts";
import type { ViewState } from "../session/view-state.ts";
import type { ReviewAct } from "./act-steps.ts";

const TONES: Readonly<Record<string, ReviewAct["tone"]>> = {
  "session.interrupted.v1": "air",
  "bag.explained.v1": "air",
  "bag.pricesSet.v1": "act",
  "bag.saleOpened.v1": "act",
  "bag.released.v1": "act",
  "coupon.pushed.v1": "wait",
  "lottery.opened.v1": "public",
  "lottery.drawn.v1": "public",
  "lottery.winnersRecorded.v1": "public",
  "push.handedOver.v1": "private",
};

const kindOf = (type: string): ReviewAct["kind"] => {
  if (type === "bag.explained.v1") return "explain";
  const [op = ""] = type.split(".");
  if (op === "rundown") return "cue";
  if (op === "session") return "show";
  return op === "coupon" || op === "lottery" || op === "push" ? op : "shelf";
};

/** Everything on the axis that has a moment, in order: what was done, and what was marked. `last`: the review view as known now. */
export function useReviewActs(last: ViewState): readonly ReviewAct[] {
  const words = useTranslations("marker");
  const say = useTapeWordsOf(last);
  return useMemo(() => {
    const { acts, markers, waves }: Pick<ShowSlices, "acts" | "markers" | "waves"> = slicesOf(last);
    const done = [...acts.values()].map(({ seq, at, type, data }): ReviewAct => ({
      id: `act:${seq}`,
      at: at - toldLateMs(at, data),
      kind: kindOf(type),
      tone: TONES[type] ?? "plain",
      text: say({ type, data }),
    }));
    const marked = [...markers.values()].map(({ markerId, happenedAt, kind, text }): ReviewAct => ({
      id: `marker:${markerId}`,
      at: happenedAt,
      kind: "marker",
      tone: kind === "problem" ? "air" : "private",
      text: text || words(`kinds.${kind}`),
    }));
    // Where a wave begins: its first cell, whenever it was done.
    const beats = waves.beats.flatMap(({ beatId, title, firstAt }): ReviewAct[] =>
      firstAt === null || firstAt > last.at
        ? []
        : [{ id: `beat:${beatId}`, at: firstAt, kind: "beat", tone: "private", text: title }],
    );
    return [...done, ...beats, ...marked].toSorted((a, b) => a.at - b.at);
  }, [last, say, words]);
}
