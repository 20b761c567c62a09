"use client";
import { useTranslations } from "next-intl";
import type { PushRow } from "#domain/push/rows.ts";
import { useSession } from "../session/session-provider.tsx";
import { isKeptBack, tasksOf } from "./board/board-rows.shape.ts";

/** How much of a push WeCom has not even been told, because it is away. */
export function KeptBack({ push }: { push: PushRow }) {
  const words = useTranslations("push.soFar");
  const count = useSession(({ pushTasks }) => tasksOf(pushTasks, push).filter(isKeptBack).length);
  if (push.rounds === 0 || push.status !== "handedOver" || count === 0) return null;
  return <span className="text-wait-ink">{words("away", { count })}</span>;
}
