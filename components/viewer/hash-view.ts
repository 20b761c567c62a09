"use client";
import { useEffect, useSyncExternalStore } from "react";

/**
 * Which part of the page is open: plain links to `#me` and `#draw/<id>`, so that WeChat's back gesture works and nothing is loaded.
 */
export type HashView =
  | { readonly part: "home" }
  | { readonly part: "me" }
  | { readonly part: "draw"; readonly lotteryId: string };

export function hashView(hash: string): HashView {
  if (hash === "#me") return { part: "me" };
  const found = /^#draw\/([\w.:@~-]{1,80})$/.exec(hash)?.[1];
  return found ? { part: "draw", lotteryId: found } : { part: "home" };
}

export const drawHref = (lotteryId: string) => `#draw/${lotteryId}`;

function subscribe(listener: () => void) {
  window.addEventListener("hashchange", listener);
  window.addEventListener("popstate", listener);
  return () => {
    window.removeEventListener("hashchange", listener);
    window.removeEventListener("popstate", listener);
  };
}

export function useHashView(): HashView {
  const hash = useSyncExternalStore(
    subscribe,
    () => window.location.hash,
    () => "",
  );
  useEffect(() => {
    window.scrollTo(0, 0);
  }, [hash]);
  return hashView(hash);
}
