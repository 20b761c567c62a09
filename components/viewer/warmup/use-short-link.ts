"use client";
import { useCallback, useEffect, useState } from "react";
import { useStore } from "../viewer-context.tsx";
import { getShortLink } from "./warmup-api.ts";

export type ShortLink = { readonly short: string | null; readonly failed: boolean; readonly retry: () => void };

/** Where links to this show begin, on the domain that is used now. */
export function useShortLink(): ShortLink {
  const { sessionId } = useStore();
  const [short, setShort] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const retry = useCallback(() => {
    setFailed(false);
    void getShortLink(sessionId).then((answer) => (answer.ok ? setShort(answer.value) : setFailed(true)));
  }, [sessionId]);
  useEffect(retry, [retry]);
  return { short, failed, retry };
}
