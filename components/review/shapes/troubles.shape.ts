import type { CheckLine } from "#domain/check/state.ts";
import type { Message } from "#domain/ops/message.ts";
import type { ShowSlices } from "../../session/show-slices.ts";
import { cueLines, isLate, type CueLine } from "./cues.shape.ts";

/** What did not go as it should have, from the slices of the review. Pure. */

/** A message that was not seen for this long came too late. */
const UNSEEN_MS = 60_000;

export type Interruption = { readonly from: number; readonly to: number | null; readonly ms: number };

export type WaivedLine = {
  readonly lineId: string;
  /** The team's own words; `null` for a line that Kaibo drew, which `lineId` names by what it is about. */
  readonly text: string | null;
  readonly reason: string;
  readonly by: string;
  readonly at: number;
};

export type Troubles = {
  readonly interruptions: readonly Interruption[];
  /** The latest first. */
  readonly lateCues: readonly CueLine[];
  readonly skipped: readonly CueLine[];
  /** Never seen, or too late, in the order of sending. `afterMs` null: never. */
  readonly messages: readonly { readonly message: Message; readonly afterMs: number | null }[];
  readonly waived: readonly WaivedLine[];
  /** Why it went on air with open lines. */
  readonly startReason: string | null;
};

type Slices = Pick<ShowSlices, "session" | "cues" | "cueOrder" | "messages" | "checkLines" | "checkWaivers">;

export function troublesOf(slices: Slices, now: number): Troubles {
  const { session, messages, checkLines, checkWaivers } = slices;
  const cues = cueLines(slices, now);
  return {
    interruptions: session.interruptions.map(({ from, to }) => ({ from, to, ms: (to ?? now) - from })),
    lateCues: cues.filter(isLate).toSorted((a, b) => (b.lateMs ?? 0) - (a.lateMs ?? 0)),
    skipped: cues.filter(
      ({ outcome }) => outcome === "skipped" || (outcome === "notReached" && session.endedAt !== null),
    ),
    messages: [...messages.values()].flatMap((message) => {
      const afterMs = message.seen ? message.seen.at - message.at : null;
      return afterMs === null || afterMs >= UNSEEN_MS ? [{ message, afterMs }] : [];
    }),
    waived: [
      ...[...checkLines.values()].flatMap(ownWaived),
      ...[...checkWaivers].map(([lineId, { reason, by, at }]) => ({ lineId, text: null, reason, by, at })),
    ].toSorted((a, b) => a.at - b.at),
    startReason: session.startReason,
  };
}

function ownWaived({ lineId, text, waived }: CheckLine): WaivedLine[] {
  return waived ? [{ lineId, text, reason: waived.reason, by: waived.by, at: waived.at }] : [];
}
