"use client";
import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { LazyMinuteSeries } from "../../charts/lazy-minute-series.tsx";
import { everyMinute, type ActMarker } from "../../charts/minute-series.shape.ts";
import { yuanShort } from "../../format/money.ts";
import { clockTime, duration } from "../../format/time.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import { useReviewActs } from "../acts.ts";
import type { ReviewAct } from "../act-steps.ts";
import { useReview } from "../review-context.tsx";
import { cueLines, isLate, type CueLine } from "../shapes/cues.shape.ts";
import { MeetingTable, Part } from "./meeting-table.tsx";

const ActsPart = dynamic(() => import("./acts-part.tsx").then((part) => part.ActsPart));

const CHART_PX = 320;
/** As large as the page's small letters on a projector. */
const LETTER_PX = 16;
/** Cues on one page; a meeting looks at those that went otherwise first. */
const CUES_MAX = 14;

/** 场: the show by the minute with what was done, and the rundown as planned and as it went. */
export function CoursePage() {
  const words = useTranslations("meeting");
  const { last, to, endedAt } = useReview();
  const lines = cueLines(slicesOf(last), endedAt ?? to);
  return (
    <div className="flex flex-col gap-[1.6em]">
      <div className="grid gap-[2em] lg:grid-cols-[minmax(0,1.9fr)_minmax(0,1fr)]">
        <Part title={words("perMinuteChart")}>
          <MinuteChart />
        </Part>
        <ActsPart />
      </div>
      {lines.length === 0 ? null : (
        <Part title={words("planActual")}>
          <div className="grid gap-x-[2em] lg:grid-cols-2">
            <CueTable lines={lines.slice(0, Math.ceil(Math.min(lines.length, CUES_MAX * 2) / 2))} />
            <CueTable lines={lines.slice(Math.ceil(Math.min(lines.length, CUES_MAX * 2) / 2), CUES_MAX * 2)} />
          </div>
        </Part>
      )}
    </div>
  );
}

const MARKED: ReadonlySet<ReviewAct["kind"]> = new Set(["coupon", "lottery", "marker"]);

function MinuteChart() {
  const words = useTranslations("meeting");
  const locale = useLocale();
  const { last, startedAt, endedAt, to } = useReview();
  const { series, session } = slicesOf(last);
  const acts = useReviewActs(last);
  const rows = new Map([...series.values()].map(({ at, paidFen }) => [at, { paid: paidFen }]));
  const points = everyMinute(rows, ["paid"], { from: startedAt, to: endedAt ?? to, fill: 0 });
  const marked = acts.flatMap(({ at, text, kind, tone }): ActMarker[] =>
    MARKED.has(kind) ? [{ at, label: text, tone: tone === "act" ? "plain" : tone }] : [],
  );
  const gaps = session.interruptions.map(({ from, to: until }): ActMarker => ({
    at: from,
    label: words("interruptedFor", { length: duration((until ?? to) - from) }),
    tone: "air",
  }));
  if (points.length < 2 || points.every(({ paid }) => !paid)) {
    return <p className="text-faint">{words("noSeries")}</p>;
  }
  return (
    <LazyMinuteSeries
      points={points}
      lines={[{ key: "paid", label: words("paid"), tone: "public" }]}
      markers={[...marked, ...gaps]}
      height={CHART_PX}
      letterPx={LETTER_PX}
      label={words("perMinuteChart")}
      show={(fen) => yuanShort(fen, locale)}
    />
  );
}

function CueTable({ lines }: { lines: readonly CueLine[] }) {
  const words = useTranslations("meeting");
  if (lines.length === 0) return null;
  const off = (line: CueLine) => {
    const { lateMs } = line;
    if (lateMs === null) return "–";
    const shown = `${lateMs < 0 ? "" : "+"}${duration(lateMs)}`;
    return isLate(line) ? <span className="text-wait-ink">{shown}</span> : shown;
  };
  const state = ({ outcome, from }: CueLine) =>
    outcome === "skipped" ? words("skipped") : outcome === "notReached" ? words("notReached") : clockTime(from ?? 0);
  return (
    <MeetingTable
      label={words("planActual")}
      columns={[
        { head: words("cue"), wide: true },
        { head: words("plannedAt"), numeric: true },
        { head: words("actualAt"), numeric: true },
        { head: words("late"), numeric: true },
        { head: words("length"), numeric: true },
      ]}
      rows={lines.map((line) => ({
        key: line.cueId,
        faint: line.from === null,
        cells: [
          line.title,
          line.plannedAt === null ? words("inserted") : clockTime(line.plannedAt),
          state(line),
          off(line),
          line.actualMs === null ? "–" : `${duration(line.actualMs)} / ${duration(line.plannedMs)}`,
        ],
      }))}
    />
  );
}
