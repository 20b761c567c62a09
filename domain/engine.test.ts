import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createEngine, type Command } from "./engine.ts";
import { defineOp, reject, type Ctx } from "./op.ts";
import { arm, ARM_MS, FIRE_LATE_MS } from "./ops/arm.ts";
import { session } from "./ops/session.ts";
import { tape } from "./ops/tape.ts";
import { instant } from "./units.ts";

/** An op that sends something out, for what no single real op shows alone. */
const siren = defineOp({
  name: "siren",
  reads: { session },
  initial: () => ({ blown: 0, allow: true, volume: 1 }),
  events: {
    "siren.blown.v1": z.object({ words: z.string() }),
    "siren.allowed.v1": z.object({ allow: z.boolean() }),
    "siren.volumeSet.v1": z.object({ sirenId: z.string(), from: z.int(), to: z.int() }),
    "siren.answered.v1": z.object({ statuses: z.array(z.string()) }),
    "siren.heard.v1": z.object({}),
  },
  quiet: ["siren.heard.v1"],
  expects: { setVolume: z.object({ volume: z.int() }) },
  commands: {
    blow: {
      by: ["operator"],
      risk: "irreversible",
      input: z.object({ words: z.string() }),
      decide: ({ own }, { words }) =>
        own.allow ? [{ type: "siren.blown.v1", data: { words } }] : reject("siren.notAllowed"),
    },
    allow: {
      by: ["operator"],
      risk: "compensable",
      input: z.object({ allow: z.boolean() }),
      decide: (_see, { allow }) => [{ type: "siren.allowed.v1", data: { allow } }],
    },
    hear: {
      by: ["viewer"],
      risk: "compensable",
      input: z.object({}),
      decide: () => [{ type: "siren.heard.v1", data: {} }],
    },
    setVolume: {
      by: ["operator"],
      risk: "reversible",
      input: z.object({ volume: z.int() }),
      decide({ own }, { volume: to }, _ctx, expect) {
        if (expect && expect.volume !== own.volume) return reject("state.changed", { volume: own.volume });
        return [{ type: "siren.volumeSet.v1", data: { sirenId: "one", from: own.volume, to } }];
      },
    },
    both: {
      by: ["operator"],
      risk: "compensable",
      input: z.object({}),
      decide: () => [{ type: "siren.allowed.v1", data: { allow: true } }],
      then: () => [
        { type: "siren.setVolume", input: { volume: 9 } },
        { type: "siren.setVolume", input: { volume: "loud" } },
        { type: "siren.blow", input: { words: "both" } },
        { type: "session.end", input: {} },
      ],
      answered: (_see, _input, answers) => [
        { type: "siren.answered.v1", data: { statuses: answers.map(({ status }) => status) } },
      ],
    },
  },
  apply: {
    "siren.blown.v1": (own) => ({ ...own, blown: own.blown + 1 }),
    "siren.allowed.v1": (own, { allow }) => ({ ...own, allow }),
    "siren.volumeSet.v1": (own, { to }) => ({ ...own, volume: to }),
    "siren.answered.v1": (own) => own,
    "siren.heard.v1": (own) => own,
  },
  on: { "session.ended.v1": (own) => ({ ...own, allow: false }) },
  undo: {
    "siren.volumeSet.v1": ({ own }, { sirenId, from, to }) =>
      own.volume === to
        ? [{ type: "siren.volumeSet.v1", data: { sirenId, from: to, to: from } }]
        : reject("undo.superseded", { sirenId }),
  },
  undoGuards: { "session.targetsSet.v1": ({ own }) => (own.allow ? undefined : reject("siren.veto")) },
  guards: { "session.warmUp": ({ own }) => (own.allow ? undefined : reject("siren.veto")) },
});

function bench() {
  const engine = createEngine([session, arm, siren, tape]);
  const state = engine.initial();
  let now = 1_000_000;
  let ids = 0;
  const ctx = (by: string): Ctx => ({
    now: instant(now),
    realNow: instant(now),
    by,
    commandId: `c${ids}`,
    newId: () => `id${(ids += 1)}`,
    randomBytes: (size) => new Uint8Array(size),
    seal: () => "",
    open: () => new Uint8Array(),
  });
  const send = (type: string, input: unknown, more: Partial<Command> & { readonly by?: string } = {}) => {
    const parsed = engine.parse({ id: `c${(ids += 1)}`, type, input, ...more });
    return "parsed" in parsed
      ? engine.execute(state, parsed.parsed, ctx(more.by ?? "staff:ann"))
      : { answer: parsed, events: [] };
  };
  return {
    engine,
    state,
    send,
    pass: (ms: number) => (now += ms),
    due: () => engine.due(state),
    fire: () => {
      const due = engine.due(state)[0];
      if (!due) throw new Error("nothing is armed");
      return send(due.type, due.input, { by: "system" });
    },
  };
}
const codeOf = ({ answer }: { readonly answer: { readonly status: string; readonly code?: string } }) =>
  answer.code ?? answer.status;
