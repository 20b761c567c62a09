"use client";
import { createContext, useContext } from "react";
import type { AxisWindow } from "../../charts/time-axis.shape.ts";
import type { Store } from "../../live/store.ts";
import type { SeriesKey } from "../review-series.ts";

/** What axis and bar share beside the second that is shown. */
export type AxisState = {
  readonly window: Store<AxisWindow>;
  readonly shown: Store<ReadonlySet<SeriesKey>>;
  /** Where the pointer has dragged to; the panels follow as fast as they can be drawn. */
  readonly dragged: Store<number | null>;
};

export const AxisContext = createContext<AxisState | null>(null);

export function useAxis(): AxisState {
  const axis = useContext(AxisContext);
  if (!axis) throw new Error("no AxisContext above");
  return axis;
}
