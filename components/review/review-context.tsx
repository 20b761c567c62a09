"use client";
import { createContext, useContext } from "react";
import type { PlanData } from "../plan/plan-data.ts";
import type { ViewState } from "../session/view-state.ts";

/** A stretch of the axis, ms UTC, `from < to`, whole seconds. */
export type AxisStretch = { readonly from: number; readonly to: number };

/** What every part of the review page works with. The second that is looked at lives in the replay source; panels read it through `useSession`. */
export type Review = {
  readonly sessionId: string;
  readonly plan: PlanData;
  /** The review view after the last event there is: figures of the whole show as known now. */
  readonly last: ViewState;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** The first and last second of the axis; the warm-up lies before `startedAt`. */
  readonly from: number;
  readonly to: number;
  /** First second of the days before the axis; `null`: there are none. */
  readonly daysFrom: number | null;
  readonly stretch: AxisStretch | null;
  setStretch(stretch: AxisStretch | null): void;
  /** Moves the whole page to a second. */
  seek(at: number): void;
  /** May this person write improvements and lessons; never on a shared link. */
  readonly canEdit: boolean;
  /** Opened by a read-only link: no names of staff, nothing to press that writes. */
  readonly shared: boolean;
  /** Loads `last` again, after something was written. */
  reload(): void;
};

export const ReviewContext = createContext<Review | null>(null);

export function useReview(): Review {
  const review = useContext(ReviewContext);
  if (!review) throw new Error("no ReviewContext above");
  return review;
}
