import { describe, expect, it } from "vitest";
import type { Cue } from "./cue.ts";
import {
  elapsedMs,
  isInterrupted,
  isPaused,
  measuredLengths,
  nextCue,
  remainingMs,
  showClock,
} from "./rundown-clock.ts";
import { durationMs, instant } from "./units.ts";

const MINUTE = 60_000;
type Timed = Pick<Cue, "cueId" | "state" | "plannedMs" | "from" | "to" | "pauses" | "gaps">;

function cue(cueId: string, state: Cue["state"], minutes: number, from?: number, to?: number): Timed {
  return {
    cueId,
    state,
    plannedMs: durationMs(minutes * MINUTE),
    from: from === undefined ? null : instant(from * MINUTE),
    to: to === undefined ? null : instant(to * MINUTE),
    pauses: [],
    gaps: [],
  };
}

const clock = (cues: readonly Timed[], now: number, more: object = {}) =>
  showClock(
    {
      cues,
      lengthAtStartMs: 30 * MINUTE,
      startedAt: instant(0),
      endedAt: null,
      plannedStartAt: instant(0),
      plannedEndAt: instant(30 * MINUTE),
      ...more,
    },
    now * MINUTE,
  );

describe("cue clock", () => {
  it("[RUN10] counts down, and goes below 0 when it is over", () => {
    expect(remainingMs(cue("a", "current", 5, 10), 12 * MINUTE)).toBe(3 * MINUTE);
    expect(remainingMs(cue("a", "current", 5, 10), 16 * MINUTE)).toBe(-MINUTE);
    expect(remainingMs(cue("a", "waiting", 5), MINUTE)).toBeNull();
  });

  it("[RUN10] does not count pauses, neither an open one nor one that outlasts the cue", () => {
    const paused = { ...cue("a", "current", 5, 10), pauses: [{ from: instant(11 * MINUTE), to: null }] };
    expect(isPaused(paused)).toBe(true);
    expect(elapsedMs(paused, 20 * MINUTE)).toBe(MINUTE);
    const over = { ...cue("a", "done", 5, 10, 14), pauses: [{ from: instant(11 * MINUTE), to: instant(15 * MINUTE) }] };
    expect(elapsedMs(over, 99 * MINUTE)).toBe(MINUTE);
  });

  it("[RUN17] stands still while the stream is down, and counts once what was held by hand meanwhile", () => {
    const minutes = (from: number, to: number | null) => ({
      from: instant(from * MINUTE),
      to: to === null ? null : instant(to * MINUTE),
    });
    const back = { ...cue("a", "current", 5, 10), pauses: [minutes(11, 13)], gaps: [minutes(12, 15)] };
    expect(elapsedMs(back, 17 * MINUTE)).toBe(3 * MINUTE);
    expect([isInterrupted(back), isPaused(back)]).toEqual([false, false]);
    const down = { ...cue("a", "current", 5, 10), gaps: [minutes(12, 13), minutes(14, null)] };
    expect([remainingMs(down, 15 * MINUTE), remainingMs(down, 99 * MINUTE)]).toEqual([2 * MINUTE, 2 * MINUTE]);
    expect(isInterrupted(down)).toBe(true);
  });

  it("[RUN10] never runs backwards when a screen's clock is behind", () => {
    expect(elapsedMs(cue("a", "current", 5, 10), 9 * MINUTE)).toBe(0);
  });
});

describe("show clock", () => {
  const cues = [
    cue("a", "done", 10, 0, 12),
    cue("b", "current", 10, 12),
    cue("c", "skipped", 5),
    cue("d", "waiting", 10),
  ];

  it("[RUN11] says when each coming cue will begin", () => {
    const now = clock(cues, 15);
    expect(now.cues.get("a")).toMatchObject({ startsAt: 0, actualMs: 12 * MINUTE, remainingMs: null });
    expect(now.cues.get("b")).toMatchObject({ startsAt: 12 * MINUTE, remainingMs: 7 * MINUTE });
    expect(now.cues.get("c")).toMatchObject({ startsAt: null });
    expect(now.cues.get("d")).toMatchObject({ startsAt: 22 * MINUTE, actualMs: null });
    expect(now.projectedEndAt).toBe(32 * MINUTE);
  });

  it("[RUN12] is over by what the rundown has grown since the start", () => {
    expect(clock(cues, 15).offsetMs).toBe(2 * MINUTE);
    expect(clock(cues, 25).offsetMs).toBe(5 * MINUTE);
    expect(clock(cues, 15, { lengthAtStartMs: 40 * MINUTE }).offsetMs).toBe(-8 * MINUTE);
    expect(clock(cues, 15, { plannedEndAt: instant(20 * MINUTE) }).endOffsetMs).toBe(12 * MINUTE);
  });

  it("[RUN11] before the show, times count from its planned start", () => {
    const planned = clock([cue("a", "waiting", 10), cue("b", "waiting", 5)], 0, {
      startedAt: null,
      lengthAtStartMs: null,
      plannedStartAt: instant(60 * MINUTE),
    });
    expect(planned.cues.get("b")?.startsAt).toBe(70 * MINUTE);
    expect(planned).toMatchObject({ offsetMs: null, endOffsetMs: 45 * MINUTE });
  });

  it("[RUN11] after the show, nothing comes any more", () => {
    const ended = clock([cue("a", "done", 10, 0, 12), cue("b", "waiting", 10)], 90, { endedAt: instant(12 * MINUTE) });
    expect(ended.cues.get("b")?.startsAt).toBeNull();
    expect(ended.projectedEndAt).toBe(12 * MINUTE);
  });

  it("[RUN4] next is the first waiting cue behind the one that is on, not one that was jumped over", () => {
    const jumped = [cue("a", "waiting", 1), cue("b", "current", 1, 3), cue("c", "skipped", 1), cue("d", "waiting", 1)];
    expect(nextCue(jumped)?.cueId).toBe("d");
    expect(clock(jumped, 3).cues.get("a")?.startsAt).toBeNull();
    expect(nextCue([cue("a", "waiting", 1)])?.cueId).toBe("a");
    expect(nextCue([cue("a", "done", 1, 0, 1)])).toBeNull();
  });

  it("[RUN13] keeps true against planned lengths of what is over", () => {
    expect(measuredLengths(cues)).toEqual([{ cueId: "a", plannedMs: 10 * MINUTE, actualMs: 12 * MINUTE }]);
  });
});
