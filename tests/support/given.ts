import { expect } from "vitest";
import type { Answer, Execution, ShowState } from "#domain/engine.ts";
import type { StoredEvent } from "#domain/event.ts";
import { AUDIENCES, type AnyEvent, type Audience, type Ctx, type Json, type StateOf } from "#domain/op.ts";
import type { bag } from "#domain/ops/bag.ts";
import type { coupon } from "#domain/ops/coupon.ts";
import { engine, type CommandInput, type CommandType } from "#domain/ops/index.ts";
import type { lottery } from "#domain/ops/lottery.ts";
import { sliceOf } from "#domain/slice-of.ts";
import { instant } from "#domain/units.ts";
import { createView } from "#domain/views.ts";
import type { Snapshot } from "#domain/wire.ts";

/**
 * given … when … then on the real engine, with a clock, ids and chance that a test can foretell:
 *
 *     show().live().given("bag.added.v1", {…}).when("bag.explain", { productId }).then({ type: "bag.explained.v1" });
 *
 * The clock stands still until `at` or `pass` move it; real time goes with it. Ids are `id1`, `id2`, …
 */

/** 2026-11-11 20:00:00 in Shanghai. */
export const START = Date.UTC(2026, 10, 11, 12);

export type Sent = {
  /** Default `staff:ann`. */
  readonly by?: string;
  readonly id?: string;
  readonly expect?: unknown;
};

type Expected = { readonly type: string; readonly data?: unknown };

export type Outcome = {
  readonly answer: Answer;
  readonly events: readonly StoredEvent[];
  /** It was done, with exactly these events; each matches in the fields that are given. */
  then(...events: readonly Expected[]): Show;
  /** It was done; whatever came of it. */
  ok(): Show;
  rejected(code: string, data?: Json): Show;
  /** Malformed; `path` is where, as in `input.priceFen`. */
  invalid(path?: string): Show;
};

export type Show = {
  readonly state: ShowState;
  readonly log: readonly StoredEvent[];
  readonly now: number;
  /** Folds an event that happened before; its data are checked and completed by its schema. */
  given(type: string, data: unknown, by?: string): Show;
  /** Creates the show (when it is not there yet) and starts it. */
  live(): Show;
  when<T extends CommandType>(type: T, input: CommandInput<T>, sent?: Sent): Outcome;
  /** As `when`, for input that the types would refuse. */
  send(type: string, input: unknown, sent?: Sent): Outcome;
  at(now: number): Show;
  /** Lets time pass and runs what falls due on the way, in order, as the writer would. */
  pass(ms: number): Show;
  view(audience: Audience): Snapshot;
  /** A value slice, or the rows of a keyed one by id, or the items of an appended one. */
  slice(audience: Audience, name: string): Json;
  row(audience: Audience, name: string, id: string): Json | undefined;
  me(personId: string): Record<string, Json>;
  /** States of single ops, as their own functions take them. */
  bag(): StateOf<typeof bag>;
  coupon(): StateOf<typeof coupon>;
  lottery(): StateOf<typeof lottery>;
  seqOf(type: string): number;
};

