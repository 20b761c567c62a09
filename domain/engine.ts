import type { StoredEvent } from "./event.ts";
import { fireArmed, guardIrreversible } from "./arming.ts";
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
import { undoEvent } from "./undoing.ts";
import { instant, type Instant } from "./units.ts";

/**
 * Runs operations: parses commands, decides them on the state, folds their events. One engine serves writer, recovery, replay and tests,
 * so none of them can differ. It holds no state of its own; a `ShowState` is changed in place by `execute` and `apply`.
 */

/** The fold of a log. `slices` by op name; `versions` count the events that touched each slice, for the views. */
export type ShowState = {
  seq: number;
  at: Instant;
  readonly slices: Record<string, unknown>;
  readonly versions: Record<string, number>;
};

export type Command = {
  readonly id: string;
  readonly type: string;
  readonly input: unknown;
  readonly expect?: unknown;
};

export type Issue = { readonly path: string; readonly code: string; readonly message: string };
export type Invalid = { readonly status: "invalid"; readonly issues: readonly Issue[] };
export type Ok = { readonly status: "ok"; readonly seq: number; readonly result?: Json };
export type Answer = Ok | Rejection | Invalid;

export type Execution = { readonly answer: Ok | Rejection | Invalid; readonly events: readonly StoredEvent[] };

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

/** An op with its types forgotten. `forget` below is the only place that makes one. */
export type RuntimeOp = AnyOp & {
  readonly secret?: Record<string, readonly string[]>;
  readonly expects?: EventSchemas;
  readonly commands: Record<string, RuntimeCommand>;
  readonly apply: Record<string, Fold>;
  readonly on?: Record<string, Fold>;
  readonly quiet?: readonly string[];
  readonly applyAny?: (own: unknown, event: AnyEvent, meta: EventMeta) => unknown;
  readonly undo?: Record<
    string,
    (see: object, data: unknown, meta: EventMeta, ctx: Ctx) => readonly AnyEvent[] | Rejection
  >;
  readonly slices?: Record<string, RuntimeSlice>;
  readonly me?: (see: object, personId: string) => Json;
  readonly due?: (own: unknown) => readonly Due[];
  readonly lean?: (own: unknown) => unknown;
  readonly guards?: Readonly<
    Record<string, (see: object, input: unknown, ctx: Ctx) => Rejection | undefined>
  >;
};

export type CommandRule = RuntimeCommand & {
  readonly op: RuntimeOp;
  readonly type: string;
  readonly expect: EventSchemas[string] | undefined;
};

export type Engine = {
  readonly ops: readonly RuntimeOp[];
  readonly commands: ReadonlyMap<string, CommandRule>;
  readonly events: ReadonlyMap<string, { readonly op: RuntimeOp; readonly schema: EventSchemas[string] }>;
  initial(): ShowState;
  /** Folds one event. Throws when its seq does not follow: that is a broken log, never a refusal. */
  apply(state: ShowState, event: StoredEvent): void;
  /** Checks a command's shape; `undefined` when it is well formed, with what the schema made of it in `parsed`. */
  parse(command: Command): { readonly parsed: Command } | Invalid;
  /** Decides a parsed command and folds its events into `state`. */
  execute(state: ShowState, command: Command, ctx: Ctx): Execution;
  /** The answer that a command got, from its stored events. */
  answerOf(type: string, events: readonly StoredEvent[]): Ok;
  see(state: ShowState, op: RuntimeOp): object;
  /** The state for views only, without what only `decide` needs. Shares its parts with `state`: serialise it or read it at once. */
  lean(state: ShowState): ShowState;
  /** As `lean`, to fold on from: shares nothing with `state`. */
  leanCopy(state: ShowState): ShowState;
  due(state: ShowState): readonly Due[];
  me(state: ShowState, personId: string): Record<string, Json>;
};

/** Registry entries keep exact types for callers; the engine calls each member only with what that op declared itself. */
const forget = (ops: readonly AnyOp[]) => ops as unknown as readonly RuntimeOp[];

