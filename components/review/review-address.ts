"use client";
import { useEffect, useRef } from "react";
import { isReplay } from "../session/replay-source.ts";
import { useSessionSource } from "../session/session-provider.tsx";
import { useReview, type AxisStretch } from "./review-context.tsx";

/** What a link to the review points at: a second (`at`), a stretch (`from`, `to`), ms UTC, and a tab. */
export type ReviewAddress = {
  readonly at: number | null;
  readonly stretch: AxisStretch | null;
  readonly tab: string | null;
};

/** What is no number, or no stretch, is left out: a link that was cut short still opens the page. */
export function addressOf({ search }: { readonly search: string }): ReviewAddress {
  const query = new URLSearchParams(search);
  const [at, from, to] = ["at", "from", "to"].map((key) => secondIn(query.get(key)));
  const stretch = from != null && to != null && to > from ? { from, to } : null;
  return { at: at ?? null, stretch, tab: query.get("tab") };
}

function secondIn(text: string | null): number | null {
  return text !== null && /^\d{10,15}$/.test(text) ? Math.round(Number(text) / 1_000) * 1_000 : null;
}

export function searchOf({ at, stretch, tab }: ReviewAddress): string {
  const query = new URLSearchParams({
    ...(at === null ? {} : { at: String(at) }),
    ...(stretch === null ? {} : { from: String(stretch.from), to: String(stretch.to) }),
    ...(tab === null ? {} : { tab }),
  });
  return `?${query}`;
}

/** Long enough for a drag to be over: Safari refuses more than 100 changes of the address in 30 s. */
const WRITE_AFTER_MS = 700;

/** The address follows the page, so that what is copied from the browser opens at the same second. */
export function useAddress(): void {
  const source = useSessionSource();
  const { stretch } = useReview();
  const latest = useRef(stretch);
  latest.current = stretch;
  useEffect(() => {
    if (!isReplay(source)) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const write = () => {
      const { at, playing } = source.position();
      if (playing) return;
      const { tab } = addressOf(window.location);
      const search = searchOf({ at, stretch: latest.current, tab });
      if (search !== window.location.search) window.history.replaceState(null, "", search);
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(write, WRITE_AFTER_MS);
    };
    later();
    const stop = source.subscribe(later);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [source, stretch]);
}
