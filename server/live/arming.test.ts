import { setImmediate as idle } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { createEngine } from "#domain/engine.ts";
import { defineOp, reject } from "#domain/op.ts";
import { arm, ARM_MS, FIRE_LATE_MS } from "#domain/ops/arm.ts";
import { session } from "#domain/ops/session.ts";
import { tape } from "#domain/ops/tape.ts";
import { Instant, instant } from "#domain/units.ts";
import { create, openShow, operator, SHOW, START, type LiveShow } from "#tests/support/live-show.ts";

let asked = 0;

/** `pace`: not a date, only a limit of how often. */
const Alarm = z.object({ at: Instant, pace: z.boolean().default(false) });

/** An op that sends something which can't be taken back, and one thing that falls due by the show's clock. */
const horn = defineOp({
  name: "horn",
  initial: () => ({ blown: 0, alarmAt: null as Instant | null, isPace: false }),
  events: { "horn.blown.v1": z.object({}), "horn.set.v1": Alarm, "horn.rang.v1": z.object({}) },
  commands: {
    blow: {
      by: ["operator"],
      risk: "irreversible",
      input: z.object({}),
      decide: () => [{ type: "horn.blown.v1", data: {} }],
    },
    set: {
      by: ["operator"],
      risk: "reversible",
      input: Alarm,
      decide: (_see, input) => [{ type: "horn.set.v1", data: input }],
    },
    ring: {
      by: ["system"],
      risk: "compensable",
      input: z.object({}),
      decide(see) {
        asked += 1;
        return (see.own.alarmAt ?? 0) % 2 === 1 ? reject("horn.broken") : [{ type: "horn.rang.v1", data: {} }];
      },
    },
  },
  apply: {
    "horn.blown.v1": (own) => ({ ...own, blown: own.blown + 1 }),
    "horn.set.v1": (own, { at, pace }) => ({ ...own, alarmAt: at, isPace: pace }),
    "horn.rang.v1": (own) => ({ ...own, alarmAt: null }),
  },
  due: ({ alarmAt, isPace }) =>
    alarmAt === null
      ? []
      : [{ at: alarmAt, clock: isPace ? "pace" : "show", id: `ring:${alarmAt}`, type: "horn.ring", input: {} }],
});

const rules = createEngine([session, arm, horn, tape]);
const types = (show: LiveShow) => show.memory.events(SHOW).map(({ type }) => type);

/** Timers and the wall clock run together, by `advance`. */
async function advance(show: LiveShow, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 100) {
    show.wall += Math.min(100, left);
    await vi.advanceTimersByTimeAsync(Math.min(100, left));
  }
}

async function armed(): Promise<{ show: LiveShow; armId: string }> {
  const show = await openShow({ rules });
  await show.session.send(create(), operator);
  const answer = await show.session.send({ id: "blow", type: "horn.blow", input: {} }, operator);
  if (answer.status !== "ok") throw new Error(JSON.stringify(answer));
  const { armId } = z.object({ armId: z.string() }).parse(answer.result);
  return { show, armId };
}

beforeEach(
  () =>
    void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] }),
);
afterEach(() => void vi.useRealTimers());

describe("what falls due", () => {
  it("fires an armed act once, 3 s after it was armed", async () => {
    const { show } = await armed();
    await advance(show, ARM_MS - 100);
    expect(types(show)).toEqual(["session.created.v1", "arm.armed.v1"]);
    await advance(show, 200);
    expect(types(show).slice(2)).toEqual(["arm.fired.v1", "horn.blown.v1"]);
    await advance(show, 60_000);
    expect(types(show)).toHaveLength(4);
  });

  it("never fires an act that was stopped", async () => {
    const { show, armId } = await armed();
    await advance(show, 1_000);
    await show.session.send({ id: "stop", type: "arm.stop", input: { armId } }, operator);
    await advance(show, 60_000);
    expect(types(show).slice(2)).toEqual(["arm.stopped.v1"]);
  });

  it("disarms an act for which the writer was away, and never fires it late", async () => {
    const { show } = await armed();
    show.session.end("fenced");
    show.wall += ARM_MS + FIRE_LATE_MS + 1;
    const next = await show.again();
    await vi.advanceTimersByTimeAsync(50);
    await idle();
    expect(show.memory.events(SHOW).at(-1)).toMatchObject({ type: "arm.disarmed.v1", data: { reason: "late" } });
    await advance(next, 60_000);
    expect(types(show)).toHaveLength(3);
  });

  it("still fires in time when another writer took over meanwhile", async () => {
    const { show } = await armed();
    await advance(show, 1_000);
    show.session.end("fenced");
    const next = await show.again();
    await advance(next, ARM_MS);
    expect(types(show).slice(2)).toEqual(["arm.fired.v1", "horn.blown.v1"]);
  });

  it("waits as long as the wall clock says when that was set back", async () => {
    const { show } = await armed();
    show.wall -= 10_000;
    await advance(show, ARM_MS + 1_000);
    expect(types(show)).toHaveLength(2);
    await advance(show, 10_000);
    expect(types(show).slice(2)).toEqual(["arm.fired.v1", "horn.blown.v1"]);
  });

  it("goes by the steps of a rehearsal, not by the wall clock", async () => {
    const show = await openShow({ rules });
    await show.session.send(create(true), operator);
    await show.session.stepClock(START + 1_000);
    await show.session.send({ id: "set", type: "horn.set", input: { at: instant(START + 5_000) } }, operator);
    await advance(show, 20_000);
    expect(types(show)).toHaveLength(2);
    await show.session.stepClock(START + 5_000);
    await vi.advanceTimersByTimeAsync(10);
    expect(show.memory.events(SHOW).at(-1)).toMatchObject({ type: "horn.rang.v1", at: START + 5_000, by: "system" });
  });

  it("does not wait for a rehearsal's clock that stands with what only holds a pace", async () => {
    const show = await openShow({ rules });
    await show.session.send(create(true), operator);
    await show.session.stepClock(START + 1_000);
    await show.session.send(
      { id: "set", type: "horn.set", input: { at: instant(START + 2_000), pace: true } },
      operator,
    );
    await advance(show, 900);
    expect(types(show)).toHaveLength(2);
    await advance(show, 200);
    expect(show.memory.events(SHOW).at(-1)).toMatchObject({ type: "horn.rang.v1", at: START + 1_000 });
  });

  it("keeps no timer while nothing falls due", async () => {
    const show = await openShow({ rules });
    await show.session.send(create(), operator);
    await vi.advanceTimersByTimeAsync(10);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("asks a refused due again later and later, without spinning", async () => {
    const show = await openShow({ rules });
    await show.session.send(create(), operator);
    const stubborn = instant(START + 1_000 + 1);
    await show.session.send({ id: "set", type: "horn.set", input: { at: stubborn } }, operator);
    asked = 0;
    await advance(show, 120_000);
    expect(asked).toBeGreaterThan(3);
    expect(asked).toBeLessThan(10);
    expect(types(show)).toHaveLength(2);
  });
});
