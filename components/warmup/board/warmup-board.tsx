"use client";
import { useTranslations } from "next-intl";
import { useSession } from "../../session/session-provider.tsx";
import { EmptyState } from "../../ui/states.tsx";

/** The warm-up at a glance. */
export function WarmupBoard() {
  const words = useTranslations("warmup");
  const title = useSession((show) => show.session.title);
  return <EmptyState title={words("heading", { title })} />;
}
