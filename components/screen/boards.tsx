"use client";
import type { Board as BoardName } from "#domain/ops/screen.ts";
import { AssistantBoard } from "./assistant-board.tsx";
import { FiguresBoard } from "./figures-board.tsx";
import { HostBoard } from "./host-board.tsx";
import { LeaderboardBoard } from "./leaderboard-board.tsx";
import { PromptBoard } from "./prompt-board.tsx";

const BOARDS = {
  host: HostBoard,
  figures: FiguresBoard,
  prompt: PromptBoard,
  leaderboard: LeaderboardBoard,
  assistant: AssistantBoard,
} as const satisfies Record<BoardName, unknown>;

export function Board({ board }: { board: BoardName }) {
  // A board that a newer server knows and this page does not yet: the host's is never wrong.
  const Shown = BOARDS[board] ?? HostBoard;
  return <Shown />;
}
