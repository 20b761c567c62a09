import { deserialize, serialize } from "node:v8";
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { Engine, ShowState } from "#domain/engine.ts";
import type { StoredEvent } from "#domain/event.ts";

/**
 * One show's past, cut by checkpoints: lean states (what views need, nothing of single persons or orders), serialised, at most a minute or
 * `EVENTS_APART` events from each other, further where they would take too much memory. Any second is one checkpoint and a short fold away. Made in one pass over the log; a show that is
 * still running is carried on from where the pass stopped.
 */

const APART_MS = 60_000;
const EVENTS_APART = 4_000;
/** Of one show. A warm-up of weeks has checkpoints for each minute, and all of what waits for somebody stands in each of them. */
const BYTES_MAX = 256 * 1_024 * 1_024;

/** A state of megabytes becomes one of tens of kilobytes in 3 ms, and is back in 1 ms. */
const fastest = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

type Checkpoint = { readonly seq: number; readonly at: number; readonly state: Buffer };

export type Timeline = {
  readonly seq: number;
  readonly at: number;
  readonly firstAt: number;
  /** Bytes held by checkpoints. */
  readonly bytes: number;
  append(events: readonly StoredEvent[]): void;
  /** A state of its own to fold on from: the last checkpoint with `at <= untilAt` (the empty show before the first event). */
  stateBefore(untilAt: number): ShowState;
};

export function createTimeline(engine: Engine, bytesMax = BYTES_MAX): Timeline {
  // The pass folds on lean states too: a show of a million orders costs no more memory than its figures.
  const state = engine.leanCopy(engine.initial());
  let checkpoints: Checkpoint[] = [];
  let firstAt = 0;
  let bytes = 0;
  /** How many times further from each other than at first. */
  let apart = 1;

  /** Every second one goes, and not the last. */
  const thin = () => {
    const last = checkpoints.length - 1;
    checkpoints = checkpoints.filter((_checkpoint, at) => (last - at) % 2 === 0);
    bytes = checkpoints.reduce((sum, { state: { byteLength } }) => sum + byteLength, 0);
    apart *= 2;
  };

  const mark = () => {
    const buffer = zstdCompressSync(serialize(engine.lean(state)), fastest);
    bytes += buffer.byteLength;
    checkpoints.push({ seq: state.seq, at: state.at, state: buffer });
    while (bytes > bytesMax && checkpoints.length > 1) thin();
  };

  return {
    get seq() {
      return state.seq;
    },
    get at() {
      return state.at;
    },
    get firstAt() {
      return firstAt;
    },
    get bytes() {
      return bytes;
    },
    append(events) {
      for (const event of events) {
        if (firstAt === 0) firstAt = event.at;
        const last = checkpoints.at(-1);
        // A checkpoint stands where `at` moves on, so that "the last event with at <= T" never lies behind it by an event of the same instant.
        const far =
          event.at - (last?.at ?? firstAt) >= APART_MS * apart || state.seq - (last?.seq ?? 0) >= EVENTS_APART * apart;
        if (far && event.at > state.at && state.seq > 0) mark();
        engine.apply(state, event);
      }
    },
    stateBefore(untilAt) {
      const found = lastAtOrBefore(checkpoints, untilAt);
      return found ? (deserialize(zstdDecompressSync(found.state)) as ShowState) : engine.leanCopy(engine.initial());
    },
  };
}

function lastAtOrBefore(checkpoints: readonly Checkpoint[], at: number): Checkpoint | undefined {
  let low = 0;
  let high = checkpoints.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((checkpoints[middle]?.at ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return checkpoints[low - 1];
}