export function createEngine(registry: readonly AnyOp[]): Engine {
  const ops = forget(registry);
  const commands = new Map<string, CommandRule>();
  const events = new Map<string, { op: RuntimeOp; schema: EventSchemas[string] }>();
  const folds = new Map<string, { op: string; fold: Fold }[]>();
  for (const op of ops) {
    for (const [verb, rule] of Object.entries(op.commands)) {
      commands.set(`${op.name}.${verb}`, {
        ...rule,
        op,
        type: `${op.name}.${verb}`,
        expect: op.expects?.[verb],
      });
    }
    for (const [type, schema] of Object.entries(op.events)) {
      if (events.has(type)) throw new Error(`event ${type} is defined twice`);
      events.set(type, { op, schema });
    }
  }
  for (const op of ops) {
    for (const [type, fold] of [...Object.entries(op.apply), ...Object.entries(op.on ?? {})]) {
      if (!events.has(type)) throw new Error(`${op.name} folds ${type}, which no op defines`);
      folds.set(type, [...(folds.get(type) ?? []), { op: op.name, fold }]);
    }
  }
  const guards = new Map<string, { op: RuntimeOp; veto: NonNullable<RuntimeOp["guards"]>[string] }[]>();
  for (const op of ops) {
    for (const [type, veto] of Object.entries(op.guards ?? {})) {
      if (!commands.has(type)) throw new Error(`${op.name} guards ${type}, which no op defines`);
      guards.set(type, [...(guards.get(type) ?? []), { op, veto }]);
    }
  }
  const catchAll = ops.filter((op) => op.applyAny);
  const quiet = new Set(ops.flatMap((op) => op.quiet ?? []));

  const see = (state: ShowState, op: RuntimeOp): object => {
    const seen: Record<string, unknown> = { own: state.slices[op.name] };
    for (const name of Object.keys(op.reads ?? {})) seen[name] = state.slices[name];
    return seen;
  };

  const apply = (state: ShowState, event: StoredEvent): void => {
    if (event.seq !== state.seq + 1) throw new Error(`event ${event.seq} does not follow ${state.seq}`);
    for (const { op, fold } of folds.get(event.type) ?? []) {
      state.slices[op] = fold(state.slices[op], event.data, event);
      state.versions[op] = (state.versions[op] ?? 0) + 1;
    }
    if (!quiet.has(event.type)) {
      const told = withoutSecrets(event, events.get(event.type)?.op.secret?.[event.type]);
      for (const op of catchAll) {
        state.slices[op.name] = op.applyAny?.(state.slices[op.name], told, event);
        state.versions[op.name] = (state.versions[op.name] ?? 0) + 1;
      }
    }
    state.seq = event.seq;
    state.at = event.at;
  };

  const append = (state: ShowState, news: readonly AnyEvent[], ctx: Ctx): StoredEvent[] =>
    news.map(({ type, data }) => {
      const event: StoredEvent = {
        seq: state.seq + 1,
        at: instant(Math.max(state.at, ctx.now)),
        type,
        by: ctx.by,
        commandId: ctx.commandId,
        data,
      };
      apply(state, event);
      return event;
    });

  const parse = (command: Command): { parsed: Command } | Invalid => {
    const rule = commands.get(command.type);
    if (!rule) return invalid([{ path: "type", code: "command.unknown", message: command.type.slice(0, 80) }]);
    const input = rule.input.safeParse(command.input);
    if (!input.success) return invalid(issuesOf(input.error.issues, "input"));
    if (command.expect === undefined || command.expect === null || !rule.expect) {
      return { parsed: { id: command.id, type: command.type, input: input.data } };
    }
    const expect = rule.expect.safeParse(command.expect);
    if (!expect.success) return invalid(issuesOf(expect.error.issues, "expect"));
    return { parsed: { id: command.id, type: command.type, input: input.data, expect: expect.data } };
  };

  const decide = (state: ShowState, command: Command, ctx: Ctx): readonly AnyEvent[] | Rejection => {
    const rule = commands.get(command.type);
    if (!rule) throw new Error(`${command.type} was not parsed`);
    if (command.type === "arm.fire") {
      return fireArmed(state, command, ctx, (inner, as) => decide(state, inner, as));
    }
    if (command.type === "tape.undo") return undoEvent(engine, state, command, ctx);
    const decided = rule.decide(see(state, rule.op), command.input, ctx, command.expect);
    if ("status" in decided) return decided;
    for (const { op, veto } of guards.get(command.type) ?? []) {
      const refused = veto(see(state, op), command.input, ctx);
      if (refused) return refused;
    }
    return decided;
  };

  const execute = (state: ShowState, command: Command, ctx: Ctx): Execution => {
    const rule = commands.get(command.type);
    if (!rule) throw new Error(`${command.type} was not parsed`);
    const decided = decide(state, command, ctx);
    if ("status" in decided) return { answer: decided, events: [] };
    if (rule.risk === "irreversible") {
      const guarded = guardIrreversible(state, command, ctx);
      if ("status" in guarded) return { answer: guarded, events: [] };
      const events = append(state, guarded, ctx);
      return { answer: engine.answerOf(command.type, events), events };
    }
    const stored = append(state, decided, ctx);
    if (rule.then) {
      const answers: ActAnswer[] = [];
      for (const sub of rule.then(see(state, rule.op), command.input, ctx)) {
        const checked = parse({ id: command.id, ...sub });
        const done = "parsed" in checked ? execute(state, checked.parsed, ctx) : undefined;
        if (done) stored.push(...done.events);
        answers.push(actAnswer(sub.type, done?.answer ?? (checked as Invalid)));
      }
      stored.push(...append(state, rule.answered?.(see(state, rule.op), command.input, answers) ?? [], ctx));
    }
    return { answer: { ...engine.answerOf(command.type, stored), seq: state.seq }, events: stored };
  };

  const lean = (state: ShowState): ShowState => ({
    seq: state.seq,
    at: state.at,
    slices: Object.fromEntries(
      ops.map((op) => [op.name, op.lean ? op.lean(state.slices[op.name]) : state.slices[op.name]]),
    ),
    versions: { ...state.versions },
  });

  const engine: Engine = {
    ops,
    commands,
    events,
    initial: () => ({
      seq: 0,
      at: instant(0),
      slices: Object.fromEntries(ops.map((op) => [op.name, op.initial()])),
      versions: Object.fromEntries(ops.map((op) => [op.name, 0])),
    }),
    apply,
    parse,
    execute,
    answerOf(type, stored) {
      const rule = commands.get(type);
      const seq = stored.at(-1)?.seq ?? 0;
      const armed = stored.find((event) => event.type === "arm.armed.v1");
      const result = armed && rule?.risk === "irreversible" ? (armed.data as Json) : rule?.result?.(stored);
      return result === undefined ? { status: "ok", seq } : { status: "ok", seq, result };
    },
    see,
    lean,
    leanCopy: (state) => structuredClone(lean(state)),
    due: (state) => ops.flatMap((op) => op.due?.(state.slices[op.name]) ?? []),
    me: (state, personId) =>
      Object.fromEntries(ops.flatMap((op) => (op.me ? [[op.name, op.me(see(state, op), personId)]] : []))),
  };
  return engine;
}

/** What an op that keeps a record of all may keep: not the fields that the event's own op marks secret. */
function withoutSecrets(event: StoredEvent, secret: readonly string[] | undefined): StoredEvent {
  if (!secret || typeof event.data !== "object" || event.data === null) return event;
  return { ...event, data: Object.fromEntries(Object.entries(event.data).filter(([field]) => !secret.includes(field))) };
}

function invalid(issues: readonly Issue[]): Invalid {
  return { status: "invalid", issues };
}

/** The first 20 issues: enough to mend an input, and a bound for hostile ones. */
function issuesOf(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly code?: string; readonly message: string }[],
  under: string,
): Issue[] {
  return issues.slice(0, 20).map(({ path, code, message }) => ({
    path: [under, ...path.map(String)].join("."),
    code: code ?? "custom",
    message,
  }));
}

function actAnswer(type: string, answer: Answer): ActAnswer {
  if (answer.status === "rejected") {
    return { type, status: "rejected", code: answer.code, ...(answer.data === undefined ? {} : { data: answer.data }) };
  }
  return answer.status === "ok" ? { type, status: "ok" } : { type, status: "invalid", code: "input.invalid" };
}

