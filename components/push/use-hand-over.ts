"use client";
import { useTranslations } from "next-intl";
import type { PushRow } from "#domain/push/rows.ts";
import { instant } from "#domain/units.ts";
import { clockTime } from "../format/time.ts";
import { useShowClock } from "../live/show-clock.tsx";
import { useDeed } from "../live/use-deed.ts";
import { useSentWords } from "../strings/use-refusal.ts";
import { notify } from "../ui/toast.tsx";
import { useOfferUndo } from "../warmup/use-offer-undo.ts";
import { soonToday } from "./soon-today.ts";

type Sending = Pick<PushRow, "pushId" | "title" | "leadMs">;

/**
 * The quota of a push was checked for the day that it is planned on (PSH15): to go out today it is moved to today, which has it checked anew. Refused for
 * that reason alone, a hand-over offers the move.
 */
export function useHandOver() {
  const words = useTranslations("push.toToday");
  const deed = useDeed();
  const explain = useSentWords();
  const clock = useShowClock();
  const offerUndo = useOfferUndo();
  const soon = () => soonToday(clock());
  const move = async ({ pushId, title, leadMs }: Sending) => {
    const goesAt = soon();
    const when = { by: "time" as const, at: instant(goesAt + leadMs) };
    const sent = await deed(`push:${pushId}`, "push.edit", { pushId, to: { when } });
    if (sent?.status === "ok") offerUndo(sent, words("done", { title, time: clockTime(goesAt) }));
  };
  const handOver = async (push: Sending) => {
    const { pushId } = push;
    const sent = await deed(`push:${pushId}`, "push.handOver", { pushId }, { quiet: ["push.otherDay"] });
    if (sent?.status !== "rejected" || sent.code !== "push.otherDay") return;
    notify({
      tone: "wait",
      title: explain(sent),
      action: { label: words("move", { time: clockTime(soon()) }), run: () => void move(push) },
    });
  };
  return { handOver, move };
}
