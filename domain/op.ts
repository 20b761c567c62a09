import type { z } from "zod";
import type { Instant } from "./units.ts";

/**
 * An operation is one file: what may be asked of a show, who may ask, what happens, how it is shown.
 * This file holds the shapes; `ops/index.ts` the registry; `engine.ts` runs them.
 */

export const ROLES = [
  "owner",
  "manager",
  "operator",
  "floor",
  "assistant",
  "community",
  "ads",
  "service",
  "host",
  "reviewer",
] as const;
export type Role = (typeof ROLES)[number];

/** A role of a room, or one of the senders that are not staff. */
export const GRANTS = [...ROLES, "viewer", "program", "system", "screen", "share", "forward"] as const;
export type Grant = (typeof GRANTS)[number];

/** `crew`: the control room for those who deliver no prizes; an op without a word for it shows it what `control` sees. */
export const AUDIENCES = ["control", "crew", "host", "viewer", "review"] as const;
export type Audience = (typeof AUDIENCES)[number];

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * `reversible`: its events can be undone. `compensable`: another act makes up for it.
 * `irreversible`: Kaibo itself sends or draws; it is armed for 3 s of real time first.
 */
export type Risk = "reversible" | "compensable" | "irreversible";

export type Rejection = {
  readonly status: "rejected";
  readonly code: string;
  readonly data?: Json;
};

/** A refusal by a rule: `code` is stable, `data` what the words for it need. Nothing has changed. */
export function reject(code: string, data?: Json): Rejection {
  return data === undefined ? { status: "rejected", code } : { status: "rejected", code, data };
}

/** Time, ids and chance come in from outside; `decide` reads them nowhere else. */
export type Ctx = {
  /** The show's clock; never before the last event. In a rehearsal the simulator steps it. */
  readonly now: Instant;
  /** The wall clock, for what runs in real time even in a rehearsal (arming). */
  readonly realNow: Instant;
  /** Id of the sender: `staff:…`, `person:…`, `program:…`, `screen:…`, `system`. */
  readonly by: string;
  /** Id of the command being decided. */
  readonly commandId: string;
  newId(): string;
  randomBytes(count: number): Uint8Array;
  /** Encrypts with the server's secret (AES-256-GCM, base64url); `open` throws when it was sealed with another secret. */
  seal(plain: Uint8Array): string;
  open(sealed: string): Uint8Array;
};

/** What `apply` knows of the event beside its data. */
export type EventMeta = {
  readonly seq: number;
  readonly at: Instant;
  readonly type: string;
  readonly by: string;
  readonly commandId: string;
};

export type EventSchemas = Record<string, z.ZodType>;

/** An event as `decide` returns it; the engine adds seq, at, by and command id. */
export type NewEvent<E extends EventSchemas> = {
  [T in keyof E & string]: { readonly type: T; readonly data: z.infer<E[T]> };
}[keyof E & string];

export type AnyEvent = { readonly type: string; readonly data: unknown };

/** A command that another command sends on, as the same sender, in the same batch. */
export type SubCommand = { readonly type: string; readonly input: unknown };

export type ActAnswer = {
  readonly type: string;
  readonly status: "ok" | "rejected" | "invalid";
  readonly code?: string | undefined;
  readonly data?: Json | undefined;
};

/** Ops whose slices this one may read, and whose events it may fold. */
export type Reads = Record<string, AnyOp>;

export type StateOf<O> = O extends { readonly initial: () => infer S } ? S : never;
export type EventsOf<O> = O extends { readonly events: infer E extends EventSchemas } ? E : never;

/** What a rule sees: its own slice as `own`, and the slices it reads by their op's name. */
export type See<S, R extends Reads> = { readonly own: S } & {
  readonly [K in keyof R]: StateOf<R[K]>;
};

/** All event types of the ops that are read. */
type ForeignType<R extends Reads> = { [K in keyof R]: keyof EventsOf<R[K]> & string }[keyof R];
type ForeignData<R extends Reads, T extends string> = {
  [K in keyof R]: EventsOf<R[K]> extends infer E extends EventSchemas
    ? T extends keyof E
      ? z.infer<E[T]>
      : never
    : never;
}[keyof R];
type ApplyForeign<S, R extends Reads> = {
  [T in ForeignType<R>]?: (own: S, data: ForeignData<R, T>, meta: EventMeta) => S;
};

type Tells<S, R extends Reads> = {
  readonly [T in ForeignType<R>]?: (own: S, meta: EventMeta) => { readonly [field: string]: Json };
};

type UndoGuards<S, R extends Reads> = {
  readonly [T in ForeignType<R>]?: (see: See<S, R>, data: ForeignData<R, T>, ctx: Ctx) => Rejection | undefined;
};

type Apply<S, E extends EventSchemas> = {
  [T in keyof E & string]: (own: S, data: z.infer<E[T]>, meta: EventMeta) => S;
};

