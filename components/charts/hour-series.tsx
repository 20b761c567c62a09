"use client";
import { useMemo, type Key } from "react";
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { count } from "../format/money.ts";
import { clockTime, day } from "../format/time.ts";
import { HOUR_MS, sumsOf, type HourPoint } from "./hour-series.shape.ts";
import { axisTop, timeTicks } from "./minute-series.shape.ts";

export type HourSeriesProps = {
  readonly points: readonly HourPoint[];
  /** Where the running hour has come to, ms UTC. */
  readonly now: number;
  readonly mode: "cumulative" | "each";
  readonly targets: readonly {
    readonly of: "reservations" | "signups";
    readonly value: number;
    readonly label: string;
  }[];
  readonly names: { readonly reservations: string; readonly signups: string; readonly cancelled: string };
  readonly height: number;
  readonly label: string;
};

const TONES = { reservations: "#38bdf2", signups: "#9385f5", cancelled: "#7d5912" };
const faint = { fill: "#8b95a3", fontSize: 11 };
const AXIS_PX = 64;
/** A warm-up that has just begun is no line of a pixel. */
const SPAN_MS_MIN = 10 * 60_000;

/** 视频号预约 and 预约登记 by hour, as sums against their targets or as what each hour brought. */
export function HourSeries({ points, now, mode, targets, names, height, label }: HourSeriesProps) {
  const bars = useMemo(() => points.map((point) => ({ ...point, hour: point, gone: -point.cancelled })), [points]);
  const sums = useMemo(() => sumsOf(points, now), [points, now]);
  const shownTargets = mode === "cumulative" ? targets : [];
  const top = useMemo(() => axisTop(topsOf(points, mode, targets)), [points, mode, targets]);
  const bottom = mode === "each" ? Math.min(0, ...bars.map(({ gone, reserved }) => Math.min(gone, reserved ?? 0))) : 0;
  const rows = mode === "cumulative" ? sums : bars;
  const from = points[0]?.at ?? 0;
  const to = Math.max(rows.at(-1)?.at ?? from, from + (mode === "cumulative" ? SPAN_MS_MIN : HOUR_MS));
  const room = mode === "each" ? HOUR_MS / 2 : 0;
  return (
    <figure aria-label={label} className="m-0" style={{ height }}>
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart
          data={rows}
          margin={{ top: 18, right: 24, bottom: 0, left: 0 }}
          accessibilityLayer={false}
          barGap={1}
        >
          <CartesianGrid vertical={false} stroke="#1f2733" />
          <XAxis
            dataKey="at"
            type="number"
            scale="time"
            domain={[from - room, to + room]}
            ticks={timeTicks(from, to, 8)}
            tickFormatter={hourLabel}
            tick={faint}
            stroke="#1f2733"
            tickLine={false}
          />
          <YAxis
            domain={[bottom, top]}
            ticks={[top / 2, top].filter(Number.isInteger)}
            tickFormatter={count}
            tick={faint}
            axisLine={false}
            tickLine={false}
            width={AXIS_PX}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={mode === "each" ? { fill: "#18202b" } : { stroke: "#526077" }}
            content={({ active, label: at }) =>
              active ? (
                <AtHour
                  point={rows.find((row) => row.at === Number(at))?.hour ?? undefined}
                  mode={mode}
                  names={names}
                />
              ) : null
            }
          />
          {shownTargets.map(({ of, value, label: words }, index) => (
            <ReferenceLine
              key={of}
              y={value}
              stroke={TONES[of]}
              strokeDasharray="5 4"
              strokeOpacity={0.8}
              label={{
                value: words,
                position: index % 2 === 0 ? "insideTopLeft" : "insideTopRight",
                dy: -16,
                fill: "#a7b1be",
                fontSize: 11,
              }}
            />
          ))}
          {mode === "cumulative" ? (
            <>
              <Line
                dataKey="signups"
                name={names.signups}
                type="monotone"
                {...line(TONES.signups)}
                dot={aloneDot(
                  sums.map(({ signups }) => signups),
                  TONES.signups,
                )}
              />
              <Line
                dataKey="reservations"
                name={names.reservations}
                type="stepAfter"
                {...line(TONES.reservations)}
                dot={aloneDot(
                  sums.map(({ reservations }) => reservations),
                  TONES.reservations,
                )}
              />
            </>
          ) : (
            <>
              <Bar dataKey="reserved" name={names.reservations} fill={TONES.reservations} {...bar} />
              <Bar dataKey="signedUp" name={names.signups} fill={TONES.signups} {...bar} stackId="signups" />
              <Bar dataKey="gone" name={names.cancelled} fill={TONES.cancelled} {...bar} stackId="signups" />
              <ReferenceLine y={0} stroke="#323d4d" />
            </>
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </figure>
  );
}

const line = (stroke: string) => ({
  stroke,
  strokeWidth: 1.75,
  isAnimationActive: false,
  connectNulls: false,
});
type Placed = {
  readonly key?: Key | null | undefined;
  readonly cx?: number;
  readonly cy?: number;
  readonly index?: number;
};

/** Of a value with none beside it no line is drawn: it stands as a dot. */
const aloneDot =
  (values: readonly (number | null)[], fill: string) =>
  ({ key, cx, cy, index = 0 }: Placed) => {
    const [before, own, after] = [index - 1, index, index + 1].map((at) => values[at] ?? null);
    return before === null && own !== null && after === null ? (
      <circle key={key} cx={cx} cy={cy} r={3} fill={fill} />
    ) : (
      <g key={key} />
    );
  };

const bar = { isAnimationActive: false, maxBarSize: 22 } as const;

const topsOf = (points: readonly HourPoint[], mode: HourSeriesProps["mode"], targets: HourSeriesProps["targets"]) =>
  mode === "cumulative"
    ? [...points.flatMap(({ reservations, signups }) => [reservations, signups]), ...targets.map(({ value }) => value)]
    : points.flatMap(({ reserved, signedUp }) => [reserved, signedUp]);

/** A new day says which; the hours of one do not. */
const hourLabel = (at: number) => (clockTime(at) === "00:00" ? day(at).slice(5) : clockTime(at));

type AtHourProps = Pick<HourSeriesProps, "mode" | "names"> & { readonly point: HourPoint | undefined };

function AtHour({ point, mode, names }: AtHourProps) {
  if (!point) return null;
  const { at, reservations, reserved, signups, signedUp, cancelled } = point;
  const rows =
    mode === "cumulative"
      ? [
          { name: names.reservations, color: TONES.reservations, value: reservations },
          { name: names.signups, color: TONES.signups, value: signups },
        ]
      : [
          { name: names.reservations, color: TONES.reservations, value: reserved },
          { name: names.signups, color: TONES.signups, value: signedUp },
          { name: names.cancelled, color: TONES.cancelled, value: cancelled },
        ];
  return (
    <div className="rounded-md bg-[#27313f] px-2.5 py-1.5 text-xs text-ink shadow-float">
      <p className="text-dim">
        {day(at).slice(5)} {clockTime(at)}–{clockTime(at + HOUR_MS)}
      </p>
      {rows.map(({ name, color, value }) => (
        <p key={name} className="flex items-center gap-2">
          <span aria-hidden className="size-2 rounded-full" style={{ background: color }} />
          {name}
          <span className="ml-auto pl-4 tabular-nums">{value === null ? "–" : count(value)}</span>
        </p>
      ))}
    </div>
  );
}
