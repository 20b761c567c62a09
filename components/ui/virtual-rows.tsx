"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useEffectEvent, useRef, useState, type ReactNode } from "react";
import { cn } from "./cn.ts";

export type VirtualRowsProps<T> = {
  items: readonly T[];
  idOf: (item: T) => string;
  /** Px; every row is as high. */
  rowHeight?: number;
  renderRow: (item: T, index: number) => ReactNode;
  /** Stays above the rows and scrolls sideways with them. */
  head?: ReactNode;
  label: string;
  className?: string;
  /** Brought into view when it changes. */
  shownId?: string | null;
  /** The last rows are in view, or nearly; called again when there are more of them. */
  onNearEnd?: () => void;
};

/** So many rows before the end the next ones are asked for. */
const NEAR_END_ROWS = 40;

/** Hundreds of rows of which only those in view exist. Rows keep their place when others change. */
export function VirtualRows<T>({
  items,
  idOf,
  rowHeight = 36,
  renderRow,
  head,
  label,
  className,
  shownId = null,
  onNearEnd,
}: VirtualRowsProps<T>) {
  const scroller = useRef<HTMLDivElement>(null);
  const [headPx, headRef] = useHeightPx();
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    // The head stands in the scroller above the rows, and covers them while they pass under it.
    scrollMargin: headPx,
    scrollPaddingStart: headPx,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : idOf(item);
    },
  });
  const bringIntoView = useEffectEvent((id: string) => {
    const at = items.findIndex((item) => idOf(item) === id);
    if (at >= 0) rows.scrollToIndex(at, { align: "auto" });
  });
  // Only a new wish moves the list, not every new frame.
  useEffect(() => {
    if (shownId !== null) bringIntoView(shownId);
  }, [shownId]);
  const lastShown = rows.getVirtualItems().at(-1)?.index ?? 0;
  const isNearEnd = lastShown >= items.length - NEAR_END_ROWS;
  const nearEnd = useEffectEvent(() => onNearEnd?.());
  useEffect(() => {
    if (isNearEnd) nearEnd();
  }, [isNearEnd, items.length]);
  return (
    <div
      ref={scroller}
      role="region"
      aria-label={label}
      tabIndex={0}
      className={cn("min-h-0 overflow-auto -outline-offset-2", className)}
    >
      {head ? (
        <div ref={headRef} className="sticky top-0 z-10 bg-page">
          {head}
        </div>
      ) : null}
      <div className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index];
          if (item === undefined) return null;
          return (
            <div
              key={key}
              data-index={index}
              className="absolute inset-x-0 top-0"
              style={{ height: rowHeight, transform: `translateY(${start - headPx}px)` }}
            >
              {renderRow(item, index)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Height of an element, px; 0 until it stands. */
function useHeightPx() {
  const [px, setPx] = useState(0);
  const ref = useCallback((element: HTMLElement | null) => setPx(element?.offsetHeight ?? 0), []);
  return [px, ref] as const;
}
