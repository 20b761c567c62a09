import type { Json } from "./op.ts";
import type { Frame, SliceChange, Snapshot, SnapshotSlice } from "./wire.ts";

/**
 * The receiving end of a view: a snapshot, then frames. Pure; whatever did not change keeps its reference, so that a screen redraws
 * only what did. Rules VIW1–VIW4 in SPEC.md. Used by the browser, by replay and by the tests of `views.ts`.
 */

export type StoredSlice =
  | { readonly kind: "value"; readonly value: Json }
  | { readonly kind: "keyed"; readonly rows: ReadonlyMap<string, Json> }
  /** `items[0]` has the index `from`; older ones were cut. */
  | { readonly kind: "appended"; readonly from: number; readonly items: readonly Json[] };

export type StoredView = {
  readonly frame: number;
  readonly seq: number;
  readonly at: number;
  readonly slices: Readonly<Record<string, StoredSlice>>;
};

/** `gap`: a frame was lost; ask for a snapshot. The old view still stands meanwhile. */
export type FrameResult =
  | { readonly status: "applied" | "old"; readonly view: StoredView }
  | { readonly status: "gap" };

/** How many items an appended slice keeps on a screen; older ones are asked for by cursor. */
const KEPT = 5_000;

export function applySnapshot(snapshot: Snapshot): StoredView {
  const slices: Record<string, StoredSlice> = {};
  for (const [name, slice] of Object.entries(snapshot.slices)) slices[name] = storedSlice(slice);
  return { frame: snapshot.frame, seq: snapshot.seq, at: snapshot.at, slices };
}

export function applyFrame(view: StoredView, frame: Frame): FrameResult {
  if (frame.frame <= view.frame) return { status: "old", view };
  if (frame.frame !== view.frame + 1) return { status: "gap" };
  const slices: Record<string, StoredSlice> = { ...view.slices };
  for (const [name, change] of Object.entries(frame.slices)) {
    const next = changedSlice(view.slices[name], change);
    if (!next) return { status: "gap" };
    slices[name] = next;
  }
  return { status: "applied", view: { frame: frame.frame, seq: frame.seq, at: frame.at, slices } };
}

export function storedSlice(slice: SnapshotSlice): StoredSlice {
  return slice.kind === "keyed" ? { kind: "keyed", rows: new Map(slice.rows) } : slice;
}

/** `undefined` when the change does not fit what is here: then something was lost. */
export function changedSlice(slice: StoredSlice | undefined, change: SliceChange): StoredSlice | undefined {
  if ("value" in change) return { kind: "value", value: change.value };
  if ("set" in change) {
    if (slice?.kind !== "keyed") return undefined;
    const rows = new Map(slice.rows);
    for (const [id, row] of change.set) rows.set(id, row);
    for (const id of change.del) rows.delete(id);
    return { kind: "keyed", rows };
  }
  return slice?.kind === "appended" ? appended(slice, change) : undefined;
}

/**
 * A frame may repeat what the snapshot held already: then the frame's items win. Where more was added in one frame than it carries,
 * the older items are let go, as a snapshot would.
 */
function appended(
  slice: Extract<StoredSlice, { kind: "appended" }>,
  { from, items }: { readonly from: number; readonly items: readonly Json[] },
): StoredSlice {
  const here = from - slice.from;
  if (here < 0 || here > slice.items.length) return { kind: "appended", from, items };
  const all = [...slice.items.slice(0, here), ...items];
  const cut = Math.max(0, all.length - KEPT);
  return { kind: "appended", from: slice.from + cut, items: cut === 0 ? all : all.slice(cut) };
}
