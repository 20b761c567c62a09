"use client";
import { useTranslations } from "next-intl";
import { memo, useMemo, useState } from "react";
import type { AxisWindow } from "../../charts/time-axis.shape.ts";
import { clockSeconds } from "../../format/time.ts";
import { cn } from "../../ui/cn.ts";
import { PopoverAt } from "../../ui/popover.tsx";
import { ROVE, rove } from "../../ui/rove.ts";
import { ceilSecond } from "../review-span.ts";
import type { ReviewAct } from "../act-steps.ts";
import { useReview } from "../review-context.tsx";
import { ActList } from "./act-list.tsx";
import { ActSign } from "./act-sign.tsx";
import { LABEL_ROW_PX, MARKS_PX, PLOT_PX, RAIL_PX, RAIL_TOP_PX } from "./axis-sizes.ts";
import { BADGE_PX, heaviest, laidMarks, type LaidMark } from "./laid-marks.ts";

const edge = {
  air: "border-air",
  wait: "border-wait",
  act: "border-act-ink",
  private: "border-private",
  public: "border-public",
  plain: "border-edge",
} as const;

type Opened = { readonly anchor: HTMLElement; readonly acts: readonly ReviewAct[] };
type Acts = { readonly acts: readonly ReviewAct[]; readonly window: AxisWindow; readonly widthPx: number };

/**
 * Every act at its second: with its words where there is room, else as a sign on the rail below; those too near for signs of their own
 * share a badge that lists them. One stop of the Tab key, the arrows go along.
 */
export const ActMarks = memo(function ActMarks({ acts, window, widthPx }: Acts) {
  const words = useTranslations("review");
  const { seek } = useReview();
  const marks = useMemo(() => laidMarks(acts, { window, widthPx }), [acts, window, widthPx]);
  const [stop, setStop] = useState(0);
  const [opened, setOpened] = useState<Opened | null>(null);
  const go = (act: ReviewAct) => seek(ceilSecond(act.at));
  return (
    <div
      role="toolbar"
      aria-label={words("actsOnAxis")}
      data-own-keys
      onKeyDown={rove}
      // The marks' presses are no drags of the axis; what floats above it has presses of its own.
      onPointerDown={(event) => event.stopPropagation()}
      className="pointer-events-none absolute inset-0"
    >
      {marks.map((mark, index) => {
        const shared = { tabIndex: index === Math.min(stop, marks.length - 1) ? 0 : -1, onFocus: () => setStop(index) };
        return mark.kind === "label" ? (
          <Label key={mark.act.id} {...shared} mark={mark} onGo={() => go(mark.act)} />
        ) : (
          <Badge
            key={mark.acts[0].id}
            {...shared}
            mark={mark}
            isOpen={opened !== null && opened.acts === mark.acts}
            onPress={(anchor) =>
              mark.acts.length === 1
                ? go(mark.acts[0])
                : setOpened((before) => (before?.acts === mark.acts ? null : { anchor, acts: mark.acts }))
            }
          />
        );
      })}
      {opened ? (
        <PopoverAt
          anchor={opened.anchor}
          label={words("actsHere", { count: opened.acts.length })}
          onClose={() => setOpened(null)}
        >
          <ActList
            acts={opened.acts.map(({ id, at, text, tone }) => ({
              id,
              text,
              time: clockSeconds(at),
              sign: <ActSign tone={tone} />,
            }))}
            onPick={(id) => {
              setOpened(null);
              const act = opened.acts.find((one) => one.id === id);
              if (act) go(act);
            }}
          />
        </PopoverAt>
      ) : null}
    </div>
  );
});

type Stop = { readonly tabIndex: number; readonly onFocus: () => void };

/** A pointer's press leaves no focus behind: the keys are the page's again. Who came by the keyboard stays. */
const release = (event: { readonly detail: number; readonly currentTarget: HTMLElement }) => {
  if (event.detail > 0) event.currentTarget.blur();
};

function Label({ mark, onGo, ...stop }: Stop & { mark: Extract<LaidMark, { kind: "label" }>; onGo: () => void }) {
  const { act, left, row, text } = mark;
  const top = row * LABEL_ROW_PX;
  return (
    <div className="absolute top-0" style={{ left }}>
      <span
        className={cn("absolute w-0 border-l border-dashed opacity-50", edge[act.tone])}
        style={{ top: top + 10, height: MARKS_PX + PLOT_PX - top - 10 }}
      />
      <button
        type="button"
        {...ROVE}
        {...stop}
        title={`${clockSeconds(act.at)} ${act.text}`}
        onClick={(event) => {
          release(event);
          onGo();
        }}
        className={cn(
          "pointer-events-auto absolute flex -translate-x-1 items-center gap-1 text-2xs whitespace-nowrap hover:text-ink",
          act.kind === "cue" ? "text-faint" : "text-dim",
        )}
        style={{ top: top + 2, height: LABEL_ROW_PX - 2 }}
      >
        <ActSign tone={act.tone} />
        {text}
      </button>
    </div>
  );
}

type BadgeProps = Stop & {
  mark: Extract<LaidMark, { kind: "badge" }>;
  isOpen: boolean;
  onPress: (anchor: HTMLElement) => void;
};

function Badge({ mark: { acts, left, lines }, isOpen, onPress, ...stop }: BadgeProps) {
  const words = useTranslations("review");
  const isOne = acts.length === 1;
  const main = heaviest(acts);
  const first = clockSeconds(acts[0].at);
  const said = isOne
    ? `${first} ${main.text}`
    : words("actsFrom", { count: acts.length, from: first, to: clockSeconds(acts.at(-1)?.at ?? 0) });
  return (
    <>
      {lines.map((line, index) => (
        <span
          key={index}
          className={cn("absolute w-0 border-l border-dashed opacity-60", edge[acts[index]?.tone ?? "plain"])}
          style={{ left: line, top: MARKS_PX - 3, height: 9 }}
        />
      ))}
      <button
        type="button"
        {...ROVE}
        {...stop}
        title={said}
        aria-label={said}
        {...(isOne ? {} : { "aria-haspopup": "dialog" as const, "aria-expanded": isOpen })}
        onClick={(event) => {
          if (isOne) release(event);
          onPress(event.currentTarget);
        }}
        className="pointer-events-auto absolute flex -translate-x-1/2 items-center justify-center rounded-sm text-2xs text-dim tabular-nums hover:bg-hover hover:text-ink"
        style={{ left, top: RAIL_TOP_PX, width: BADGE_PX, height: RAIL_PX }}
      >
        {isOne ? (
          <ActSign tone={main.tone} />
        ) : (
          <span
            className={cn(
              "flex h-4 min-w-4 items-center justify-center rounded-full border bg-raised px-0.5",
              edge[main.tone],
            )}
          >
            {acts.length > COUNT_MAX ? `${COUNT_MAX}+` : acts.length}
          </span>
        )}
      </button>
    </>
  );
}

/** More digits would not fit a badge. */
const COUNT_MAX = 99;
