import type { EventLogReader } from "#db/event-log-reader.ts";
import type { Engine, ShowState } from "#domain/engine.ts";
import type { StoredEvent } from "#domain/event.ts";
import type { Audience } from "#domain/op.ts";
import { createView, viewOnce } from "#domain/views.ts";
import type { Frame, Snapshot } from "#domain/wire.ts";
import { createTimeline, type Timeline } from "./timeline.ts";

/** How many shows keep their checkpoints in memory; the one used longest ago goes first. */
const SHOWS_HELD = 4;

/** Read on beyond what was asked for, so that the next minutes are at hand. */
const AHEAD_MS = 10 * 60_000;

/** A stretch to play: the view at its start and what changed in each step after it. */
export type ReplayWindow = {
  readonly from: number;
  readonly to: number;
  readonly snapshot: Snapshot;
  readonly frames: readonly (Frame & { readonly until: number })[];
};

export type Seek = {
  /** The view after the last event with `at <= untilAt`; `undefined` when the log has no event at all. */
  viewAt(sessionId: string, audience: Audience, untilAt: number): Promise<Snapshot | undefined>;
  windowAt(
    sessionId: string,
    audience: Audience,
    stretch: { readonly from: number; readonly to: number; readonly stepMs: number },
  ): Promise<ReplayWindow | undefined>;
};

/** Answers "how did it look at T" from the log alone. One caller at a time: the worker asks in turn. */
export function createSeek(engine: Engine, reader: EventLogReader): Seek {
  const timelines = new Map<string, Timeline>();

  const timelineOf = async (sessionId: string, untilAt: number): Promise<Timeline> => {
    const timeline = timelines.get(sessionId) ?? createTimeline(engine);
    timelines.delete(sessionId);
    timelines.set(sessionId, timeline);
    for (const oldest of timelines.keys()) {
      if (timelines.size <= SHOWS_HELD) break;
      timelines.delete(oldest);
    }
    // What is known already covers T only when something later was read: more events may still come at the last instant. What lies far
    // behind T is read when it is asked for: the first look at a long show doesn't wait for all of it.
    const append = (events: readonly StoredEvent[]) => timeline.append(events);
    if (timeline.at <= untilAt) {
      await reader.read(sessionId, { after: timeline.seq, untilAt: untilAt + AHEAD_MS }, append);
    }
    // A log that begins after T is still the log of a show.
    if (timeline.seq === 0) await reader.read(sessionId, { after: 0, upTo: 1 }, append);
    return timeline;
  };

  const foldTo = async (state: ShowState, sessionId: string, untilAt: number): Promise<StoredEvent[]> => {
    const events: StoredEvent[] = [];
    await reader.read(sessionId, { after: state.seq, untilAt }, (chunk) => void events.push(...chunk));
    return events;
  };

  const stateAt = async (sessionId: string, untilAt: number): Promise<ShowState | undefined> => {
    const timeline = await timelineOf(sessionId, untilAt);
    if (timeline.seq === 0) return undefined;
    const state = timeline.stateBefore(untilAt);
    for (const event of await foldTo(state, sessionId, untilAt)) engine.apply(state, event);
    return state;
  };

  return {
    async viewAt(sessionId, audience, untilAt) {
      const state = await stateAt(sessionId, untilAt);
      return state && viewOnce(engine, state, audience);
    },
    async windowAt(sessionId, audience, { from, to, stepMs }) {
      const state = await stateAt(sessionId, from);
      if (!state) return undefined;
      const view = createView(engine, state, audience);
      const snapshot = view.snapshot();
      const frames: (Frame & { until: number })[] = [];
      const events = await foldTo(state, sessionId, to);
      let next = 0;
      for (let until = from + stepMs; next < events.length; until = Math.min(until + stepMs, to)) {
        for (let event = events[next]; event && event.at <= until; event = events[++next]) engine.apply(state, event);
        const frame = view.frame();
        if (frame) frames.push({ ...frame, until });
        if (until >= to) break;
      }
      return { from, to, snapshot, frames };
    },
  };
}
