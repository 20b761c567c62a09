import { setImmediate as idle } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { createEngine } from "#domain/engine.ts";
import { defineOp } from "#domain/op.ts";
import { session } from "#domain/ops/session.ts";
import { Instant, instant } from "#domain/units.ts";
import { create, openShow, operator, retitle, SHOW, START, type LiveShow } from "#tests/support/live-show.ts";

/** What becomes of a batch that was decided on top of one that is being stored, when that one does not end well. */

const alarm = defineOp({
  name: "alarm",
  initial: () => ({ at: null as Instant | null }),
  events: { "alarm.set.v1": z.object({ at: Instant.nullable() }) },
  commands: {
    set: {
      by: ["operator"],
      risk: "compensable",
      input: z.object({ at: Instant.nullable() }),
      decide: (_see, input) => [{ type: "alarm.set.v1", data: input }],
    },
  },
  apply: { "alarm.set.v1": (_own, { at }) => ({ at }) },
  due: ({ at }) =>
    at === null ? [] : [{ at, clock: "show", id: `ring:${at}`, type: "alarm.set", input: { at: null } }],
});
const rules = createEngine([session, alarm]);

afterEach(() => void vi.useRealTimers());

/** A show with one batch that is being stored, whose store does with it as told, and others decided on top of it. */
async function twoInHand(fate: "held" | "refused" = "held") {
  const show = await openShow({ rules });
  await show.session.send(create(), operator);
  await idle();
  show.store.plan(fate);
  const first = show.session.send(retitle("first"), operator);
  await show.store.whenHeld();
  const ahead = [retitle("a"), retitle("b")].map((one) => show.session.send(one, operator));
  await turn();
  return { show, first, ahead };
}

async function turn(): Promise<void> {
  await idle();
  await idle();
}
const seqs = (show: LiveShow) => show.memory.events(SHOW).map(({ seq }) => seq);
const bug = { id: "bug", type: "session.edit", input: null };

describe("the end, with one batch being stored and one decided on top", () => {
  it("acks what is stored all the same, and stores nothing of the other", async () => {
    const { show, first, ahead } = await twoInHand();
    show.session.end("fenced");
    await show.store.letThrough();
    expect(await first).toEqual({ status: "ok", seq: 2 });
    expect((await Promise.all(ahead)).map(({ status }) => status)).toEqual(["retry", "retry"]);
    expect(seqs(show)).toEqual([1, 2]);
  });

  it("answers those whose batch is refused only after the end", async () => {
    const { show, first, ahead } = await twoInHand();
    show.store.plan("refused");
    await show.store.letThrough();
    await first;
    await show.store.whenHeld();
    const closed = show.session.close(10);
    await closed;
    await show.store.letThrough();
    expect((await Promise.all(ahead)).map(({ status }) => status)).toEqual(["retry", "retry"]);
    expect(seqs(show)).toEqual([1, 2]);
  });

  it("stores both when there is time to close", async () => {
    const { show, first, ahead } = await twoInHand();
    const closed = show.session.close(2_000);
    await show.store.letThrough();
    await closed;
    expect(await Promise.all([first, ...ahead])).toEqual([2, 3, 4].map((seq) => ({ status: "ok", seq })));
  });
});

describe("a bug in what is decided ahead", () => {
  it("fails alone; what was decided before it, and what came after it, is stored", async () => {
    const { show, first, ahead } = await twoInHand();
    const failed = expect(show.session.send(bug, operator)).rejects.toThrow("failed");
    const after = show.session.send(retitle("after"), operator);
    await turn();
    await show.store.letThrough();
    await failed;
    expect(await Promise.all([first, ...ahead, after])).toEqual([2, 3, 4, 5].map((seq) => ({ status: "ok", seq })));
  });

  it("fails alone also when the batch below is refused", async () => {
    const { show, first, ahead } = await twoInHand("refused");
    const failed = [first, show.session.send(bug, operator)].map((one) => expect(one).rejects.toThrow());
    await turn();
    await show.store.letThrough();
    await Promise.all(failed);
    expect(await Promise.all(ahead)).toEqual([2, 3].map((seq) => ({ status: "ok", seq })));
    expect(await show.session.read(({ seq }) => seq)).toBe(3);
  });
});

describe("a database that is away for long", () => {
  it("tells both batches to come back, stores both once it is back, and knows them when they come", async () => {
    const { show, first, ahead } = await twoInHand();
    // The stall is noticed by a timer that ran already; another batch is held under timers that the test moves.
    await show.store.letThrough();
    await Promise.all([first, ...ahead]);
    await idle();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    show.store.plan("held");
    const sent = [show.session.send(retitle("c", "c"), operator)];
    await show.store.whenHeld();
    sent.push(show.session.send(retitle("d", "d"), operator), show.session.send(retitle("e", "e"), operator));
    await turn();
    vi.advanceTimersByTime(30_000);
    expect((await Promise.all(sent)).map(({ status }) => status)).toEqual(["retry", "retry", "retry"]);
    await expect(show.session.read(() => 0)).rejects.toThrow("busy");
    await show.store.letThrough();
    vi.useRealTimers();
    await expect.poll(() => show.session.read(({ seq }) => seq).catch(() => 0)).toBe(7);
    const again = ["c", "d", "e"].map((id) => show.session.send(retitle(id, id), operator));
    expect(await Promise.all(again)).toEqual([5, 6, 7].map((seq) => ({ status: "ok", seq })));
    expect(seqs(show)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});

describe("what falls due", () => {
  it("is told as of the last commit, whatever is being stored or decided ahead", async () => {
    const { show, first, ahead } = await twoInHand();
    const at = instant(START + 60_000);
    const set = show.session.send({ id: "set", type: "alarm.set", input: { at } }, operator);
    await turn();
    expect(show.session.dueAt).toBeNull();
    await show.store.letThrough();
    await Promise.all([first, ...ahead, set]);
    await idle();
    expect(show.session.dueAt).toBe(at);
    show.store.plan("held");
    const unset = show.session.send({ id: "unset", type: "alarm.set", input: { at: null } }, operator);
    await show.store.whenHeld();
    expect(show.session.dueAt).toBe(at);
    await show.store.letThrough();
    await unset;
    await idle();
    expect(show.session.dueAt).toBeNull();
  });
});

describe("a storm that never ends", () => {
  it("lets a read through after two batches at most", async () => {
    const { show, first } = await twoInHand();
    let storming = true;
    const storm = (async () => {
      for (let n = 0; storming; n += 1) {
        void show.session.send(retitle(`s${n}`), operator);
        await idle();
      }
    })();
    await show.store.letThrough();
    await first;
    for (let n = 0; n < 20; n += 1) {
      const before = show.store.sent.length;
      await show.session.read(() => undefined);
      expect(show.store.sent.length - before).toBeLessThanOrEqual(2);
    }
    storming = false;
    await storm;
  });
});
