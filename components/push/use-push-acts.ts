"use client";
import { useTranslations } from "next-intl";
import { useDeed, wasDone } from "../live/use-deed.ts";
import type { PushRow } from "#domain/push/rows.ts";
import { notify } from "../ui/toast.tsx";
import { useOfferUndo } from "../warmup/use-offer-undo.ts";
import { useHandOver } from "./use-hand-over.ts";

/** Acts on one push, each at most once a press; what has a way back offers it in the corner. */
export function usePushActs() {
  const words = useTranslations("push");
  const deed = useDeed();
  const offerUndo = useOfferUndo();
  const handingOver = useHandOver();
  return {
    hold: async ({ pushId, title }: PushRow) => {
      const sent = await deed(`push:${pushId}`, "push.hold", { pushId });
      if (sent?.status === "ok") offerUndo(sent, words("done.held", { title }));
    },
    unhold: async (rows: readonly Pick<PushRow, "pushId">[]) => {
      const pushIds = rows.map(({ pushId }) => pushId);
      const sent = await deed(`push:${pushIds.join()}`, "push.unhold", { pushIds });
      if (sent?.status === "ok") offerUndo(sent, words("done.unheld"));
    },
    ...handingOver,
    cancel: async ({ pushId }: Pick<PushRow, "pushId">) =>
      wasDone(await deed(`push:${pushId}`, "push.cancel", { pushId })),
    remove: async ({ pushId, title }: Pick<PushRow, "pushId" | "title">) => {
      const done = wasDone(await deed(`push:${pushId}`, "push.remove", { pushId }));
      if (done) notify({ tone: "sure", title: words("done.removed", { title }) });
      return done;
    },
    refresh: ({ pushId }: Pick<PushRow, "pushId">) => deed(`push:${pushId}`, "push.refresh", { pushId }),
    offerUndo,
  };
}
