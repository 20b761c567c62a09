import type { Cue } from "#domain/cue.ts";
import { elapsedMs } from "#domain/rundown-clock.ts";
import type { ShowSlices } from "../../session/show-slices.ts";

/** The rundown as it was planned and as it went. Pure; also for the meeting. */

export type CueLine = {
  readonly cueId: string;
  readonly title: string;
  readonly kind: Cue["kind"];
  readonly round: number;
  /** `null` for what was put in during the show: nobody had planned it. */
  readonly plannedAt: number | null;
  readonly plannedMs: number;
  /** `null`: it never began. */
  readonly from: number | null;
  /** Without pauses and interruptions. */
  readonly actualMs: number | null;
  /** Began later than planned, counted from the start of the show as it was; below 0: earlier. */
  readonly lateMs: number | null;
  /** Took longer than planned. */
  readonly overMs: number | null;
  readonly outcome: "done" | "current" | "skipped" | "notReached" | "inserted";
};

/** A cue that begins this much later than planned is worth a word: in a show of hours nobody calls less of it late. */
const LATE_MS = 3 * 60_000;
export const isLate = ({ lateMs }: Pick<CueLine, "lateMs">): boolean => lateMs !== null && lateMs >= LATE_MS;
/** As much longer than planned. */
export const isOver = ({ overMs }: Pick<CueLine, "overMs">): boolean => overMs !== null && overMs >= LATE_MS;

type Slices = Pick<ShowSlices, "session" | "cues" | "cueOrder">;

/** `now`: until when a cue counts that still runs. */
export function cueLines({ session, cues, cueOrder }: Slices, now: number): readonly CueLine[] {
  // Against the start as it was: a show that began ten minutes late has not each of its cues late by ten minutes.
  let planned: number = session.startedAt ?? session.plannedStartAt;
  const until = session.endedAt ?? now;
  return cueOrder.order.flatMap((cueId): CueLine[] => {
    const cue = cues.get(cueId);
    if (!cue) return [];
    const { title, kind, round, plannedMs, from, addedLive } = cue;
    const plannedAt = addedLive ? null : planned;
    if (!addedLive) planned += plannedMs;
    const actualMs = elapsedMs(cue, until);
    return [
      {
        cueId,
        title,
        kind,
        round,
        plannedAt,
        plannedMs,
        from,
        actualMs,
        lateMs: from === null || plannedAt === null ? null : from - plannedAt,
        overMs: actualMs === null ? null : actualMs - plannedMs,
        outcome: outcomeOf(cue, session.endedAt !== null),
      },
    ];
  });
}

function outcomeOf({ state, from, addedLive }: Cue, isOver: boolean): CueLine["outcome"] {
  if (state === "skipped") return "skipped";
  if (from === null) return "notReached";
  if (state === "current" && !isOver) return "current";
  return addedLive ? "inserted" : "done";
}
