"use client";
import { useTranslations } from "next-intl";
import { shareOf, type AxisWindow } from "../../charts/time-axis.shape.ts";
import { clockSeconds } from "../../format/time.ts";
import { useReview } from "../review-context.tsx";
import { MARKS_PX, PLOT_PX } from "./axis-sizes.ts";

/** The stretch that is picked, with an end to pull on either side. */
export function StretchBand({ window, widthPx }: { window: AxisWindow; widthPx: number }) {
  const words = useTranslations("review");
  const { stretch } = useReview();
  if (!stretch) return null;
  const left = shareOf(window, stretch.from) * widthPx;
  const right = shareOf(window, stretch.to) * widthPx;
  if (right < 0 || left > widthPx) return null;
  return (
    <div
      className="pointer-events-none absolute border-x border-act-ink bg-[#3d7fd6]/20"
      style={{ left, width: Math.max(1, right - left), top: MARKS_PX - 6, height: PLOT_PX + 6 }}
    >
      {(["from", "to"] as const).map((end) => (
        <span
          key={end}
          data-handle={end}
          title={words(end === "from" ? "stretchFrom" : "stretchTo", { time: clockSeconds(stretch[end]) })}
          className="pointer-events-auto absolute inset-y-0 w-3 cursor-ew-resize"
          style={end === "from" ? { left: -6 } : { right: -6 }}
        >
          <span className="absolute top-1/2 left-1/2 h-6 w-1 -translate-1/2 rounded-full bg-act-ink" />
        </span>
      ))}
    </div>
  );
}
