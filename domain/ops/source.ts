import { bytesToHex } from "@noble/hashes/utils.js";
import { z } from "zod";
import { defineOp, reject, type AnyEvent, type Ctx } from "../op.ts";
import { defined, difference, refuseStale } from "../partial.ts";
import {
  newSource,
  sourceOfCode,
  SourceCode,
  SourcePlan,
  SOURCES_MAX,
  withSource,
  type Source,
  type SourceState,
} from "../source/state.ts";
import { Id } from "../units.ts";

const planners = ["owner", "manager", "operator", "community", "ads"] as const;

const PlanInput = SourcePlan.partial().required({ kind: true, name: true });
const Planned = SourcePlan.extend({ sourceId: Id });
const Counts = z.array(z.object({ sourceId: Id, count: z.int().min(1).max(1_000_000) }));
/** Who joins is known by an id of the person where WeCom told one; the count is what stands in the log. */
const JOINS_MAX = 500;

/** Rules SRC1–SRC6 in SPEC.md: 渠道 with codes, cost and target. What they brought folds `source-effect.ts`. */
export const source = defineOp({
  name: "source",
  initial: (): SourceState => ({ sources: new Map() }),
  events: {
    "source.planned.v1": Planned,
    "source.edited.v1": z.object({ sourceId: Id, from: SourcePlan.partial(), to: SourcePlan.partial() }),
    "source.archivedSet.v1": z.object({ sourceId: Id, from: z.boolean(), to: z.boolean() }),
    "source.removed.v1": z.object({ sourceId: Id }),
    "source.opened.v1": z.object({ opens: Counts }),
    "source.joined.v1": z.object({ joins: Counts }),
  },
  quiet: ["source.opened.v1", "source.joined.v1"],
  expects: { edit: SourcePlan.partial() },
  commands: {
    plan: {
      by: planners,
      risk: "reversible",
      input: PlanInput,
      decide: (see, input, ctx) => planAll(see.own, [input], ctx),
      result: (events) => ({ sourceId: idsOf(events)[0] ?? null }),
    },
    /** The matrix at once, as pasted. */
    planMany: {
      by: planners,
      risk: "reversible",
      input: z.object({ sources: z.array(PlanInput).min(1).max(SOURCES_MAX) }),
      decide: (see, { sources }, ctx) => planAll(see.own, sources, ctx),
      result: (events) => ({ sourceIds: idsOf(events) }),
    },
    edit: {
      by: planners,
      risk: "reversible",
      input: z.object({ sourceId: Id, to: SourcePlan.partial() }),
      decide({ own }, { sourceId, to: wanted }, _ctx, expect) {
        const found = own.sources.get(sourceId);
        if (!found) return reject("source.notFound", { sourceId });
        const stale = refuseStale(found, expect ?? {});
        if (stale) return stale;
        const { from, to } = difference(found, wanted);
        if (Object.keys(to).length === 0) return [];
        const taken = wanted.code === undefined ? undefined : sourceOfCode(own, wanted.code);
        if (taken && taken.sourceId !== sourceId)
          return reject("source.codeTaken", { code: taken.code, name: taken.name });
        const data = { sourceId, from: SourcePlan.partial().parse(from), to: SourcePlan.partial().parse(to) };
        // Printed already: whoever has the old link would come from nowhere.
        if ("code" in to && found.opened > 0)
          return reject("source.codeInUse", { code: found.code, opened: found.opened });
        return [{ type: "source.edited.v1", data }];
      },
    },
    archive: {
      by: planners,
      risk: "reversible",
      input: z.object({ sourceId: Id, archived: z.boolean().default(true) }),
      decide({ own }, { sourceId, archived }) {
        const found = own.sources.get(sourceId);
        if (!found) return reject("source.notFound", { sourceId });
        if (found.archived === archived) return [];
        return [{ type: "source.archivedSet.v1", data: { sourceId, from: found.archived, to: archived } }];
      },
    },
    /** Openings of links by their code, counted by the server and told from time to time. */
    opened: {
      by: ["system"],
      risk: "compensable",
      input: z.object({
        opens: z
          .array(z.object({ code: SourceCode, count: z.int().min(1).max(1_000_000) }))
          .min(1)
          .max(SOURCES_MAX),
      }),
      decide({ own }, { opens }) {
        const counts = summed(
          opens.flatMap(({ code, count }) => {
            const found = sourceOfCode(own, code);
            return found ? [{ sourceId: found.sourceId, count }] : [];
          }),
        );
        return counts.length === 0 ? [] : [{ type: "source.opened.v1", data: { opens: counts } }];
      },
    },
    /** Joins and adds by the source's WeCom code. */
    joined: {
      by: ["system"],
      risk: "compensable",
      input: z.object({
        joins: z
          .array(z.object({ wecomCodeId: Id, count: z.int().min(1).max(1_000_000) }))
          .min(1)
          .max(JOINS_MAX),
      }),
      decide({ own }, { joins }) {
        const sources = [...own.sources.values()];
        const counts = summed(
          joins.flatMap(({ wecomCodeId, count }) => {
            const found = sources.find((row) => row.wecomCodeId === wecomCodeId);
            return found ? [{ sourceId: found.sourceId, count }] : [];
          }),
        );
        return counts.length === 0 ? [] : [{ type: "source.joined.v1", data: { joins: counts } }];
      },
    },
  },
  apply: {
    "source.planned.v1": (own, planned) => ({
      ...own,
      sources: new Map(own.sources).set(planned.sourceId, newSource(planned)),
    }),
    "source.edited.v1": (own, { sourceId, to }) => withSource(own, sourceId, (row) => ({ ...row, ...defined(to) })),
    "source.archivedSet.v1": (own, { sourceId, to }) => withSource(own, sourceId, (row) => ({ ...row, archived: to })),
    "source.removed.v1": (own, { sourceId }) => ({
      ...own,
      sources: new Map([...own.sources].filter(([id]) => id !== sourceId)),
    }),
    "source.opened.v1": (own, { opens }) =>
      opens.reduce(
        (state, { sourceId, count }) => withSource(state, sourceId, (row) => ({ ...row, opened: row.opened + count })),
        own,
      ),
    "source.joined.v1": (own, { joins }) =>
      joins.reduce(
        (state, { sourceId, count }) => withSource(state, sourceId, (row) => ({ ...row, joined: row.joined + count })),
        own,
      ),
  },
  undo: {
    "source.planned.v1": ({ own }, { sourceId }) => {
      const found = own.sources.get(sourceId);
      if (!found) return reject("undo.superseded", { sourceId });
      if (found.opened > 0 || found.joined > 0)
        return reject("undo.hasConsequences", { sourceId, opened: found.opened });
      return [{ type: "source.removed.v1", data: { sourceId } }];
    },
    "source.edited.v1": ({ own }, { sourceId, from, to }) => {
      const found = own.sources.get(sourceId);
      if (!found || Object.keys(difference(found, to).to).length > 0) return reject("undo.superseded", { sourceId });
      if (to.code !== undefined && found.opened > 0) return reject("undo.hasConsequences", { sourceId });
      const taken = from.code === undefined ? undefined : sourceOfCode(own, from.code);
      if (taken) return reject("source.codeTaken", { code: taken.code, name: taken.name });
      return [{ type: "source.edited.v1", data: { sourceId, from: to, to: from } }];
    },
    "source.archivedSet.v1": ({ own }, { sourceId, from, to }) =>
      own.sources.get(sourceId)?.archived === to
        ? [{ type: "source.archivedSet.v1", data: { sourceId, from: to, to: from } }]
        : reject("undo.superseded", { sourceId }),
  },
  slices: {
    sources: {
      kind: "keyed",
      rows: (see) => see.own.sources,
      show: { control: (row: Source) => row, review: (row: Source) => row },
    },
  },
});

