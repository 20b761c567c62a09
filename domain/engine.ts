import type { StoredEvent } from "./event.ts";
import { fireArmed, guardIrreversible } from "./arming.ts";
import type { ActAnswer, AnyEvent, AnyOp, Ctx, Due, Json, Rejection } from "./op.ts";
import { readRegistry, seeOf, type CommandRule, type EventRule, type Registry, type RuntimeOp } from "./registry.ts";
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
/**
 * `seq`: of the last event, also of what a command set off. `undo`, of a reversible one: the event that takes it back where that is not the one at
 * `seq`; `null`: there is no one such event.
 */
export type Ok = {
  readonly status: "ok";
  readonly seq: number;
  readonly undo?: number | null;
  readonly result?: Json;
};
export type Answer = Ok | Rejection | Invalid;

export type Execution = { readonly answer: Ok | Rejection | Invalid; readonly events: readonly StoredEvent[] };

export type Engine = {
  readonly ops: readonly RuntimeOp[];
  readonly commands: ReadonlyMap<string, CommandRule>;
  readonly events: ReadonlyMap<string, EventRule>;
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

export function createEngine(ops: readonly AnyOp[]): Engine {
  const registry = readRegistry(ops);
  return {
    ops: registry.ops,
    commands: registry.commands,
    events: registry.events,
    initial: () => initialState(registry),
    apply: (state, event) => applyEvent(registry, state, event),
    parse: (command) => parseCommand(registry, command),
    execute: (state, command, ctx) => execute(registry, state, command, ctx),
    answerOf: (type, events) => answerOf(registry, type, events),
    see: seeOf,
    lean: (state) => leanState(registry, state),
    leanCopy: (state) => structuredClone(leanState(registry, state)),
    due: (state) => registry.ops.flatMap((op) => op.due?.(state.slices[op.name]) ?? []),
    me: (state, personId) =>
      Object.fromEntries(registry.ops.flatMap((op) => (op.me ? [[op.name, op.me(seeOf(state, op), personId)]] : []))),
  };
}

function initialState({ ops }: Registry): ShowState {
  return {
    seq: 0,
    at: instant(0),
    slices: Object.fromEntries(ops.map((op) => [op.name, op.initial()])),
    versions: Object.fromEntries(ops.map((op) => [op.name, 0])),
  };
}

function leanState({ ops }: Registry, state: ShowState): ShowState {
  const leanSlice = (op: RuntimeOp) => (op.lean ? op.lean(state.slices[op.name]) : state.slices[op.name]);
  return {
    seq: state.seq,
    at: state.at,
    slices: Object.fromEntries(ops.map((op) => [op.name, leanSlice(op)])),
    versions: { ...state.versions },
  };
}

function applyEvent({ folds, events, catchAll, tellers, quiet }: Registry, state: ShowState, event: StoredEvent): void {
  if (event.seq !== state.seq + 1) throw new Error(`event ${event.seq} does not follow ${state.seq}`);
  const changed = (name: string, slice: unknown): void => {
    state.slices[name] = slice;
    state.versions[name] = (state.versions[name] ?? 0) + 1;
  };
  for (const { op, fold } of folds.get(event.type) ?? []) {
    changed(op.name, fold(state.slices[op.name], event.data, event));
  }
  if (!quiet.has(event.type)) {
    const bare = withoutSecrets(event, events.get(event.type)?.op.secret?.[event.type]);
    const more = (tellers.get(event.type) ?? []).map((op) => op.tells?.[event.type]?.(state.slices[op.name], event));
    const told = more.length === 0 ? bare : { ...bare, data: Object.assign({}, bare.data, ...more) as unknown };
    for (const op of catchAll) changed(op.name, op.applyAny?.(state.slices[op.name], told, event));
  }
  state.seq = event.seq;
  state.at = event.at;
}

function append(registry: Registry, state: ShowState, news: readonly AnyEvent[], ctx: Ctx): StoredEvent[] {
  return news.map(({ type, data }) => {
    const at = instant(Math.max(state.at, ctx.now));
    const event: StoredEvent = { seq: state.seq + 1, at, type, by: ctx.by, commandId: ctx.commandId, data };
    applyEvent(registry, state, event);
    return event;
  });
}

function parseCommand({ commands }: Registry, { id, type, input, expect }: Command): { parsed: Command } | Invalid {
  const rule = commands.get(type);
  if (!rule) return invalid([{ path: "type", code: "command.unknown", message: type.slice(0, 80) }]);
  const read = rule.input.safeParse(input);
  if (!read.success) return invalid(issuesOf(read.error.issues, "input"));
  if (expect === undefined || expect === null || !rule.expect) return { parsed: { id, type, input: read.data } };
  const expected = rule.expect.safeParse(expect);
  if (!expected.success) return invalid(issuesOf(expected.error.issues, "expect"));
  return { parsed: { id, type, input: read.data, expect: expected.data } };
}

function ruleOf({ commands }: Registry, type: string): CommandRule {
  const rule = commands.get(type);
  if (!rule) throw new Error(`${type} was not parsed`);
  return rule;
}

function decide(registry: Registry, state: ShowState, command: Command, ctx: Ctx): readonly AnyEvent[] | Rejection {
  const rule = ruleOf(registry, command.type);
  if (command.type === "arm.fire") {
    return fireArmed(state, command, ctx, (inner, as) => decide(registry, state, inner, as));
  }
  if (command.type === "tape.undo") return undoEvent(registry, state, command, ctx);
  const decided = rule.decide(seeOf(state, rule.op), command.input, ctx, command.expect);
  if ("status" in decided) return decided;
  for (const { op, veto } of registry.guards.get(command.type) ?? []) {
    const refused = veto(seeOf(state, op), command.input, ctx);
    if (refused) return refused;
  }
  return decided;
}

function execute(registry: Registry, state: ShowState, command: Command, ctx: Ctx): Execution {
  const rule = ruleOf(registry, command.type);
  const decided = decide(registry, state, command, ctx);
  if ("status" in decided) return { answer: decided, events: [] };
  if (rule.risk === "irreversible") {
    const guarded = guardIrreversible(state, command, ctx);
    if ("status" in guarded) return { answer: guarded, events: [] };
    const events = append(registry, state, guarded, ctx);
    return { answer: answerOf(registry, command.type, events), events };
  }
  const stored = append(registry, state, decided, ctx);
  if (rule.then) stored.push(...runActs(registry, state, command, ctx));
  return { answer: { ...answerOf(registry, command.type, stored), seq: state.seq }, events: stored };
}

/** What a command sets off (ENG3), each act answered by itself. */
function runActs(registry: Registry, state: ShowState, command: Command, ctx: Ctx): StoredEvent[] {
  const rule = ruleOf(registry, command.type);
  const stored: StoredEvent[] = [];
  const answers: ActAnswer[] = [];
  for (const sub of rule.then?.(seeOf(state, rule.op), command.input, ctx) ?? []) {
    const checked = parseCommand(registry, { id: command.id, ...sub });
    if ("parsed" in checked) {
      const done = execute(registry, state, checked.parsed, ctx);
      stored.push(...done.events);
      answers.push(actAnswer(sub.type, done.answer));
    } else answers.push(actAnswer(sub.type, checked));
  }
  const told = rule.answered?.(seeOf(state, rule.op), command.input, answers) ?? [];
  return [...stored, ...append(registry, state, told, ctx)];
}

function answerOf(registry: Registry, type: string, stored: readonly StoredEvent[]): Ok {
  const rule = registry.commands.get(type);
  const seq = stored.at(-1)?.seq ?? 0;
  const undo = rule?.risk === "reversible" ? undoOf(registry, rule.op, stored) : seq;
  const armed = stored.find((event) => event.type === "arm.armed.v1");
  const result = armed && rule?.risk === "irreversible" ? (armed.data as Json) : rule?.result?.(stored);
  return { status: "ok", seq, ...(undo === seq ? {} : { undo }), ...(result === undefined ? {} : { result }) };
}

/** TAP5: of what is stored the command's own event alone, not what it set off; none where it takes several to go back, or nothing has changed. */
function undoOf({ events, quiet }: Registry, op: RuntimeOp, stored: readonly StoredEvent[]): number | null {
  const own = stored.filter(({ type }) => events.get(type)?.op === op && op.undo?.[type] && !quiet.has(type));
  return own.length === 1 ? (own[0]?.seq ?? null) : null;
}

/** What an op that keeps a record of all may keep: not the fields that the event's own op marks secret. */
function withoutSecrets(event: StoredEvent, secret: readonly string[] | undefined): StoredEvent {
  if (!secret || typeof event.data !== "object" || event.data === null) return event;
  return {
    ...event,
    data: Object.fromEntries(Object.entries(event.data).filter(([field]) => !secret.includes(field))),
  };
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
