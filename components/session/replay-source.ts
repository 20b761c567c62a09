import type { Audience } from "#domain/op.ts";
import { createPastCache } from "./past-cache.ts";
import { createReading, type SessionSource } from "./source.ts";
import type { Stretch } from "./stretch.ts";
import { settled } from "./view-state.ts";

/** The show as it was known at a second, and a clock that runs over it. */
export type ReplaySource = SessionSource & {
  readonly kind: "replay";
  /** Shows the state after the last event at or before `at`. Newest wish wins. */
  seek(at: number): void;
  /** Runs on from the shown second at `speed`; stops at the end. */
  play(speed: number): void;
  pause(): void;
  /** Chooses the speed that playing goes by, or will begin with. */
  setSpeed(speed: number): void;
  /** Keeps a running clock where it is while something beside it (pictures) is not ready. */
  hold(held: boolean): void;
  /** The show has gone on until `to`. */
  extend(to: number): void;
  /** Where the clock stands; moved on in steps while it runs. */
  position(): ReplayPosition;
  /** As `position().at`, to the millisecond between two steps: for what runs beside it. */
  now(): number;
};

export type ReplayPosition = {
  /** Where the clock stands: the second that was asked for. */
  readonly at: number;
  /** The second whose state is shown: `at`, or while that is on its way a whole minute before it. */
  readonly shownAt: number;
  readonly playing: boolean;
  readonly speed: number;
  /** What is shown is not the second asked for yet. */
  readonly waiting: boolean;
};

export type ReplaySourceOptions = {
  readonly audience: Audience;
  /** The first and last second of the show. */
  readonly from: number;
  readonly to: number;
  /** The second that is shown first. */
  readonly at: number;
  /** Fetch the whole show in advance (true), or only around the second that is looked at. */
  readonly whole?: boolean;
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

export function createReplaySource({ audience, from, to, at, whole = true, load }: ReplaySourceOptions): ReplaySource {
  const store = createReading();
  let last = Math.max(from, to);
  let position: ReplayPosition = { at, shownAt: at, playing: false, speed: 1, waiting: true };
  let lastStep = 0;
  let held = false;
  const cache = createPastCache({
    from,
    to: last,
    whole,
    load: (span) => load(audience, span),
    changed: (failed) => (failed ? lose() : show("answered")),
  });

  /** From the first failure on, until the server answers again. */
  const lose = () => {
    if (store.read().connection.state !== "lost") store.update({ connection: { state: "lost", since: Date.now() } });
  };
  /** Shows the wanted second if it is at hand, else the nearest one before it that is. */
  const show = (server?: "answered") => {
    const found = cache.viewAt(position.at);
    cache.want(position.at, position.playing ? position.speed : 0);
    const { connection } = store.read();
    const isLost = connection.state === "lost" && server !== "answered";
    if (!found) {
      position = { ...position, waiting: true };
      return store.update(connection.state === "lost" && !isLost ? { connection: { state: "live" } } : {});
    }
    const before = store.read();
    position = { ...position, shownAt: found.at, waiting: found.at !== position.at };
    store.update({
      view: settled(before.view, found.view),
      // Those of the piece that is shown: who looks at four hours would else gather all that was ever said.
      names: found.names,
      comments: found.comments,
      clockOffsetMs: Math.round(found.at - Date.now()),
      connection: isLost || connection.state === "live" ? connection : { state: "live" },
    });
  };
  const moveTo = (wanted: number) => {
    position = { ...position, at: Math.min(last, Math.max(from, wanted)) };
    show();
  };
  const timer = setInterval(() => {
    if (!position.playing) return;
    const now = Date.now();
    const since = now - lastStep;
    lastStep = now;
    // A second that is still on its way holds the clock: playing never runs ahead of what it shows.
    if (held || position.waiting) return;
    const next = Math.min(last, position.at + since * position.speed);
    if (next >= last) position = { ...position, playing: false };
    moveTo(next);
  }, STEP_MS);
  show();

  return {
    kind: "replay",
    subscribe: store.subscribe,
    read: store.read,
    send: () => Promise.resolve({ status: "error", code: "replay.readOnly" }),
    setPage: () => undefined,
    seek(wanted) {
      lastStep = Date.now();
      // Whole seconds: what stands under the slider is exact.
      moveTo(Math.round(wanted / 1_000) * 1_000);
    },
    play(speed) {
      lastStep = Date.now();
      position = { ...position, playing: true, speed };
      moveTo(position.at >= last ? from : position.at);
    },
    pause() {
      position = { ...position, playing: false };
      store.update({});
    },
    setSpeed(speed) {
      position = { ...position, speed };
      store.update({});
    },
    hold(now) {
      if (held && !now) lastStep = Date.now();
      held = now;
    },
    extend(next) {
      if (next <= last) return;
      last = next;
      cache.extend(next);
      show();
    },
    position: () => position,
    now() {
      const { at: from, playing, speed, waiting } = position;
      return playing && !held && !waiting ? Math.min(last, from + (Date.now() - lastStep) * speed) : from;
    },
    close() {
      cache.close();
      clearInterval(timer);
    },
  };
}
