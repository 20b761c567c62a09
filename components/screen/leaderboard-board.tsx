"use client";
import { useTranslations } from "next-intl";
import { BoardFrame } from "./board-frame.tsx";
import css from "./boards.module.css";

/** 邀请榜: filled by the warm-up; until that has run it says what it waits for. */
export function LeaderboardBoard() {
  const words = useTranslations("screen.leaderboard");
  return (
    <BoardFrame kind="plain">
      <main className={css["prompt"]}>
        <div className={css["empty"]}>
          <h1 className={css["emptyTitle"]}>{words("title")}</h1>
          <p className={css["emptyText"]}>{words("waits")}</p>
        </div>
      </main>
    </BoardFrame>
  );
}
