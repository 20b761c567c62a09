import type { Stretch } from "./stretch.ts";
import { fromSnapshot, withFrame, type ViewState } from "./view-state.ts";

/**
 * Holds what a reviewer may look at next, so that dragging over a show never waits for the network:
 * - coarse: the view at each whole minute of the show, fetched in pieces of ten minutes, outwards from the second that is looked at;
 * - fine: the view at each second of a minute, fetched for the minute that is looked at, and ahead of a clock that runs.
 * A second whose fine view is not held yet is shown as it was at the last coarse view before it, and says so.
 * Fetches one thing at a time, what is looked at first; a wish that was left behind is forgotten before it was sent.
 */
const MINUTE_MS = 60_000;

const FINE = { kind: "fine", lengthMs: MINUTE_MS, stepMs: 1_000, heldMax: 24 } as const;
const COARSE = { kind: "coarse", lengthMs: 10 * MINUTE_MS, stepMs: MINUTE_MS, heldMax: 72 } as const;
type Grain = typeof FINE | typeof COARSE;

const RETRY_MS = 1_500;

/** A piece of the past; its views are folded when they are first asked for. */
type Piece = {
  readonly names: Stretch["names"];
  readonly comments: Stretch["comments"];
  viewAt(at: number): ViewState;
};

export type HeldView = {
  readonly view: ViewState;
  readonly names: Stretch["names"];
  readonly comments: Stretch["comments"];
  /** The second whose state this is: the one asked for, or an earlier one while that is on its way. */
  readonly at: number;
};

export type PastCacheOptions = {
  readonly from: number;
  readonly to: number;
  readonly load: (span: { readonly from: number; readonly to: number; readonly step: number }) => Promise<Stretch>;
  /** Fetch every minute of the show in advance, not just those around the second that is looked at. */
  readonly whole: boolean;
  /** Something came in, or (`true`) could not be had and is tried again. */
  readonly changed: (failed: boolean) => void;
};

export function createPastCache({ from, to: firstTo, load, whole, changed }: PastCacheOptions) {
  let to = firstTo;
  // Pieces begin on whole minutes of the clock, so that a second is one and the same in all of them.
  const origin = Math.floor(from / MINUTE_MS) * MINUTE_MS;
  const held = { fine: new Map<number, Piece>(), coarse: new Map<number, Piece>() };
  let wanted = { at: from, ahead: 0 };
  let running = false;
  let closed = false;

  const startOf = ({ lengthMs }: Grain, at: number) => origin + Math.floor((at - origin) / lengthMs) * lengthMs;
  const isMissing = (grain: Grain, start: number) =>
    start >= origin && start < to && !held[grain.kind].has(start) ? { grain, start } : null;

  /** The most urgent piece that is not held. */
  const next = (): { readonly grain: Grain; readonly start: number } | null => {
    const { at, ahead } = wanted;
    const fine = startOf(FINE, at);
    const coarse = startOf(COARSE, at);
    const nothingYet = held.fine.size === 0 && held.coarse.size === 0;
    const urgent = [
      ...(nothingYet ? [isMissing(FINE, fine)] : []),
      isMissing(COARSE, coarse),
      ...Array.from({ length: 1 + ahead }, (_, index) => isMissing(FINE, fine + index * FINE.lengthMs)),
    ].find((piece) => piece !== null);
    if (urgent) return urgent;
    if (!whole || held.coarse.size >= COARSE.heldMax) return null;
    const pieces = Math.ceil((to - origin) / COARSE.lengthMs);
    for (let distance = 1; distance <= pieces; distance += 1) {
      const found =
        isMissing(COARSE, coarse + distance * COARSE.lengthMs) ??
        isMissing(COARSE, coarse - distance * COARSE.lengthMs);
      if (found) return found;
    }
    return null;
  };

  const fetchNext = async (): Promise<void> => {
    if (running || closed) return;
    const piece = next();
    if (!piece) return;
    running = true;
    const { grain, start } = piece;
    const end = start + grain.lengthMs;
    const knownTo = to;
    try {
      const stretch = await load({ from: start, to: end, step: grain.stepMs });
      // Of a show that went on meanwhile it may be short of what came since: it is fetched again.
      if (to === knownTo || end <= knownTo) {
        keep(held[grain.kind], { start, piece: opened(stretch), max: grain.heldMax });
      }
      running = false;
      if (!closed) changed(false);
    } catch {
      if (closed) return;
      changed(true);
      await new Promise((resume) => setTimeout(resume, RETRY_MS));
      running = false;
    }
    void fetchNext();
  };

  return {
    viewAt(at: number): HeldView | null {
      const fine = used(held.fine, startOf(FINE, at));
      if (fine) return { view: fine.viewAt(at), names: fine.names, comments: fine.comments, at };
      const coarse = used(held.coarse, startOf(COARSE, at));
      const minute = startOf(FINE, at);
      return coarse
        ? { view: coarse.viewAt(minute), names: coarse.names, comments: coarse.comments, at: minute }
        : null;
    },
    /** Looks at `at`; with a speed it runs on, and what it will need is fetched ahead. */
    want(at: number, speed: number): void {
      wanted = { at, ahead: speed === 0 ? 0 : speed > 2 ? 3 : 1 };
      void fetchNext();
    },
    /** The show went on: what was fetched of its last minutes may be short of what came since. */
    extend(next: number): void {
      for (const grain of [FINE, COARSE]) {
        for (const start of held[grain.kind].keys()) if (start + grain.lengthMs > to) held[grain.kind].delete(start);
      }
      to = next;
    },
    close() {
      closed = true;
    },
  };
}

/** The piece at `start`, from now on the one used last. */
function used(pieces: Map<number, Piece>, start: number): Piece | undefined {
  const piece = pieces.get(start);
  if (piece) {
    pieces.delete(start);
    pieces.set(start, piece);
  }
  return piece;
}

/** The piece used longest ago goes first. */
function keep(pieces: Map<number, Piece>, { start, piece, max }: { start: number; piece: Piece; max: number }): void {
  pieces.set(start, piece);
  for (const old of pieces.keys()) {
    if (pieces.size <= max) break;
    pieces.delete(old);
  }
}

function opened({ snapshot, frames, names, comments }: Stretch): Piece {
  const views = [fromSnapshot(snapshot)];
  const folded = (count: number): ViewState => {
    for (let index = views.length; index <= count; index += 1) {
      const frame = frames[index - 1];
      const before = views[index - 1];
      const view = frame && before ? withFrame(before, frame) : "gap";
      if (view === "gap") throw new Error("a stretch of the past has a gap");
      views.push(view);
    }
    const view = views[count];
    if (!view) throw new Error("a stretch of the past is shorter than its frames");
    return view;
  };
  return {
    names,
    comments,
    viewAt(at) {
      // Frames are in order; the last one that ended by then.
      const later = frames.findIndex(({ until }) => until > at);
      return folded(later < 0 ? frames.length : later);
    },
  };
}
