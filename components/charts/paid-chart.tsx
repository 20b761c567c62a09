"use client";
import { useTranslations } from "next-intl";
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { yuanRound, yuanShort } from "../format/money.ts";
import { clockTime } from "../format/time.ts";
import type { PaidPoint, PlacedMark } from "./paid-chart.shape.ts";

type PaidChartProps = {
  points: readonly PaidPoint[];
  marks: readonly PlacedMark[];
  locale: string;
  /** A press on the chart leads to that moment. */
  onPick?: ((at: number) => void) | undefined;
  cursor?: number | null;
};

const colors = { private: "var(--color-private)", public: "var(--color-public)", unknown: "var(--color-faint)" } as const;
const axis = { stroke: "var(--color-line)", tick: { fill: "var(--color-faint)", fontSize: 11 }, tickLine: false } as const;

/** Lines by traffic with the acts on them. Loaded lazily: recharts is heavier than the rest of the room. */
export default function PaidChart({ points, marks, locale, onPick, cursor = null }: PaidChartProps) {
  const words = useTranslations("chart");
  const hasUnknown = points.some(({ unknown }) => unknown !== 0);
  const lines = [
    { key: "private", dash: undefined },
    { key: "public", dash: "6 3" },
    ...(hasUnknown ? [{ key: "unknown" as const, dash: "2 3" }] : []),
  ] as const;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart
        data={[...points]}
        margin={{ top: 18, right: 12, bottom: 0, left: 0 }}
        onClick={({ activeLabel }) => {
          if (onPick && activeLabel !== undefined) onPick(Number(activeLabel));
        }}
      >
        <CartesianGrid stroke="var(--color-line)" vertical={false} />
        <XAxis dataKey="at" type="number" domain={["dataMin", "dataMax"]} tickFormatter={(at: number) => clockTime(at)} minTickGap={80} {...axis} />
        <YAxis width={58} tickFormatter={(fen: number) => yuanShort(fen, locale)} tickCount={4} axisLine={false} {...axis} />
        {marks.map(({ at, text, bare, tone }, index) => (
          <ReferenceLine
            key={`${at}-${index}`}
            x={at}
            stroke={tone === "offer" ? "var(--color-act-edge)" : "var(--color-edge)"}
            strokeDasharray="3 3"
            {...(bare ? {} : { label: { value: text, position: "insideTopLeft", fill: "var(--color-dim)", fontSize: 11, dy: -16 } })}
          />
        ))}
        {cursor === null ? null : <ReferenceLine x={cursor} stroke="var(--color-air)" strokeWidth={1.5} />}
        <Tooltip
          isAnimationActive={false}
          contentStyle={{ background: "var(--color-raised)", border: "1px solid var(--color-edge)", borderRadius: 6, fontSize: 12 }}
          labelFormatter={(at) => clockTime(Number(at))}
          formatter={(fen, name) => [yuanRound(Number(fen)), name]}
        />
        {lines.map(({ key, dash }) => (
          <Line key={key} name={words(key)} dataKey={key} stroke={colors[key]} strokeWidth={1.75} dot={false} isAnimationActive={false} {...(dash ? { strokeDasharray: dash } : {})} />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
}
