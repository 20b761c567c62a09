"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import * as z from "zod/mini";
import { DAY_MS, dayNumberOf, dayText, startOfDay } from "#domain/shanghai-day.ts";
import { count } from "../../format/money.ts";
import { clockTime } from "../../format/time.ts";
import { request } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { KindTag } from "../../live/pushes/push-tags.tsx";
import { PushStatusTag } from "../../push/status-tag.tsx";
import { LoadedSection } from "../../settings/loaded-section.tsx";
import { PUSH_KINDS, PUSH_STATUSES } from "#domain/push/shapes.ts";
import { Button, Spinner } from "../../ui/button.tsx";
import { cn } from "../../ui/cn.ts";
import { EmptyState } from "../../ui/states.tsx";
import { Tag } from "../../ui/tag.tsx";

const Calendar = z.object({
  pushes: z.array(
    z.object({
      sessionId: z.string(),
      pushId: z.string(),
      kind: z.enum(PUSH_KINDS),
      title: z.string(),
      showTitle: z.string(),
      status: z.enum(PUSH_STATUSES),
      at: z.number(),
      timedBy: z.enum(["time", "handedOver", "show"]),
      targets: z.number(),
      over: z.number(),
    }),
  ),
  cut: z.boolean(),
});

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const WEEK_MS = 7 * DAY_MS;
/** The Monday, in Shanghai, of the week that `at` is in; 1970-01-01 was a Thursday. */
const mondayOf = (at: number): number => {
  const day = dayNumberOf(at);
  return startOfDay(day - ((day + 3) % 7));
};

/** Pushes of all shows by day, a week at a time. The week that was there stays, dimmed, until the next one has come. */
export function CalendarPage() {
  const words = useTranslations("calendar");
  const [from, setFrom] = useState(() => mondayOf(Date.now()));
  const path = `/api/v1/wecom/calendar?from=${from}&to=${from + WEEK_MS}`;
  const calendar = useLoaded(path, async (signal) => {
    const reply = await request(path, { shape: Calendar, signal });
    return reply.ok ? { ...reply, value: { ...reply.value, from } } : reply;
  });
  const isOnItsWay = calendar.value !== null && calendar.value.from !== from;
  return (
    <div className="flex h-full flex-col gap-3 overflow-y-auto px-6 pt-3 pb-6 max-sm:px-3">
      <div className="flex flex-wrap items-center gap-2">
        <Button size="sm" onClick={() => setFrom(from - WEEK_MS)}>
          {words("before")}
        </Button>
        <Button size="sm" onClick={() => setFrom(mondayOf(Date.now()))}>
          {words("thisWeek")}
        </Button>
        <Button size="sm" onClick={() => setFrom(from + WEEK_MS)}>
          {words("next")}
        </Button>
        <span className="flex items-center gap-2 text-sm text-dim tabular-nums" role="status">
          {daysOf(from)[0]?.day} – {daysOf(from).at(-1)?.day}
          {isOnItsWay ? (
            <>
              <Spinner />
              <span className="text-xs">{words("loading")}</span>
            </>
          ) : null}
        </span>
        <span className="text-xs text-faint">{words("hint")}</span>
      </div>
      <LoadedSection loaded={calendar}>
        {(week) => (
          <div aria-busy={isOnItsWay} inert={isOnItsWay} className={cn(isOnItsWay && "opacity-40")}>
            <Week {...week} />
          </div>
        )}
      </LoadedSection>
    </div>
  );
}

const daysOf = (from: number) =>
  WEEKDAYS.map((weekday, index) => ({ weekday, day: dayText(dayNumberOf(from) + index) }));

function Week({ pushes, cut, from }: z.infer<typeof Calendar> & { from: number }) {
  const words = useTranslations("calendar");
  const [today] = useState(() => dayText(dayNumberOf(Date.now())));
  return (
    <div className="grid grid-cols-7 gap-2 max-lg:grid-cols-1">
      {cut ? <p className="col-span-full text-xs text-wait-ink">{words("cut")}</p> : null}
      {daysOf(from).map(({ day, weekday }) => {
        const own = pushes.filter(({ at }) => dayText(dayNumberOf(at)) === day);
        // On a phone days stand one under the other: those without anything would only push the others away.
        const isIdle = own.length === 0 && (day !== today || pushes.length === 0);
        return (
          <section
            key={day}
            aria-label={day}
            className={cn(
              "min-w-0 rounded-md border p-2",
              day === today && "border-act-edge",
              isIdle && "max-lg:hidden",
            )}
          >
            <h2 className="flex gap-1.5 text-xs text-dim tabular-nums">
              <span>{words(`weekday.${weekday}`)}</span>
              <span>{day.slice(5)}</span>
              {day === today ? <b className="ml-auto text-act-ink">{words("today")}</b> : null}
            </h2>
            {own.map((push) => (
              <DayPush key={`${push.sessionId} ${push.pushId}`} push={push} />
            ))}
          </section>
        );
      })}
      {pushes.length === 0 ? (
        <EmptyState
          className="col-span-full"
          title={words("emptyTitle")}
          text={words("emptyText")}
          actions={
            <Button asChild>
              <Link href="/shows">{words("toShows")}</Link>
            </Button>
          }
        />
      ) : null}
    </div>
  );
}

type CalendarPush = z.infer<typeof Calendar>["pushes"][number];
const PLANNED: ReadonlySet<string> = new Set(["planned", "held", "armed"]);

/** What is still to come is changed where it was planned; what is out is looked at on its board. */
function pushPage({ sessionId, pushId, status }: CalendarPush): string {
  return `/shows/${sessionId}/pushes${PLANNED.has(status) ? "" : `#board=${encodeURIComponent(pushId)}`}`;
}

function DayPush({ push }: { push: CalendarPush }) {
  const words = useTranslations("calendar");
  const { at, timedBy, title, showTitle, kind, over, targets } = push;
  return (
    <Link
      href={pushPage(push)}
      className="mt-2 flex flex-col gap-1 rounded-md border bg-raised p-2 text-xs hover:bg-hover"
    >
      <span className="text-dim tabular-nums">
        {words(timedBy === "show" ? "untimed" : kind === "robot" ? "speaksAt" : "goesAt", { time: clockTime(at) })}
      </span>
      <b className="break-words">{title}</b>
      <span className="truncate text-faint">{showTitle}</span>
      <span className="flex flex-wrap gap-1">
        <KindTag kind={kind} />
        <PushStatusTag push={push} />
        {over > 0 ? <Tag tone="wait">{words("over", { count: count(over) })}</Tag> : null}
      </span>
      {kind === "robot" ? null : targets > 0 ? (
        <span className="text-faint">{words("targets", { count: count(targets) })}</span>
      ) : (
        <span className="text-wait-ink">{words("nobody")}</span>
      )}
    </Link>
  );
}
