import { createClock } from "../session/clock.ts";
import { getShow } from "./viewer-api.ts";
import type { ViewerShow } from "./viewer-data.ts";

/**
 * Asks for the show again and again: as often as the server says, slower while it can't be reached, not at all while nobody looks, at once
 * when somebody looks again. One request at a time.
 */

export type PollEvents = {
  readonly onShow: (show: ViewerShow) => void;
  /** Set while the last try failed; `missing`: there is no such show. */
  readonly onProblem: (problem: "lost" | "missing" | null) => void;
  /** How far this phone's clock is from the server's. */
  readonly onClock: (offsetMs: number) => void;
};

export type ShowPoll = { readonly soon: () => void; readonly stop: () => void };

const BACKOFF_MS_MAX = 30_000;
const FIRST_MS = 2_000;
/** Phones sleep and their clocks are set: beyond this, what was measured before is not true any more. */
const CLOCK_JUMP_MS = 500;

/** Spread by ±15 %, so that a hundred thousand pages do not come in step. */
export function delayMs(failures: number, nextPollMs: number, chance: number): number {
  const base =
    failures === 0 ? nextPollMs : Math.min(BACKOFF_MS_MAX, Math.max(nextPollMs, FIRST_MS) * 2 ** (failures - 1));
  return Math.round(base * (0.85 + 0.3 * chance));
}

export function pollShow(sessionId: string, { onShow, onProblem, onClock }: PollEvents): ShowPoll {
  const clock = createClock();
  let etag: string | null = null;
  let clockBase: number | null = null;
  let nextPollMs = FIRST_MS;
  let failures = 0;
  let asking = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** An answer out of a cache is older than it says: it counts only while there is nothing better. */
  const heard = (sentAt: number, receivedAt: number, serverNow: number | null | undefined) => {
    const base = clockBaseNow();
    const jumped = clockBase === null || Math.abs(base - clockBase) > CLOCK_JUMP_MS;
    if (serverNow == null) return;
    if (jumped) clock.forget();
    clockBase = base;
    onClock(clock.add({ sentAt, receivedAt, serverNow }));
  };

  const ask = async () => {
    clearTimeout(timer);
    if (asking || stopped || document.hidden) return;
    asking = true;
    const answer = await getShow(sessionId, etag);
    asking = false;
    if (stopped) return;
    if (answer.ok) {
      const { show, serverNow, sentAt, receivedAt } = answer.value;
      failures = 0;
      etag = answer.value.etag;
      heard(sentAt, receivedAt, serverNow ?? (clockBase === null ? show?.now : null));
      if (show) {
        nextPollMs = Math.max(1_000, show.nextPollMs);
        onShow(show);
      }
      onProblem(null);
    } else {
      failures += 1;
      onProblem(answer.failure.kind === "missing" ? "missing" : "lost");
    }
    if (!document.hidden) timer = setTimeout(() => void ask(), delayMs(failures, nextPollMs, Math.random()));
  };

  const look = () => {
    if (!document.hidden) void ask();
    else clearTimeout(timer);
  };
  document.addEventListener("visibilitychange", look);
  window.addEventListener("online", look);
  window.addEventListener("pageshow", look);
  look();
  return {
    soon: look,
    stop() {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("online", look);
      window.removeEventListener("pageshow", look);
    },
  };
}

/** Stands still unless the clock is set or the machine slept. */
const clockBaseNow = () => Date.now() - performance.now();
