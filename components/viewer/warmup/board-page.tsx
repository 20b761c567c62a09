"use client";
import { count } from "../../format/money.ts";
import { ActButton } from "../act-button.tsx";
import { Card } from "../card.tsx";
import { landingOf, stageOf } from "../landing.ts";
import { useShow, useViewer, useWords } from "../viewer-context.tsx";
import { useBelowWords } from "./below-words.ts";
import { BoardRows } from "./board-rows.tsx";
import { useBoard } from "./use-board.ts";
import { useWarmupWords } from "./warmup-words.ts";

/** The board as far as it is public. */
export function BoardPage() {
  const words = { ...useBelowWords(), ...useWarmupWords() };
  const { retryNow, loading } = useWords();
  const show = useShow();
  const { me } = useViewer();
  const { board, failed, refresh } = useBoard();
  const isHidden = (board && !board.published) || landingOf(show)?.settings.showLeaderboard === false;
  return (
    <>
      <h1 className="px-1 text-xl font-bold">{words.board}</h1>
      {failed ? (
        <section role="alert" className="rounded-2xl bg-card p-4 text-center">
          <p className="mb-3 text-base">{words.boardFailed}</p>
          <ActButton onPress={refresh}>{retryNow}</ActButton>
        </section>
      ) : null}
      {board === null ? (
        failed ? null : (
          <p role="status" className="p-6 text-center text-dim">
            {loading}
          </p>
        )
      ) : isHidden ? (
        <p className="rounded-2xl bg-card p-4 text-base">{words.boardHidden}</p>
      ) : board.top.length === 0 ? (
        <p className="rounded-2xl bg-card p-4 text-base">
          {stageOf(show.slices.session) === "ended" ? words.boardNobody : words.boardEmpty}
        </p>
      ) : (
        <Card
          title={words.boardCount(count(board.inviters))}
          note={board.frozenAt !== null ? words.boardFrozen : words.boardNote}
        >
          <BoardRows rows={board.top} mine={me?.me.leaderboard ?? null} />
          <p className="mt-2 text-sm text-dim">{words.metrics[board.metric]}</p>
        </Card>
      )}
    </>
  );
}
