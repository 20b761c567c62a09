"use client";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { count } from "../../format/money.ts";
import type { GrowthDay } from "./group-data.ts";
import { everyDay } from "./growth-days.ts";

const DAYS = 30;
const WIDTH = 600;
const HEIGHT = 96;
/** The line between those who came and those who went. */
const MIDDLE = 60;

/** Who came (above) and who went (below) by day. Small enough to be drawn here: a chart library would outweigh the page. */
export function GrowthBars({ days, label }: { days: readonly GrowthDay[]; label: string }) {
  const words = useTranslations("wecomDesk.growth");
  const [now] = useState(() => Date.now());
  const shown = useMemo(() => everyDay(days, { now, days: DAYS }), [days, now]);
  const joins = shown.reduce((sum, one) => sum + one.joins, 0);
  const leaves = shown.reduce((sum, one) => sum + one.leaves, 0);
  return (
    <figure className="flex flex-col gap-1">
      <figcaption className="flex flex-wrap items-baseline gap-x-4 text-xs text-dim">
        <span>{words("span", { days: DAYS })}</span>
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-[2px] bg-private" />
          {words("joins", { count: count(joins) })}
        </span>
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-[2px] bg-wait" />
          {words("leaves", { count: count(leaves) })}
        </span>
        <span>{words("net", { count: `${joins - leaves > 0 ? "+" : ""}${count(joins - leaves)}` })}</span>
      </figcaption>
      {joins === 0 && leaves === 0 ? (
        <p className="py-3 text-sm text-faint">{words("still")}</p>
      ) : (
        <Bars
          days={shown}
          label={`${label}: ${words("joins", { count: count(joins) })}, ${words("leaves", { count: count(leaves) })}`}
        />
      )}
    </figure>
  );
}

function Bars({ days: shown, label }: { days: readonly GrowthDay[]; label: string }) {
  const words = useTranslations("wecomDesk.growth");
  const top = Math.max(1, ...shown.map((one) => one.joins));
  const deep = Math.max(1, ...shown.map((one) => one.leaves));
  const step = WIDTH / shown.length;
  return (
    <>
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-24 w-full"
      >
        <line x1="0" x2={WIDTH} y1={MIDDLE} y2={MIDDLE} stroke="var(--color-edge)" vectorEffect="non-scaling-stroke" />
        {shown.map((one, index) => {
          const up = (one.joins / top) * (MIDDLE - 4);
          const down = (one.leaves / deep) * (HEIGHT - MIDDLE - 4);
          return (
            <g key={one.day}>
              <title>{words("day", { day: one.day.slice(5), joins: one.joins, leaves: one.leaves })}</title>
              <rect x={index * step} y="0" width={step} height={HEIGHT} fill="transparent" />
              <rect x={index * step + 2} y={MIDDLE - up} width={step - 4} height={up} fill="var(--color-private)" />
              <rect x={index * step + 2} y={MIDDLE + 1} width={step - 4} height={down} fill="var(--color-wait)" />
            </g>
          );
        })}
      </svg>
      <div className="flex justify-between text-2xs text-faint tabular-nums" aria-hidden>
        <span>{shown[0]?.day.slice(5)}</span>
        <span>{shown.at(-1)?.day.slice(5)}</span>
      </div>
    </>
  );
}