const types = ({ events }: { readonly events: readonly { readonly type: string }[] }) => events.map(({ type }) => type);

describe("armed acts", () => {
  it("[ARM1] an irreversible act is armed for 3 s of real time and then fires once, as its sender", () => {
    const { send, fire, due, pass } = bench();
    const armed = send("siren.blow", { words: "开抢" });
    expect(types(armed)).toEqual(["arm.armed.v1"]);
    expect(armed.answer).toMatchObject({ status: "ok", result: { firesAt: 1_000_000 + ARM_MS, type: "siren.blow" } });
    expect(due()).toMatchObject([{ at: 1_000_000 + ARM_MS, clock: "real", type: "arm.fire" }]);
    pass(ARM_MS - 1);
    expect(codeOf(fire())).toBe("arm.early");
    pass(1);
    const fired = fire();
    expect(types(fired)).toEqual(["arm.fired.v1", "siren.blown.v1"]);
    expect(fired.events[0]?.data).toMatchObject({ type: "siren.blow", pressedBy: "staff:ann" });
    expect(due()).toEqual([]);
  });

  it("[ARM2] a hopeless act is refused at once, and the same act is not armed twice", () => {
    const { send } = bench();
    send("siren.allow", { allow: false });
    expect(codeOf(send("siren.blow", { words: "a" }))).toBe("siren.notAllowed");
    send("siren.allow", { allow: true });
    send("siren.blow", { words: "a" });
    expect(codeOf(send("siren.blow", { words: "a" }))).toBe("arm.already");
    expect(codeOf(send("siren.blow", { words: "b" }))).toBe("ok");
  });

  it("[ARM3] a stopped act never fires", () => {
    const { send, pass, state, due } = bench();
    const { answer } = send("siren.blow", { words: "a" });
    const armId: string = Object(answer.status === "ok" ? answer.result : {}).armId;
    expect(types(send("arm.stop", { armId }))).toEqual(["arm.stopped.v1"]);
    expect(due()).toEqual([]);
    pass(ARM_MS);
    expect(codeOf(send("arm.fire", { armId }, { by: "system" }))).toBe("arm.gone");
    expect(codeOf(send("arm.stop", { armId }))).toBe("arm.gone");
    expect(state.slices["siren"]).toMatchObject({ blown: 0 });
  });

  it("[ARM4] when the writer comes too late, it disarms with the reason and does not fire", () => {
    const { send, pass, fire, state } = bench();
    send("siren.blow", { words: "a" });
    pass(ARM_MS + FIRE_LATE_MS + 1);
    expect(fire().events).toMatchObject([{ type: "arm.disarmed.v1", data: { reason: "late" } }]);
    expect(state.slices["siren"]).toMatchObject({ blown: 0 });
  });

  it("[ARM5] what has become impossible meanwhile disarms with its code", () => {
    const { send, pass, fire } = bench();
    send("siren.blow", { words: "a" });
    send("siren.allow", { allow: false });
    pass(ARM_MS);
    expect(fire().events).toMatchObject([{ type: "arm.disarmed.v1", data: { reason: "siren.notAllowed" } }]);
  });

  it("[ARM6] one key holds everything outgoing until it is let go", () => {
    const { send, due } = bench();
    send("siren.blow", { words: "a" });
    send("siren.blow", { words: "b" });
    expect(send("arm.holdAll", {}).answer).toMatchObject({ status: "ok", result: { stopped: 2 } });
    expect(due()).toEqual([]);
    expect(codeOf(send("siren.blow", { words: "c" }))).toBe("arm.held");
    expect(send("arm.holdAll", {}).events).toEqual([]);
    send("arm.release", {});
    expect(codeOf(send("siren.blow", { words: "c" }))).toBe("ok");
  });
});

