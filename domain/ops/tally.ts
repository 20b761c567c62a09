import { z } from "zod";
import { defineOp, reject } from "../op.ts";
import { same } from "../same.ts";
import { Id, Instant, text } from "../units.ts";
import { Ago, happened } from "./session.ts";

const Pad = z.object({ tallyId: Id, label: text(12, 1) });
type Pad = z.infer<typeof Pad>;

const Added = z.object({
  tallyId: Id,
  delta: z.union([z.literal(1), z.literal(-1)]),
  happenedAt: Instant,
});

export type TallyState = {
  readonly pads: readonly Pad[];
  /** By pad, also of pads that were taken away: what was counted stays counted. */
  readonly counts: ReadonlyMap<string, number>;
};

/** Until the room sets its own: what viewers ask most. */
export const DEFAULT_PADS: readonly Pad[] = [
  { tallyId: "size", label: "尺码" },
  { tallyId: "shipping", label: "发货" },
  { tallyId: "quality", label: "质量" },
];

/** Rules TAL1–TAL4 in SPEC.md: where no comments come in, a hand counts what viewers ask. */
export const tally = defineOp({
  name: "tally",
  initial: (): TallyState => ({ pads: DEFAULT_PADS, counts: new Map() }),
  events: {
    "tally.added.v1": Added,
    "tally.padsSet.v1": z.object({ from: z.array(Pad), to: z.array(Pad) }),
  },
  commands: {
    add: {
      by: ["owner", "manager", "operator", "floor", "assistant", "service", "community"],
      risk: "reversible",
      input: z.object({ tallyId: Id, delta: Added.shape.delta.default(1), ago: Ago }),
      decide(see, { tallyId, delta, ago }, ctx) {
        if (!see.own.pads.some((pad) => pad.tallyId === tallyId)) return reject("tally.noSuchPad");
        if (delta < 0 && !see.own.counts.get(tallyId)) return reject("tally.empty");
        return [{ type: "tally.added.v1", data: { tallyId, delta, happenedAt: happened(ctx, ago) } }];
      },
    },
    setPads: {
      by: ["owner", "manager", "operator"],
      risk: "reversible",
      input: z.object({ pads: z.array(Pad).max(12) }),
      decide(see, { pads }) {
        const ids = new Set(pads.map(({ tallyId }) => tallyId));
        const labels = new Set(pads.map(({ label }) => label));
        if (ids.size < pads.length || labels.size < pads.length) return reject("tally.padTwice");
        if (same(see.own.pads, pads)) return [];
        return [{ type: "tally.padsSet.v1", data: { from: [...see.own.pads], to: pads } }];
      },
    },
  },
  apply: {
    "tally.added.v1": (own, { tallyId, delta }) => ({
      ...own,
      counts: new Map(own.counts).set(tallyId, (own.counts.get(tallyId) ?? 0) + delta),
    }),
    "tally.padsSet.v1": (own, { to }) => ({ ...own, pads: to }),
  },
  undo: {
    "tally.added.v1": (see, { tallyId, delta, happenedAt }) =>
      delta > 0 && !see.own.counts.get(tallyId)
        ? reject("tally.empty")
        : [
            {
              type: "tally.added.v1",
              data: { tallyId, delta: delta > 0 ? (-1 as const) : (1 as const), happenedAt },
            },
          ],
    "tally.padsSet.v1": (see, { from, to }) =>
      same(see.own.pads, to)
        ? [{ type: "tally.padsSet.v1", data: { from: to, to: from } }]
        : reject("undo.superseded", { field: "pads" }),
  },
  slices: {
    tally: {
      kind: "value",
      show: { control: shown, review: shown },
    },
  },
});

/** The slice `tally`. */
export type ShownTally = ReturnType<typeof shown>;

function shown({ own }: { readonly own: TallyState }) {
  return own.pads.map(({ tallyId, label }) => ({
    tallyId,
    label,
    count: own.counts.get(tallyId) ?? 0,
  }));
}
