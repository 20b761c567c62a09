"use client";
import { useTranslations } from "next-intl";
import { useMemo, useSyncExternalStore } from "react";
import { clockSeconds, showTime } from "../format/time.ts";
import { isReplay, type ReplaySource } from "../session/replay-source.ts";
import { useSessionSource } from "../session/session-provider.tsx";
import type { ShowSlices } from "../session/show-slices.ts";
import type { ViewState } from "../session/view-state.ts";
import { Button, IconButton, Spinner } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { Icon } from "../ui/icon.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { Segmented } from "../ui/tabs.tsx";
import { useDeskKey } from "./desk.tsx";
import { nextAct, previousAct, replayActs, secondOf, type ReplayAct } from "./replay-acts.ts";
import { useShowNow } from "./show-clock.tsx";

const SPEEDS = ["1", "2", "4", "8"] as const;

/** `startedAt`: the show's start, from which the bar counts, as the header does; `from` lies a little before it. */
type ReplayBarProps = { last: ViewState; from: number; to: number; startedAt: number };

/** The whole show under one slider, the acts on it; play, and step from act to act. */
export function ReplayBar(props: ReplayBarProps) {
  const source = useSessionSource();
  return isReplay(source) ? <Bar source={source} {...props} /> : null;
}

function usePosition(source: ReplaySource) {
  return useSyncExternalStore(source.subscribe, source.position, source.position);
}

function useActs(last: ViewState): readonly ReplayAct[] {
  const words = useTranslations("replay");
  return useMemo(
    () =>
      replayActs(last.slices as ShowSlices, {
        explain: (linkNo, name, round) => words("explain", { linkNo, name, round }),
        coupon: (title) => words("coupon", { title }),
        lottery: (title) => words("lottery", { title }),
        drawn: (title) => words("drawn", { title }),
      }),
    [last, words],
  );
}

function Bar({ source, last, from, to, startedAt }: ReplayBarProps & { source: ReplaySource }) {
  const words = useTranslations("replay");
  const { playing, speed, waiting } = usePosition(source);
  const now = useShowNow();
  const acts = useActs(last);
  const step = (act: ReplayAct | null) => {
    if (act) source.seek(secondOf(act.at));
  };
  const back = () => step(previousAct(acts, source.position().at));
  const forth = () => step(nextAct(acts, source.position().at));
  const toggle = () => (source.position().playing ? source.pause() : source.play(source.position().speed));
  const by = (ms: number) => () => source.seek(source.position().at + ms);
  const section = "show" as const;
  useDeskKey({ code: "Space", key: "Space", label: words("playPause"), section, run: toggle });
  useDeskKey({ code: "KeyJ", key: "J", label: words("previous"), section, run: back });
  useDeskKey({ code: "KeyK", key: "K", label: words("next"), section, run: forth });
  useDeskKey({ code: "ArrowLeft", key: "←", label: words("backTen"), section, run: by(-10_000) });
  useDeskKey({ code: "ArrowRight", key: "→", label: words("forthTen"), section, run: by(10_000) });
  const current = previousAct(acts, now + 1_000);
  return (
    <footer className="shrink-0 border-t bg-raised px-4 pt-2 pb-3">
      <div className="mb-1.5 flex items-center gap-3">
        <IconButton label={words("playPause")} look="primary" onClick={toggle}>
          <Icon name={playing ? "pause" : "play"} />
        </IconButton>
        <Kbd>Space</Kbd>
        <b className="text-lg tabular-nums">{clockSeconds(now)}</b>
        <span className="text-sm text-faint tabular-nums">
          {showTime(now - startedAt)} / {showTime(to - startedAt)}
        </span>
        {waiting ? <Spinner /> : null}
        <span className="min-w-0 flex-1 truncate text-sm text-dim" title={current?.text}>
          {current?.text}
        </span>
        <Button size="sm" hotkey="J" onClick={back}>
          {words("previous")}
        </Button>
        <Button size="sm" hotkey="K" onClick={forth}>
          {words("next")}
        </Button>
        <Segmented
          label={words("speed")}
          value={SPEEDS.find((one) => Number(one) === speed) ?? "1"}
          onChange={(next) => (playing ? source.play(Number(next)) : setSpeed(source, Number(next)))}
          options={SPEEDS.map((one) => ({ value: one, label: `${one}×` }))}
        />
      </div>
      <Slider source={source} acts={acts} from={from} to={to} now={now} />
    </footer>
  );
}

/** A speed chosen while it stands is the one that playing begins with. */
function setSpeed(source: ReplaySource, speed: number) {
  source.play(speed);
  source.pause();
}

const tones = {
  cue: "bg-edge",
  explain: "bg-act-edge",
  coupon: "bg-wait",
  lottery: "bg-wait",
  marker: "bg-air",
  other: "bg-edge",
} as const;

function Slider({
  source,
  acts,
  from,
  to,
  now,
}: {
  source: ReplaySource;
  acts: readonly ReplayAct[];
  from: number;
  to: number;
  now: number;
}) {
  const words = useTranslations("replay");
  const share = (at: number) => `${Math.min(100, Math.max(0, ((at - from) / Math.max(1, to - from)) * 100))}%`;
  return (
    <div className="relative h-7">
      <div aria-hidden className="absolute inset-x-0 top-3 h-1 rounded-full bg-line">
        <div className="h-full rounded-full bg-act" style={{ width: share(now) }} />
      </div>
      <div aria-hidden className="pointer-events-none absolute inset-0">
        {acts.map(({ at, kind }, index) => (
          <span
            key={index}
            className={cn("absolute top-1 h-2 w-0.5 rounded-full", kind === "cue" ? "top-5" : "", tones[kind])}
            style={{ left: share(at) }}
          />
        ))}
      </div>
      <input
        type="range"
        aria-label={words("slider")}
        aria-valuetext={clockSeconds(now)}
        min={Math.ceil(from / 1_000)}
        max={Math.floor(to / 1_000)}
        step={1}
        value={Math.round(now / 1_000)}
        data-own-keys=""
        onChange={(event) => source.seek(Number(event.target.value) * 1_000)}
        onPointerUp={(event) => event.currentTarget.blur()}
        className="absolute inset-0 w-full cursor-pointer appearance-none bg-transparent [&::-webkit-slider-thumb]:size-4 [&::-webkit-slider-thumb]:appearance-none [&::-webkit-slider-thumb]:rounded-full [&::-webkit-slider-thumb]:border-2 [&::-webkit-slider-thumb]:border-page [&::-webkit-slider-thumb]:bg-white"
      />
    </div>
  );
}
