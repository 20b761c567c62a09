import { z } from "zod";
import { handEvidence, Evidence } from "../evidence.ts";
import { defineOp, reject, type AnyEvent } from "../op.ts";
import { defined, difference, refuseStale } from "../partial.ts";
import { PushAudience } from "../push/shapes.ts";
import { same } from "../same.ts";
import { Id, text } from "../units.ts";
import { boardOf } from "../wave/board.ts";
import { beatEffects, cellEffects, type BeatEffect, type CellEffect } from "../wave/brought.ts";
import {
  decidePlan,
  decideTemplate,
  PlanCellInput,
  pushOfCell,
  refuseCell,
  refuseQuietGoing,
  refuseQuietMove,
  refuseQuietPush,
  refuseTick,
  Template,
  TemplateInput,
} from "../wave/planning.ts";
import { decideClear, decideRetime, RetimeInput, undoCleared, undoRetimed } from "../wave/retiming.ts";
import { Beat, BEATS_MAX, CellPlan, CELLS_MAX, PUSH_KIND_OF, Proof, QuietHours, type Cell } from "../wave/shapes.ts";
import { cellOfPush, emptyWaves, newCell, retimed, timed, withCell } from "../wave/state.ts";
import { push } from "./push.ts";
import { pushEffect } from "./push-effect.ts";
import { Ago, session } from "./session.ts";
import { source } from "./source.ts";
import { sourceEffect } from "./source-effect.ts";

const planners = ["owner", "manager", "operator", "community"] as const;
/** Whoever has a cell to do may say that it is done. */
const doers = [...planners, "floor", "assistant", "ads", "service", "host"] as const;

const Target = z.object({ cellId: Id });
const CellRow = CellPlan.extend({ cellId: Id });
const Change = CellPlan.partial();
const Beats = z.array(Beat).max(BEATS_MAX);
const Done = Evidence.extend({ proof: Proof }).nullable();
const TickInput = z.object({
  cellId: Id,
  ago: Ago,
  note: text(200).default(""),
  link: text(500).default(""),
  mediaKey: Id.nullable().default(null),
});
const PlanPushInput = z.object({
  cellId: Id,
  audience: PushAudience,
  leadMs: z.int().min(0).max(86_400_000).optional(),
});