export function show(): Show {
  const state = engine.initial();
  const log: StoredEvent[] = [];
  let now = START;
  let count = 0;
  let drawn = 0;

  const ctxOf = (by: string, commandId: string): Ctx => ({
    now: instant(now),
    realNow: instant(now),
    by,
    commandId,
    newId: () => `id${(count += 1)}`,
    randomBytes: (size) =>
      Uint8Array.from({ length: size }, () => (drawn = (drawn * 1_103_515_245 + 12_345) % 2 ** 31) >> 16),
    seal: (plain) => `sealed.${Buffer.from(plain).toString("base64url")}`,
    open: (sealed) => {
      if (!sealed.startsWith("sealed.")) throw new Error("sealed with another secret");
      return Uint8Array.from(Buffer.from(sealed.slice(7), "base64url"));
    },
  });

  const send = (type: string, input: unknown, sent: Sent = {}): Outcome => {
    const id = sent.id ?? `c${(count += 1)}`;
    const parsed = engine.parse({ id, type, input, expect: sent.expect });
    const done: Execution =
      "parsed" in parsed
        ? engine.execute(state, parsed.parsed, ctxOf(sent.by ?? "staff:ann", id))
        : { answer: parsed, events: [] };
    log.push(...done.events);
    return outcome(done, self);
  };

  const self: Show = {
    state,
    log,
    get now() {
      return now;
    },
    given(type, data, by = "staff:ann") {
      const known = engine.events.get(type);
      if (!known) throw new Error(`no op defines ${type}`);
      const event = {
        seq: state.seq + 1,
        at: instant(now),
        type,
        by,
        commandId: `c${(count += 1)}`,
        data: known.schema?.parse(data),
      };
      engine.apply(state, event);
      log.push(event);
      return self;
    },
    live() {
      const plan = {
        title: "示例场次",
        plannedStartAt: START,
        plannedEndAt: START + 4 * 3_600_000,
      };
      if (state.seq === 0) send("session.create", { sessionId: "s1", roomId: "r1", ...plan }).ok();
      // 开播检查 is open in most tests; its own are in check.test.ts.
      return send("session.start", { reason: "试播" }).ok();
    },
    when: send,
    send,
    at(to) {
      now = to;
      return self;
    },
    pass(ms) {
      const until = now + ms;
      for (;;) {
        const due = engine.due(state).toSorted((a, b) => a.at - b.at)[0];
        if (!due || due.at > until) break;
        now = Math.max(now, due.at);
        const before = state.seq;
        send(due.type, due.input, { by: "system", id: due.id });
        if (state.seq === before)
          throw new Error(`${due.type} fell due and changed nothing: it would fall due for ever`);
      }
      now = until;
      return self;
    },
    view: (audience) => createView(engine, state, audience).snapshot(),
    slice(audience, name) {
      const found = self.view(audience).slices[name];
      if (!found) throw new Error(`${audience} has no slice ${name}`);
      if (found.kind === "value") return found.value;
      return found.kind === "keyed" ? Object.fromEntries(found.rows) : found.items;
    },
    row(audience, name, id) {
      const found = self.view(audience).slices[name];
      return found?.kind === "keyed" ? found.rows.find(([rowId]) => rowId === id)?.[1] : undefined;
    },
    me: (personId) => engine.me(state, personId),
    bag: () => sliceOf(state, "bag"),
    coupon: () => sliceOf(state, "coupon"),
    lottery: () => sliceOf(state, "lottery"),
    seqOf(type) {
      const found = log.findLast((event) => event.type === type);
      if (!found) throw new Error(`${type} did not happen`);
      return found.seq;
    },
  };
  return self;
}

/** Folds the log anew, leanly (as replay does) from event `leanAfter` on, and expects every audience to see the same as now. */
export function expectLeanViewsEqual(played: Show, leanAfter = 0): void {
  let folded = engine.initial();
  for (const event of played.log.slice(0, leanAfter)) engine.apply(folded, event);
  folded = engine.leanCopy(folded);
  for (const event of played.log.slice(leanAfter)) engine.apply(folded, structuredClone(event));
  for (const audience of AUDIENCES) {
    expect(createView(engine, folded, audience).snapshot()).toEqual(played.view(audience));
  }
}

/** Folds the log anew and expects the same state, hot maps included. */
export function expectRebuilt(played: Show): void {
  const folded = engine.initial();
  for (const event of played.log) engine.apply(folded, structuredClone(event));
  expect(folded).toEqual(played.state);
}

function outcome({ answer, events }: Execution, back: Show): Outcome {
  const ok = () => {
    expect(answer).toMatchObject({ status: "ok" });
    return back;
  };
  return {
    answer,
    events,
    ok,
    // oxlint-disable-next-line unicorn/no-thenable -- the sentence is given, when, then; nobody awaits it
    then(...expected) {
      ok();
      const plain: AnyEvent[] = events.map(({ type, data }) => ({ type, data }));
      expect(plain).toMatchObject(expected.map(({ type, data }) => (data === undefined ? { type } : { type, data })));
      return back;
    },
    rejected(code, data) {
      expect(answer).toMatchObject(
        data === undefined ? { status: "rejected", code } : { status: "rejected", code, data },
      );
      return back;
    },
    invalid(path) {
      expect(answer.status).toBe("invalid");
      if (path !== undefined && answer.status === "invalid")
        expect(answer.issues.map((issue) => issue.path)).toContain(path);
      return back;
    },
  };
}
