"use client";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { byTime } from "#domain/shift-order.ts";
import { axisTicks, shareOf, type AxisWindow } from "../../charts/time-axis.shape.ts";
import { clockSeconds, clockTime, duration } from "../../format/time.ts";
import { usePlan } from "../../plan/plan-context.tsx";
import { slicesOf } from "../../session/session-provider.tsx";
import { useList } from "../../ui/use-list.ts";
import { cn } from "../../ui/cn.ts";
import { useReview } from "../review-context.tsx";
import { endOf } from "../video/recordings.ts";
import { AXIS_PX, MARKS_PX, PLOT_PX, SHIFTS_PX, TIMES_PX } from "./axis-sizes.ts";

type Laid = { readonly window: AxisWindow; readonly widthPx: number };

const span = ({ window, widthPx }: Laid, { from, to }: AxisWindow) => {
  const left = Math.max(-2, shareOf(window, from) * widthPx);
  const right = Math.min(widthPx + 2, shareOf(window, to) * widthPx);
  return right > left ? { left, width: Math.max(1, right - left) } : null;
};

/** What lasted: the warm-up, interruptions, shifts. */
export const Bands = memo(function Bands(laid: Laid) {
  const { last, startedAt, endedAt, from, to } = useReview();
  const words = useTranslations("review");
  const { session, shifts, recordings } = slicesOf(last);
  const laidRecordings = [...recordings.values()];
  const warmup = startedAt > from ? span(laid, { from, to: startedAt }) : null;
  const after = endedAt !== null && endedAt < to ? span(laid, { from: endedAt, to }) : null;
  return (
    <div className="pointer-events-none absolute inset-0">
      {warmup ? (
        <Quiet box={warmup} label={session.warmedUpAt === null ? words("beforeStart") : words("warmup")} />
      ) : null}
      {after ? <Quiet box={after} label={words("afterEnd")} /> : null}
      {session.interruptions.map((gap) => {
        const until = gap.to ?? to;
        const box = span(laid, { from: gap.from, to: until });
        if (!box) return null;
        const label = words("interrupted", { length: duration(until - gap.from) });
        return (
          <div
            key={gap.from}
            title={label}
            className="absolute border-x border-air-edge bg-[repeating-linear-gradient(135deg,#3a1418_0_6px,#1d1318_6px_12px)]"
            style={{ ...box, top: MARKS_PX, height: PLOT_PX }}
          >
            {box.width > 60 ? <span className="px-1 text-2xs whitespace-nowrap text-air-ink">{label}</span> : null}
          </div>
        );
      })}
      {laidRecordings.map((one) => {
        const box = span(laid, { from: one.startsAt, to: endOf(one, laidRecordings, to) });
        const name = one.source.kind === "file" ? one.source.name : one.source.url;
        return box ? (
          <div
            key={one.recordingId}
            title={words("recording", { name })}
            className="absolute h-[3px] rounded-full bg-act-ink/70"
            style={{ ...box, top: MARKS_PX + PLOT_PX - 3 }}
          />
        ) : null;
      })}
      {byTime([...shifts.values()]).map((shift, index) => {
        const box = span(laid, shift);
        return box ? <ShiftBox key={shift.shiftId} box={box} hosts={shift.hosts} odd={index % 2 === 1} /> : null;
      })}
    </div>
  );
});

function Quiet({ box, label }: { box: { left: number; width: number }; label: string }) {
  return (
    <div className="absolute bg-[#ffffff08]" style={{ ...box, top: MARKS_PX, height: PLOT_PX }}>
      {box.width > 40 ? <span className="px-1.5 text-2xs whitespace-nowrap text-faint">{label}</span> : null}
    </div>
  );
}

function ShiftBox({
  box,
  hosts,
  odd,
}: {
  box: { left: number; width: number };
  hosts: readonly string[];
  odd: boolean;
}) {
  const words = useTranslations("review");
  const list = useList();
  const { members } = usePlan();
  const names = list(hosts.map((id) => members.find((member) => member.id === id)?.name ?? words("someone")));
  return (
    <div
      title={words("shift", { hosts: names })}
      className={cn(
        "absolute overflow-hidden border-l border-edge px-1.5 text-2xs leading-4 whitespace-nowrap text-dim",
        odd ? "bg-[#1c2633]" : "bg-[#17202b]",
      )}
      style={{ ...box, top: MARKS_PX + PLOT_PX, height: SHIFTS_PX }}
    >
      {box.width > 30 ? names : null}
    </div>
  );
}

/** Px that a label of time wants to itself. */
const TICK_PX = 110;

export const Ticks = memo(function Ticks({ window, widthPx }: Laid) {
  const { at, seconds } = axisTicks(window, Math.max(2, Math.floor(widthPx / TICK_PX)));
  return (
    <div aria-hidden className="pointer-events-none absolute inset-x-0" style={{ top: AXIS_PX - TIMES_PX }}>
      {at.map((tick) => {
        const left = shareOf(window, tick) * widthPx;
        const isEdge = left < 20 || left > widthPx - 24;
        return (
          <span
            key={tick}
            className={cn("absolute text-2xs leading-[18px] text-faint", isEdge ? "" : "-translate-x-1/2")}
            style={left > widthPx - 24 ? { right: widthPx - left } : { left }}
          >
            {(seconds ? clockSeconds : clockTime)(tick)}
          </span>
        );
      })}
    </div>
  );
});
