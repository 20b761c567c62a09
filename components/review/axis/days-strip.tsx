"use client";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, type PointerEvent } from "react";
import * as z from "zod/mini";
import { shareOf } from "../../charts/time-axis.shape.ts";
import { count } from "../../format/money.ts";
import { dayTime } from "../../format/time.ts";
import { request, type Reply } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import type { ReplaySource } from "../../session/replay-source.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import { ROVE, rove } from "../../ui/rove.ts";
import type { ReviewAct } from "../act-steps.ts";
import { useReview } from "../review-context.tsx";
import { ceilSecond, floorSecond } from "../review-span.ts";
import { useAxis } from "./axis-store.ts";
import { AXIS_PX, MARKS_PX, PLOT_PX, TIMES_PX } from "./axis-sizes.ts";
import { ActSign } from "./act-sign.tsx";
import { barsOf, dayMarks, daysIn, type DaysSpan, type HourCount } from "./days.shape.ts";

type Props = { acts: readonly ReviewAct[]; span: DaysSpan; widthPx: number; source: ReplaySource };

/** The days of warm-up before the axis, pressed together: who signed up when, where waves began, and any second of it a press away. */
export function DaysStrip({ acts, span, widthPx, source }: Props) {
  const words = useTranslations("review.days");
  const { dragged } = useAxis();
  const box = useRef<HTMLDivElement>(null);
  const seek = (event: PointerEvent) => {
    const { left = 0, width = 1 } = box.current?.getBoundingClientRect() ?? {};
    const share = Math.min(1, Math.max(0, (event.clientX - left) / Math.max(1, width)));
    source.seek(floorSecond(span.from + share * (span.to - span.from)));
  };
  return (
    <div
      ref={box}
      role="group"
      aria-label={words("label")}
      title={words("hint", { count: daysIn(span) })}
      className="relative shrink-0 cursor-crosshair touch-none overflow-hidden border-r-2 border-dashed border-edge bg-[#ffffff05] select-none"
      style={{ width: widthPx, height: AXIS_PX }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        seek(event);
      }}
      onPointerMove={(event) => {
        if (event.buttons > 0 && event.currentTarget.hasPointerCapture(event.pointerId)) seek(event);
      }}
    >
      <Days span={span} widthPx={widthPx} />
      <SignupBars span={span} widthPx={widthPx} />
      <Beats acts={acts} span={span} widthPx={widthPx} />
      <StripCursor source={source} span={span} widthPx={widthPx} dragged={dragged} />
    </div>
  );
}

type Laid = Pick<Props, "span" | "widthPx">;
/** Px that a day's name wants to itself. */
const LABEL_PX = 40;

function Days({ span, widthPx }: Laid) {
  const marks = dayMarks(span);
  const every = Math.max(1, Math.ceil((LABEL_PX * marks.length) / Math.max(1, widthPx)));
  return marks.map(({ at, label }, index) => (
    <span
      key={at}
      aria-hidden
      className="pointer-events-none absolute border-l border-line pl-1 text-2xs leading-[18px] text-faint"
      style={{
        left: shareOf(span, at) * widthPx,
        top: MARKS_PX,
        height: AXIS_PX - MARKS_PX,
        paddingTop: AXIS_PX - MARKS_PX - TIMES_PX,
      }}
    >
      {index % every === 0 ? label : null}
    </span>
  ));
}

const Hours = z.object({ series: z.array(z.object({ at: z.number(), signups: z.number() })) });
type Hours = z.infer<typeof Hours>;

/** By the hour as the tables have them; whoever came by a link sees the last two days, which stand in the view. */
function useHours(span: DaysSpan): readonly HourCount[] {
  const { sessionId, shared, last } = useReview();
  const query = new URLSearchParams({ from: String(span.from), to: String(span.to), step: "hour" });
  const path = `/api/v1/sessions/${encodeURIComponent(sessionId)}/warmup?${query}`;
  const { value } = useLoaded(shared ? "shared" : path, async (signal): Promise<Reply<Hours | null>> =>
    shared ? { ok: true, value: null } : request(path, { shape: Hours, signal }),
  );
  return useMemo(
    () => (value?.series ?? slicesOf(last).signups.byHour).map(({ at, signups }) => ({ at, count: signups })),
    [value, last],
  );
}