function planAll(own: SourceState, inputs: readonly z.infer<typeof PlanInput>[], ctx: Ctx) {
  if (own.sources.size + inputs.length > SOURCES_MAX) return reject("source.tooMany", { max: SOURCES_MAX });
  const codes = new Set([...own.sources.values()].map(({ code }) => code));
  const events = [];
  for (const input of inputs) {
    const code = input.code ?? freshCode(codes, ctx);
    const taken = codes.has(code);
    if (taken) return reject("source.codeTaken", { code, name: sourceOfCode(own, code)?.name ?? input.name });
    codes.add(code);
    const data = Planned.parse({ ...blank, ...defined(input), code, sourceId: ctx.newId() });
    events.push({ type: "source.planned.v1" as const, data });
  }
  return events;
}

const blank = { costFen: null, targetSignups: null, ownerId: null, wecomCodeId: null, note: "" };

function freshCode(taken: ReadonlySet<string>, ctx: Ctx): string {
  for (;;) {
    const code = bytesToHex(ctx.randomBytes(3));
    if (!taken.has(code)) return code;
  }
}

function summed(counts: readonly { readonly sourceId: string; readonly count: number }[]) {
  const sums = new Map<string, number>();
  for (const { sourceId, count } of counts) sums.set(sourceId, (sums.get(sourceId) ?? 0) + count);
  return [...sums].map(([sourceId, count]) => ({ sourceId, count }));
}

const idsOf = (events: readonly AnyEvent[]): string[] =>
  events.flatMap(({ type, data }) => (type === "source.planned.v1" ? [Planned.parse(data).sourceId] : []));
