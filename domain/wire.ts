import type { Json } from "./op.ts";

/** What travels from the server to a screen: a snapshot of an audience's view, then frames that carry what changed. */

export type SnapshotSlice =
  | { readonly kind: "value"; readonly value: Json }
  | { readonly kind: "keyed"; readonly rows: readonly (readonly [id: string, row: Json])[] }
  /** `from`: index of the first item carried; older ones were cut. */
  | { readonly kind: "appended"; readonly from: number; readonly items: readonly Json[] };

/**
 * A rehearsal's clock, stepped by its simulator: it stood at `showAt` when the server's stood at `at` (ms UTC), and goes `pace` times as
 * fast; 0: it stands still.
 */
export type SteppedClock = { readonly showAt: number; readonly at: number; readonly pace: number };

export type Snapshot = {
  /** Number of the last frame that this snapshot contains; the next frame is `frame + 1`. */
  readonly frame: number;
  readonly seq: number;
  /** `at` of the last event folded, ms UTC. */
  readonly at: number;
  /** Absent where the show goes by the server's clock. */
  readonly clock?: SteppedClock;
  readonly slices: Readonly<Record<string, SnapshotSlice>>;
};

export type SliceChange =
  | { readonly value: Json }
  | { readonly set: readonly (readonly [id: string, row: Json])[]; readonly del: readonly string[] }
  | { readonly from: number; readonly items: readonly Json[] };

/** Follows the frame numbered `frame - 1`; a receiver that has another one asks for a new snapshot. */
export type Frame = {
  readonly frame: number;
  readonly seq: number;
  readonly at: number;
  readonly slices: Readonly<Record<string, SliceChange>>;
};

/** The one answer that every command gets. */
export type CommandAnswer =
  | { readonly status: "ok"; readonly seq: number; readonly undo?: number | null; readonly result?: Json }
  | { readonly status: "rejected"; readonly code: string; readonly data?: Json }
  | {
      readonly status: "invalid";
      readonly issues: readonly { readonly path: string; readonly code: string; readonly message: string }[];
    }
  | { readonly status: "retry"; readonly retryAfterMs: number };

/** An answer to something done. */
export type Done = { readonly seq: number; readonly undo?: number | null | undefined };

/** The event to take back of an act that was done (TAP5); `null`: it has no single one. */
export const undoSeqOf = ({ seq, undo }: Done): number | null => (undo === undefined ? seq : undo);
