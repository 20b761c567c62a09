"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef, type PointerEvent } from "react";
import { moved, shareOf, stepsPath, type AxisWindow } from "../../charts/time-axis.shape.ts";
import { useStore } from "../../live/store.ts";
import type { ReplaySource } from "../../session/replay-source.ts";
import type { ReviewSeries } from "../review-series.ts";
import { useAxis } from "./axis-store.ts";

const HEIGHT_PX = 18;

/** All of the show, small, with the part that the axis shows; it is there once the axis shows a part. */
export function MiniMap({
  series,
  widthPx,
  whole,
  source,
}: {
  series: ReviewSeries;
  widthPx: number;
  whole: AxisWindow;
  source: ReplaySource;
}) {
  const words = useTranslations("review");
  const axis = useAxis();
  const window = useStore(axis.window);
  const box = useRef<HTMLDivElement>(null);
  const move = (event: PointerEvent) => {
    if (event.buttons === 0 || !box.current) return;
    const { left, width } = box.current.getBoundingClientRect();
    const at = whole.from + ((event.clientX - left) / Math.max(1, width)) * (whole.to - whole.from);
    const now = axis.window.read();
    axis.window.write(moved(now, whole, at - (now.from + now.to) / 2));
  };
  const left = shareOf(whole, window.from) * widthPx;
  const right = shareOf(whole, window.to) * widthPx;
  const isPart = right - left < widthPx - 0.5;
  return (
    <div
      ref={box}
      role="group"
      aria-label={words("miniMap")}
      className="relative touch-none overflow-hidden rounded-sm bg-sunken"
      style={{ height: HEIGHT_PX }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        move(event);
      }}
      onPointerMove={move}
    >
      {widthPx === 0 ? null : (
        <svg aria-hidden width={widthPx} height={HEIGHT_PX} className="absolute inset-0">
          <path
            d={stepsPath(series.paid.values, { widthPx, heightPx: HEIGHT_PX, window: whole, top: series.paid.top })}
            fill="#3a4c69"
          />
        </svg>
      )}
      <div
        className={isPart ? "absolute inset-y-0 cursor-grab border-x-2 border-act-ink bg-[#8fc0ff]/15" : "hidden"}
        style={{ left, width: Math.max(4, right - left) }}
      />
      {isPart ? null : (
        <span className="pointer-events-none absolute top-0 right-2 text-2xs leading-[18px] text-faint">
          <span className="pointer-coarse:hidden">{words("stretchHint")}</span>
          <span className="hidden pointer-coarse:inline">{words("pinchHint")}</span>
        </span>
      )}
      <SmallCursor source={source} whole={whole} widthPx={widthPx} />
    </div>
  );
}

function SmallCursor({ source, whole, widthPx }: { source: ReplaySource; whole: AxisWindow; widthPx: number }) {
  const { dragged } = useAxis();
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = () => {
      const at = dragged.read() ?? source.position().at;
      if (line.current) line.current.style.transform = `translateX(${shareOf(whole, at) * widthPx}px)`;
    };
    place();
    const stops = [source.subscribe(place), dragged.subscribe(place)];
    return () => stops.forEach((stop) => stop());
  }, [source, whole, widthPx, dragged]);
  return <div ref={line} aria-hidden className="absolute inset-y-0 left-0 w-px bg-white" />;
}
