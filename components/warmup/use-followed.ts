"use client";
import { useEffect, useEffectEvent, useRef } from "react";
import { useSession } from "../session/session-provider.tsx";

/** Tables follow the log by about a second; a question is not asked more often than this while people sign up. */
const SETTLES_MS = 1_200;
const AGAIN_MS = 3_000;
/** On a busy machine they follow later: once more, where nothing has moved since. */
const LATE_MS = 2_500;
/** What comes from WeCom moves no slice. */
const ANYWAY_MS = 20_000;

/** Asks again what tables answer, after the show's own figures have moved, and now and then while the page is in sight. */
export function useFollowed(reload: () => void): void {
  const moved = useSession(({ signups, invites, leaderboard }) => {
    const { total, standing, greeted, watched } = signups;
    return [total, standing, greeted, watched, invites.counts, invites.held, leaderboard.at].join();
  });
  /** What came first was asked before the tables could have followed what moved just then. */
  const seen = useRef("");
  const lastAt = useRef(0);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const late = useRef<ReturnType<typeof setTimeout>>(undefined);
  const ask = useEffectEvent(() => {
    waiting.current = undefined;
    if (document.hidden) return;
    lastAt.current = Date.now();
    reload();
  });
  const askMoved = useEffectEvent(() => {
    ask();
    late.current = setTimeout(() => ask(), LATE_MS);
  });
  useEffect(() => {
    if (seen.current === moved) return;
    seen.current = moved;
    // One that waits already asks for this one too: a stream of sign-ups must not put it off for ever.
    clearTimeout(late.current);
    waiting.current ??= setTimeout(() => askMoved(), Math.max(SETTLES_MS, lastAt.current + AGAIN_MS - Date.now()));
  }, [moved]);
  useEffect(() => {
    const timer = setInterval(() => ask(), ANYWAY_MS);
    const back = () => ask();
    document.addEventListener("visibilitychange", back);
    return () => {
      clearInterval(timer);
      clearTimeout(waiting.current);
      clearTimeout(late.current);
      document.removeEventListener("visibilitychange", back);
    };
  }, []);
}