export type CommandRules<S, E extends EventSchemas, R extends Reads, I extends z.ZodType, X> = {
  /** Who may send it. The edge checks this; `decide` never sees roles. */
  readonly by: readonly Grant[];
  readonly risk: Risk;
  readonly input: I;
  /** Decides on the state as it is: events, or a refusal. Pure. */
  decide(see: See<S, R>, input: z.infer<I>, ctx: Ctx, expect: X | undefined): readonly NewEvent<E>[] | Rejection;
  /** What the sender gets back, read from the command's events alone, so that a repeat answers the same. */
  result?(events: readonly AnyEvent[]): Json;
  /** Commands to run right after, each answered by itself; `answered` turns the answers into events of this op. */
  then?(see: See<S, R>, input: z.infer<I>, ctx: Ctx): readonly SubCommand[];
  answered?(see: See<S, R>, input: z.infer<I>, answers: readonly ActAnswer[]): readonly NewEvent<E>[];
};

/**
 * One part of a view. Rows and items are compared by reference: `apply` replaces a row that changed, and what is shown of a row
 * depends on that row alone.
 */
export type Slice<S, R extends Reads> =
  | {
      /** At most 4 kB, sent whole when it differs. */
      readonly kind: "value";
      readonly show: { readonly [A in Audience]?: (see: See<S, R>) => Json };
    }
  | {
      readonly kind: "keyed";
      rows(see: See<S, R>): ReadonlyMap<string, object>;
      readonly show: { readonly [A in Audience]?: (row: never, id: string) => Json | undefined };
    }
  | {
      /** A list that only grows. `cap` is how many of the last items a snapshot carries. */
      readonly kind: "appended";
      items(see: See<S, R>): readonly object[];
      readonly cap: number;
      readonly show: { readonly [A in Audience]?: (item: never, index: number) => Json | undefined };
    };

/**
 * Something that falls due: the writer wakes at `at` and runs the command as `system`. `id` makes it idempotent.
 * `pace`: by the show's clock too, but not a date: only a limit of how often. Where a rehearsal's clock stands it falls due all the same.
 */
export type Due = {
  readonly at: Instant;
  readonly clock: "show" | "real" | "pace";
  readonly id: string;
  readonly type: string;
  readonly input: unknown;
};

export type OpDef<
  Name extends string,
  S,
  E extends EventSchemas,
  I extends Record<string, z.ZodType>,
  X extends Record<string, z.ZodType>,
  R extends Reads,
> = {
  readonly name: Name;
  readonly reads?: R;
  readonly initial: () => S;
  readonly events: E;
  /** Event fields that `/events` leaves out, by event type. */
  readonly secret?: { readonly [T in keyof E & string]?: readonly string[] };
  /** By command: what the sender's screen showed. `decide` refuses what is stale with `state.changed` and the current values. */
  readonly expects?: X;
  readonly commands: {
    [K in keyof I]: CommandRules<S, E, R, I[K], K extends keyof X ? z.infer<X[K]> : undefined>;
  };
  readonly apply: Apply<NoInfer<S>, NoInfer<E>>;
  /** Folds the events of ops that are read, after their own `apply`. */
  readonly on?: ApplyForeign<NoInfer<S>, R>;
  /** Fields that this op adds to another op's event where ops that keep a record of every event (tape) fold it, read from `own` after its folds. */
  readonly tells?: Tells<NoInfer<S>, R>;
  /** This op's events that `applyAny` does not get: too frequent for a tape, and nobody's act at the desk (orders, claims, samples, comments). */
  readonly quiet?: readonly (keyof NoInfer<E> & string)[];
  /** Folds every event that is not quiet, of all ops, after their `apply` and `on`, without secret fields; for ops that keep a record of all (tape). */
  readonly applyAny?: (own: S, event: AnyEvent, meta: EventMeta) => S;
  /** The events that take a reversible event back, or why not. `meta` is that of the event to undo. */
  readonly undo?: {
    readonly [T in keyof E & string]?: (
      see: See<S, R>,
      data: z.infer<E[T]>,
      meta: EventMeta,
      ctx: Ctx,
    ) => readonly NewEvent<E>[] | Rejection;
  };
  readonly slices?: Record<string, Slice<S, R>>;
  /** What one viewer may know of themself. */
  readonly me?: (see: See<S, R>, personId: string) => Json;
  readonly due?: (own: S) => readonly Due[];
  /**
   * The state without what only `decide` needs (maps of persons or orders), for replay. `apply` must work on it, and the slices show the same:
   * so an event carries its own effect, not just what was reported.
   */
  readonly lean?: (own: S) => S;
  /** Vetoes on taking events of other ops back, by event type. Asked after the op's own way back. */
  readonly undoGuards?: UndoGuards<S, R>;
  /** Vetoes on commands of other ops, by command type (an open check line on `session.start`). Asked after the command's own rule. */
  readonly guards?: Readonly<Record<string, (see: See<S, R>, input: unknown, ctx: Ctx) => Rejection | undefined>>;
};

/** An op whose parameters are forgotten: what registry and engine handle. Its members are only called with what it declared itself. */
export type AnyOp = {
  readonly name: string;
  readonly reads?: Record<string, AnyOp> | undefined;
  readonly initial: () => unknown;
  readonly events: EventSchemas;
};

export function defineOp<
  const Name extends string,
  S,
  E extends EventSchemas,
  I extends Record<string, z.ZodType>,
  X extends Record<string, z.ZodType> = {},
  R extends Reads = {},
>(def: OpDef<Name, S, E, I, X, R>): OpDef<Name, S, E, I, X, R> {
  return def;
}
