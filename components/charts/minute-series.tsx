"use client";
import { useMemo, useState } from "react";
import { Area, AreaChart, CartesianGrid, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { clockTime } from "../format/time.ts";
import {
  type ActMarker,
  axisEnd,
  axisTop,
  type MinutePoint,
  placeMarkers,
  shortLabel,
  timeTicks,
} from "./minute-series.shape.ts";

export type SeriesLine<K extends string> = {
  readonly key: K;
  /** Said in the tooltip and to assistive technology. */
  readonly label: string;
  readonly tone: "private" | "public" | "act" | "sure" | "wait";
};

export type MinuteSeriesProps<K extends string> = {
  readonly points: readonly MinutePoint<K>[];
  readonly lines: readonly SeriesLine<K>[];
  readonly markers?: readonly ActMarker[];
  /** Where the slider of a replay stands. */
  readonly cursorAt?: number | null;
  readonly show: (value: number) => string;
  readonly height: number;
  /** What the chart says, for who doesn't see it. */
  readonly label: string;
  readonly onPick?: ((at: number) => void) | undefined;
  /** Of axis and marks, px; for a page that is read from far away. */
  readonly letterPx?: number;
};

const tones = { private: "#9385f5", public: "#38bdf2", act: "#8fc0ff", sure: "#30a46c", wait: "#f5a524" };
const markerTones = { air: "#e5484d", wait: "#f5a524", private: "#9385f5", public: "#38bdf2", plain: "#8b95a3" };
/** What the places of labels are reckoned with. */
const LETTER_PX = 11;
/** Room left of the plot for the amounts, and right of it. */
const AXIS_PX = 64;
const END_PX = 20;

/** Amounts or counts by minute with the acts on them. Nothing moves by itself: new points just extend the line. */
export function MinuteSeries<K extends string>({
  points,
  lines,
  markers = [],
  cursorAt = null,
  show,
  height,
  label,
  onPick,
  letterPx = LETTER_PX,
}: MinuteSeriesProps<K>) {
  const scale = letterPx / LETTER_PX;
  const faint = { fill: "#8b95a3", fontSize: letterPx };
  const from = points[0]?.at ?? 0;
  const to = axisEnd(points, markers);
  const top = useMemo(() => axisTop(points.flatMap((point) => lines.map(({ key }) => point[key]))), [points, lines]);
  const [widthPx, setWidthPx] = useState(0);
  const placed = useMemo(() => {
    const short = markers.map((marker) => ({ ...marker, label: shortLabel(marker.label) }));
    const plotPx = widthPx / scale;
    return placeMarkers(short, { from, widthPx: plotPx, pxPerMs: plotPx / Math.max(1, to - from) });
  }, [markers, from, to, widthPx, scale]);
  const pick = (event: { activeLabel?: string | number | undefined }) => {
    const at = Number(event.activeLabel);
    if (onPick && Number.isFinite(at)) onPick(at);
  };
  return (
    <figure aria-label={label} className="m-0" style={{ height }}>
      <ResponsiveContainer
        width="100%"
        height="100%"
        onResize={(width) => setWidthPx(Math.max(0, width - AXIS_PX * scale - END_PX))}
      >
        <AreaChart
          data={[...points]}
          margin={{ top: 34 * scale, right: END_PX, bottom: 0, left: 0 }}
          onClick={pick}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="#1f2733" />
          <XAxis
            dataKey="at"
            type="number"
            scale="time"
            domain={[from, to]}
            ticks={timeTicks(from, to)}
            tickFormatter={(at: number) => clockTime(at)}
            tick={faint}
            stroke="#1f2733"
            tickLine={false}
          />
          <YAxis
            domain={[0, top]}
            ticks={[top / 2, top]}
            tickFormatter={(value: number) => (value === 0 ? "" : show(value))}
            tick={faint}
            axisLine={false}
            tickLine={false}
            width={AXIS_PX * scale}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: "#526077" }}
            content={({ active, payload, label: at }) =>
              active && payload.length > 0 ? (
                <div className="rounded-md bg-[#27313f] px-2.5 py-1.5 text-xs text-ink shadow-float">
                  <p className="text-dim">{clockTime(Number(at))}</p>
                  {payload.map(({ name, value, color }) => (
                    <p key={String(name)} className="flex items-center gap-2">
                      <span aria-hidden className="size-2 rounded-full" style={{ background: color }} />
                      {String(name)}
                      <span className="ml-auto tabular-nums">{typeof value === "number" ? show(value) : "–"}</span>
                    </p>
                  ))}
                </div>
              ) : null
            }
          />
          {placed.map(({ at, label: words, tone, row, side }, index) => (
            <ReferenceLine
              key={`${at}-${index}`}
              x={at}
              stroke={markerTones[tone]}
              strokeDasharray="3 3"
              strokeOpacity={0.7}
              {...(row === null
                ? {}
                : {
                    label: {
                      value: words,
                      position: side === "right" ? "insideTopLeft" : "insideTopRight",
                      dy: (row * 15 - 32) * scale,
                      fill: "#a7b1be",
                      fontSize: letterPx,
                    },
                  })}
            />
          ))}
          {lines.map(({ key, label: name, tone }) => (
            <Area
              key={key}
              dataKey={key}
              name={name}
              type="linear"
              stroke={tones[tone]}
              strokeWidth={1.75}
              fill={tones[tone]}
              fillOpacity={lines.length === 1 ? 0.14 : 0.05}
              isAnimationActive={false}
              connectNulls={false}
              dot={false}
            />
          ))}
          {cursorAt === null ? null : <ReferenceLine x={cursorAt} stroke="#ffffff" strokeWidth={1.5} />}
        </AreaChart>
      </ResponsiveContainer>
    </figure>
  );
}
