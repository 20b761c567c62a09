import type { MessageLevel } from "#domain/message-text.ts";

/**
 * One thing is loud at a time: the first of these that is so. All else stays calm until it is over. Pure.
 */
export type Loud = "message" | "over" | "soon" | "offer" | "none";

export type Heard = {
  /** Of the message that stands on the screen; `null`: none does. */
  readonly message: MessageLevel | null;
  readonly remainingMs: number | null;
  readonly plannedMs: number;
  /** Until the first running coupon or draw closes. */
  readonly offerMs: number | null;
};

const SOON_MOST_MS = 90_000;
const OFFER_MS = 60_000;

/** When the time of a cue turns amber: a third of it, at most the last 90 s. */
export const soonMs = (plannedMs: number): number => Math.min(SOON_MOST_MS, plannedMs / 3);

export function loudest({ message, remainingMs, plannedMs, offerMs }: Heard): Loud {
  if (message === "fresh" || message === "late" || message === "urgent") return "message";
  if (remainingMs !== null && remainingMs < 0) return "over";
  if (remainingMs !== null && remainingMs <= soonMs(plannedMs)) return "soon";
  return offerMs !== null && offerMs <= OFFER_MS ? "offer" : "none";
}
