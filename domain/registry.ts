import type {
  ActAnswer,
  AnyEvent,
  AnyOp,
  Audience,
  Ctx,
  Due,
  EventMeta,
  EventSchemas,
  Grant,
  Json,
  Rejection,
  Risk,
  SubCommand,
} from "./op.ts";

/** The ops as the engine handles them: found by command, by event, by what they fold and guard. */

type RuntimeCommand = {
  readonly by: readonly Grant[];
  readonly risk: Risk;
  readonly input: EventSchemas[string];
  decide(see: object, input: unknown, ctx: Ctx, expect: unknown): readonly AnyEvent[] | Rejection;
  result?(events: readonly AnyEvent[]): Json;
  then?(see: object, input: unknown, ctx: Ctx): readonly SubCommand[];
  answered?(see: object, input: unknown, answers: readonly ActAnswer[]): readonly AnyEvent[];
};

export type RuntimeSlice = {
  readonly kind: "value" | "keyed" | "appended";
  readonly cap?: number;
  rows?(see: object): ReadonlyMap<string, object>;
  items?(see: object): readonly object[];
  readonly show: { readonly [A in Audience]?: (source: unknown, key: unknown) => Json | undefined };
};

type Fold = (own: unknown, data: unknown, meta: EventMeta) => unknown;

type Veto = (see: object, subject: unknown, ctx: Ctx) => Rejection | undefined;
type Vetoes = Readonly<Record<string, Veto>>;

/** An op with its types forgotten. `forget` below is the only place that makes one. */
export type RuntimeOp = AnyOp & {
  readonly secret?: Record<string, readonly string[]>;
  readonly expects?: EventSchemas;
  readonly commands: Record<string, RuntimeCommand>;
  readonly apply: Record<string, Fold>;
  readonly on?: Record<string, Fold>;
  readonly quiet?: readonly string[];
  readonly tells?: Record<string, (own: unknown, meta: EventMeta) => { readonly [field: string]: Json }>;
  readonly applyAny?: (own: unknown, event: AnyEvent, meta: EventMeta) => unknown;
  readonly undo?: Record<
    string,
    (see: object, data: unknown, meta: EventMeta, ctx: Ctx) => readonly AnyEvent[] | Rejection
  >;
  readonly slices?: Record<string, RuntimeSlice>;
  readonly me?: (see: object, personId: string) => Json;
  readonly due?: (own: unknown) => readonly Due[];
  readonly lean?: (own: unknown) => unknown;
  readonly guards?: Vetoes;
  readonly undoGuards?: Vetoes;
};

export type CommandRule = RuntimeCommand & {
  readonly op: RuntimeOp;
  readonly type: string;
  readonly expect: EventSchemas[string] | undefined;
};

export type EventRule = { readonly op: RuntimeOp; readonly schema: EventSchemas[string] };
type Listed<K extends string, V> = ReadonlyMap<
  string,
  readonly ({ readonly op: RuntimeOp } & { readonly [N in K]: V })[]
>;

export type Registry = {
  readonly ops: readonly RuntimeOp[];
  readonly commands: ReadonlyMap<string, CommandRule>;
  readonly events: ReadonlyMap<string, EventRule>;
  /** By event type, in the order of the registry. */
  readonly folds: Listed<"fold", Fold>;
  /** By command type; by event type. */
  readonly guards: Listed<"veto", Veto>;
  readonly undoGuards: Listed<"veto", Veto>;
  readonly catchAll: readonly RuntimeOp[];
  /** By event type. */
  readonly tellers: ReadonlyMap<string, readonly RuntimeOp[]>;
  readonly quiet: ReadonlySet<string>;
};

/** Registry entries keep exact types for callers; the engine calls each member only with what that op declared itself. */
const forget = (ops: readonly AnyOp[]) => ops as unknown as readonly RuntimeOp[];

/** Throws when two ops define an event, or one folds or guards what nobody defines (ENG6). */
export function readRegistry(registered: readonly AnyOp[]): Registry {
  const ops = forget(registered);
  const commands = commandsOf(ops);
  const events = eventsOf(ops);
  const folds = new Map<string, { op: RuntimeOp; fold: Fold }[]>();
  const tellers = new Map<string, RuntimeOp[]>();
  const guards = new Map<string, { op: RuntimeOp; veto: Veto }[]>();
  const undoGuards = new Map<string, { op: RuntimeOp; veto: Veto }[]>();
  for (const op of ops) {
    for (const [type, fold] of [...Object.entries(op.apply), ...Object.entries(op.on ?? {})]) {
      if (!events.has(type)) throw new Error(`${op.name} folds ${type}, which no op defines`);
      push(folds, type, { op, fold });
    }
    for (const type of Object.keys(op.tells ?? {})) {
      if (!events.has(type)) throw new Error(`${op.name} tells of ${type}, which no op defines`);
      push(tellers, type, op);
    }
    for (const [type, veto] of Object.entries(op.guards ?? {})) {
      if (!commands.has(type)) throw new Error(`${op.name} guards ${type}, which no op defines`);
      push(guards, type, { op, veto });
    }
    for (const [type, veto] of Object.entries(op.undoGuards ?? {})) {
      if (!events.has(type)) throw new Error(`${op.name} guards ${type}, which no op defines`);
      push(undoGuards, type, { op, veto });
    }
  }
  const catchAll = ops.filter((op) => op.applyAny);
  const quiet = new Set(ops.flatMap((op) => op.quiet ?? []));
  return { ops, commands, events, folds, guards, undoGuards, catchAll, tellers, quiet };
}

/** What an op may see of a state: its own slice, and those it reads. */
export function seeOf(state: { readonly slices: Readonly<Record<string, unknown>> }, op: RuntimeOp): object {
  const seen: Record<string, unknown> = { own: state.slices[op.name] };
  for (const name of Object.keys(op.reads ?? {})) seen[name] = state.slices[name];
  return seen;
}

function commandsOf(ops: readonly RuntimeOp[]): Map<string, CommandRule> {
  const commands = new Map<string, CommandRule>();
  for (const op of ops) {
    for (const [verb, rule] of Object.entries(op.commands)) {
      const type = `${op.name}.${verb}`;
      commands.set(type, { ...rule, op, type, expect: op.expects?.[verb] });
    }
  }
  return commands;
}

function eventsOf(ops: readonly RuntimeOp[]): Map<string, EventRule> {
  const events = new Map<string, EventRule>();
  for (const op of ops) {
    for (const [type, schema] of Object.entries(op.events)) {
      if (events.has(type)) throw new Error(`event ${type} is defined twice`);
      events.set(type, { op, schema });
    }
  }
  return events;
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
