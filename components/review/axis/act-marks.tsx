"use client";
import { memo, useMemo } from "react";
import { placeLabels, shareOf, type AxisWindow } from "../../charts/time-axis.shape.ts";
import { labelWidth, shortLabel } from "../../charts/minute-series.shape.ts";
import { clockSeconds } from "../../format/time.ts";
import { cn } from "../../ui/cn.ts";
import { ToneShape } from "../../ui/tag.tsx";
import { ceilSecond } from "../review-span.ts";
import type { ReviewAct } from "../act-steps.ts";
import { useReview } from "../review-context.tsx";
import { MARKS_PX, PLOT_PX } from "./axis-sizes.ts";

const ROW_PX = 18;
const SHAPE_PX = 14;
/** Where there is not room for all labels: what may have moved the show before what just went on. */
const WEIGHTS: { readonly [K in ReviewAct["kind"]]: number } = {
  marker: 6,
  coupon: 5,
  lottery: 5,
  show: 4,
  explain: 3,
  shelf: 2,
  cue: 1,
};

const ink = {
  air: "text-air",
  wait: "text-wait",
  act: "text-act-ink",
  private: "text-private",
  public: "text-public",
  plain: "text-faint",
} as const;
const edge = {
  air: "border-air",
  wait: "border-wait",
  act: "border-act-ink",
  private: "border-private",
  public: "border-public",
  plain: "border-edge",
} as const;

/** Every act at its second: a line, its sign, and its words where there is room. A press goes there. */
export const ActMarks = memo(function ActMarks({
  acts,
  window,
  widthPx,
}: {
  acts: readonly ReviewAct[];
  window: AxisWindow;
  widthPx: number;
}) {
  const { seek } = useReview();
  const marks = useMemo(() => laid(acts, window, widthPx), [acts, window, widthPx]);
  return (
    <div className="pointer-events-none absolute inset-0">
      {marks.map(({ act, left, row, text }) => (
        <div key={act.id} className="absolute top-0" style={{ left }}>
          <span
            className={cn("absolute w-0 border-l border-dashed opacity-50", edge[act.tone])}
            style={{ top: row === null ? MARKS_PX - 8 : row * ROW_PX + 10, bottom: "auto", height: heightOf(row) }}
          />
          {row === null ? null : (
            <button
              type="button"
              tabIndex={-1}
              title={`${clockSeconds(act.at)} ${act.text}`}
              onPointerDown={(event) => event.stopPropagation()}
              onClick={() => seek(ceilSecond(act.at))}
              className={cn(
                "pointer-events-auto absolute flex items-center gap-1 text-2xs whitespace-nowrap",
                "-translate-x-1 hover:text-ink",
                act.kind === "cue" ? "text-faint" : "text-dim",
              )}
              style={{ top: row * ROW_PX + 2, height: ROW_PX - 2 }}
            >
              <span className={ink[act.tone]}>
                {act.tone === "plain" ? (
                  <span className="block size-1.5 rounded-full bg-current" />
                ) : (
                  <ToneShape tone={act.tone} size={8} />
                )}
              </span>
              {text}
            </button>
          )}
        </div>
      ))}
    </div>
  );
});

const heightOf = (row: number | null) => (row === null ? 8 + 6 : MARKS_PX + PLOT_PX - row * ROW_PX - 10);

function laid(acts: readonly ReviewAct[], window: AxisWindow, widthPx: number) {
  const visible = acts
    .map((act) => ({ act, left: shareOf(window, act.at) * widthPx, text: shortLabel(act.text) }))
    .filter(({ left }) => left >= -1 && left <= widthPx + 1);
  const rows = placeLabels(
    visible.map(({ act, left, text }) => ({ left, width: labelWidth(text) + SHAPE_PX, weight: WEIGHTS[act.kind] })),
    { rows: 2, widthPx },
  );
  return visible.map((mark, index) => ({ ...mark, row: rows[index] ?? null }));
}
