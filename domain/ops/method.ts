import { z } from "zod";
import { catalogued } from "../method/catalogue.ts";
import { defineOp, reject, type AnyEvent } from "../op.ts";
import { defined, difference, refuseStale } from "../partial.ts";
import { Id, text } from "../units.ts";

export const METHODS_MAX = 60;
const planners = ["owner", "manager", "operator", "community", "ads"] as const;

/** 1 to 5. `ease`: 5 is easiest; `cost`: 5 is dearest. */
const Score = z.int().min(1).max(5).nullable();
const Scores = z.object({ feasible: Score, impact: Score, ease: Score, cost: Score });

/** A way of spreading, with what makes people do it: behaviour wants motive, ability and trigger at once. */
export const MethodPlan = z.object({
  /** Of the catalogue, or `other`. */
  kind: z.string().regex(/^[A-Za-z0-9]{1,30}$/),
  title: text(40, 1),
  ...Scores.shape,
  motive: text(120),
  ability: text(120),
  trigger: text(120),
  /** Acts until somebody has shared. */
  steps: z.int().min(1).max(20).nullable(),
  /** Where it is run: a page of ours in WeChat, a mini program, by members in WeCom, or offline. */
  carrier: z.enum(["h5", "miniProgram", "wecom", "offline"]),
  ownerId: Id.nullable(),
  note: text(400),
  chosen: z.boolean(),
});
export type MethodPlan = z.infer<typeof MethodPlan>;
export type Method = MethodPlan & { readonly methodId: string };
export type MethodState = { readonly methods: ReadonlyMap<string, Method> };

const Row = MethodPlan.extend({ methodId: Id });
const AddInput = MethodPlan.partial().required({ kind: true });
const blank = {
  feasible: null,
  impact: null,
  ease: null,
  cost: null,
  motive: "",
  ability: "",
  trigger: "",
  steps: null,
  ownerId: null,
  note: "",
  chosen: false,
};

/** Rules MTH1–MTH4 in SPEC.md: the inventory of 裂变 methods, scored before the launch. */
export const method = defineOp({
  name: "method",
  initial: (): MethodState => ({ methods: new Map() }),
  events: {
    "method.added.v1": Row,
    "method.edited.v1": z.object({ methodId: Id, from: MethodPlan.partial(), to: MethodPlan.partial() }),
    "method.removed.v1": Row,
  },
  expects: { edit: MethodPlan.partial() },
  commands: {
    /** Of the catalogue with its words, or one of the room's own, which wants a title. */
    add: {
      by: planners,
      risk: "reversible",
      input: AddInput,
      decide({ own }, input, ctx) {
        if (own.methods.size >= METHODS_MAX) return reject("method.tooMany", { max: METHODS_MAX });
        const known = catalogued(input.kind);
        if (!known && input.title === undefined) return reject("method.noTitle");
        const { kind: _kind, h5, ...words } = known ?? { kind: "", h5: "allowed" as const };
        const carrier = h5 === "blocked" ? "miniProgram" : "h5";
        const plan = { ...blank, ...words, carrier, ...defined(input) };
        const data = Row.parse({ ...plan, methodId: ctx.newId() });
        return [{ type: "method.added.v1", data }];
      },
      result: (events) => ({ methodId: addedId(events) }),
    },
    edit: {
      by: planners,
      risk: "reversible",
      input: z.object({ methodId: Id, to: MethodPlan.partial() }),
      decide({ own }, { methodId, to: wanted }, _ctx, expect) {
        const found = own.methods.get(methodId);
        if (!found) return reject("method.notFound", { methodId });
        const stale = refuseStale(found, expect ?? {});
        if (stale) return stale;
        const { from, to } = difference(found, wanted);
        if (Object.keys(to).length === 0) return [];
        const data = { methodId, from: MethodPlan.partial().parse(from), to: MethodPlan.partial().parse(to) };
        return [{ type: "method.edited.v1", data }];
      },
    },
    remove: {
      by: planners,
      risk: "reversible",
      input: z.object({ methodId: Id }),
      decide({ own }, { methodId }) {
        const found = own.methods.get(methodId);
        if (!found) return reject("method.notFound", { methodId });
        return [{ type: "method.removed.v1", data: found }];
      },
    },
  },
  apply: {
    "method.added.v1": (own, row) => ({ methods: new Map(own.methods).set(row.methodId, row) }),
    "method.edited.v1": (own, { methodId, to }) => {
      const found = own.methods.get(methodId);
      return found ? { methods: new Map(own.methods).set(methodId, { ...found, ...defined(to) }) } : own;
    },
    "method.removed.v1": (own, { methodId }) => ({
      methods: new Map([...own.methods].filter(([id]) => id !== methodId)),
    }),
  },
  undo: {
    "method.added.v1": ({ own }, { methodId }) => {
      const found = own.methods.get(methodId);
      return found ? [{ type: "method.removed.v1", data: found }] : reject("undo.superseded", { methodId });
    },
    "method.edited.v1": ({ own }, { methodId, from, to }) => {
      const found = own.methods.get(methodId);
      if (!found || Object.keys(difference(found, to).to).length > 0) return reject("undo.superseded", { methodId });
      return [{ type: "method.edited.v1", data: { methodId, from: to, to: from } }];
    },
    "method.removed.v1": ({ own }, row) =>
      own.methods.has(row.methodId) || own.methods.size >= METHODS_MAX
        ? reject("undo.superseded", { methodId: row.methodId })
        : [{ type: "method.added.v1", data: row }],
  },
  slices: {
    methods: {
      kind: "keyed",
      rows: (see) => see.own.methods,
      show: { control: shownMethod, review: shownMethod },
    },
  },
});

function shownMethod(row: Method) {
  return { ...row, score: methodScore(row), h5: catalogued(row.kind)?.h5 ?? "allowed" };
}
export type MethodRow = ReturnType<typeof shownMethod>;

/** 0 to 100, all four weighed alike, cost the other way round; `null` until all are given (MTH2). */
export function methodScore({ feasible, impact, ease, cost }: z.infer<typeof Scores>): number | null {
  if (feasible === null || impact === null || ease === null || cost === null) return null;
  return Math.round(((feasible + impact + ease + (6 - cost) - 4) / 16) * 100);
}

const addedId = (events: readonly AnyEvent[]): string | null =>
  events.flatMap(({ type, data }) => (type === "method.added.v1" ? [Row.parse(data).methodId] : []))[0] ?? null;