/** Rules WAV1–WAV10 in SPEC.md: the grid of beats and channels. What has an API is planned as a push and followed, the rest is ticked. */
export const wave = defineOp({
  name: "wave",
  reads: { session, push, pushEffect, source, sourceEffect },
  initial: emptyWaves,
  events: {
    "wave.beatsSet.v1": z.object({ from: Beats, to: Beats }),
    "wave.templateUsed.v1": z.object({ template: Template, beats: Beats, cells: z.array(CellRow) }),
    "wave.templateTakenBack.v1": z.object({ template: Template, beats: Beats, cellIds: z.array(Id) }),
    "wave.planned.v1": CellRow,
    "wave.edited.v1": z.object({ cellId: Id, from: Change, to: Change }),
    "wave.removed.v1": CellRow,
    "wave.retimed.v1": z.object({ cells: RetimeInput.shape.cells }),
    "wave.cleared.v1": z.object({ cells: z.array(CellRow) }),
    "wave.doneSet.v1": z.object({ cellId: Id, from: Done, to: Done }),
    "wave.pushAsked.v1": Target,
    "wave.pushRefused.v1": z.object({ cellId: Id, code: z.string() }),
    "wave.quietHoursSet.v1": z.object({ from: QuietHours, to: QuietHours }),
  },
  expects: { edit: Change, setBeats: z.object({ beats: Beats }) },
  commands: {
    setBeats: {
      by: planners,
      risk: "reversible",
      input: z.object({ beats: Beats }),
      decide({ own }, { beats }, _ctx, expect) {
        if (expect && !same(expect.beats, own.beats)) return reject("state.changed", { beats: [...own.beats] });
        const ids = new Set(beats.map(({ beatId }) => beatId));
        if (ids.size < beats.length) return reject("wave.beatTwice");
        const orphan = [...own.cells.values()].find(({ beatId }) => !ids.has(beatId));
        if (orphan) return reject("wave.beatInUse", { beatId: orphan.beatId, title: orphan.title });
        return same(own.beats, beats) ? [] : [{ type: "wave.beatsSet.v1", data: { from: [...own.beats], to: beats } }];
      },
    },
    /** Adds the template's beats and cells to what is there. */
    useTemplate: {
      by: planners,
      risk: "reversible",
      input: TemplateInput,
      decide: (see, input, ctx) => decideTemplate(see.own, input, ctx),
      result: (events) => ({ cells: cellsMade(events) }),
    },
    plan: {
      by: planners,
      risk: "reversible",
      input: PlanCellInput,
      decide: (see, input, ctx) => decidePlan(see.own, input, ctx),
      result: (events) => ({ cellId: plannedId(events) }),
    },
    edit: {
      by: planners,
      risk: "reversible",
      input: z.object({ cellId: Id, to: Change }),
      decide({ own }, { cellId, to: wanted }, _ctx, expect) {
        const found = own.cells.get(cellId);
        if (!found) return reject("wave.notFound", { cellId });
        const stale = refuseStale(found, expect ?? {});
        if (stale) return stale;
        const { from, to } = difference(found, wanted);
        if (Object.keys(to).length === 0) return [];
        // Its words and its time are the push's now: two places that say the same would say different things.
        if (found.pushId !== null) return reject("wave.hasPush", { cellId, pushId: found.pushId });
        const refused = refuseCell(own, { ...found, ...defined(wanted) }, found);
        if (refused) return refused;
        return [{ type: "wave.edited.v1", data: { cellId, from: Change.parse(from), to: Change.parse(to) } }];
      },
    },
    remove: {
      by: planners,
      risk: "reversible",
      input: Target,
      decide({ own }, { cellId }) {
        const found = own.cells.get(cellId);
        if (!found) return reject("wave.notFound", { cellId });
        if (found.pushId !== null) return reject("wave.hasPush", { cellId, pushId: found.pushId });
        if (found.done) return reject("wave.alreadyDone", { cellId });
        return [{ type: "wave.removed.v1", data: CellRow.parse(found) }];
      },
    },
    /** Moves several cells at once, or none: each against the time that the screen showed of it. */
    retime: {
      by: planners,
      risk: "reversible",
      input: RetimeInput,
      decide: ({ own }, { cells }) => decideRetime(own, cells),
    },
    /** Takes out several at once, or none. */
    clear: {
      by: planners,
      risk: "reversible",
      input: z.object({ cellIds: z.array(Id).min(1).max(CELLS_MAX) }),
      decide: ({ own }, { cellIds }) => decideClear(own, cellIds),
    },
    /** Plans the cell's push; from then on the cell shows what becomes of it. */
    planPush: {
      by: planners,
      risk: "compensable",
      input: PlanPushInput,
      decide({ own }, { cellId }) {
        const found = own.cells.get(cellId);
        if (!found) return reject("wave.notFound", { cellId });
        if (PUSH_KIND_OF[found.channel] === undefined) return reject("wave.noApi", { channel: found.channel });
        if (found.pushId !== null) return reject("wave.hasPush", { cellId, pushId: found.pushId });
        if (found.done) return reject("wave.alreadyDone", { cellId, by: found.done.by, at: found.done.happenedAt });
        return [{ type: "wave.pushAsked.v1", data: { cellId } }];
      },
      then({ own }, { cellId, audience, leadMs }) {
        const found = own.cells.get(cellId);
        return found ? [{ type: "push.plan", input: pushOfCell(found, audience, leadMs) }] : [];
      },
      answered: (_see, { cellId }, answers) =>
        answers.flatMap(({ status, code = "input.invalid" }) =>
          status === "ok" ? [] : [{ type: "wave.pushRefused.v1" as const, data: { cellId, code } }],
        ),
    },
    tick: {
      by: doers,
      risk: "reversible",
      input: TickInput,
      decide({ own }, { cellId, ago, ...proof }, ctx) {
        const found = own.cells.get(cellId);
        if (!found) return reject("wave.notFound", { cellId });
        if (found.pushId !== null) return reject("wave.hasPush", { cellId, pushId: found.pushId });
        if (found.done) return reject("wave.alreadyDone", { cellId, by: found.done.by, at: found.done.happenedAt });
        const to = { ...handEvidence(ctx, ago), proof };
        const refused = refuseTick(own, found, to.happenedAt, proof.note);
        if (refused) return refused;
        return [{ type: "wave.doneSet.v1", data: { cellId, from: null, to } }];
      },
    },
    untick: {
      by: doers,
      risk: "reversible",
      input: Target,
      decide({ own }, { cellId }) {
        const found = own.cells.get(cellId);
        if (!found) return reject("wave.notFound", { cellId });
        return found.done ? [{ type: "wave.doneSet.v1", data: { cellId, from: found.done, to: null } }] : [];
      },
    },
    setQuietHours: {
      by: ["owner", "manager", "operator"],
      risk: "reversible",
      input: QuietHours,
      decide: ({ own }, to) =>
        same(own.quietHours, to) ? [] : [{ type: "wave.quietHoursSet.v1", data: { from: own.quietHours, to } }],
    },
  },
  apply: {
    "wave.beatsSet.v1": (own, { to }) => ({ ...own, beats: to, version: own.version + 1 }),
    "wave.templateUsed.v1": (own, { beats, cells }) => ({
      ...own,
      version: own.version + 1,
      beats: [...own.beats, ...beats],
      cells: new Map([...own.cells, ...cells.map((row) => [row.cellId, newCell(own, row)] as const)]),
    }),
    "wave.templateTakenBack.v1": (own, { beats, cellIds }) => ({
      ...own,
      version: own.version + 1,
      beats: own.beats.filter(({ beatId }) => !beats.some((gone) => gone.beatId === beatId)),
      cells: new Map([...own.cells].filter(([cellId]) => !cellIds.includes(cellId))),
    }),
    "wave.planned.v1": (own, row) => ({ ...own, cells: new Map(own.cells).set(row.cellId, newCell(own, row)) }),
    "wave.edited.v1": (own, { cellId, to }) => withCell(own, cellId, (cell) => timed(own, { ...cell, ...defined(to) })),
    "wave.removed.v1": (own, { cellId }) => ({
      ...own,
      cells: new Map([...own.cells].filter(([id]) => id !== cellId)),
    }),
    "wave.retimed.v1": (own, { cells }) =>
      cells.reduce((now, { cellId, to: when }) => withCell(now, cellId, (cell) => timed(now, { ...cell, when })), own),
    "wave.cleared.v1": (own, { cells: gone }) => ({
      ...own,
      cells: new Map([...own.cells].filter(([id]) => !gone.some(({ cellId }) => cellId === id))),
    }),
    "wave.doneSet.v1": (own, { cellId, to }) => withCell(own, cellId, (cell) => ({ ...cell, done: to })),
    "wave.pushAsked.v1": (own, { cellId }) => withCell(own, cellId, (cell) => ({ ...cell, refused: null })),
    "wave.pushRefused.v1": (own, { cellId, code }) => withCell(own, cellId, (cell) => ({ ...cell, refused: { code } })),
    "wave.quietHoursSet.v1": (own, { to }) => retimed(own, { quietHours: to }),
  },
  on: {
    "session.created.v1": (own, { plannedStartAt }) => retimed(own, { show: { ...own.show, plannedStartAt } }),
    "session.edited.v1": (own, { to: { plannedStartAt } }) =>
      plannedStartAt === undefined ? own : retimed(own, { show: { ...own.show, plannedStartAt } }),
    "session.started.v1": (own, { happenedAt }) => retimed(own, { show: { ...own.show, startedAt: happenedAt } }),
    "session.timesCorrected.v1": (own, { to: { startedAt } }) => retimed(own, { show: { ...own.show, startedAt } }),
    "push.planned.v1": (own, { pushId, cellId }) =>
      cellId === undefined ? own : withCell(own, cellId, (cell) => ({ ...cell, pushId, refused: null })),
    "push.removed.v1": (own, { pushId }) => {
      const found = cellOfPush(own, pushId);
      return found ? withCell(own, found.cellId, (cell) => ({ ...cell, pushId: null })) : own;
    },
  },
  undo: {
    "wave.beatsSet.v1": ({ own }, { from, to }) => {
      if (!same(own.beats, to)) return reject("undo.superseded", { field: "beats" });
      const orphan = [...own.cells.values()].find(({ beatId }) => !from.some((beat) => beat.beatId === beatId));
      if (orphan) return reject("undo.hasConsequences", { cellId: orphan.cellId });
      return [{ type: "wave.beatsSet.v1", data: { from: to, to: from } }];
    },
    "wave.templateUsed.v1": ({ own }, { template, beats, cells }) => {
      for (const row of cells) {
        const now = own.cells.get(row.cellId);
        if (now?.pushId || now?.done) return reject("undo.hasConsequences", { cellId: row.cellId });
        if (!now || !same(CellRow.parse(now), row)) return reject("undo.superseded", { cellId: row.cellId });
      }
      const ids = new Set(cells.map(({ cellId }) => cellId));
      const other = [...own.cells.values()].find(
        ({ cellId, beatId }) => !ids.has(cellId) && beats.some((beat) => beat.beatId === beatId),
      );
      if (other) return reject("undo.hasConsequences", { cellId: other.cellId });
      return [{ type: "wave.templateTakenBack.v1", data: { template, beats, cellIds: [...ids] } }];
    },
    "wave.planned.v1": ({ own }, row) => {
      const now = own.cells.get(row.cellId);
      if (!now) return reject("undo.superseded", { cellId: row.cellId });
      if (now.pushId !== null || now.done) return reject("undo.hasConsequences", { cellId: row.cellId });
      return [{ type: "wave.removed.v1", data: CellRow.parse(now) }];
    },
    "wave.edited.v1": ({ own }, { cellId, from, to }) => {
      const now = own.cells.get(cellId);
      if (!now || Object.keys(difference(now, to).to).length > 0) return reject("undo.superseded", { cellId });
      if (now.pushId !== null) return reject("undo.hasConsequences", { cellId });
      return (
        refuseCell(own, { ...now, ...defined(from) }, now) ?? [
          { type: "wave.edited.v1", data: { cellId, from: to, to: from } },
        ]
      );
    },
    "wave.removed.v1": ({ own }, row) =>
      own.cells.has(row.cellId)
        ? reject("undo.superseded", { cellId: row.cellId })
        : (refuseCell(own, row) ?? [{ type: "wave.planned.v1", data: row }]),
    "wave.retimed.v1": ({ own }, { cells }) => undoRetimed(own, cells),
    "wave.cleared.v1": ({ own }, { cells }) => undoCleared(own, cells),
    "wave.doneSet.v1": ({ own }, { cellId, from, to }) => {
      const now = own.cells.get(cellId);
      if (!now || !same(now.done, to)) return reject("undo.superseded", { cellId });
      if (from && now.pushId !== null) return reject("undo.hasConsequences", { cellId });
      return [{ type: "wave.doneSet.v1", data: { cellId, from: to, to: from } }];
    },
    "wave.quietHoursSet.v1": ({ own }, { from, to }) =>
      same(own.quietHours, to)
        ? [{ type: "wave.quietHoursSet.v1", data: { from: to, to: from } }]
        : reject("undo.superseded", { field: "quietHours" }),
  },
  guards: {
    "push.plan": (see, input) => refuseQuietPush(see, input),
    "push.edit": (see, input) => refuseQuietMove(see, input),
    "push.handOver": (see, input, ctx) => refuseQuietGoing(see, input, ctx),
  },
  slices: {
    waveCells: {
      kind: "keyed",
      rows: (see) => see.own.cells,
      show: { control: (cell: Cell) => cell, review: (cell: Cell) => cell },
    },
    waveEffect: {
      kind: "keyed",
      rows: (see) => cellEffects(see.own.cells, see),
      show: { control: (row: CellEffect) => row, review: (row: CellEffect) => row },
    },
    waveBeatEffect: {
      kind: "keyed",
      rows: (see) => beatEffects(see.own, see),
      show: { control: (row: BeatEffect) => row, review: (row: BeatEffect) => row },
    },
    waves: {
      kind: "value",
      show: { control: (see) => boardOf(see), review: (see) => boardOf(see) },
    },
  },
});

const plannedId = (events: readonly AnyEvent[]): string | null =>
  events.flatMap(({ type, data }) => (type === "wave.planned.v1" ? [CellRow.parse(data).cellId] : []))[0] ?? null;

const cellsMade = (events: readonly AnyEvent[]): number =>
  events.flatMap(({ type, data }) =>
    type === "wave.templateUsed.v1" ? z.object({ cells: z.array(z.unknown()) }).parse(data).cells : [],
  ).length;
