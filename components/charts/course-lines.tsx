"use client";
import { useMemo } from "react";
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { COURSE_LEFT_PX, COURSE_RIGHT_PX } from "./course-sizes.ts";
import { axisTop, MINUTE_MS, timeTicks } from "./minute-series.shape.ts";

export type CourseLine = {
  readonly key: string;
  /** Stands at the line's end and in the tooltip. */
  readonly number: number;
  readonly label: string;
  readonly color: string;
  readonly dash: string;
};

export type CourseLinesProps = {
  /** `minute` counts from the start; the lines' values by their keys. */
  readonly points: readonly { readonly minute: number; readonly [key: string]: number | null }[];
  readonly lines: readonly CourseLine[];
  readonly show: (value: number) => string;
  readonly height: number;
  readonly label: string;
  /** Steps where values hold until the next: sums. */
  readonly stepped: boolean;
};

const faint = { fill: "#8b95a3", fontSize: 11 };

/** Shows side by side, each a line on the minutes since its own start. */
export function CourseLines({ points, lines, show, height, label, stepped }: CourseLinesProps) {
  const top = useMemo(
    () => axisTop(points.flatMap((point) => lines.map(({ key }) => point[key] ?? null))),
    [points, lines],
  );
  const last = points.at(-1)?.minute ?? 1;
  const ends = useMemo(() => lineEnds({ points, lines, top }), [points, lines, top]);
  return (
    <figure aria-label={label} className="m-0" style={{ height }}>
      <ResponsiveContainer width="100%" height="100%">
        <LineChart
          data={[...points]}
          margin={{ top: 12, right: COURSE_RIGHT_PX, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="#1f2733" />
          <XAxis
            dataKey="minute"
            type="number"
            domain={[0, Math.max(1, last)]}
            ticks={timeTicks(0, Math.max(1, last) * MINUTE_MS, 10).map((at) => at / MINUTE_MS)}
            tickFormatter={(minute: number) => hours(minute)}
            tick={faint}
            stroke="#1f2733"
            tickLine={false}
          />
          <YAxis
            domain={[0, top]}
            ticks={[top / 2, top]}
            tickFormatter={(value: number) => show(value)}
            tick={faint}
            axisLine={false}
            tickLine={false}
            width={COURSE_LEFT_PX}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: "#526077" }}
            content={({ active, label: minute }) =>
              active ? <AtMinute point={points[Number(minute)]} lines={lines} show={show} /> : null
            }
          />
          {lines.map((line) => (
            <Line
              key={line.key}
              dataKey={line.key}
              name={line.label}
              type={stepped ? "stepAfter" : "linear"}
              stroke={line.color}
              strokeDasharray={line.dash}
              strokeWidth={1.75}
              isAnimationActive={false}
              activeDot={{ r: 3 }}
              dot={({ key, cx, cy, index }) =>
                index === ends.get(line.key)?.index && cx !== undefined && cy !== undefined ? (
                  <text
                    key={key}
                    x={cx + 5 + (ends.get(line.key)?.behind ?? 0) * END_PX}
                    y={cy + 4}
                    fill={line.color}
                    fontSize={11}
                    fontWeight={600}
                  >
                    {line.number}
                  </text>
                ) : (
                  <g key={key} />
                )
              }
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </figure>
  );
}

/** Room for a number at a line's end. */
const END_PX = 11;
/** Of the height: numbers nearer than this to each other would lie on each other. */
const NEAR_SHARE = 0.05;

/** Where each line ends, and behind how many numbers its own stands, so that lines which end together are all named. */
function lineEnds({ points, lines, top }: Pick<CourseLinesProps, "points" | "lines"> & { readonly top: number }) {
  const ends = new Map<string, { readonly index: number; readonly behind: number; readonly value: number }>();
  for (const { key } of lines) {
    const index = points.findLastIndex((point) => point[key] != null);
    const value = points[index]?.[key] ?? 0;
    const together = [...ends.values()].filter(
      (end) => Math.abs(end.index - index) < points.length / 50 && Math.abs(end.value - value) < top * NEAR_SHARE,
    );
    ends.set(key, { index, value, behind: together.length });
  }
  return ends;
}

type AtMinuteProps = Pick<CourseLinesProps, "lines" | "show"> & {
  readonly point: CourseLinesProps["points"][number] | undefined;
};

function AtMinute({ point, lines, show }: AtMinuteProps) {
  if (!point) return null;
  return (
    <div className="max-w-80 rounded-md bg-[#27313f] px-2.5 py-1.5 text-xs text-ink shadow-float">
      <p className="text-dim">{hours(point.minute)}</p>
      {lines.map(({ key, number, label, color }) => {
        const value = point[key];
        return value == null ? null : (
          <p key={key} className="flex gap-2">
            <span className="w-4 shrink-0 text-right font-semibold" style={{ color }}>
              {number}
            </span>
            <span className="min-w-0 flex-1 truncate text-dim">{label}</span>
            <span className="tabular-nums">{show(value)}</span>
          </p>
        );
      })}
    </div>
  );
}

/** Minutes from the start as hours and minutes: 75 is 1:15. */
const hours = (minute: number) => `${Math.trunc(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;
