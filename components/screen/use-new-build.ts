"use client";
import { useEffect, useRef } from "react";
import { useConnection } from "../session/session-provider.tsx";
import { isNewer, scriptsIn } from "./page-build.ts";

const ASK_AGAIN_MS = 5_000;
const TRIES = 24;
/** After a new build this page was loaded again; one that still differs is not loaded again and again. */
const ONCE_MS = 10 * 60_000;
const RELOADED_KEY = "kaibo-screen-reloaded";

/**
 * After every reconnect: are the server's pages newer than this one? Then the page is loaded again, as soon as `isQuiet` says that nobody
 * would notice. Full screen by the page's own key would be lost by it and want a hand, so it waits until that is over.
 */
export function useNewBuild(isQuiet: () => boolean): void {
  const live = useConnection().state === "live";
  const quiet = useRef(isQuiet);
  quiet.current = isQuiet;
  const wasLive = useRef<boolean | null>(null);
  useEffect(() => {
    const first = wasLive.current === null;
    wasLive.current = live;
    if (!live || first) return undefined;
    const leave = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    let tries = 0;
    const reloadWhenQuiet = () => {
      if (document.fullscreenElement === null && quiet.current()) return reloadOnce();
      timer = setTimeout(reloadWhenQuiet, 1_000);
    };
    const ask = async () => {
      const served = await servedScripts(leave.signal).catch(() => null);
      if (leave.signal.aborted) return;
      if (served !== null) {
        if (isNewer(served, loadedScripts())) reloadWhenQuiet();
      } else if (++tries < TRIES) timer = setTimeout(() => void ask(), ASK_AGAIN_MS);
    };
    void ask();
    return () => {
      leave.abort();
      clearTimeout(timer);
    };
  }, [live]);
}

/** `null`: the pages don't answer yet. */
async function servedScripts(signal: AbortSignal): Promise<ReadonlySet<string> | null> {
  const answer = await fetch(location.href, { cache: "no-store", headers: { accept: "text/html" }, signal });
  return answer.ok ? scriptsIn(await answer.text()) : null;
}

function loadedScripts(): ReadonlySet<string> {
  const preloads = [...document.querySelectorAll<HTMLLinkElement>("link[as=script], link[rel=modulepreload]")];
  const addresses = [...[...document.scripts].map(({ src }) => src), ...preloads.map(({ href }) => href)];
  return new Set(addresses.filter((address) => address !== "").map((address) => new URL(address).pathname));
}

/** True when it was loaded again lately. */
function wasReloaded(): boolean {
  return Date.now() - Number(sessionStorage.getItem(RELOADED_KEY) ?? 0) < ONCE_MS;
}

/** Loads the page again, at most once in ten minutes: what does not help is not repeated in front of an audience. */
export function reloadOnce(): void {
  if (wasReloaded()) return;
  sessionStorage.setItem(RELOADED_KEY, String(Date.now()));
  location.reload();
}
