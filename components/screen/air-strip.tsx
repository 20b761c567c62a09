"use client";
import { useTranslations } from "next-intl";
import { count } from "../format/money.ts";
import { clockTime, durationFixed } from "../format/time.ts";
import { useShowNow } from "../live/show-clock.tsx";
import css from "./boards.module.css";
import { useHost } from "./host-slices.ts";
import { leftOf } from "./use-board-facts.ts";

/** Whether the show is on air and for how long, who watches, and what comes next. */
export function AirStrip() {
  const words = useTranslations("screen");
  const show = useTranslations("show");
  const rehearsal = useHost(({ session }) => session.rehearsal);
  const online = useHost(({ audience }) => audience.online?.value ?? null);
  return (
    <header className={css["strip"]}>
      <AirState />
      {rehearsal ? <span className={css["mark"]}>{show("rehearsal")}</span> : null}
      {online === null ? null : <span className={css["dim"]}>{words("online", { count: count(online) })}</span>}
      <NextCue />
    </header>
  );
}

export function AirState() {
  const phases = useTranslations("phase");
  const phase = useHost(({ session }) => session.phase);
  const startedAt = useHost(({ session }) => session.startedAt);
  const endedAt = useHost(({ session }) => session.endedAt);
  const now = useShowNow();
  const lasted = startedAt === null ? null : durationFixed((endedAt ?? now) - startedAt);
  return (
    <strong className={css["air"]} data-phase={phase}>
      <span aria-hidden className={css["dot"]} />
      {phases(phase)}
      {lasted === null ? null : <span data-clock>{lasted}</span>}
    </strong>
  );
}

function NextCue() {
  const words = useTranslations("screen");
  const phase = useHost(({ session }) => session.phase);
  const plannedStartAt = useHost(({ session }) => session.plannedStartAt);
  const { current, next } = useHost(({ hostRundown }) => hostRundown);
  const now = useShowNow(10_000);
  if (!next || phase === "ended") return null;
  const isBefore = phase === "planned" || phase === "warmup";
  const at = isBefore ? plannedStartAt : current ? now + Math.max(0, leftOf(current, now) ?? 0) : null;
  return (
    <span className={css["next"]}>
      <span className={css["dim"]}>{words("next")}</span>
      <b className={css["cut"]}>
        {next.round > 1 ? words("titleRound", { title: next.title, round: next.round }) : next.title}
      </b>
      {at === null ? null : (
        <span className={css["dim"]} data-clock>
          {words("about", { time: clockTime(at) })}
        </span>
      )}
    </span>
  );
}
