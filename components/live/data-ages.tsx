"use client";
import { useTranslations } from "next-intl";
import { useSession } from "../session/session-provider.tsx";
import { cn } from "../ui/cn.ts";
import { ToneShape } from "../ui/tag.tsx";
import { useLate } from "./use-late.ts";

/** What each source said last, and how long ago; late ones say so in colour, shape and word. */
export function DataAges() {
  const words = useTranslations("control");
  const ordersAt = useSession((show) => (show.figures.headline.source === "orders" ? show.figures.headline.at : null));
  const sources = useSession((show) => show.audience.sources);
  const commentsAt = useSession((show) => show.commentSource.lastSeenAt);
  const known = [
    { name: words("source.orders"), at: ordersAt },
    ...sources.map(({ source, lastAt }) => ({ name: words(`source.${source}`), at: lastAt })),
    ...(commentsAt === null ? [] : [{ name: words("source.comments"), at: commentsAt }]),
  ];
  return (
    <span className="flex items-center gap-2 text-xs text-dim">
      {known.map(({ name, at }) => (
        <DataAge key={name} name={name} at={at} />
      ))}
    </span>
  );
}

function DataAge({ name, at }: { name: string; at: number | null }) {
  const words = useTranslations("control");
  const age = useAgeWords();
  const { late, now } = useLate(at);
  if (at === null) return <span className="whitespace-nowrap text-faint">{words("noSource", { name })}</span>;
  return (
    <span className={cn("flex items-center gap-1 whitespace-nowrap tabular-nums", late && "text-wait-ink")}>
      {late ? <ToneShape tone="wait" /> : null}
      {name} {age(now - at)}
      {late ? ` · ${words("stale")}` : ""}
    </span>
  );
}

export function useAgeWords(): (ms: number) => string {
  const words = useTranslations("control");
  return (ms) => {
    if (ms < 1_500) return words("justNow");
    if (ms < 90_000) return words("secondsAgo", { count: Math.round(ms / 1_000) });
    if (ms < 90 * 60_000) return words("minutesAgo", { count: Math.round(ms / 60_000) });
    return words("hoursAgo", { count: Math.round(ms / 3_600_000) });
  };
}
