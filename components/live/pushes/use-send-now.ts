"use client";
import { useTranslations } from "next-intl";
import * as z from "zod/mini";
import { useCallback } from "react";
import type { CommandInput } from "#domain/ops/index.ts";
import { useSessionSource } from "../../session/session-provider.tsx";
import type { SessionSource } from "../../session/source.ts";
import { notify } from "../../ui/toast.tsx";
import { slicesNow } from "../product-acts.ts";
import { useDeed, wasDone } from "../use-deed.ts";

const Planned = z.object({ pushId: z.string() });

/** Finding out who is to be sent to takes a question to the server's tables; longer than this something is wrong. */
const RESOLVE_MS = 12_000;

export type SendNow = (plan: CommandInput<"push.plan">) => Promise<boolean>;

/**
 * Plans a push and hands it over in one go: between the two the server makes tasks of the selection. What does not get through stays among the prepared
 * ones. True: it stands in the plan, so the words need not be kept.
 */
export function useSendNow(): SendNow {
  const words = useTranslations("pushDesk");
  const source = useSessionSource();
  const deed = useDeed();
  return useCallback<SendNow>(
    async (plan) => {
      const sent = await deed("push:new", "push.plan", plan);
      if (!wasDone(sent)) return false;
      const planned = sent?.status === "ok" ? Planned.safeParse(sent.result).data : undefined;
      if (!planned) return true;
      const { pushId } = planned;
      if (await isResolved(source, pushId)) await deed(`push:${pushId}`, "push.handOver", { pushId });
      else notify({ tone: "wait", title: words("notResolved", { title: plan.title }) });
      return true;
    },
    [deed, source, words],
  );
}

function isResolved(source: SessionSource, pushId: string): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (resolved: boolean) => {
      clearTimeout(timer);
      stop();
      resolve(resolved);
    };
    const look = () => {
      const row = slicesNow(source)?.pushes.get(pushId);
      if (row?.resolved && row.resolved.rev === row.rev) settle(true);
    };
    const stop = source.subscribe(look);
    const timer = setTimeout(() => settle(false), RESOLVE_MS);
    look();
  });
}
