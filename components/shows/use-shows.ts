"use client";
import { useEffect, useRef, useState } from "react";
import type { Failure } from "../http/request.ts";
import { type Loaded, useLoaded } from "../http/use-loaded.ts";
import { freshened, loadShows, type ShowFilter, type ShowPage } from "./show-list.ts";

/** Shows go live, sell and end while somebody looks at their list. */
const LOOK_MS = 5_000;

/** The list as it is by now, as long as anybody can see it; pages that were asked for stay. With a failure it is as it was when it was last had. */
export function useShows(filter: ShowFilter): Loaded<ShowPage> {
  const key = JSON.stringify(filter);
  const shows = useLoaded(key, (signal) => loadShows(filter, null, signal));
  const [missed, setMissed] = useState<Failure | null>(null);
  const latest = useRef({ shows, filter });
  latest.current = { shows, filter };
  useEffect(() => {
    const stop = new AbortController();
    const look = async () => {
      if (document.visibilityState !== "visible" || latest.current.shows.loading) return;
      const reply = await loadShows(latest.current.filter, null, stop.signal);
      if (stop.signal.aborted) return;
      setMissed(reply.ok ? null : reply.failure);
      const { value, loading, set } = latest.current.shows;
      // A load that somebody waits for wins.
      if (reply.ok && value && !loading) set(freshened(value, reply.value));
    };
    const lookOrLeave = () => void look().catch(() => undefined);
    const timer = setInterval(lookOrLeave, LOOK_MS);
    document.addEventListener("visibilitychange", lookOrLeave);
    return () => {
      stop.abort();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", lookOrLeave);
    };
  }, [key]);
  return { ...shows, failure: shows.failure ?? missed };
}
