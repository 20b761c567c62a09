"use client";
import { useTranslations } from "next-intl";
import { messageLevel, type MessageLevel } from "#domain/message-text.ts";
import { remainingMs } from "#domain/rundown-clock.ts";
import { instant } from "#domain/units.ts";
import { useOverTime } from "../live/show-clock.tsx";
import { useComments } from "../session/session-provider.tsx";
import { useHost, type HostCue, type HostMessage, type HostSlices } from "./host-slices.ts";
import { loudest, type Loud } from "./loudness.ts";
import { useScreenState } from "./screen-state.tsx";

/** What is left of a cue at `now`, ms; below 0 it is over. */
export function leftOf(cue: HostCue, now: number): number | null {
  const { from, pauses, gaps, plannedMs } = cue;
  return remainingMs({ cueId: "", state: "current", plannedMs, from: instant(from), to: null, pauses, gaps }, now);
}

/** Why the clock of a cue stands still; `null`: it runs. */
export function heldBy({ pauses, gaps }: HostCue): "paused" | "interrupted" | null {
  if (gaps.at(-1)?.to === null) return "interrupted";
  return pauses.at(-1)?.to === null ? "paused" : null;
}

/** The message that stands on the screen; `null` where there is none, or it was answered here. */
export function useShownMessage(): HostMessage | null {
  const message = useHost((show) => show.hostMessage);
  const { answered } = useScreenState();
  return message && !answered.has(message.messageId) ? message : null;
}

/** Its words; of a question that was passed on they are joined here, and may have been deleted since. */
export function useMessageText({ text, commentId }: HostMessage): string {
  const comments = useComments();
  const words = useTranslations("screen.message");
  if (!commentId) return text;
  const asked = comments[commentId];
  return asked === undefined ? words("questionGone") : words("question", { text: asked });
}

export function useMessageLevel(message: HostMessage | null): MessageLevel | null {
  const endedAt = useHost((show) => show.session.endedAt);
  return useOverTime((now) => message && levelOf(message, now, endedAt));
}

const levelOf = ({ at, blink }: HostMessage, now: number, endedAt: number | null): MessageLevel =>
  messageLevel({ at, blink, seen: null, clearedAt: null }, now, endedAt);

/** The one thing that is loud now. */
export function useLoud(): Loud {
  const message = useShownMessage();
  const cue = useHost((show) => show.hostRundown.current);
  const endedAt = useHost((show) => show.session.endedAt);
  const closings = useHost(closingTimes, sameTimes);
  return useOverTime((now) => {
    const open = endedAt === null ? closings.filter((at) => at > now) : [];
    return loudest({
      message: message && levelOf(message, now, endedAt),
      remainingMs: cue && endedAt === null ? leftOf(cue, now) : null,
      plannedMs: cue?.plannedMs ?? 0,
      offerMs: open.length > 0 ? Math.min(...open) - now : null,
    });
  });
}

function closingTimes({ coupons, lotteries }: Pick<HostSlices, "coupons" | "lotteries">): readonly number[] {
  const times: number[] = [];
  for (const { state, claimTo } of coupons.values()) if (state === "running" && claimTo !== null) times.push(claimTo);
  for (const { state, closesAt } of lotteries.values()) if (state === "open" && closesAt !== null) times.push(closesAt);
  return times;
}

const sameTimes = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((at, index) => at === b[index]);
