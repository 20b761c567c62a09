"use client";
import { useTranslations } from "next-intl";
import { count } from "../format/money.ts";
import { clockTime } from "../format/time.ts";
import { useHost, type HostSlices } from "./host-slices.ts";
import { LeaderLine } from "./leader-line.tsx";
import { LeaderRows } from "./leader-rows.tsx";
import css from "./leaderboard.module.css";

/** The board's inside: the first twenty, who just rose past whom, what is missing to the next place, and a line to say. */
export function LeaderPage() {
  const words = useTranslations("screen.leaderboard");
  const board = useHost(boardOf);
  if (!board || board.top.length === 0) {
    return (
      <div className={css["empty"]}>
        <h1 className={css["emptyTitle"]}>{words("empty")}</h1>
        <p className={css["emptyText"]}>{words("emptyText")}</p>
      </div>
    );
  }
  const { metric, frozenAt, inviters, total, published } = board;
  return (
    <div className={css["board"]}>
      <header className={css["head"]}>
        <h1>{words("title")}</h1>
        <p>{words(`by.${metric}`)}</p>
        <p className={css["sum"]}>
          {frozenAt === null
            ? words("sum", { inviters: count(inviters), total: count(total) })
            : words("frozen", { time: clockTime(frozenAt) })}
          {published ? null : ` · ${words("notPublic")}`}
        </p>
      </header>
      <LeaderRows board={board} />
      <LeaderLine board={board} />
    </div>
  );
}

const boardOf = ({ leaderboard }: HostSlices) => leaderboard;
