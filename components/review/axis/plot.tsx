"use client";
import { memo } from "react";
import { linePath, stepsPath, type AxisWindow } from "../../charts/time-axis.shape.ts";
import { useStore } from "../../live/store.ts";
import type { ReviewSeries } from "../review-series.ts";
import { useAxis } from "./axis-store.ts";
import { MARKS_PX, PLOT_PX } from "./axis-sizes.ts";

/** Money is a filled area in the colours of traffic; what was counted beside it are lines with scales of their own. */
export const LINE_COLORS = { online: "#f2f5f9", clicks: "#f5a524", comments: "#5fd59a" } as const;
const LINES = ["comments", "clicks", "online"] as const;

type PlotProps = { readonly series: ReviewSeries; readonly window: AxisWindow; readonly widthPx: number };

export const Plot = memo(function Plot({ series, window, widthPx }: PlotProps) {
  const shown = useStore(useAxis().shown);
  const box = { widthPx, heightPx: PLOT_PX, window };
  const paid = { ...box, top: series.paid.top };
  return (
    <svg
      aria-hidden
      width={widthPx}
      height={PLOT_PX}
      className="pointer-events-none absolute left-0"
      style={{ top: MARKS_PX }}
    >
      {[0.25, 0.5, 0.75].map((share) => (
        <line key={share} x2={widthPx} y1={PLOT_PX * share} y2={PLOT_PX * share} stroke="#1f2733" />
      ))}
      {shown.has("paid") ? (
        <>
          <path d={stepsPath(series.paid.values, paid)} fill="#4d6a94" fillOpacity={0.75} />
          <path d={stepsPath(series.knownFen, paid)} fill="#1f7fa6" />
          <path d={stepsPath(series.privateFen, paid)} fill="#6c5fc7" />
        </>
      ) : null}
      {LINES.filter((key) => shown.has(key)).map((key) => (
        <path
          key={key}
          d={linePath(series[key].values, { ...box, heightPx: PLOT_PX - 4, top: series[key].top })}
          transform="translate(0 2)"
          fill="none"
          stroke={LINE_COLORS[key]}
          strokeWidth={1.5}
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      ))}
      <line x2={widthPx} y1={PLOT_PX - 0.5} y2={PLOT_PX - 0.5} stroke="#323d4d" />
    </svg>
  );
});
