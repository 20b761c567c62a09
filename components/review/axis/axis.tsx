"use client";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { bringing, moved, zoomed, type AxisWindow } from "../../charts/time-axis.shape.ts";
import { clockSeconds } from "../../format/time.ts";
import { createStore, useStore } from "../../live/store.ts";
import { isReplay, type ReplaySource } from "../../session/replay-source.ts";
import { slicesOf, useSessionSource } from "../../session/session-provider.tsx";
import { useWidth } from "../../ui/use-width.ts";
import type { ReviewAct } from "../act-steps.ts";
import { useReview } from "../review-context.tsx";
import { seriesOf, type SeriesKey } from "../review-series.ts";
import { ActMarks } from "./act-marks.tsx";
import { AxisContext, useAxis, type AxisState } from "./axis-store.ts";
import { AXIS_PX } from "./axis-sizes.ts";
import { Bands, Ticks } from "./bands.tsx";
import { Cursor } from "./cursor.tsx";
import { daysWidth } from "./days.shape.ts";
import { MiniMap } from "./mini-map.tsx";
import { Plot } from "./plot.tsx";
import { StretchBand } from "./stretch-band.tsx";
import { useAxisPointer } from "./use-axis-pointer.ts";

/** Most shows are looked at without them. */
const DaysStrip = dynamic(() => import("./days-strip.tsx").then((module) => module.DaysStrip), { ssr: false });

/** Holds what bar and axis share; above both. */
export function AxisProvider({ children }: { children: ReactNode }) {
  const { from, to } = useReview();
  const [axis] = useState<AxisState>(() => ({
    window: createStore<AxisWindow>({ from, to }),
    shown: createStore<ReadonlySet<SeriesKey>>(new Set(["paid", "online"] as const)),
    dragged: createStore<number | null>(null),
  }));
  const whole = useRef<AxisWindow>({ from, to });
  useEffect(() => {
    // A window on all of the show stays one when the show has gone on.
    const was = whole.current;
    const now = axis.window.read();
    whole.current = { from, to };
    if (now.from === was.from && now.to === was.to) axis.window.write({ from, to });
  }, [axis, from, to]);
  return <AxisContext.Provider value={axis}>{children}</AxisContext.Provider>;
}

/** The whole show on one line: what it sold and who was there, what was done, and the second that is looked at. */
export function Axis({ acts }: { acts: readonly ReviewAct[] }) {
  const source = useSessionSource();
  return isReplay(source) ? <Drawn acts={acts} source={source} /> : null;
}

function Drawn({ acts, source }: { acts: readonly ReviewAct[]; source: ReplaySource }) {
  const words = useTranslations("review");
  const { from, to, daysFrom, last, seek } = useReview();
  const axis = useAxis();
  const window = useStore(axis.window);
  const [box, widthPx] = useWidth();
  const [all, roomPx] = useWidth();
  const days = useMemo(() => (daysFrom === null ? null : { from: daysFrom, to: from }), [daysFrom, from]);
  const daysPx = days && roomPx > 0 ? daysWidth(days, roomPx, to - from) : 0;
  const whole = useMemo(() => ({ from, to }), [from, to]);
  const series = useMemo(() => seriesOf(slicesOf(last)), [last]);
  const pointer = useAxisPointer({ box, source, whole });
  useFollow(source, whole);
  const slide = (event: KeyboardEvent) => {
    const ways: Readonly<Record<string, number>> = {
      Home: daysFrom ?? from,
      End: to,
      PageUp: source.position().at - 60_000,
      PageDown: source.position().at + 60_000,
    };
    // The first press of an arrow is a key of the page; one that is held runs on.
    const step = event.code === "ArrowLeft" ? -1 : event.code === "ArrowRight" ? 1 : 0;
    const held = event.repeat && step !== 0 ? source.position().at + step * (event.shiftKey ? 1_000 : 10_000) : null;
    const at = ways[event.code] ?? held;
    if (at === null) return;
    event.preventDefault();
    seek(at);
  };
  return (
    <section aria-label={words("axis")} className="shrink-0 border-b bg-raised px-4 pb-2 max-md:px-3">
      <div ref={all} className="flex">
        {days && daysPx > 0 ? <DaysStrip acts={acts} span={days} widthPx={daysPx} source={source} /> : null}
        <div
          ref={box}
          className="relative min-w-0 flex-1 cursor-crosshair touch-none overflow-hidden select-none"
          style={{ height: AXIS_PX }}
          {...pointer}
        >
          {widthPx === 0 ? null : (
            <>
              <Bands window={window} widthPx={widthPx} />
              <Plot series={series} window={window} widthPx={widthPx} />
              <StretchBand window={window} widthPx={widthPx} />
              <ActMarks acts={acts} window={window} widthPx={widthPx} />
              <Ticks window={window} widthPx={widthPx} />
              <Cursor source={source} window={window} widthPx={widthPx} />
            </>
          )}
          <SliderRole source={source} onKeyDown={slide} />
        </div>
      </div>
      <div style={daysPx > 0 ? { marginLeft: daysPx } : undefined}>
        <MiniMap series={series} widthPx={widthPx} whole={whole} source={source} />
      </div>
    </section>
  );
}

/** The axis for those who don't see it: a slider of seconds. */
function SliderRole({ source, onKeyDown }: { source: ReplaySource; onKeyDown: (event: KeyboardEvent) => void }) {
  const words = useTranslations("review");
  const { from, to, daysFrom } = useReview();
  const first = Math.floor((daysFrom ?? from) / 1_000);
  const slider = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const tell = () => {
      const { at } = source.position();
      slider.current?.setAttribute("aria-valuenow", String(Math.round(at / 1_000)));
      slider.current?.setAttribute("aria-valuetext", clockSeconds(at));
    };
    tell();
    return source.subscribe(tell);
  }, [source]);
  return (
    <div
      ref={slider}
      role="slider"
      tabIndex={0}
      aria-label={words("slider")}
      aria-valuemin={first}
      aria-valuemax={Math.ceil(to / 1_000)}
      aria-valuenow={first}
      onKeyDown={onKeyDown}
      className="pointer-events-none absolute inset-0 -outline-offset-2"
    />
  );
}

/** What runs or is stepped to stays in sight. */
function useFollow(source: ReplaySource, whole: AxisWindow): void {
  const { window, dragged } = useAxis();
  useEffect(
    () =>
      source.subscribe(() => {
        if (dragged.read() === null) window.write(bringing(window.read(), whole, source.position().at));
      }),
    [source, window, dragged, whole],
  );
}

/** Zooming and moving by keys and buttons. */
export function useZoom(): {
  readonly zoom: (factor: number) => void;
  readonly pan: (share: number) => void;
  readonly all: () => void;
} {
  const axis = useAxis();
  const { from, to } = useReview();
  const source = useSessionSource();
  const whole = { from, to };
  return {
    zoom(factor) {
      const window = axis.window.read();
      const at = isReplay(source) ? source.position().at : (window.from + window.to) / 2;
      axis.window.write(zoomed(bringing(window, whole, at), whole, { at, factor }));
    },
    pan(share) {
      const window = axis.window.read();
      axis.window.write(moved(window, whole, (window.to - window.from) * share));
    },
    all: () => axis.window.write(whole),
  };
}
