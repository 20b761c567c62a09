import { z } from "zod";
import { Measure } from "../measure.ts";
import { measured } from "../measured.ts";
import { defineOp, reject, type Grant, type StateOf } from "../op.ts";
import { IMPROVEMENTS_MAX, OUTCOMES } from "../outcomes.ts";
import { difference } from "../partial.ts";
import { same } from "../same.ts";
import { toldAnew } from "../told-anew.ts";
import { Id, Instant, text } from "../units.ts";
import { audience, gaugeOf } from "./audience.ts";
import { figures, figuresShown } from "./figures.ts";
import { session } from "./session.ts";

const Written = z.object({
  improvementId: Id,
  text: text(200, 1),
  /** Who sees to it: a member of the room. */
  ownerId: Id.nullable(),
  /** What tells whether it worked. */
  measure: Measure.nullable(),
  /** The show in which it is due; `null`: the next one. */
  dueSessionId: Id.nullable(),
});
const Change = Written.omit({ improvementId: true }).partial();
const Kept = Written.extend({
  by: z.string(),
  at: Instant,
  /** Of a rehearsal: whether real shows try it too (IMP7). Absent in what was stored before there was the choice. */
  forReal: z.boolean().optional(),
});

const Answer = z.object({
  outcome: z.enum(OUTCOMES),
  note: text(200),
  /** The figure of its measure when it was answered. */
  measured: z.number().nullable(),
});
const Outcome = Answer.extend({ by: z.string(), at: Instant });
type Outcome = z.infer<typeof Outcome>;

const Show = z.object({ sessionId: Id, title: text(80) });

/** An improvement as a later show takes it over: a fact of that show's own log. */
export const CarriedImprovement = Written.extend({
  from: Show,
  /** What the show before this one found; such a row is here to be read, and asks nothing. */
  settled: Answer.extend({ in: Show }).nullable(),
});
export type CarriedImprovement = z.infer<typeof CarriedImprovement>;

/** `version` grows with its changes, for `expect`. */
export type Improvement = z.infer<typeof Kept> & { readonly version: number; readonly forReal: boolean };
export type Carried = CarriedImprovement & { readonly outcome: Outcome | null };

export type ImprovementState = {
  /** Written in this show's review. */
  readonly written: ReadonlyMap<string, Improvement>;
  /** Of earlier shows, to be tried in this one. */
  readonly carried: ReadonlyMap<string, Carried>;
};

export const CARRIED_MAX = 30;

const by: readonly Grant[] = ["owner", "manager", "operator", "reviewer"];

