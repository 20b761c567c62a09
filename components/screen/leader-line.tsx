"use client";
import { useTranslations } from "next-intl";
import type { ShownBoard } from "#domain/warmup/board-telling.ts";
import { count } from "../format/money.ts";
import { useShowNow } from "../live/show-clock.tsx";
import { useNames } from "../session/session-provider.tsx";
import { leaderLine, type LeaderLineShown } from "./leader-lines.shape.ts";
import css from "./leaderboard.module.css";

/** The one line that is worth saying of the board now, as the host can read it out. */
export function LeaderLine({ board }: { board: ShownBoard }) {
  const words = useTranslations("screen.leaderboard");
  const say = useLeaderWords(board);
  const now = useShowNow();
  const line = leaderLine(board, now);
  if (!line) return null;
  return (
    <p className={css["say"]} data-kind={line.kind} data-testid="leader-line">
      <span className={css["sayLabel"]}>{words("say")}</span>
      <b>{say(line)}</b>
    </p>
  );
}

/** The same line, small, without its frame. */
export function LeaderWords({ board }: { board: ShownBoard }) {
  const say = useLeaderWords(board);
  const now = useShowNow();
  const line = leaderLine(board, now);
  return line ? <p className={css["cardLine"]}>{say(line)}</p> : null;
}

function useLeaderWords({ top, metric }: ShownBoard): (line: LeaderLineShown) => string {
  const words = useTranslations("screen.leaderboard");
  const names = useNames();
  const nameOf = (n: number) => {
    const row = top.find((one) => one.n === n);
    return (row && names(`person:${row.personId}`)) ?? words("someone", { n });
  };
  return (line) => {
    const name = nameOf(line.n);
    if (line.kind === "leads") return words("lineLeads", { name, count: count(line.count) });
    const { rank } = line;
    if (line.kind === "overtook") {
      if (line.passedN === null) return words("lineRose", { name, rank });
      return words("lineOvertook", { name, rank, passed: nameOf(line.passedN) });
    }
    const needed = count(line.count);
    // "Brings" is said of invites; what friends do then is not the inviter's to do.
    if (metric !== "valid") return words("linePaid", { name, count: needed, rank });
    return rank === 1 ? words("lineTop", { name, count: needed }) : words("lineGap", { name, count: needed, rank });
  };
}
