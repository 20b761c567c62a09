"use client";
import { useTranslations } from "next-intl";
import { useSyncExternalStore, type ReactNode } from "react";
import { count, yuanRound } from "../format/money.ts";
import { clockSeconds, showTime } from "../format/time.ts";
import { useDeskKey } from "../live/desk.tsx";
import { useShowNow } from "../live/show-clock.tsx";
import { useStore } from "../live/store.ts";
import { isReplay, type ReplaySource } from "../session/replay-source.ts";
import { slicesOf, useHasView, useSession, useSessionSource } from "../session/session-provider.tsx";
import { Button, IconButton, Spinner } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { Icon } from "../ui/icon.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { Segmented } from "../ui/tabs.tsx";
import { useNarrow } from "../ui/use-narrow.ts";
import { nextAct, previousAct, type ReviewAct } from "./act-steps.ts";
import { useZoom } from "./axis/axis.tsx";
import { useAxis } from "./axis/axis-store.ts";
import { LINE_COLORS } from "./axis/plot.tsx";
import { useReview } from "./review-context.tsx";
import { ceilSecond } from "./review-span.ts";
import { SERIES, seriesOf, type SeriesKey } from "./review-series.ts";
import { useStretchKeys } from "./stretch-keys.ts";

const SPEEDS = ["1", "2", "4", "8"] as const;

/** The second that is shown, and every way from it to another one. */
export function PlayBar({ acts }: { acts: readonly ReviewAct[] }) {
  const source = useSessionSource();
  return isReplay(source) ? <Bar source={source} acts={acts} /> : null;
}

function usePart<T>(source: ReplaySource, part: (at: ReturnType<ReplaySource["position"]>) => T): T {
  const read = () => part(source.position());
  return useSyncExternalStore(source.subscribe, read, read);
}

function Bar({ source, acts }: { source: ReplaySource; acts: readonly ReviewAct[] }) {
  const words = useTranslations("replay");
  const playing = usePart(source, (position) => position.playing);
  const speed = usePart(source, (position) => position.speed);
  const { step, toggle } = useWays(source, acts);
  const isNarrow = useNarrow();
  const stretch = useStretchKeys(source);
  const speeds = (
    // It aligns itself to its row's start otherwise.
    <span className="flex shrink-0">
      <Segmented
        label={words("speed")}
        value={SPEEDS.find((one) => Number(one) === speed) ?? "1"}
        onChange={(next) => source.setSpeed(Number(next))}
        options={SPEEDS.map((one) => ({ value: one, label: `${one}×` }))}
      />
    </span>
  );
  const play = (
    <IconButton label={words("playPause")} look="primary" onClick={toggle}>
      <Icon name={playing ? "pause" : "play"} />
    </IconButton>
  );
  if (isNarrow) return <PhoneBar {...{ source, acts, play, speeds, step, stretch }} />;
  return (
    <div className="flex h-11 shrink-0 items-center gap-2.5 overflow-x-auto bg-raised px-4">
      {play}
      <Kbd>Space</Kbd>
      <Second source={source} />
      {speeds}
      <Button size="sm" hotkey="J" onClick={() => step(-1)}>
        {words("previous")}
      </Button>
      <Button size="sm" hotkey="K" onClick={() => step(1)}>
        {words("next")}
      </Button>
      <Current source={source} acts={acts} />
      <SeriesToggles />
      <ZoomButtons />
    </div>
  );
}

type PhoneBarProps = {
  source: ReplaySource;
  acts: readonly ReviewAct[];
  play: ReactNode;
  speeds: ReactNode;
  step: (way: 1 | -1) => void;
  stretch: { readonly begin: () => void; readonly end: () => void };
};

/** Where there is no keyboard every key has a button; the line that plays and steps stays in sight while the page scrolls. */
function PhoneBar({ source, acts, play, speeds, step, stretch }: PhoneBarProps) {
  const words = useTranslations("replay");
  const review = useTranslations("review");
  return (
    <>
      <div className="sticky top-0 z-20 flex h-13 shrink-0 items-center gap-2 bg-raised px-3">
        {play}
        <span className="flex flex-col leading-tight">
          <Second source={source} />
        </span>
        <Current source={source} acts={acts} />
        <IconButton label={words("previous")} look="plain" onClick={() => step(-1)}>
          <Icon name="chevronLeft" />
        </IconButton>
        <IconButton label={words("next")} look="plain" onClick={() => step(1)}>
          <Icon name="chevronRight" />
        </IconButton>
      </div>
      <div className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1.5 bg-raised px-3 pb-2">
        {speeds}
        <span className="ml-auto flex gap-1.5">
          <Button size="sm" onClick={stretch.begin}>
            {review("markBegin")}
          </Button>
          <Button size="sm" onClick={stretch.end}>
            {review("markEnd")}
          </Button>
        </span>
        <SeriesToggles />
        <ZoomButtons />
      </div>
    </>
  );
}

function useWays(source: ReplaySource, acts: readonly ReviewAct[]) {
  const words = useTranslations("replay");
  const step = (way: 1 | -1) => {
    const act = (way === 1 ? nextAct : previousAct)(acts, source.position().at);
    if (act) source.seek(ceilSecond(act.at));
  };
  const toggle = () => (source.position().playing ? source.pause() : source.play(source.position().speed));
  const by = (ms: number) => () => source.seek(source.position().at + ms);
  const section = "show" as const;
  useDeskKey({ code: "Space", key: "Space", label: words("playPause"), section, run: toggle });
  useDeskKey({ code: "KeyJ", key: "J", label: words("previous"), section, run: () => step(-1) });
  useDeskKey({ code: "KeyK", key: "K", label: words("next"), section, run: () => step(1) });
  useDeskKey({ code: "ArrowLeft", key: "←", label: words("backTen"), section, run: by(-10_000) });
  useDeskKey({ code: "ArrowRight", key: "→", label: words("forthTen"), section, run: by(10_000) });
  useDeskKey({ code: "Shift+ArrowLeft", key: "Shift ←", label: words("backOne"), section, run: by(-1_000) });
  useDeskKey({ code: "Shift+ArrowRight", key: "Shift →", label: words("forthOne"), section, run: by(1_000) });
  return { step, toggle };
}

