"use client";
import { useEffect, useSyncExternalStore } from "react";
import { landingOf, stageOf } from "./landing.ts";
import { isOwnDraw, type ViewerShow } from "./viewer-data.ts";

/** Parts of the warm-up: how the show is reserved in WeChat, 预约登记, how friends are invited, the poster, 邀请榜. */
const WARMUP = ["reserve", "signup", "invite", "poster", "board"] as const;

/**
 * Which part of the page is open: plain links to `#me`, `#signup`, `#draw/<id>` …, so that WeChat's back gesture works and nothing is loaded.
 */
export type HashView = { readonly part: "home" } | WarmupView | InnerView;
export type WarmupView = { readonly part: (typeof WARMUP)[number] };
export type InnerView = { readonly part: "me" } | { readonly part: "draw"; readonly lotteryId: string };

export function hashView(hash: string): HashView {
  if (hash === "#me") return { part: "me" };
  const warmup = WARMUP.find((part) => hash === `#${part}`);
  if (warmup) return { part: warmup };
  const found = /^#draw\/([\w.:@~-]{1,80})$/.exec(hash)?.[1];
  return found ? { part: "draw", lotteryId: found } : { part: "home" };
}

const HOME: HashView = { part: "home" };

/** What of it there still is: WeChat keeps pages for days, and shows begin and end, pages are taken offline, draws go. */
export function viewThatIs(view: HashView, show: ViewerShow): HashView {
  const stage = stageOf(show.slices.session);
  switch (view.part) {
    case "draw":
      return show.slices.lotteries.some(([id, draw]) => id === view.lotteryId && isOwnDraw(draw)) ? view : HOME;
    case "reserve":
      return stage === "before" && landingOf(show) ? view : HOME;
    case "signup":
      return landingOf(show) ? view : HOME;
    case "poster":
      return stage === "ended" ? HOME : view;
    case "home":
    case "me":
    case "invite":
    case "board":
      return view;
    default:
      return view satisfies never;
  }
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
