"use client";
import { useCallback, useEffect, useState } from "react";
import { useStore, useViewer } from "../viewer-context.tsx";
import { getBoard, type Board } from "./warmup-api.ts";

const AGAIN_MS = 15_000;

export type BoardState = { readonly board: Board | null; readonly failed: boolean; readonly refresh: () => void };

/** The public 邀请榜: again every 15 s while somebody looks, and at once when the person's own place changes. */
export function useBoard(): BoardState {
  const { sessionId } = useStore();
  const place = useViewer().me?.me.leaderboard;
  const [board, setBoard] = useState<Board | null>(null);
  const [failed, setFailed] = useState(false);
  const refresh = useCallback(() => {
    void getBoard(sessionId).then((answer) => {
      setFailed(!answer.ok);
      if (answer.ok) setBoard(answer.value);
    });
  }, [sessionId]);
  useEffect(refresh, [refresh, place?.rank, place?.count]);
  useEffect(() => {
    const look = () => void (!document.hidden && refresh());
    const timer = setInterval(look, AGAIN_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [refresh]);
  return { board, failed, refresh };
}
