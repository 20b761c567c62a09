"use client";
import { useTranslations } from "next-intl";
import { dayTime, duration } from "../../format/time.ts";
import { useShowNow } from "../../live/show-clock.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { BoardFigure } from "./board-figure.tsx";
import { useSpanWords } from "../span-words.ts";

const DAY_MS = 86_400_000;

/** How long there is until the show. */
export function StartFigure({ className }: { className: string }) {
  const words = useTranslations("warmupBoard.start");
  const span = useSpanWords();
  const now = useShowNow();
  const { startedAt, endedAt, plannedStartAt } = useSession((show) => show.session);
  if (startedAt !== null) {
    return (
      <BoardFigure
        className={className}
        label={words("state")}
        value={words(endedAt === null ? "started" : "ended")}
        source={words("startedAt", { time: dayTime(startedAt) })}
      />
    );
  }
  const left = plannedStartAt - now;
  return (
    <BoardFigure
      className={className}
      label={words(left >= 0 ? "label" : "past")}
      value={
        <span className={left < 0 ? "text-wait-ink" : undefined}>
          {Math.abs(left) >= DAY_MS ? span(Math.abs(left)) : duration(Math.abs(left))}
        </span>
      }
      source={words("plan", { time: dayTime(plannedStartAt) })}
    />
  );
}
