import * as z from "zod/mini";
import type { Audience } from "#domain/op.ts";
import type { Frame, Snapshot } from "#domain/wire.ts";
import { createReading, type SessionSource } from "./source.ts";
import { createStretchCache } from "./stretch-cache.ts";
import { settled } from "./view-state.ts";

/** The show as it was known at a second, and a clock that runs over it. */
export type ReplaySource = SessionSource & {
  readonly kind: "replay";
  /** Shows the state after the last event at or before `at`. Newest wish wins. */
  seek(at: number): void;
  /** Runs on from the shown second at `speed`; stops at the end. */
  play(speed: number): void;
  pause(): void;
  /** Where the clock stands; ask it as often as the screen draws. */
  position(): ReplayPosition;
};

export type ReplayPosition = {
  readonly at: number;
  readonly playing: boolean;
  readonly speed: number;
  /** The second asked for is not shown yet. */
  readonly waiting: boolean;
};

/** `GET …/replay`: the view at `from`, and a frame for each step in which something changed. */
export type Stretch = {
  readonly snapshot: Snapshot;
  readonly frames: readonly (Frame & { readonly until: number })[];
  readonly names: Readonly<Record<string, string>>;
  readonly comments: Readonly<Record<string, string>>;
};

/** Our own server's answer; its slices are shaped by the ops. */
export const StretchBody = z.custom<Stretch>(
  (body) => typeof body === "object" && body !== null && "snapshot" in body && "frames" in body,
);

export type ReplaySourceOptions = {
  readonly audience: Audience;
  /** The first and last second of the show. */
  readonly from: number;
  readonly to: number;
  /** The second that is shown first. */
  readonly at: number;
  /** Gives the stretch; throws when there is no answer. */
  readonly load: (
    audience: Audience,
    span: { readonly from: number; readonly to: number; readonly step: number },
  ) => Promise<Stretch>;
};

/** How often a running replay moves on. */
const STEP_MS = 200;

export function isReplay(source: SessionSource): source is ReplaySource {
  return source.kind === "replay";
}

export function createReplaySource({ audience, from, to, at, load }: ReplaySourceOptions): ReplaySource {
  const store = createReading();
  let position: ReplayPosition = { at, playing: false, speed: 1, waiting: true };
  let wanted = at;
  let lastStep = 0;
  const cache = createStretchCache({ from, to, load: (span) => load(audience, span) });

  /** Shows the wanted second if it is at hand; else it is asked for, and the clock waits. */
  const show = () => {
    const found = cache.viewAt(wanted);
    cache.want(wanted, position.playing ? position.speed : 0, (failed) => {
      if (failed) store.update({ connection: { state: "lost", since: Date.now() } });
      else show();
    });
    const before = store.read();
    if (!found) {
      if (position.waiting) return;
      position = { ...position, waiting: true };
      return store.update({});
    }
    position = { ...position, at: wanted, waiting: false };
    store.update({
      view: settled(before.view, found.view),
      names: found.names === before.names ? before.names : { ...before.names, ...found.names },
      comments: found.comments === before.comments ? before.comments : { ...before.comments, ...found.comments },
      clockOffsetMs: Math.round(wanted - Date.now()),
      connection: before.connection.state === "live" ? before.connection : { state: "live" },
    });
  };
  const timer = setInterval(() => {
    if (!position.playing) return;
    const now = Date.now();
    // A second that is still on its way holds the clock: playing never runs ahead of what it shows.
    if (!position.waiting) wanted = Math.min(to, position.at + (now - lastStep) * position.speed);
    lastStep = now;
    if (wanted >= to) position = { ...position, playing: false };
    show();
  }, STEP_MS);
  show();

  return {
    kind: "replay",
    subscribe: store.subscribe,
    read: store.read,
    send: () => Promise.resolve({ status: "error", code: "replay.readOnly" }),
    setPage: () => undefined,
    seek(at) {
      // Whole seconds: what stands under the slider is exact.
      wanted = Math.min(to, Math.max(from, Math.round(at / 1_000) * 1_000));
      lastStep = Date.now();
      show();
    },
    play(speed) {
      lastStep = Date.now();
      if (position.at >= to) wanted = from;
      position = { ...position, playing: true, speed };
      show();
    },
    pause() {
      position = { ...position, playing: false };
      store.update({});
    },
    position: () => position,
    close() {
      cache.close();
      clearInterval(timer);
    },
  };
}
