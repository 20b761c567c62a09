import type { Json } from "#domain/op.ts";
import type { Frame, SliceChange, Snapshot, SnapshotSlice } from "#domain/wire.ts";

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

/** More than a screen shows of a list; older items are dropped. */
const APPENDED_MAX = 5_000;

export function fromSnapshot(snapshot: Snapshot): ViewState {
  const { frame, seq, at } = snapshot;
  return { frame, seq, at, slices: Object.fromEntries(Object.entries(snapshot.slices).map(([name, slice]) => [name, opened(slice)])) };
}

/** `"gap"`: a frame was lost, ask for a snapshot. A frame that is known already changes nothing. */
export function withFrame(view: ViewState, frame: Frame): ViewState | "gap" {
  if (frame.frame <= view.frame) return view;
  if (frame.frame !== view.frame + 1) return "gap";
  const slices: Record<string, unknown> = { ...view.slices };
  for (const [name, change] of Object.entries(frame.slices)) slices[name] = changed(slices[name], change);
  return { frame: frame.frame, seq: frame.seq, at: frame.at, slices };
}

/** Keeps the references of what two snapshots have in common, so that a seek redraws only what differs. */
export function settled(before: ViewState | null, next: ViewState): ViewState {
  if (!before) return next;
  const slices = Object.fromEntries(
    Object.entries(next.slices).map(([name, slice]) => {
      const old = before.slices[name];
      return [name, JSON.stringify(plain(old)) === JSON.stringify(plain(slice)) ? old : slice];
    }),
  );
  return { ...next, slices };
}

const plain = (slice: unknown) => (slice instanceof Map ? [...slice] : slice);

function opened(slice: SnapshotSlice): unknown {
  if (slice.kind === "value") return slice.value;
  if (slice.kind === "keyed") return new Map<string, Json>(slice.rows);
  return { from: slice.from, items: slice.items } satisfies Appended<Json>;
}

function changed(before: unknown, change: SliceChange): unknown {
  if ("value" in change) return change.value;
  if ("set" in change) {
    const rows = new Map<string, unknown>(before instanceof Map ? before : []);
    for (const id of change.del) rows.delete(id);
    for (const [id, row] of change.set) rows.set(id, row);
    return rows;
  }
  return appended(isAppended(before) ? before : { from: change.from, items: [] }, change.from, change.items);
}

function appended(before: Appended, from: number, items: readonly unknown[]): Appended {
  const kept = from >= before.from && from <= before.from + before.items.length ? before.items.slice(0, from - before.from) : [];
  const start = kept.length > 0 ? before.from : from;
  const all = [...kept, ...items];
  const cut = Math.max(0, all.length - APPENDED_MAX);
  return { from: start + cut, items: cut ? all.slice(cut) : all };
}

export function isAppended(slice: unknown): slice is Appended {
  return typeof slice === "object" && slice !== null && "from" in slice && "items" in slice;
}
