import type { Audience } from "#domain/op.ts";
import type { Snapshot } from "#domain/wire.ts";
import { createReading, type SessionSource } from "./source.ts";
import { fromSnapshot, settled } from "./view-state.ts";

/** The show as it was known at a second, and a clock that runs over it. */
export type ReplaySource = SessionSource & {
  readonly kind: "replay";
  /** Shows the state after the last event at or before `at`. Newest wish wins. */
  seek(at: number): void;
  /** Runs on from the shown second at `speed`; stops at `to`. */
  play(speed: number): void;
  pause(): void;
  /** Where the clock stands; ask it as often as the screen draws. */
  position(): { readonly at: number; readonly playing: boolean; readonly speed: number };
};

export type ReplayView = Snapshot & {
  readonly names: Readonly<Record<string, string>>;
  readonly comments: Readonly<Record<string, string>>;
};

export type ReplaySourceOptions = {
  readonly audience: Audience;
  /** The first and last second of the show. */
  readonly from: number;
  readonly to: number;
  /** `GET …/view?audience=&at=`; throws when there is no answer. */
  readonly load: (audience: Audience, at: number, signal: AbortSignal) => Promise<ReplayView>;
};

/** How often a running replay asks for the next second. */
const STEP_MS = 250;

export function createReplaySource({ audience, from, to, load }: ReplaySourceOptions): ReplaySource {
  const store = createReading();
  let at = from;
  let speed = 1;
  let playing = false;
  let lastStep = 0;
  let inFlight: AbortController | null = null;
  let wanted: number | null = null;
  let closed = false;

  const fetchWanted = async (): Promise<void> => {
    if (inFlight || wanted === null || closed) return;
    const asked = wanted;
    wanted = null;
    inFlight = new AbortController();
    try {
      const { names, comments, ...snapshot } = await load(audience, asked, inFlight.signal);
      const before = store.read();
      store.update({
        view: settled(before.view, fromSnapshot(snapshot)),
        names: { ...before.names, ...names },
        comments: { ...before.comments, ...comments },
        connection: { state: "live" },
      });
    } catch {
      if (closed) return;
      store.update({ connection: { state: "lost", since: Date.now() } });
      wanted ??= asked;
      await new Promise((resume) => setTimeout(resume, 1_000));
    } finally {
      inFlight = null;
    }
    void fetchWanted();
  };
  const show = (next: number) => {
    at = Math.min(to, Math.max(from, next));
    wanted = at;
    // Replay time runs on the show's clock: countdowns are drawn at `at`, not at the machine's now.
    store.update({ clockOffsetMs: Math.round(at - Date.now()) });
    void fetchWanted();
  };
  const timer = setInterval(() => {
    if (!playing) return;
    const now = Date.now();
    show(at + (now - lastStep) * speed);
    lastStep = now;
    if (at >= to) playing = false;
  }, STEP_MS);
  show(from);

  return {
    kind: "replay",
    subscribe: store.subscribe,
    read: store.read,
    send: () => Promise.resolve({ status: "error", code: "replay.readOnly" }),
    setPage: () => undefined,
    seek: show,
    play(next) {
      speed = next;
      lastStep = Date.now();
      playing = true;
    },
    pause() {
      playing = false;
    },
    position: () => ({ at, playing, speed }),
    close() {
      closed = true;
      clearInterval(timer);
      inFlight?.abort();
    },
  };
}
