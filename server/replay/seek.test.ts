import fc from "fast-check";
import { expect, test } from "vitest";
import type { EventLogReader } from "#db/event-log-reader.ts";
import type { StoredEvent } from "#domain/event.ts";
import { AUDIENCES, type Json } from "#domain/op.ts";
import { engine } from "#domain/ops/index.ts";
import { applyFrame, applySnapshot, type StoredSlice } from "#domain/view-store.ts";
import { createView } from "#domain/views.ts";
import type { Snapshot } from "#domain/wire.ts";
import { show, START } from "#tests/support/given.ts";
import { createSeek } from "./seek.ts";

/** A show of some hours with everything in it that folds: products, prices, orders that change, samples, cues, undo. */
function recordedLog(): readonly StoredEvent[] {
  const room = show().live();
  const sheet = Array.from({ length: 8 }, (_, index) => ({
    linkNo: index + 1,
    platformId: `P${index}`,
    name: `示例 ${index}`,
    skus: [{ platformId: `S${index}`, name: "默认", liveFen: 9_900, sellable: 500, pool: 100 }],
  }));
  room.when("bag.applySheet", { products: sheet });
  const products = [...Object(room.state.slices["bag"]).products.keys()] as string[];
  for (let minute = 0; minute < 90; minute += 1) {
    const productId = products[minute % products.length] ?? "";
    const skuId = `S${minute % products.length}`;
    room.when("bag.explain", { productId });
    room.when("bag.openSale", { productId });
    if (minute % 7 === 3) room.when("tape.undo", { seq: room.state.seq });
    for (let n = 0; n < 60; n += 1) {
      const at = room.now;
      const order = {
        orderId: `o${minute}-${n}`,
        sourceUpdatedAt: at,
        placedAt: at,
        status: n % 3 === 0 ? "placed" : "paid",
      } as const;
      const line = { lineId: "1", productId: `P${minute % 8}`, skuId, units: 1, paidFen: 9_900 };
      room.when("order.record", { ...order, ...(order.status === "paid" ? { paidAt: at } : {}), lines: [line] });
      if (n % 20 === 0)
        room.when("audience.sample", {
          source: "simulator",
          sampleId: `m${minute}-${n}`,
          at,
          online: 100 + n,
          entered: 3,
        });
      room.pass(1_000);
    }
  }
  return room.log;
}

const log = recordedLog();
const reader: EventLogReader = {
  async read(_sessionId, { after, untilAt = Infinity, upTo = Infinity }, onChunk) {
    const events = log.filter(({ seq, at }) => seq > after && seq <= upTo && at <= untilAt);
    for (let from = 0; from < events.length; from += 997) await onChunk(events.slice(from, from + 997));
  },
  close: () => Promise.resolve(),
};

function asItWas(until: number) {
  const state = engine.initial();
  for (const event of log) if (event.at <= until) engine.apply(state, event);
  return state;
}

const end = log.at(-1)?.at ?? START;
const moment = fc.integer({ min: START - 1_000, max: end + 1_000 });

test("any moment is shown as it was then, to every audience", async () => {
  expect(log.length).toBeGreaterThan(5_000);
  const seek = createSeek(engine, reader);
  await fc.assert(
    fc.asyncProperty(moment, fc.constantFrom(...AUDIENCES), async (at, audience) => {
      const shown = await seek.viewAt("show", audience, at);
      const was = asItWas(at);
      expect(shown?.seq).toBe(was.seq);
      expect(shown?.slices).toEqual(createView(engine, was, audience).snapshot().slices);
    }),
    { numRuns: 40 },
  );
});

