"use client";
import { useEffect, useRef } from "react";
import { type Loaded, useLoaded } from "../http/use-loaded.ts";
import { freshened, loadShows, type ShowFilter, type ShowPage } from "./show-list.ts";

/** Shows go live, sell and end while somebody looks at their list. */
const LOOK_MS = 5_000;

/** The list as it is by now, as long as anybody can see it; pages that were asked for stay. */
export function useShows(filter: ShowFilter): Loaded<ShowPage> {
  const key = JSON.stringify(filter);
  const shows = useLoaded(key, (signal) => loadShows(filter, null, signal));
  const latest = useRef({ shows, filter });
  latest.current = { shows, filter };
  useEffect(() => {
    const stop = new AbortController();
    const look = async () => {
      if (document.visibilityState !== "visible" || latest.current.shows.loading) return;
      const reply = await loadShows(latest.current.filter, null, stop.signal);
      const { value, loading, set } = latest.current.shows;
      // What can't be had now is asked for again soon; a load that somebody waits for wins.
      if (reply.ok && value && !loading && !stop.signal.aborted) set(freshened(value, reply.value));
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
  return shows;
}
