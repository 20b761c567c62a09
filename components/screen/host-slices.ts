"use client";
import type { AirTime } from "#domain/air-time.ts";
import type { hostRow as productRow } from "#domain/bag/rows.ts";
import type { BagState } from "#domain/bag/state.ts";
import type { hostRow as couponRow } from "#domain/coupon/rows.ts";
import type { Cue } from "#domain/cue.ts";
import type { hostRow as lotteryRow } from "#domain/lottery/rows.ts";
import type { CueNote } from "#domain/ops/lesson.ts";
import type { Headline } from "#domain/metrics/show-figures.ts";
import type { Sourced } from "#domain/ops/audience.ts";
import type { ShownSaid } from "#domain/ops/prompt.ts";
import type { ScreenRow } from "#domain/ops/screen.ts";
import type { SessionState } from "#domain/ops/session.ts";
import type { SayLine } from "#domain/say-lines.ts";
import type { ShownBoard } from "#domain/warmup/board-telling.ts";
import { useSession } from "../session/session-provider.tsx";
import type { Keyed } from "../session/view-state.ts";

/** What the host's audience sees of a show, by slice, as the ops show it. One that is missing is older than its op. */
export type HostSlices = {
  readonly session: Pick<
    SessionState,
    "title" | "phase" | "rehearsal" | "plannedStartAt" | "plannedEndAt" | "startedAt" | "endedAt"
  > & { readonly paidTargetFen: number | null };
  readonly figures: Headline;
  readonly audience: { readonly online: Sourced | null; readonly viewers: Sourced | null };
  readonly products: Keyed<HostProduct>;
  readonly explained: BagState["explained"];
  readonly coupons: Keyed<HostCoupon>;
  readonly lotteries: Keyed<HostLottery>;
  readonly hostRundown: { readonly current: HostCue | null; readonly next: NextCue | null };
  readonly hostMessage: HostMessage | null;
  readonly assistantMessages?: readonly HostMessage[];
  readonly screens?: Keyed<ScreenRow>;
  readonly said?: ShownSaid;
  readonly saying?: readonly SayLine[];
  readonly leaderboard?: ShownBoard;
  /** By lesson. */
  readonly cueNotes?: Keyed<CueNote>;
};

export type HostProduct = ReturnType<typeof productRow>;
export type HostCoupon = ReturnType<typeof couponRow>;
export type HostLottery = ReturnType<typeof lotteryRow>;
export type HostCue = Pick<Cue, "cueId" | "title" | "kind" | "productId" | "round" | "plannedMs" | "pauses"> & {
  readonly from: number;
  readonly gaps: AirTime["interruptions"];
};
export type NextCue = Pick<Cue, "cueId" | "title" | "kind" | "productId" | "round" | "plannedMs">;
export type HostMessage = {
  readonly messageId: string;
  /** Empty where it passes a viewer's question on: its words stand under `commentId` beside the view. */
  readonly text: string;
  readonly commentId: string | null;
  readonly blink: boolean;
  readonly at: number;
};

/** `useSession` over the host's audience: the boards stand over a source of it. */
export function useHost<T>(select: (show: HostSlices) => T, same?: (a: T, b: T) => boolean): T {
  // The slices of a source are those of its audience; this is where the boards say which they are.
  return useSession((show) => select(show as unknown as HostSlices), same);
}

export function useExplained(): HostProduct | null {
  return useHost(explainedOf);
}

function explainedOf({ explained, products }: HostSlices): HostProduct | null {
  return explained ? (products.get(explained.productId) ?? null) : null;
}
