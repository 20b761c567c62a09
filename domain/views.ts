import type { Engine, ShowState } from "./engine.ts";
import type { Audience, Json } from "./op.ts";
import type { RuntimeOp, RuntimeSlice } from "./registry.ts";
import type { Frame, SliceChange, Snapshot, SnapshotSlice } from "./wire.ts";

/**
 * The one place that redacts: what an audience sees of a show is what the ops' slices show it, and nothing else.
 * `createView` follows one state for one audience. Call `snapshot` and `frame` only when the state equals the log.
 */

type Tracked = {
  readonly name: string;
  readonly op: RuntimeOp;
  readonly slice: RuntimeSlice;
  readonly show: (source: unknown, key: unknown) => Json | undefined;
  /** Ops whose events can change this slice. */
  readonly watched: readonly string[];
  seenVersion: number;
  value: string;
  rows: Map<string, object>;
  length: number;
};

export type View = {
  /** The whole view; frames continue from its `frame`. */
  snapshot(): Snapshot;
  /** What changed since the last call, `undefined` when nothing did. */
  frame(): Frame | undefined;
};

export function createView(engine: Engine, state: ShowState, audience: Audience): View {
  const tracked = trackedSlices(engine, audience);
  let number = 0;
  const versionOf = (slice: Tracked) => slice.watched.reduce((sum, op) => sum + (state.versions[op] ?? 0), 0);

  const changes = (): Record<string, SliceChange> => {
    const found: Record<string, SliceChange> = {};
    for (const slice of tracked) {
      const version = versionOf(slice);
      if (version === slice.seenVersion) continue;
      slice.seenVersion = version;
      const change = changeOf(slice, engine.see(state, slice.op));
      if (change) found[slice.name] = change;
    }
    return found;
  };

  changes();
  return {
    snapshot() {
      // What changed since the last frame is in here already and comes once more with the next one, which does no harm.
      return wholeView(engine, state, tracked, number);
    },
    frame() {
      const slices = changes();
      if (Object.keys(slices).length === 0) return undefined;
      number += 1;
      return { frame: number, seq: state.seq, at: state.at, slices };
    },
  };
}

/** One look at a state, for those who follow nothing. */
export function viewOnce(engine: Engine, state: ShowState, audience: Audience): Snapshot {
  return wholeView(engine, state, trackedSlices(engine, audience), 0);
}

function wholeView(engine: Engine, state: ShowState, tracked: readonly Tracked[], frame: number): Snapshot {
  const slices = Object.fromEntries(
    tracked.map((slice) => [slice.name, snapshotOf(slice, engine.see(state, slice.op))]),
  );
  return { frame, seq: state.seq, at: state.at, slices };
}

function trackedSlices(engine: Engine, audience: Audience): Tracked[] {
  return engine.ops.flatMap((op) =>
    Object.entries(op.slices ?? {}).flatMap(([name, slice]) => {
      const show = slice.show[audience] ?? (audience === "crew" ? slice.show.control : undefined);
      if (!show) return [];
      const watched = [op.name, ...Object.keys(op.reads ?? {})];
      return [
        { name, op, slice, show, watched, seenVersion: -1, value: "", rows: new Map<string, object>(), length: 0 },
      ];
    }),
  );
}

function changeOf(tracked: Tracked, see: object): SliceChange | undefined {
  const { slice, show } = tracked;
  if (slice.kind === "value") {
    const value = show(see, undefined) ?? null;
    const text = JSON.stringify(value);
    if (text === tracked.value) return undefined;
    tracked.value = text;
    return { value };
  }
  if (slice.kind === "keyed") return keyedChange(tracked, slice.rows?.(see) ?? new Map<string, object>());
  const items = slice.items?.(see) ?? [];
  if (items.length === tracked.length) return undefined;
  const from = Math.max(tracked.length, items.length - (slice.cap ?? items.length));
  tracked.length = items.length;
  return { from, items: shownItems(tracked, items, from) };
}

function keyedChange(tracked: Tracked, rows: ReadonlyMap<string, object>): SliceChange | undefined {
  const set: [string, Json][] = [];
  const del: string[] = [];
  for (const [id, row] of rows) {
    if (tracked.rows.get(id) === row) continue;
    const was = tracked.rows.has(id);
    tracked.rows.set(id, row);
    const shown = tracked.show(row, id);
    if (shown !== undefined) set.push([id, shown]);
    else if (was) del.push(id);
  }
  if (tracked.rows.size > rows.size) {
    for (const id of tracked.rows.keys()) {
      if (rows.has(id)) continue;
      tracked.rows.delete(id);
      del.push(id);
    }
  }
  return set.length > 0 || del.length > 0 ? { set, del } : undefined;
}

function snapshotOf({ slice, show }: Tracked, see: object): SnapshotSlice {
  if (slice.kind === "value") return { kind: "value", value: show(see, undefined) ?? null };
  if (slice.kind === "keyed") {
    const rows: [string, Json][] = [];
    for (const [id, row] of slice.rows?.(see) ?? []) {
      const shown = show(row, id);
      if (shown !== undefined) rows.push([id, shown]);
    }
    return { kind: "keyed", rows };
  }
  const items = slice.items?.(see) ?? [];
  const from = Math.max(0, items.length - (slice.cap ?? items.length));
  return { kind: "appended", from, items: shownItems({ show }, items, from) };
}

/** Items hidden from the audience stay as `null`, so that indexes stay true. */
function shownItems({ show }: Pick<Tracked, "show">, items: readonly object[], from: number): Json[] {
  return items.slice(from).map((item, offset) => show(item, from + offset) ?? null);
}
