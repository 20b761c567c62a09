"use client";
import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { LazyCourseLines } from "../charts/lazy-course-lines.tsx";
import { count, yuanShort } from "../format/money.ts";
import { dayTime } from "../format/time.ts";
import { RehearsalTag } from "../shows/phase-tag.tsx";
import { useList } from "../ui/use-list.ts";
import { cn } from "../ui/cn.ts";
import { EmptyState } from "../ui/states.tsx";
import { Segmented } from "../ui/tabs.tsx";
import { ActsRows } from "./compare-acts.tsx";
import { MEASURES, pointsOf, type Measure } from "./course.ts";
import { lookOf } from "./line-looks.ts";
import type { ComparedShow } from "./load-compare.ts";

type ChartProps = {
  shows: readonly ComparedShow[];
  hidden: ReadonlySet<string>;
  onTurn: (id: string) => void;
};

const HEIGHT_PX = 300;

/** One line a show on the time from its start, and under it what was done when. */
export function CompareChart({ shows, hidden, onTurn }: ChartProps) {
  const words = useTranslations("compare");
  const locale = useLocale();
  const list = useList();
  const [measure, setMeasure] = useState<Measure>("paid");
  const shown = useMemo(
    () => shows.flatMap((show, index) => (hidden.has(show.id) ? [] : [{ show, index }])),
    [shows, hidden],
  );
  const points = useMemo(
    () =>
      pointsOf(
        shown.map(({ show }) => ({ key: show.id, course: show.course })),
        measure,
      ),
    [shown, measure],
  );
  const minutes = Math.max(1, ...shown.map(({ show }) => show.course.paid.length - 1));
  const isMoney = measure === "paid" || measure === "perMinute";
  const unknown = shown.filter(({ show }) => show.course[measure].every((value) => value === null));
  return (
    <section aria-label={words("courses")} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label={words("measureLabel")}
          value={measure}
          onChange={setMeasure}
          options={MEASURES.map((value) => ({ value, label: words(`measure.${value}`) }))}
        />
        <p className="text-xs text-faint">{words("axisNote")}</p>
      </div>
      <Legend shows={shows} hidden={hidden} onTurn={onTurn} />
      {shown.length === 0 ? (
        <EmptyState compact title={words("allHidden")} className="h-[300px] justify-center" />
      ) : (
        <LazyCourseLines
          points={points}
          lines={shown.map(({ show, index }) => ({
            key: show.id,
            number: index + 1,
            label: show.title,
            ...lookOf(index),
          }))}
          show={(value) => (isMoney ? yuanShort(value, locale) : count(Math.round(value)))}
          height={HEIGHT_PX}
          stepped={measure === "paid" || measure === "orders"}
          label={words("chart", { measure: words(`measure.${measure}`), count: shown.length })}
        />
      )}
      {unknown.length > 0 ? (
        <p className="text-xs text-faint">
          {words("noSource", { numbers: list(unknown.map(({ index }) => index + 1)) })}
        </p>
      ) : null}
      <ActsRows shown={shown} minutes={minutes} />
    </section>
  );
}

/** Which line is which; a press takes a show off the chart. */
function Legend({ shows, hidden, onTurn }: ChartProps) {
  const words = useTranslations("compare");
  return (
    <ul
      className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,560px),1fr))] gap-x-3 gap-y-0.5"
      aria-label={words("legend")}
    >
      {shows.map((show, index) => {
        const { color, dash } = lookOf(index);
        const off = hidden.has(show.id);
        return (
          <li key={show.id}>
            <button
              type="button"
              aria-pressed={!off}
              onClick={() => onTurn(show.id)}
              title={words(off ? "showLine" : "hideLine", { title: show.title })}
              className="flex h-7 w-full items-center gap-2 rounded-sm px-1.5 text-left text-xs hover:bg-hover"
            >
              <span className="w-4 text-right font-semibold" style={{ color: off ? undefined : color }}>
                {index + 1}
              </span>
              <svg aria-hidden width="30" height="8" className={cn("shrink-0", off && "opacity-30")}>
                <line x1="0" y1="4" x2="30" y2="4" stroke={color} strokeWidth="2" strokeDasharray={dash} />
              </svg>
              <span className={cn("min-w-0 flex-1 truncate", off && "text-faint line-through")}>{show.title}</span>
              {show.rehearsal ? <RehearsalTag /> : null}
              <span className="shrink-0 text-faint">{dayTime(show.startedAt)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
