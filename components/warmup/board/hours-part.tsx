"use client";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { everyHour } from "../../charts/hour-series.shape.ts";
import { LazyHourSeries } from "../../charts/lazy-hour-series.tsx";
import { count } from "../../format/money.ts";
import { useShowNow } from "../../live/show-clock.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Segmented } from "../../ui/tabs.tsx";
import { BoardPart } from "./board-part.tsx";

type Mode = "cumulative" | "each";
const MODES: readonly Mode[] = ["cumulative", "each"];
const HEIGHT_PX = 228;

/** 视频号预约 and 预约登记 by hour against what they are to reach. */
export function HoursPart({ className }: { className?: string }) {
  const words = useTranslations("warmupBoard.hours");
  const [mode, setMode] = useState<Mode>("cumulative");
  const reservations = useSession((show) => show.reservations);
  const { byHour, standing, rules } = useSession((show) => show.signups);
  // The chart is not drawn again each second; after the show nothing goes on.
  const minute = useShowNow(60_000);
  const endedAt = useSession((show) => show.session.endedAt);
  const now = endedAt === null ? minute : Math.min(minute, endedAt);
  const points = useMemo(
    () => everyHour({ reservations: reservations.byHour, signups: byHour, standing, now }),
    [reservations.byHour, byHour, standing, now],
  );
  const { target } = reservations;
  const targets = [
    ...(target === null
      ? []
      : [{ of: "reservations" as const, value: target, label: words("reservationTarget", { count: count(target) }) }]),
    ...(rules.target === null
      ? []
      : [
          { of: "signups" as const, value: rules.target, label: words("signupTarget", { count: count(rules.target) }) },
        ]),
  ];
  return (
    <BoardPart
      title={words("title")}
      {...(className ? { className } : {})}
      aside={
        points.length === 0 ? null : (
          <>
            <Legend />
            <Segmented
              label={words("title")}
              value={mode}
              onChange={setMode}
              options={MODES.map((value) => ({ value, label: words(value) }))}
            />
          </>
        )
      }
    >
      {points.length === 0 ? (
        <EmptyState compact title={words("emptyTitle")} text={words("emptyText")} />
      ) : (
        <LazyHourSeries
          points={points}
          now={now}
          mode={mode}
          targets={targets}
          names={{
            reservations: words("reservations"),
            signups: words("signups"),
            cancelled: words("cancelled"),
          }}
          height={HEIGHT_PX}
          label={words("label")}
        />
      )}
    </BoardPart>
  );
}

/** Colours are told beside the words that the lines' tooltip uses. */
function Legend() {
  const words = useTranslations("warmupBoard.hours");
  return (
    <span className="flex items-center gap-3 whitespace-nowrap max-sm:hidden">
      <span className="flex items-center gap-1.5">
        <span aria-hidden className="h-0.5 w-4 bg-public" />
        {words("reservations")}
      </span>
      <span className="flex items-center gap-1.5">
        <span aria-hidden className="h-0.5 w-4 bg-private" />
        {words("signups")}
      </span>
    </span>
  );
}
