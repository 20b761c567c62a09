"use client";
import { Card } from "../card.tsx";
import { BoardRows } from "./board-rows.tsx";
import { useBoard } from "./use-board.ts";
import { useBelowWords } from "./below-words.ts";

/** How many stand on the first screen before somebody asks for all. */
const TEASER_ROWS = 3;

/** The head of 邀请榜, for who has not signed up. Nothing before there is one. */
export function BoardCard() {
  const words = useBelowWords();
  const { board } = useBoard();
  if (!board?.published || board.top.length === 0) return null;
  return (
    <Card title={words.board} note={words.boardNote}>
      <BoardRows rows={board.top.slice(0, TEASER_ROWS)} mine={null} />
      <BoardLink />
    </Card>
  );
}

export function BoardLink() {
  const words = useBelowWords();
  return (
    <a href="#board" className="inline-flex min-h-11 items-center text-sm text-dim underline underline-offset-4">
      {words.wholeBoard}
    </a>
  );
}
