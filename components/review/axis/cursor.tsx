"use client";
import { useEffect, useRef } from "react";
import { shareOf, type AxisWindow } from "../../charts/time-axis.shape.ts";
import { clockSeconds } from "../../format/time.ts";
import type { ReplaySource } from "../../session/replay-source.ts";
import { useAxis } from "./axis-store.ts";
import { AXIS_PX, TIMES_PX } from "./axis-sizes.ts";

/** The second that is looked at. Moved without drawing anything again, so that it keeps up with the pointer. */
export function Cursor({ source, window, widthPx }: { source: ReplaySource; window: AxisWindow; widthPx: number }) {
  const { dragged } = useAxis();
  const line = useRef<HTMLDivElement>(null);
  const time = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const place = () => {
      const at = dragged.read() ?? source.position().at;
      const share = shareOf(window, at);
      if (!line.current || !time.current) return;
      line.current.style.transform = `translateX(${Math.round(share * widthPx * 2) / 2}px)`;
      line.current.style.visibility = share < 0 || share > 1 ? "hidden" : "visible";
      time.current.textContent = clockSeconds(at);
      time.current.style.transform = `translateX(${-Math.min(1, Math.max(0, share)) * 100}%)`;
    };
    place();
    const stops = [source.subscribe(place), dragged.subscribe(place)];
    return () => stops.forEach((stop) => stop());
  }, [source, dragged, window, widthPx]);
  return (
    <div ref={line} aria-hidden className="pointer-events-none absolute top-0 left-0 w-0" style={{ height: AXIS_PX }}>
      <div className="absolute inset-y-0 -left-px w-0.5 bg-white" style={{ bottom: TIMES_PX }} />
      <span
        ref={time}
        className="absolute bottom-0 rounded-sm bg-white px-1 text-2xs leading-4 font-semibold text-page tabular-nums"
      />
    </div>
  );
}