/** Rules IMP1–IMP7 in SPEC.md: what the next show does otherwise, and whether it worked. */
export const improvement = defineOp({
  name: "improvement",
  reads: { session, audience, figures },
  initial: (): ImprovementState => ({ written: new Map(), carried: new Map() }),
  events: {
    "improvement.added.v1": Written,
    "improvement.edited.v1": z.object({ improvementId: Id, from: Change, to: Change }),
    "improvement.removed.v1": Kept,
    "improvement.restored.v1": Kept,
    "improvement.forRealSet.v1": z.object({ improvementId: Id, from: z.boolean(), to: z.boolean() }),
    "improvement.carried.v1": z.object({ improvements: z.array(CarriedImprovement) }),
    "improvement.uncarried.v1": z.object({ improvementIds: z.array(Id) }),
    "improvement.outcomeSet.v1": z.object({ improvementId: Id, from: Outcome.nullable(), to: Outcome.nullable() }),
  },
  expects: { edit: z.object({ version: z.int() }), remove: z.object({ version: z.int() }) },
  commands: {
    add: {
      by,
      risk: "reversible",
      input: Written.omit({ improvementId: true }).extend({
        ownerId: Written.shape.ownerId.default(null),
        measure: Written.shape.measure.default(null),
        dueSessionId: Written.shape.dueSessionId.default(null),
      }),
      decide({ own, session: show }, input, ctx) {
        if (own.written.size >= IMPROVEMENTS_MAX) return reject("improvement.tooMany", { max: IMPROVEMENTS_MAX });
        if (input.dueSessionId === show.sessionId) return reject("improvement.dueHere");
        return [{ type: "improvement.added.v1", data: { ...input, improvementId: ctx.newId() } }];
      },
      result: (events) => ({ improvementId: Written.parse(events[0]?.data).improvementId }),
    },
    edit: {
      by,
      risk: "reversible",
      input: Change.extend({ improvementId: Id }),
      decide({ own, session: show }, { improvementId, ...change }, _ctx, expect) {
        const row = own.written.get(improvementId);
        if (!row) return reject("improvement.notFound", { improvementId });
        if (expect && expect.version !== row.version) return reject("state.changed", bare(row));
        if (change.dueSessionId === show.sessionId) return reject("improvement.dueHere");
        const { from, to } = difference(row, change);
        if (Object.keys(to).length === 0) return [];
        return [
          { type: "improvement.edited.v1", data: { improvementId, from: Change.parse(from), to: Change.parse(to) } },
        ];
      },
    },
    remove: {
      by,
      risk: "reversible",
      input: z.object({ improvementId: Id }),
      decide({ own }, { improvementId }, _ctx, expect) {
        const row = own.written.get(improvementId);
        if (!row) return reject("improvement.notFound", { improvementId });
        if (expect && expect.version !== row.version) return reject("state.changed", bare(row));
        return [{ type: "improvement.removed.v1", data: kept(row) }];
      },
    },
    /** Takes a rehearsal's improvement over into real shows, or leaves it to rehearsals again. */
    setForReal: {
      by,
      risk: "reversible",
      input: z.object({ improvementId: Id, forReal: z.boolean() }),
      decide({ own, session: show }, { improvementId, forReal }) {
        const row = own.written.get(improvementId);
        if (!row) return reject("improvement.notFound", { improvementId });
        if (!show.rehearsal) return reject("improvement.ofRealShow");
        if (row.forReal === forReal) return [];
        return [{ type: "improvement.forRealSet.v1", data: { improvementId, from: row.forReal, to: forReal } }];
      },
    },
    /** What the room's earlier shows want tried in this one; told by the server until the show begins (IMP3). */
    carry: {
      by: ["system"],
      risk: "compensable",
      input: z.object({ improvements: z.array(CarriedImprovement).max(CARRIED_MAX) }),
      decide({ own, session: show }, { improvements }) {
        if (show.startedAt !== null) return [];
        const have = { ids: () => own.carried.keys(), row: (id: string) => factsOf(own.carried.get(id)) };
        const { news, gone } = toldAnew(have, improvements, ({ improvementId }) => improvementId);
        return [
          ...(gone.length > 0 ? [{ type: "improvement.uncarried.v1" as const, data: { improvementIds: gone } }] : []),
          ...(news.length > 0 ? [{ type: "improvement.carried.v1" as const, data: { improvements: news } }] : []),
        ];
      },
    },
    /** Whether it worked, as the show in which it was tried found. */
    verify: {
      by,
      risk: "reversible",
      input: z.object({ improvementId: Id, outcome: z.enum(OUTCOMES), note: text(200).default("") }),
      decide({ own, ...facts }, { improvementId, outcome, note }, ctx) {
        const row = own.carried.get(improvementId);
        if (!row) return reject("improvement.notFound", { improvementId });
        if (row.settled) return reject("improvement.settled", { title: row.settled.in.title });
        if (facts.session.startedAt === null) return reject("improvement.notBegun");
        const value =
          row.measure?.kind === "figure" ? measured(row.measure.figure, measureFacts(facts, ctx.now)) : null;
        const answer = { outcome, note, measured: value };
        if (row.outcome && same(answer, Answer.parse(row.outcome))) return [];
        return [
          {
            type: "improvement.outcomeSet.v1",
            data: { improvementId, from: row.outcome, to: { ...answer, by: ctx.by, at: ctx.now } },
          },
        ];
      },
    },
  },
  apply: {
    "improvement.added.v1": (own, added, { by: writer, at }) =>
      put(own, { ...added, by: writer, at, version: 0, forReal: false }),
    "improvement.edited.v1": (own, { improvementId, to }) => {
      const row = own.written.get(improvementId);
      return row ? put(own, { ...row, ...(to as Partial<Improvement>), version: row.version + 1 }) : own;
    },
    "improvement.removed.v1": (own, { improvementId }) => {
      const written = new Map(own.written);
      written.delete(improvementId);
      return { ...own, written };
    },
    // Above every version that it had: it changed at most once an event.
    "improvement.restored.v1": (own, restored, { seq }) =>
      put(own, { ...restored, version: seq, forReal: restored.forReal ?? false }),
    "improvement.forRealSet.v1": (own, { improvementId, to }) => {
      const row = own.written.get(improvementId);
      return row ? put(own, { ...row, forReal: to }) : own;
    },
    "improvement.carried.v1": (own, { improvements }) => {
      const carried = new Map(own.carried);
      for (const row of improvements) {
        carried.set(row.improvementId, { ...row, outcome: carried.get(row.improvementId)?.outcome ?? null });
      }
      return { ...own, carried };
    },
    "improvement.uncarried.v1": (own, { improvementIds }) => {
      const carried = new Map(own.carried);
      for (const improvementId of improvementIds) carried.delete(improvementId);
      return { ...own, carried };
    },
    "improvement.outcomeSet.v1": (own, { improvementId, to }) => {
      const row = own.carried.get(improvementId);
      if (!row) return own;
      return { ...own, carried: new Map(own.carried).set(improvementId, { ...row, outcome: to }) };
    },
  },
  undo: {
    "improvement.added.v1": ({ own }, added) => {
      const { improvementId } = added;
      const row = own.written.get(improvementId);
      return row && same(bare(row), added)
        ? [{ type: "improvement.removed.v1", data: kept(row) }]
        : reject("undo.superseded", { improvementId });
    },
    "improvement.edited.v1": ({ own }, { improvementId, from, to }) => {
      const row = own.written.get(improvementId);
      return row && Object.keys(difference(row, to).to).length === 0
        ? [{ type: "improvement.edited.v1", data: { improvementId, from: to, to: from } }]
        : reject("undo.superseded", { improvementId });
    },
    "improvement.removed.v1": ({ own }, removed) => {
      const { improvementId } = removed;
      if (own.written.has(improvementId)) return reject("undo.superseded", { improvementId });
      if (own.written.size >= IMPROVEMENTS_MAX) return reject("improvement.tooMany", { max: IMPROVEMENTS_MAX });
      return [{ type: "improvement.restored.v1", data: removed }];
    },
    "improvement.forRealSet.v1": ({ own }, { improvementId, from, to }) =>
      own.written.get(improvementId)?.forReal === to
        ? [{ type: "improvement.forRealSet.v1", data: { improvementId, from: to, to: from } }]
        : reject("undo.superseded", { improvementId }),
    "improvement.outcomeSet.v1": ({ own }, { improvementId, from, to }) =>
      same(own.carried.get(improvementId)?.outcome, to)
        ? [{ type: "improvement.outcomeSet.v1", data: { improvementId, from: to, to: from } }]
        : reject("undo.superseded", { improvementId }),
  },
  slices: {
    improvements: {
      kind: "keyed",
      rows: (see) => see.own.written,
      show: { control: (row: Improvement) => row, review: (row: Improvement) => row },
    },
    carriedImprovements: {
      kind: "keyed",
      rows: (see) => see.own.carried,
      show: { control: (row: Carried) => row, review: (row: Carried) => row },
    },
  },
});

function put(own: ImprovementState, row: Improvement): ImprovementState {
  return { ...own, written: new Map(own.written).set(row.improvementId, row) };
}

function bare({ improvementId, text: words, ownerId, measure, dueSessionId }: Improvement) {
  return { improvementId, text: words, ownerId, measure, dueSessionId };
}

function kept(row: Improvement): z.infer<typeof Kept> {
  return { ...bare(row), by: row.by, at: row.at, forReal: row.forReal };
}

function factsOf(row: Carried | undefined): CarriedImprovement | undefined {
  return row && CarriedImprovement.parse(row);
}

type Facts = {
  readonly session: StateOf<typeof session>;
  readonly audience: StateOf<typeof audience>;
  readonly figures: StateOf<typeof figures>;
};

function measureFacts(facts: Facts, now: Instant) {
  return {
    figures: figuresShown({ own: facts.figures, audience: facts.audience }),
    viewers: gaugeOf(facts.audience, "viewers")?.value ?? null,
    interruptions: facts.session.interruptions,
    until: facts.session.endedAt ?? now,
  };
}
