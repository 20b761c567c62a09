"use client";
import { useTranslations } from "next-intl";
import type { ArmedAct } from "#domain/ops/arm.ts";
import { isReplay } from "../session/replay-source.ts";
import { useNames, useServerNow, useSession, useSessionSource } from "../session/session-provider.tsx";
import { useShowNow } from "./show-clock.tsx";

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

export function useArmedName(armed: Armed): string {
  const { type, by } = armed;
  const words = useTranslations("control");
  const names = useNames();
  const lotteryId = armedLottery(armed);
  const title = useSession((show) => (lotteryId === null ? "" : (show.lotteries.get(lotteryId)?.title ?? "")));
  const act = type === "lottery.draw" ? words("armedDraw") : type === "lottery.redraw" ? words("armedRedraw") : type;
  return words("armedBy", { act: [act, title].filter(Boolean).join(" · "), who: names(by) ?? words("someone") });
}
