import { z } from "zod";
import { defineOp, reject } from "../op.ts";
import { difference } from "../partial.ts";
import { same } from "../same.ts";
import { Id, Instant, text } from "../units.ts";
import { Ago, happened } from "./session.ts";

export const MARKER_KINDS = ["highlight", "problem", "price", "stock", "host", "other"] as const;

const Marker = z.object({
  markerId: Id,
  happenedAt: Instant,
  kind: z.enum(MARKER_KINDS),
  text: text(200),
});
const Change = Marker.omit({ markerId: true }).partial();

/** `by` is who set it first; `version` grows with its changes, for `expect`. */
export type Marker = z.infer<typeof Marker> & { readonly by: string; readonly version: number };
export type MarkerState = { readonly markers: ReadonlyMap<string, Marker> };

/** Far more than a show needs; a bound for a key that is stuck. */
const MARKERS_MAX = 2_000;

const staff = ["owner", "manager", "operator", "floor", "assistant", "host", "reviewer"] as const;

/** Rules MRK1–MRK4 in SPEC.md: typed notes at a second of the show, for the review. */
export const marker = defineOp({
  name: "marker",
  initial: (): MarkerState => ({ markers: new Map() }),
  events: {
    "marker.added.v1": Marker,
    "marker.edited.v1": z.object({ markerId: Id, from: Change, to: Change }),
    "marker.removed.v1": Marker.extend({ by: z.string() }),
    "marker.restored.v1": Marker.extend({ by: z.string() }),
  },
  expects: { edit: z.object({ version: z.int() }), remove: z.object({ version: z.int() }) },
  commands: {
    add: {
      by: staff,
      risk: "reversible",
      input: z.object({ kind: z.enum(MARKER_KINDS).default("other"), text: text(200).default(""), ago: Ago }),
      decide(see, { kind, text: words, ago }, ctx) {
        if (see.own.markers.size >= MARKERS_MAX) return reject("marker.tooMany", { max: MARKERS_MAX });
        return [
          {
            type: "marker.added.v1",
            data: { markerId: ctx.newId(), happenedAt: happened(ctx, ago), kind, text: words },
          },
        ];
      },
      result: (events) => ({ markerId: Marker.parse(events[0]?.data).markerId }),
    },
    edit: {
      by: staff,
      risk: "reversible",
      input: Change.extend({ markerId: Id }),
      decide(see, { markerId, ...change }, ctx, expect) {
        const row = see.own.markers.get(markerId);
        if (!row) return reject("marker.notFound", { markerId });
        if (expect && expect.version !== row.version) return reject("state.changed", shown(row));
        if (change.happenedAt !== undefined && change.happenedAt > ctx.now) return reject("marker.timeAhead");
        const { from, to } = difference(row, change);
        if (Object.keys(to).length === 0) return [];
        return [{ type: "marker.edited.v1", data: { markerId, from: Change.parse(from), to: Change.parse(to) } }];
      },
    },
    remove: {
      by: staff,
      risk: "reversible",
      input: z.object({ markerId: Id }),
      decide(see, { markerId }, _ctx, expect) {
        const row = see.own.markers.get(markerId);
        if (!row) return reject("marker.notFound", { markerId });
        if (expect && expect.version !== row.version) return reject("state.changed", shown(row));
        return [{ type: "marker.removed.v1", data: { ...shown(row), by: row.by } }];
      },
    },
  },
  apply: {
    "marker.added.v1": (own, added, { by }) => put(own, { ...added, by, version: 0 }),
    "marker.edited.v1": (own, { markerId, to }) => {
      const row = own.markers.get(markerId);
      return row ? put(own, { ...row, ...(to as Partial<Marker>), version: row.version + 1 }) : own;
    },
    "marker.removed.v1": (own, { markerId }) => {
      const markers = new Map(own.markers);
      markers.delete(markerId);
      return { ...own, markers };
    },
    // Above every version that it had: it changed at most once an event.
    "marker.restored.v1": (own, restored, { seq }) => put(own, { ...restored, version: seq }),
  },
  undo: {
    "marker.added.v1": (see, added) => {
      const { markerId } = added;
      const row = see.own.markers.get(markerId);
      if (!row || !same(shown(row), added)) return reject("undo.superseded", { markerId });
      return [{ type: "marker.removed.v1", data: { ...shown(row), by: row.by } }];
    },
    "marker.edited.v1": (see, { markerId, from, to }) => {
      const row = see.own.markers.get(markerId);
      if (!row || Object.keys(difference(row, to).to).length > 0) return reject("undo.superseded", { markerId });
      return [{ type: "marker.edited.v1", data: { markerId, from: to, to: from } }];
    },
    "marker.removed.v1": (see, removed) =>
      see.own.markers.has(removed.markerId)
        ? reject("undo.superseded", { markerId: removed.markerId })
        : [{ type: "marker.restored.v1", data: removed }],
  },
  slices: {
    markers: {
      kind: "keyed",
      rows: (see) => see.own.markers,
      show: { control: (row: Marker) => row, review: (row: Marker) => row },
    },
  },
});

function put(own: MarkerState, row: Marker): MarkerState {
  return { ...own, markers: new Map(own.markers).set(row.markerId, row) };
}

function shown({ markerId, happenedAt, kind, text: words }: Marker) {
  return { markerId, happenedAt, kind, text: words };
}
