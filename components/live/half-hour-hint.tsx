"use client";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import { minuteOf } from "#domain/metrics/pace.ts";
import { clockTime } from "../format/time.ts";
import { HALF_HOUR_MS, lastMark } from "#domain/report/half-hours.ts";
import { useSession } from "../session/session-provider.tsx";
import { Button } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { Icon } from "../ui/icon.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { Popover } from "../ui/popover.tsx";
import { useDeskKey } from "./desk.tsx";
import { useOverTime } from "./show-clock.tsx";

/** The words of a half hour are put together when somebody asks for them. */
const HalfHourCopy = dynamic(() => import("./half-hour-copy.tsx").then((module) => module.HalfHourCopy), {
  ssr: false,
});

/**
 * 战报 of the last full half hour, ready to send. Its button stands there all the time and keeps its width, so that nothing jumps when a half hour
 * is full: it only says so. After the end it leads to the whole show's report.
 */
export function HalfHourHint({ compact = false }: { compact?: boolean }) {
  const words = useTranslations("report");
  const { phase, startedAt, endedAt, sessionId, rehearsal } = useSession((show) => show.session);
  const mark = useOverTime(useCallback((now) => lastMark({ startedAt, endedAt }, now), [startedAt, endedAt]));
  const [open, setOpen] = useState(false);
  const [copied, setCopied] = useState<number | null>(null);
  const isOver = phase === "ended";
  useDeskKey({
    code: "KeyZ",
    key: "Z",
    label: words("halfKey"),
    section: "show",
    run: () => setOpen(true),
    off: isOver,
  });
  if (isOver) {
    return (
      <Button asChild size="sm">
        <Link href={`/shows/${sessionId}/report`}>{words("halfButton")}</Link>
      </Button>
    );
  }
  const isNew = mark !== null && mark !== copied;
  const label = mark === null ? words("halfButton") : words("halfReady", { time: clockTime(mark) });
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      label={label}
      className="w-[420px] max-w-[calc(100vw-24px)]"
      trigger={
        <Button size="sm" look={isNew ? "plain" : "ghost"} title={label} aria-label={label}>
          {/* A rehearsal's own controls stand in the same row. */}
          {compact || rehearsal ? (
            <Icon name="copy" size={13} className={compact ? "" : "min-[1681px]:hidden"} />
          ) : null}
          {compact ? null : <SteadyLabel mark={mark} className={rehearsal ? "max-[1680px]:hidden" : ""} />}
          <span aria-hidden className={isNew ? "size-1.5 rounded-full bg-act-ink" : "size-1.5"} />
        </Button>
      }
    >
      {mark === null ? (
        <p className="text-sm text-dim">
          {startedAt === null
            ? words("halfBefore")
            : words("halfNext", { time: clockTime(minuteOf(startedAt) + HALF_HOUR_MS) })}
        </p>
      ) : (
        <HalfHourCopy
          key={mark}
          mark={mark}
          onCopied={() => {
            setCopied(mark);
            setOpen(false);
          }}
        />
      )}
    </Popover>
  );
}

/** Always as wide as with a time. */
function SteadyLabel({ mark, className }: { mark: number | null; className: string }) {
  const name = useTranslations("report")("halfButton");
  return (
    <span className={cn("flex items-center gap-1.5", className)}>
      <span className="relative tabular-nums">
        <span aria-hidden className="invisible">
          00:00 {name}
        </span>
        <span className="absolute inset-0 text-center">{mark === null ? name : `${clockTime(mark)} ${name}`}</span>
      </span>
      <Kbd className="max-[1560px]:hidden">Z</Kbd>
    </span>
  );
}
