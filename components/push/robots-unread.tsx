"use client";
import { useTranslations } from "next-intl";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { Skeleton } from "../ui/states.tsx";
import type { PushDesk } from "./push-desk.tsx";

/** Until robots are read nobody may say that there are none. */
export function RobotsUnread({ unread: { failure, reload } }: { unread: NonNullable<PushDesk["unread"]> }) {
  const words = useTranslations("push");
  const ui = useTranslations("ui");
  const explain = useFailure();
  if (!failure) return <Skeleton className="h-8 w-64" />;
  return (
    <p className="flex flex-wrap items-center gap-2 text-xs text-wait-ink">
      {words("robotsFailed", { reason: explain(failure) })}
      <Button size="sm" onClick={reload}>
        {ui("retry")}
      </Button>
    </p>
  );
}
