import type { Json } from "#domain/op.ts";
import { same } from "#domain/same.ts";
import { changedSlice, storedSlice, type StoredSlice } from "#domain/view-store.ts";
import type { Frame, Snapshot } from "#domain/wire.ts";

/**
 * The view as the screen holds it. Immutable: a slice, a row or an item that did not change keeps its reference,
 * so panels compare by reference.
 */
export type Keyed<Row = unknown> = ReadonlyMap<string, Row>;
export type Appended<Item = unknown> = {
  /** Index of the first item held; older ones were cut. */
  readonly from: number;
  /** `null`: hidden from this audience. */
  readonly items: readonly (Item | null)[];
};

export type ViewState = {
  readonly frame: number;
  readonly seq: number;
  /** `at` of the last event, ms UTC on the show's clock. */
  readonly at: number;
  readonly slices: Readonly<Record<string, unknown>>;
};

export function fromSnapshot(snapshot: Snapshot): ViewState {
  const { frame, seq, at } = snapshot;
  const slices: Record<string, unknown> = {};
  for (const [name, slice] of Object.entries(snapshot.slices)) slices[name] = opened(storedSlice(slice));
  return { frame, seq, at, slices };
}

/** `"gap"`: a frame was lost, ask for a snapshot. A frame that is known already changes nothing. */
export function withFrame(view: ViewState, frame: Frame): ViewState | "gap" {
  if (frame.frame <= view.frame) return view;
  if (frame.frame !== view.frame + 1) return "gap";
  const slices: Record<string, unknown> = { ...view.slices };
  for (const [name, change] of Object.entries(frame.slices)) {
    const next = changedSlice(closed(slices[name]), change);
    if (!next) return "gap";
    slices[name] = opened(next);
  }
  return { frame: frame.frame, seq: frame.seq, at: frame.at, slices };
}

/** Keeps the references of what two views have in common, so that a seek redraws only what differs. */
export function settled(before: ViewState | null, next: ViewState): ViewState {
  if (!before) return next;
  const slices = Object.fromEntries(
    Object.entries(next.slices).map(([name, slice]) => [name, keptPart(before.slices[name], slice)]),
  );
  return { ...next, slices };
}

/** `old` where both say the same, else `slice` with the rows and items of `old` that stayed. */
function keptPart(old: unknown, slice: unknown): unknown {
  if (old === slice) return old;
  if (old instanceof Map && slice instanceof Map) {
    let same = old.size === slice.size;
    const rows = new Map<unknown, unknown>();
    for (const [id, row] of slice) {
      const kept = keptValue(old.get(id), row);
      if (kept !== old.get(id)) same = false;
      rows.set(id, kept);
    }
    return same ? old : rows;
  }
  if (isAppended(old) && isAppended(slice)) {
    const items = slice.items.map((item, index) => keptValue(old.items[slice.from + index - old.from], item));
    const same =
      old.from === slice.from &&
      old.items.length === items.length &&
      items.every((item, index) => item === old.items[index]);
    return same ? old : { from: slice.from, items };
  }
  return keptValue(old, slice);
}

const keptValue = (old: unknown, now: unknown): unknown => (same(old, now) ? old : now);

/** Panels read a slice without its kind. */
function opened(slice: StoredSlice): unknown {
  if (slice.kind === "value") return slice.value;
  if (slice.kind === "keyed") return slice.rows;
  return { from: slice.from, items: slice.items } satisfies Appended<Json>;
}

function closed(slice: unknown): StoredSlice {
  if (slice instanceof Map) return { kind: "keyed", rows: slice };
  return isAppended(slice)
    ? { kind: "appended", from: slice.from, items: slice.items as readonly Json[] }
    : { kind: "value", value: null };
}

export function isAppended(slice: unknown): slice is Appended {
  return typeof slice === "object" && slice !== null && "from" in slice && "items" in slice;
}
