"use client";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { duration } from "../format/time.ts";
import { useShowNow } from "../live/show-clock.tsx";
import { BoardFrame } from "./board-frame.tsx";
import css from "./boards.module.css";
import { useExplained, useHost, type HostProduct } from "./host-slices.ts";
import { soonMs } from "./loudness.ts";
import { turned, turnOf, type Turn } from "./paging.ts";
import { PriceLine, ProductName } from "./product-block.tsx";
import { leftOf } from "./use-board-facts.ts";
import { useCueNotes } from "./use-cue-notes.ts";
import { useSaid } from "./use-said.ts";

/** Large lines to read off: mechanism and selling points, turned by pedal, clicker, key or a tap on either half. */
export function PromptBoard() {
  return (
    <BoardFrame kind="prompt">
      <Prompt />
    </BoardFrame>
  );
}

function Prompt() {
  const words = useTranslations("screen");
  const product = useExplained();
  const cue = useHost((show) => show.hostRundown.current);
  const notes = useCueNotes(cue?.cueId);
  const title = cue?.title ?? null;
  if (product)
    return <Lines key={`${product.productId}:${product.explained?.round ?? 0}`} product={product} notes={notes} />;
  return (
    <main className={css["prompt"]}>
      <div className={css["empty"]}>
        <h1 className={css["emptyTitle"]}>{title ?? words("noProduct")}</h1>
        <p className={css["emptyText"]}>{words(title === null ? "waitForDesk" : "noProduct")}</p>
        {notes.map((note) => (
          <p key={note} className={css["promptLine"]} data-kind="note">
            {note}
          </p>
        ))}
      </div>
    </main>
  );
}

function Lines({ product, notes }: { product: HostProduct; notes: readonly string[] }) {
  const words = useTranslations("screen.prompt");
  const { points } = useSaid(product);
  const flow = useRef<HTMLOListElement>(null);
  const { page, pages, turn } = usePages(flow, notes);
  useTurns(turn);
  const pageStyle: Record<`--${string}`, number> = { "--page": page };
  return (
    <main className={css["prompt"]}>
      <ProductName product={product} />
      <div className={css["promptHead"]}>
        <PriceLine product={product} />
        <CueTimeLeft />
      </div>
      <div className={css["pages"]}>
        <ol ref={flow} className={css["pageFlow"]} style={pageStyle}>
          {product.mechanism === "" ? null : (
            <li className={css["promptLine"]} data-kind="mechanism">
              {product.mechanism}
            </li>
          )}
          {points.map(({ index, text, said }) => (
            <li key={index} className={css["promptLine"]} data-said={said}>
              {said ? <s>{text}</s> : text}
            </li>
          ))}
          {notes.map((note) => (
            <li key={note} className={css["promptLine"]} data-kind="note">
              {note}
            </li>
          ))}
        </ol>
      </div>
      <p className={css["pager"]}>
        <span data-testid="page">{words("page", { page: page + 1, pages })}</span>
        {pages > 1 ? <span>{words("turn")}</span> : null}
      </p>
    </main>
  );
}

function CueTimeLeft() {
  const words = useTranslations("screen.time");
  const cue = useHost((show) => show.hostRundown.current);
  const now = useShowNow();
  const left = cue && leftOf(cue, now);
  if (!cue || left === null) return null;
  const state = left < 0 ? "over" : left <= soonMs(cue.plannedMs) ? "soon" : "calm";
  return (
    <p className={css["promptTime"]} data-state={state}>
      {words(left < 0 ? "over" : "left")} {left < 0 ? "+" : ""}
      {duration(Math.abs(left))}
    </p>
  );
}

/** The list flows into columns as wide as the box; a page is a column, and turning moves the flow. */
function usePages(flow: RefObject<HTMLElement | null>, notes: readonly string[]) {
  const [page, setPage] = useState(0);
  const [pages, setPages] = useState(1);
  useLayoutEffect(() => {
    const list = flow.current;
    if (!list) return undefined;
    const step = () => list.clientWidth + (Number.parseFloat(getComputedStyle(list).columnGap) || 0);
    const measure = () => setPages(Math.max(1, Math.round((list.scrollWidth - list.clientWidth) / step()) + 1));
    const watch = new ResizeObserver(measure);
    watch.observe(list);
    for (const line of list.children) watch.observe(line);
    measure();
    return () => watch.disconnect();
    // Other notes are other lines to watch.
  }, [flow, notes]);
  const at = Math.min(page, pages - 1);
  const turn = useCallback((to: Turn) => setPage((old) => turned(Math.min(old, pages - 1), to, pages)), [pages]);
  return { page: at, pages, turn };
}

/** Presses that answered a message don't turn the page as well: the screen has taken them (`defaultPrevented`). */
function useTurns(turn: (to: Turn) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const to = turnOf(event.code);
      if (to === null || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      turn(event.shiftKey && event.code === "Space" ? "back" : to);
    };
    const onClick = (event: MouseEvent) => {
      if (!event.defaultPrevented) turn(event.clientX < window.innerWidth / 3 ? "back" : "next");
    };
    window.addEventListener("keydown", onKey);
    window.addEventListener("click", onClick);
    return () => {
      window.removeEventListener("keydown", onKey);
      window.removeEventListener("click", onClick);
    };
  }, [turn]);
}
