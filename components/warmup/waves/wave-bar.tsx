"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import type { Role } from "#domain/op.ts";
import type { QuietHours } from "#domain/wave/shapes.ts";
import { templateWords } from "#domain/wave/template-words.ts";
import { dayTime } from "../../format/time.ts";
import { useDesk } from "../../live/desk.tsx";
import { useAct } from "../../session/use-act.ts";
import { useShowNow } from "../../live/show-clock.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Popover } from "../../ui/popover.tsx";
import { Callout } from "../../ui/states.tsx";
import { Segmented } from "../../ui/tabs.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { usePlanLanguage } from "../plan-words.ts";
import { minuteOfDay, textOfMinute } from "./day-minute.ts";

const SETTERS: readonly Role[] = ["owner", "manager", "operator"];

/** What goes out next, when people sleep, and on which days groups would be asked twice. */
export function WaveBar({ children }: { children: ReactNode }) {
  const words = useTranslations("warmupPlan.waves");
  const { next, quiet, massByDay, startsAt, beats } = useSession((show) => show.waves);
  const language = usePlanLanguage();
  const now = useShowNow(15_000);
  const hasEnded = useSession((show) => show.session.endedAt !== null);
  const missed = beats.reduce((sum, { cells, through }) => sum + cells - through, 0);
  // What a day asks of groups is of use while it can be moved.
  const crowded = hasEnded ? [] : massByDay.filter(({ groups }) => groups > 1);
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <p className="text-sm">
          {hasEnded
            ? missed > 0
              ? words("endedMissed", { count: missed })
              : words("endedAll")
            : next
              ? words(next.at < now ? "nextLate" : "next", {
                  title: templateWords(next.title, language),
                  time: dayTime(next.at),
                })
              : words("nextNone")}
        </p>
        <span className="text-xs text-faint">{words("startsAt", { time: dayTime(startsAt) })}</span>
        <Quiet />
        {quiet > 0 && !hasEnded ? (
          <span className="text-xs text-wait-ink">{words("quietHours.count", { count: quiet })}</span>
        ) : null}
        <div className="ml-auto flex flex-wrap gap-2">{children}</div>
      </div>
      {crowded.length === 0 ? null : (
        <Callout
          tone="wait"
          actions={
            <Button asChild size="sm" look="ghost">
              <Link href="/wecom/quota">{words("quota.look")}</Link>
            </Button>
          }
        >
          <span className="text-xs">
            {crowded
              .map(({ day, groups, customers }) => words("quota.day", { day: day.slice(5), groups, customers }))
              .join(";")}
            {" · "}
            {words("quota.rule")}
          </span>
        </Callout>
      )}
    </>
  );
}

function Quiet() {
  const words = useTranslations("warmupPlan.waves.quietHours");
  const quietHours = useSession((show) => show.waves.quietHours);
  const maySet = useDesk().may(SETTERS);
  const act = useAct();
  const set = (part: Partial<QuietHours>) => void act("wave.setQuietHours", { ...quietHours, ...part });
  const { from, to, mode } = quietHours;
  const said = words("summary", {
    from: textOfMinute(from),
    to: textOfMinute(to),
    mode: words(`modeOf.${mode}`),
  });
  return (
    <Popover
      label={words("title")}
      trigger={
        <Button size="sm" look="ghost" aria-label={`${words("set")}: ${said}`}>
          {words("title")} <span className="font-normal text-faint tabular-nums">{said}</span>
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <div className="grid grid-cols-2 gap-3">
          <TimeField label={words("from")} value={from} disabled={!maySet} onCommit={(next) => set({ from: next })} />
          <TimeField label={words("to")} value={to} disabled={!maySet} onCommit={(next) => set({ to: next })} />
        </div>
        <Field label={words("mode")}>
          <Segmented
            label={words("mode")}
            value={mode}
            onChange={(next) => maySet && set({ mode: next })}
            options={(["off", "warn", "refuse"] as const).map((one) => ({ value: one, label: words(`modeOf.${one}`) }))}
          />
        </Field>
      </div>
    </Popover>
  );
}

type TimeProps = { label: string; value: number; disabled: boolean; onCommit: (minute: number) => void };

function TimeField({ label, value, disabled, onCommit }: TimeProps) {
  const [bad, setBad] = useState(false);
  return (
    <Field label={label}>
      <TextField
        value={textOfMinute(value)}
        disabled={disabled}
        aria-invalid={bad || undefined}
        placeholder="22:30"
        onCommit={(text) => {
          const minute = minuteOfDay(text);
          setBad(minute === null);
          if (minute !== null) onCommit(minute);
        }}
      />
    </Field>
  );
}
