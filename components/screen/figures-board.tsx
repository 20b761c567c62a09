"use client";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { neededPerMinute } from "#domain/metrics/pace.ts";
import { count, percent, yuanRound, yuanShort } from "../format/money.ts";
import { clockTime, duration } from "../format/time.ts";
import { useShowNow } from "../live/show-clock.tsx";
import { BoardFrame } from "./board-frame.tsx";
import css from "./boards.module.css";
import { useHost } from "./host-slices.ts";
import { MoneyBar } from "./money-bar.tsx";
import { useScreenState } from "./screen-state.tsx";
import { sized } from "./sized.ts";
import { leftOf } from "./use-board-facts.ts";

/** How the show stands, in figures that are read across a room. */
export function FiguresBoard() {
  return (
    <BoardFrame kind="figures">
      <main className={css["figuresBox"]}>
        <Figures />
      </main>
      <MoneyBar />
    </BoardFrame>
  );
}

function Figures() {
  const words = useTranslations("screen.figures");
  const { moneyHidden } = useScreenState();
  const { orders, paidFen } = useHost((show) => show.figures);
  const { online, viewers } = useHost((show) => show.audience);
  return (
    <dl className={css["figures"]}>
      <Figure name={words("orders")} value={orders === null ? null : count(orders)} />
      <Figure name={words("online")} value={online && count(online.value)} />
      <Figure name={words("viewers")} value={viewers && count(viewers.value)} />
      {moneyHidden ? null : (
        <>
          <Reached />
          <Needed />
          <Figure name={words("perOrder")} value={paidFen === null || !orders ? null : yuanRound(paidFen / orders)} />
        </>
      )}
      <CueFigure />
      <EndFigure />
    </dl>
  );
}

const SIZES = [128, 108, 90, 74] as const;
const ROOM = { wide: { width: 560, lines: 1 }, narrow: { width: 450, lines: 1 } };

function Figure({ name, value, foot = null }: { name: string; value: string | null; foot?: ReactNode }) {
  const shown = value ?? "–";
  return (
    <div className={css["figure"]}>
      <dt>{name}</dt>
      <dd style={sized(shown, SIZES, ROOM)}>{shown}</dd>
      {foot === null ? null : <dd>{foot}</dd>}
    </div>
  );
}

function Reached() {
  const words = useTranslations("screen.figures");
  const { paidFen } = useHost((show) => show.figures);
  const target = useHost((show) => show.session.paidTargetFen);
  if (!target) return null;
  return <Figure name={words("reached")} value={paidFen === null ? null : percent(paidFen / target, 0)} />;
}

function Needed() {
  const words = useTranslations("screen.figures");
  const locale = useLocale();
  const { paidFen } = useHost((show) => show.figures);
  const targetFen = useHost((show) => show.session.paidTargetFen);
  const plannedEndAt = useHost((show) => show.session.plannedEndAt);
  const now = useShowNow(10_000);
  if (!targetFen) return null;
  const { value } = neededPerMinute({ targetFen, paidFen, now, plannedEndAt });
  // Reached: nothing is needed any more.
  if (value === 0) return null;
  return <Figure name={words("needed")} value={value === null ? null : yuanShort(value, locale)} />;
}

function CueFigure() {
  const words = useTranslations("screen.time");
  const cue = useHost((show) => show.hostRundown.current);
  const phase = useHost((show) => show.session.phase);
  const now = useShowNow();
  if (!cue || phase === "ended") return null;
  const left = leftOf(cue, now) ?? 0;
  const name = words(left < 0 ? "over" : "left");
  return <Figure name={name} value={`${left < 0 ? "+" : ""}${duration(Math.abs(left))}`} foot={cue.title} />;
}

function EndFigure() {
  const words = useTranslations("screen.figures");
  const phase = useHost((show) => show.session.phase);
  const plannedEndAt = useHost((show) => show.session.plannedEndAt);
  const now = useShowNow();
  if (phase !== "live" && phase !== "interrupted") return null;
  const left = plannedEndAt - now;
  return (
    <Figure
      name={words(left < 0 ? "pastEnd" : "untilEnd")}
      value={`${left < 0 ? "+" : ""}${duration(Math.abs(left))}`}
      foot={words("plannedEnd", { time: clockTime(plannedEndAt) })}
    />
  );
}