/** Follows the pointer of a drag too; what the panels show is told beside it while it is not the same second. */
function Second({ source }: { source: ReplaySource }) {
  const words = useTranslations("review");
  const { startedAt, to } = useReview();
  const dragged = useStore(useAxis().dragged);
  const at = Math.floor((usePart(source, (position) => position.at) || 0) / 1_000) * 1_000;
  const waiting = usePart(source, (position) => position.waiting);
  const shown = dragged ?? at;
  return (
    <>
      <b className="text-lg tabular-nums">{clockSeconds(shown)}</b>
      <span className="text-sm whitespace-nowrap text-faint tabular-nums max-md:text-2xs">
        {showTime(shown - startedAt)} / {showTime(to - startedAt)}
      </span>
      <span
        className={cn("flex w-4 shrink-0 text-dim max-md:absolute max-md:opacity-60", !waiting && "invisible")}
        title={words("fetching")}
      >
        <Spinner />
      </span>
    </>
  );
}

function Current({ source, acts }: { source: ReplaySource; acts: readonly ReviewAct[] }) {
  const text = usePart(source, ({ at }) => previousAct(acts, at + 1_000)?.text ?? "");
  return (
    <span className="min-w-0 flex-1 truncate text-sm text-dim" title={text}>
      {text}
    </span>
  );
}

const MINUTE_MS = 60_000;

/** What lies on the axis, each with its value in the minute, or at the second, that is looked at. */
function SeriesToggles() {
  const words = useTranslations("review");
  const axis = useAxis();
  const shown = useStore(axis.shown);
  const { last } = useReview();
  const minute = useShowNow(MINUTE_MS);
  const hasView = useHasView();
  const series = seriesOf(slicesOf(last));
  const toggle = (key: SeriesKey) => {
    const next = new Set(shown);
    if (!next.delete(key)) next.add(key);
    axis.shown.write(next);
  };
  return (
    <div role="group" aria-label={words("onAxis")} className="flex flex-wrap items-center gap-1.5 md:shrink-0">
      {SERIES.map((key) => {
        const { unknown, values } = series[key];
        const value = values.get(minute) ?? (key === "paid" ? 0 : null);
        return (
          <button
            key={key}
            type="button"
            aria-pressed={shown.has(key) && !unknown}
            disabled={unknown}
            title={unknown ? words("noSource") : words(key === "online" ? "onlineNote" : "perMinuteNote")}
            onClick={() => toggle(key)}
            className="flex h-7 items-center gap-1.5 rounded-md border border-edge px-2 text-xs whitespace-nowrap text-faint hover:text-ink disabled:opacity-50 aria-pressed:bg-picked aria-pressed:text-ink"
          >
            <Mark of={key} />
            {words(`series.${key}`)}
            <span className="min-w-10 text-right text-dim tabular-nums max-md:hidden">
              {key === "online" && hasView && !unknown ? (
                <OnlineNow />
              ) : value === null || unknown ? (
                "–"
              ) : key === "paid" ? (
                yuanRound(value)
              ) : (
                count(value)
              )}
            </span>
          </button>
        );
      })}
    </div>
  );
}

/** What is no sum is told as the panels tell it: the minute's own value is that of its end. */
function OnlineNow() {
  const online = useSession((show) => show.audience.online);
  return online ? count(online.value) : "–";
}

function Mark({ of }: { of: SeriesKey }): ReactNode {
  if (of !== "paid") return <span aria-hidden className="h-0.5 w-3" style={{ background: LINE_COLORS[of] }} />;
  return (
    <span aria-hidden className="flex h-3 w-2 flex-col overflow-hidden rounded-[2px]">
      <span className="flex-1 bg-[#1f7fa6]" />
      <span className="flex-1 bg-[#6c5fc7]" />
    </span>
  );
}

function ZoomButtons() {
  const words = useTranslations("review");
  const { zoom, pan, all } = useZoom();
  const section = "show" as const;
  useDeskKey({ code: "Equal", key: "=", label: words("zoomIn"), section, run: () => zoom(0.5) });
  useDeskKey({ code: "Minus", key: "-", label: words("zoomOut"), section, run: () => zoom(2) });
  useDeskKey({ code: "Digit0", key: "0", label: words("zoomAll"), section, run: all });
  useDeskKey({ code: "BracketLeft", key: "[", label: words("panLeft"), section, run: () => pan(-0.5) });
  useDeskKey({ code: "BracketRight", key: "]", label: words("panRight"), section, run: () => pan(0.5) });
  return (
    <div className="flex shrink-0 items-center gap-1 max-md:ml-auto max-md:[&_kbd]:hidden">
      <IconButton size="iconSm" label={words("zoomOut")} onClick={() => zoom(2)}>
        <Icon name="minus" />
      </IconButton>
      <IconButton size="iconSm" label={words("zoomIn")} onClick={() => zoom(0.5)}>
        <Icon name="plus" />
      </IconButton>
      <Button size="sm" look="ghost" hotkey="0" onClick={all}>
        {words("zoomAll")}
      </Button>
    </div>
  );
}
