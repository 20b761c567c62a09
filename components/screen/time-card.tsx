"use client";
import { useTranslations } from "next-intl";
import { clockTime, duration } from "../format/time.ts";
import { useShowNow } from "../live/show-clock.tsx";
import css from "./boards.module.css";
import { useHost, type HostCue } from "./host-slices.ts";
import { soonMs } from "./loudness.ts";
import { sized } from "./sized.ts";
import { heldBy, leftOf } from "./use-board-facts.ts";

/** Time left of the cue, counted up once it is over; before the show until its start. */
export function TimeCard() {
  const cue = useHost((show) => show.hostRundown.current);
  const phase = useHost((show) => show.session.phase);
  if (phase === "ended") return null;
  if (cue) return <CueTime cue={cue} />;
  return phase === "planned" || phase === "warmup" ? <UntilStart /> : null;
}

function CueTime({ cue }: { cue: HostCue }) {
  const words = useTranslations("screen.time");
  const now = useShowNow();
  const left = leftOf(cue, now) ?? 0;
  const held = heldBy(cue);
  const state = left < 0 ? "over" : left <= soonMs(cue.plannedMs) ? "soon" : "calm";
  const label = held === null ? words(left < 0 ? "over" : "left") : words(held);
  return (
    <Clock
      label={label}
      state={held === null ? state : "held"}
      text={`${left < 0 ? "+" : ""}${duration(Math.abs(left))}`}
      foot={cue.title}
    />
  );
}

function UntilStart() {
  const words = useTranslations("screen.time");
  const plannedStartAt = useHost((show) => show.session.plannedStartAt);
  const now = useShowNow();
  const left = plannedStartAt - now;
  return (
    <Clock
      label={words(left < 0 ? "startOver" : "untilStart")}
      state="calm"
      text={`${left < 0 ? "+" : ""}${duration(Math.abs(left))}`}
      foot={words("plannedStart", { time: clockTime(plannedStartAt) })}
    />
  );
}

const SIZES = [210, 180, 150, 124, 100] as const;
const ROOM = { wide: { width: 600, lines: 1 }, narrow: { width: 420, lines: 1 } };

function Clock({ label, state, text, foot }: { label: string; state: string; text: string; foot: string }) {
  return (
    <section className={css["time"]} data-state={state} data-testid="time">
      <h2 className={css["label"]}>{label}</h2>
      {/* Sized by its width in zeros, so that it does not jump while it counts. */}
      <p
        className={css["timeDigits"]}
        style={sized(text.replace(/\d/g, "0"), SIZES, ROOM)}
        data-clock
        data-testid="left"
      >
        {text}
      </p>
      <p className={css["foot"]}>{foot}</p>
    </section>
  );
}