function SignupBars({ span, widthPx }: Laid) {
  const words = useTranslations("review.days");
  const hours = useHours(span);
  const bars = useMemo(() => barsOf(hours, span, widthPx), [hours, span, widthPx]);
  const top = Math.max(1, ...bars.map((bar) => bar.count));
  return (
    <svg
      aria-hidden
      width={widthPx}
      height={PLOT_PX}
      className="pointer-events-none absolute left-0"
      style={{ top: MARKS_PX }}
    >
      <title>{words("signups")}</title>
      {bars.map((bar) => {
        const left = shareOf(span, bar.from) * widthPx;
        const height = Math.max(1, (bar.count / top) * (PLOT_PX - 6));
        return (
          <rect
            key={bar.from}
            x={left}
            y={PLOT_PX - height}
            width={Math.max(1, shareOf(span, bar.to) * widthPx - left - 1)}
            height={height}
            fill="#6c5fc7"
          >
            <title>{words("day", { day: dayTime(bar.from), count: count(bar.count) })}</title>
          </rect>
        );
      })}
    </svg>
  );
}

/** A sign with the space around it, and the least room that a name is worth. */
const SIGN_PX = 16;
const NAME_PX = 20;

/** Where waves began, and what else was done in these days: a sign each. */
function Beats({ acts, span, widthPx }: Pick<Props, "acts"> & Laid) {
  const words = useTranslations("review.days");
  const { seek } = useReview();
  const inside = acts.filter(({ at }) => at >= span.from && at < span.to);
  const beats = inside.filter(({ kind }) => kind === "beat").map(({ at }) => shareOf(span, at) * widthPx);
  return (
    <div
      role="toolbar"
      aria-label={words("label")}
      data-own-keys
      onKeyDown={rove}
      onPointerDown={(event) => event.stopPropagation()}
      className="pointer-events-none absolute inset-0"
    >
      {inside.map((act, index) => {
        const said = words("beat", { title: act.text, time: dayTime(act.at) });
        const left = shareOf(span, act.at) * widthPx;
        const isBeat = act.kind === "beat";
        const roomPx = (beats.find((next) => next > left) ?? widthPx) - left - SIGN_PX;
        return (
          <button
            key={act.id}
            type="button"
            {...ROVE}
            tabIndex={index === 0 ? 0 : -1}
            title={said}
            aria-label={said}
            onClick={() => seek(ceilSecond(act.at))}
            className="pointer-events-auto absolute flex -translate-x-1/2 flex-col items-center"
            style={{ left, top: isBeat ? 2 : 20, height: isBeat ? MARKS_PX + PLOT_PX : 16, minWidth: 14 }}
          >
            <ActSign tone={act.tone} />
            {isBeat && roomPx > NAME_PX ? (
              <span
                className="absolute top-0 left-full truncate text-2xs leading-3 text-dim"
                style={{ maxWidth: roomPx }}
              >
                {act.text}
              </span>
            ) : null}
            {isBeat ? <span className="w-0 flex-1 border-l border-dashed border-private opacity-60" /> : null}
          </button>
        );
      })}
    </div>
  );
}

type CursorProps = Laid & { source: ReplaySource; dragged: ReturnType<typeof useAxis>["dragged"] };

/** The second that is looked at, where it lies in these days. Moved without drawing anything again. */
function StripCursor({ source, span, widthPx, dragged }: CursorProps) {
  const line = useRef<HTMLDivElement>(null);
  const time = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const place = () => {
      const at = dragged.read() ?? source.position().at;
      const share = shareOf(span, at);
      if (!line.current || !time.current) return;
      line.current.style.visibility = share < 0 || share >= 1 ? "hidden" : "visible";
      line.current.style.transform = `translateX(${Math.round(share * widthPx)}px)`;
      time.current.textContent = dayTime(at);
      time.current.style.transform = `translateX(${-Math.min(1, Math.max(0, share)) * 100}%)`;
    };
    place();
    const stops = [source.subscribe(place), dragged.subscribe(place)];
    return () => stops.forEach((stop) => stop());
  }, [source, dragged, span, widthPx]);
  return (
    <div ref={line} aria-hidden className="pointer-events-none absolute top-0 left-0 w-0" style={{ height: AXIS_PX }}>
      <div className="absolute inset-y-0 -left-px w-0.5 bg-white" style={{ bottom: TIMES_PX }} />
      <span
        ref={time}
        className="absolute bottom-0 rounded-sm bg-white px-1 text-2xs leading-4 font-semibold whitespace-nowrap text-page tabular-nums"
      />
    </div>
  );
}