test("a stretch that is played ends where a jump to its end lands", async () => {
  const seek = createSeek(engine, reader);
  await fc.assert(
    fc.asyncProperty(moment, fc.integer({ min: 1_000, max: 180_000 }), async (from, length) => {
      const to = from + length;
      const played = await seek.windowAt("show", "control", { from, to, stepMs: 1_000 });
      const jumped = await seek.viewAt("show", "control", to);
      if (!played || !jumped) throw new Error("nothing was shown");
      let view = applySnapshot(played.snapshot);
      for (const frame of played.frames) {
        const result = applyFrame(view, frame);
        if (result.status === "gap") throw new Error("a frame was lost");
        view = result.view;
      }
      const wanted = applySnapshot(jumped);
      expect(view.seq).toBe(wanted.seq);
      for (const [name, slice] of Object.entries(wanted.slices)) {
        // A played list may still hold what a fresh one has cut off at its head.
        if (slice.kind !== "appended") expect(view.slices[name]).toEqual(slice);
      }
    }),
    { numRuns: 30 },
  );
});

test("a show that goes on is followed from where the last question stopped", async () => {
  let known = 2_000;
  const growing: EventLogReader = {
    read: async (_sessionId, { after, untilAt }, onChunk) =>
      onChunk(log.slice(after, known).filter(({ at }) => untilAt === undefined || at <= untilAt)),
    close: () => Promise.resolve(),
  };
  const seek = createSeek(engine, growing);
  expect((await seek.viewAt("show", "control", end))?.seq).toBe(2_000);
  known = 3_000;
  expect((await seek.viewAt("show", "control", end))?.seq).toBe(3_000);
});

test("a moment before the first event is that of the empty show, and only a part of the log was read for an early one", async () => {
  let read = 0;
  const counting: EventLogReader = {
    read: (sessionId, range, onChunk) =>
      reader.read(sessionId, range, (events) => {
        read += events.length;
        return onChunk(events);
      }),
    close: () => Promise.resolve(),
  };
  const seek = createSeek(engine, counting);
  expect((await seek.viewAt("show", "review", START - 60_000))?.seq).toBe(0);
  await seek.viewAt("show", "review", START + 60_000);
  expect(read).toBeLessThan(log.length / 2);
});

/** What a screen of the control room, of the host and of a reviewer would have got, frame by frame, while the show ran. */
test("the review at any moment says what was sent to the control room then, and the host's board what was sent to the host", async () => {
  const state = engine.initial();
  const screens = (["control", "review", "host"] as const).map((audience) => {
    const view = createView(engine, state, audience);
    return { audience, view, sent: applySnapshot(view.snapshot()) };
  });
  const seek = createSeek(engine, reader);
  let index = 0;
  for (let at = START; at <= end; at += 313_000) {
    for (let event = log[index]; event && event.at <= at; event = log[(index += 1)]) engine.apply(state, event);
    for (const screen of screens) {
      const frame = screen.view.frame();
      if (!frame) continue;
      const next = applyFrame(screen.sent, frame);
      if (next.status === "gap") throw new Error("a frame was lost");
      screen.sent = next.view;
    }
    const [control, , host] = screens;
    const review = applySnapshot(shown(await seek.viewAt("show", "review", at)));
    const board = applySnapshot(shown(await seek.viewAt("show", "host", at)));
    for (const [name, slice] of Object.entries(review.slices)) {
      const sent = control?.sent.slices[name];
      // A list that was followed may hold more of its head; what only a review has was sent to nobody.
      if (sent && slice.kind !== "appended") expect(slice, `${name} at ${at}`).toEqual(asReviewed(name, sent));
    }
    for (const [name, slice] of Object.entries(board.slices)) {
      if (slice.kind !== "appended") expect(slice, `${name} at ${at}`).toEqual(host?.sent.slices[name]);
    }
  }
});

/** Decisions on invites are listed where somebody may take one back: in no review. */
function asReviewed(name: string, slice: StoredSlice): StoredSlice {
  if (name !== "invites" || slice.kind !== "value") return slice;
  const { latest: _latest, ...told } = Object(slice.value) as { readonly [field: string]: Json };
  return { ...slice, value: told };
}

function shown(snapshot: Snapshot | undefined): Snapshot {
  if (!snapshot) throw new Error("nothing was shown");
  return snapshot;
}

test("an unknown show has no past", async () => {
  const nothing: EventLogReader = { read: () => Promise.resolve(), close: () => Promise.resolve() };
  expect(await createSeek(engine, nothing).viewAt("none", "control", end)).toBeUndefined();
});
