"use client";
import dynamic from "next/dynamic";
import { BoardFrame } from "./board-frame.tsx";
import css from "./boards.module.css";

/** Loaded when the desk turns to it: most screens never show it. A message is seen meanwhile, as on every board. */
const LeaderPage = dynamic(() => import("./leader-page.tsx").then((module) => module.LeaderPage), { ssr: false });

/** 邀请榜. */
export function LeaderboardBoard() {
  return (
    <BoardFrame kind="plain">
      <main className={css["prompt"]}>
        <LeaderPage />
      </main>
    </BoardFrame>
  );
}
