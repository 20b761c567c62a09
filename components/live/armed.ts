"use client";
import { useTranslations } from "next-intl";
import type { ArmedAct } from "#domain/ops/arm.ts";
import { isReplay } from "../session/replay-source.ts";
import { useNames, useServerNow, useSession, useSessionSource } from "../session/session-provider.tsx";
import type { ShowSlices } from "../session/show-slices.ts";
import { useShowNow } from "./show-clock.tsx";
import { textAt } from "./tape-entry.ts";

export type Armed = ArmedAct;

/** Arming keeps real time, also in a rehearsal; in a replay it is the second under the slider. */
export function useArmedSeconds({ firesAt }: Armed): number {
  const source = useSessionSource();
  const real = useServerNow(200);
  const shown = useShowNow(200);
  const now = isReplay(source) ? shown : real;
  return Math.max(0, Math.ceil((firesAt - now) / 1_000));
}

/** The lottery that an armed draw is about. */
export function armedLottery({ input }: Armed): string | null {
  const isRecord = typeof input === "object" && input !== null && "lotteryId" in input;
  return isRecord && typeof input.lotteryId === "string" ? input.lotteryId : null;
}

const ACTS = {
  "lottery.draw": "armedDraw",
  "lottery.redraw": "armedRedraw",
  "push.handOver": "armedPush",
  "push.retry": "armedPushRetry",
} as const;
const isKnown = (type: string): type is keyof typeof ACTS => Object.hasOwn(ACTS, type);

/** The push that is about to go out, or goes out once more for one member. */
function armedPush({ type, input }: Armed, tasks: ShowSlices["pushTasks"]): string | null {
  if (type === "push.handOver") return textAt(input, "pushId") ?? null;
  return type === "push.retry" ? (tasks.get(textAt(input, "taskId") ?? "")?.pushId ?? null) : null;
}

export function useArmedName(armed: Armed): string {
  const { type, by } = armed;
  const words = useTranslations("control");
  const names = useNames();
  const lotteryId = armedLottery(armed);
  const title = useSession((show) => {
    if (lotteryId !== null) return show.lotteries.get(lotteryId)?.title ?? "";
    return show.pushes.get(armedPush(armed, show.pushTasks) ?? "")?.title ?? "";
  });
  const act = isKnown(type) ? words(ACTS[type]) : type;
  return words("armedBy", { act: [act, title].filter(Boolean).join(" · "), who: names(by) ?? words("someone") });
}
