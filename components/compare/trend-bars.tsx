"use client";
import { useTranslations } from "next-intl";
import type { ShowFigure } from "#domain/metrics/show-totals.ts";
import { day } from "../format/time.ts";
import { figureText } from "./figure-words.ts";
import type { CoursePart } from "./load-trends.ts";

const WIDTH = 1_000;
const HEIGHT = 96;

/** A bar a show, oldest first, and over them the mean of the last four. */
export function TrendBars({ course, figure }: { course: readonly CoursePart[]; figure: ShowFigure }) {
  const words = useTranslations("compare");
  const top = Math.max(1e-9, ...course.map(({ value, mean }) => Math.max(value ?? 0, mean ?? 0)));
  const step = WIDTH / Math.max(12, course.length);
  const y = (value: number) => HEIGHT - (Math.max(0, value) / top) * (HEIGHT - 6);
  const line = course.flatMap(({ mean }, index) => (mean === null ? [] : [`${index * step + step / 2},${y(mean)}`]));
  const name = words(`name.${figure}`);
  const last = course.findLast(({ mean }) => mean !== null);
  return (
    <figure className="m-0 flex flex-col gap-1">
      <figcaption className="flex flex-wrap items-baseline gap-x-4 text-xs text-dim">
        <span>{words("trendOf", { name, count: course.length })}</span>
        <span className="flex items-center gap-1.5 text-faint">
          <svg aria-hidden width="22" height="6">
            <line x1="0" y1="3" x2="22" y2="3" stroke="#ffb84d" strokeWidth="2" />
          </svg>
          {words("mean")}
          {last?.mean == null ? null : <b className="font-semibold text-ink">{figureText(figure, last.mean)}</b>}
        </span>
        <span className="ml-auto text-faint">{words("top", { value: figureText(figure, top < 1e-6 ? 0 : top) })}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-24 w-full rounded-sm bg-sunken"
        role="img"
        aria-label={words("trendOf", { name, count: course.length })}
      >
        {course.map(({ sessionId, startedAt, value }, index) =>
          value === null ? null : (
            <rect
              key={sessionId}
              x={index * step + step * 0.15}
              width={step * 0.7}
              y={Math.min(y(value), HEIGHT - 1)}
              height={Math.max(1, HEIGHT - y(value))}
              fill="#3d7fd6"
            >
              <title>{`${day(startedAt)} ${figureText(figure, value)}`}</title>
            </rect>
          ),
        )}
        {line.length > 1 ? (
          <polyline
            points={line.join(" ")}
            fill="none"
            stroke="#ffb84d"
            strokeWidth="2"
            vectorEffect="non-scaling-stroke"
          />
        ) : null}
      </svg>
    </figure>
  );
}