describe("tape", () => {
  it("[TAP1] records every act, but what its op calls quiet", () => {
    const { engine, state, send } = bench();
    send("siren.allow", { allow: true });
    send("siren.hear", {}, { by: "person:p" });
    send("siren.allow", { allow: true }, { by: "program:p" });
    const entries = Object(state.slices["tape"]).entries;
    expect(entries).toMatchObject([
      { seq: 1, by: "staff:ann", type: "siren.allowed.v1" },
      { seq: 3, by: "program:p", type: "siren.allowed.v1" },
    ]);
    expect(engine.commands.size).toBeGreaterThan(10);
  });

  it("[TAP2] takes back what still stands, once", () => {
    const { send, state } = bench();
    send("siren.setVolume", { volume: 5 });
    expect(types(send("tape.undo", { seq: 1 }))).toEqual(["tape.undone.v1", "siren.volumeSet.v1"]);
    expect(state.slices["siren"]).toMatchObject({ volume: 1 });
    expect(send("tape.undo", { seq: 1 }).answer).toMatchObject({
      code: "undo.alreadyUndone",
      data: { by: "staff:ann", seq: 2 },
    });
  });

  it("[TAP3] refuses what another changed since, with who and when", () => {
    const { send, pass } = bench();
    send("siren.setVolume", { volume: 5 });
    pass(1_000);
    send("siren.setVolume", { volume: 7 }, { by: "staff:bo" });
    expect(send("tape.undo", { seq: 1 }).answer).toMatchObject({
      code: "undo.superseded",
      data: { sirenId: "one", by: "staff:bo", at: 1_001_000, seq: 2 },
    });
  });

  it("[TAP4] refuses what has no way back and what is not on the tape", () => {
    const { send } = bench();
    send("siren.allow", { allow: true });
    expect(codeOf(send("tape.undo", { seq: 1 }))).toBe("undo.notReversible");
    expect(codeOf(send("tape.undo", { seq: 99 }))).toBe("undo.notOnTape");
  });

  it("[TAP4] taking back can itself be taken back", () => {
    const { send, state } = bench();
    send("siren.setVolume", { volume: 5 });
    send("tape.undo", { seq: 1 });
    expect(codeOf(send("tape.undo", { seq: 3 }))).toBe("ok");
    expect(state.slices["siren"]).toMatchObject({ volume: 5 });
  });
});

describe("engine", () => {
  it("[ENG1] a malformed command says where and changes nothing", () => {
    const { send, state } = bench();
    expect(send("siren.nothing", {}).answer).toMatchObject({ issues: [{ path: "type", code: "command.unknown" }] });
    expect(send("siren.blow", {}).answer).toMatchObject({ status: "invalid", issues: [{ path: "input.words" }] });
    const expect1 = send("siren.setVolume", { volume: 1 }, { expect: { volume: "loud" } });
    expect(expect1.answer).toMatchObject({ status: "invalid", issues: [{ path: "expect.volume" }] });
    expect(state.seq).toBe(0);
  });

  it("[ENG2] a stale screen is refused with what is true now", () => {
    const { send } = bench();
    send("siren.setVolume", { volume: 5 }, { expect: { volume: 1 } });
    const stale = send("siren.setVolume", { volume: 5 }, { expect: { volume: 1 } });
    expect(stale.answer).toEqual({ status: "rejected", code: "state.changed", data: { volume: 5 } });
  });

  it("[ENG3] commands of a command run after it, each with its own answer, all under its id", () => {
    const { send, state } = bench();
    const done = send("siren.both", {});
    expect(types(done)).toEqual(["siren.allowed.v1", "siren.volumeSet.v1", "arm.armed.v1", "siren.answered.v1"]);
    expect(done.events.at(-1)?.data).toEqual({ statuses: ["ok", "invalid", "ok", "rejected"] });
    expect(new Set(done.events.map(({ commandId }) => commandId)).size).toBe(1);
    expect(done.answer).toMatchObject({ status: "ok", seq: state.seq });
  });

  it("[ENG4] another op may veto a command, after the command's own rule", () => {
    const { send } = bench();
    send("siren.allow", { allow: false });
    expect(codeOf(send("session.warmUp", {}))).toBe("siren.veto");
    send("siren.allow", { allow: true });
    expect(codeOf(send("session.warmUp", {}))).toBe("ok");
    send("siren.allow", { allow: false });
    expect(codeOf(send("session.warmUp", {}))).toBe("session.notPlanned");
  });

  it("[ENG4] another op may veto taking an event back", () => {
    const { send } = bench();
    const [set] = send("session.setTargets", { paidFen: 1, audience: null, reservations: null, orders: null }).events;
    send("siren.allow", { allow: false });
    expect(codeOf(send("tape.undo", { seq: set?.seq }))).toBe("siren.veto");
    send("siren.allow", { allow: true });
    expect(codeOf(send("tape.undo", { seq: set?.seq }))).toBe("ok");
  });

  it("[ENG5] time never runs back in a log, and seqs have no gap", () => {
    const { send, pass, engine, state } = bench();
    send("siren.allow", { allow: true });
    pass(-5_000);
    const [event] = send("siren.allow", { allow: true }).events;
    expect(event?.at).toBe(1_000_000);
    if (event) expect(() => engine.apply(state, { ...event, seq: 9 })).toThrow("does not follow");
  });

  it("[ENG6] a registry with an event twice, an unknown fold or an unknown guard does not start", () => {
    expect(() => createEngine([session, session])).toThrow("defined twice");
    expect(() => createEngine([siren])).toThrow("no op defines");
  });
});
