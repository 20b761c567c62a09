import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectLeanViewsEqual, expectRebuilt, show, START, type Show } from "#tests/support/given.ts";
import { shopping } from "#tests/support/shopping.ts";
import { coveredMs, gapsIn } from "./air-time.ts";
import { explainedMs } from "./metrics/figure.ts";
import { elapsedMs, measuredLengths } from "./rundown-clock.ts";
import { instant } from "./units.ts";
import type { RoundRow } from "./metrics/rounds.ts";
import type { Cue } from "./cue.ts";

const MINUTE = 60_000;
const program = { by: "program:shop" };

const rows = <T>(played: Show, slice: string): T[] => Object.values(Object(played.slice("control", slice)));
const rounds = (played: Show) => rows<RoundRow>(played, "roundFigures");
const cueOf = (played: Show, cueId: string) => Object(played.row("control", "cues", cueId)) as Cue;
const explained = (played: Show) => Object(played.slice("control", "figures")).explained;

function sold(played: Show, minute: number, fen: number): void {
  const paidAt = START + minute * MINUTE;
  const line = { lineId: "a", productId: "P1", skuId: null, units: 1, paidFen: fen };
  const order = {
    orderId: `o${minute}`,
    sourceUpdatedAt: paidAt,
    status: "paid",
    placedAt: paidAt,
    paidAt,
    lines: [line],
  };
  played.send("order.record", order, program).ok();
}

describe("interrupted", () => {
  it("[FIG14] minutes in which the stream was down are no explain minutes, and their sales belong to no round", () => {
    const { played, coat } = shopping();
    played.when("bag.explain", { productId: coat }).ok();
    played
      .pass(4 * MINUTE)
      .when("session.interrupt", {})
      .ok();
    expect(explained(played)).toMatchObject({ closedMs: 4 * MINUTE, openSince: null });
    played
      .pass(6 * MINUTE)
      .when("session.resume", {})
      .ok();
    expect(explained(played)).toMatchObject({ closedMs: 4 * MINUTE, openSince: START + 10 * MINUTE });
    played.pass(2 * MINUTE);
    for (const [minute, fen] of [
      [3, 100],
      [5, 10_000],
      [11, 1_000],
    ] as const)
      sold(played, minute, fen);
    expect(rounds(played)).toMatchObject([{ from: START, to: null, paidFen: 1_100 }]);
    expect(explainedMs(rounds(played), played.now)).toBe(6 * MINUTE);
    expectLeanViewsEqual(played);
    expectRebuilt(played);
  });

  it("[FIG14] one that is told late takes its minutes from rounds that are over, too", () => {
    const { played, coat, scarf } = shopping();
    played.when("bag.explain", { productId: coat }).ok();
    sold(played, 3, 500);
    played
      .pass(4 * MINUTE)
      .when("bag.explain", { productId: scarf })
      .ok();
    played
      .pass(2 * MINUTE)
      .when("session.interrupt", { ago: 4 * MINUTE })
      .ok();
    played
      .pass(1 * MINUTE)
      .when("session.resume", {})
      .ok();
    expect(rounds(played)).toMatchObject([
      { gaps: [{ from: START + 2 * MINUTE, to: START + 4 * MINUTE }], paidFen: 0 },
      { gaps: [{ from: START + 4 * MINUTE, to: START + 7 * MINUTE }] },
    ]);
    expect(explained(played)).toMatchObject({ paidFen: 0, closedMs: 2 * MINUTE, openSince: START + 7 * MINUTE });
    expectRebuilt(played);
  });

  it("[RUN17] the clock of the cue stands still, also of one that is taken meanwhile and of one that is gone back to", () => {
    const played = show();
    played.send("rundown.setCues", { cues: ["a", "b"].map((cueId) => ({ cueId, kind: "talk", title: cueId })) }).ok();
    played.live().when("rundown.take", {}).ok();
    played
      .pass(2 * MINUTE)
      .when("session.interrupt", {})
      .ok();
    played
      .pass(3 * MINUTE)
      .when("rundown.take", {})
      .ok();
    expect(played.slice("host", "hostRundown")).toMatchObject({ current: { gaps: [{ from: played.now, to: null }] } });
    played
      .pass(1 * MINUTE)
      .when("session.resume", {})
      .ok()
      .pass(MINUTE);
    expect([elapsedMs(cueOf(played, "a"), played.now), elapsedMs(cueOf(played, "b"), played.now)]).toEqual([
      2 * MINUTE,
      MINUTE,
    ]);
    expect(measuredLengths([cueOf(played, "a")])).toMatchObject([{ actualMs: 2 * MINUTE }]);
    played.send("tape.undo", { seq: played.log.findLast(({ type }) => type === "rundown.taken.v1")?.seq }).ok();
    expect(elapsedMs(cueOf(played, "a"), played.now)).toBe(3 * MINUTE);
    expectLeanViewsEqual(played);
    expectRebuilt(played);
  });
});

describe("an end that is set right", () => {
  function ended(): Show & { coat: string } {
    const { played, coat } = shopping();
    played.send("rundown.addCue", { cue: { cueId: "last", kind: "talk", title: "last" } }).ok();
    played.when("rundown.take", {}).ok().when("bag.explain", { productId: coat }).ok();
    played.pass(10 * MINUTE);
    for (const [minute, fen] of [
      [3, 100],
      [8, 1_000],
    ] as const)
      sold(played, minute, fen);
    return Object.assign(played.when("session.end", {}).ok(), { coat });
  }
  const to = (played: Show & { coat: string }) => ({
    bag: played.bag().products.get(played.coat)?.rounds.at(-1)?.to,
    figures: rounds(played).at(-1)?.to,
    paidFen: rounds(played).at(-1)?.paidFen,
    cue: cueOf(played, "last").to,
  });
  const at = (minute: number, paidFen: number) => {
    const end = START + minute * MINUTE;
    return { bag: end, figures: end, paidFen, cue: end };
  };

  it("[BAG18] [FIG15] [RUN18] moves the end of the round and of the cue that it cut, and back again", () => {
    const played = ended();
    expect(to(played)).toEqual(at(10, 1_100));
    played
      .pass(MINUTE)
      .when("session.correctTimes", { endedAt: instant(START + 5 * MINUTE) })
      .ok();
    expect(to(played)).toEqual(at(5, 100));
    expect(explained(played)).toMatchObject({ paidFen: 100, closedMs: 5 * MINUTE, openSince: null });
    expectRebuilt(played);
    played.send("tape.undo", { seq: played.seqOf("session.timesCorrected.v1") }).ok();
    expect(to(played)).toEqual(at(10, 1_100));
    expectLeanViewsEqual(played);
    expectRebuilt(played);
  });

  it("[BAG18] leaves a round alone that a hand had ended before, but no minute after the end counts (FIG14)", () => {
    const { played, coat } = shopping();
    played
      .when("bag.explain", { productId: coat })
      .ok()
      .pass(4 * MINUTE)
      .when("bag.endExplain", {})
      .ok();
    played.pass(MINUTE).when("session.end", {}).ok();
    played.when("session.correctTimes", { endedAt: instant(START + 3 * MINUTE) }).ok();
    expect(played.bag().products.get(coat)?.rounds.at(-1)?.to).toBe(START + 4 * MINUTE);
    expect(explained(played)).toMatchObject({ closedMs: 3 * MINUTE });
  });

  it("[BAG18] a round never ends before it began, and an end told late ends both at the second of the show's", () => {
    const { played, coat } = shopping();
    played.when("session.interrupt", {}).ok().pass(MINUTE).when("session.resume", {}).ok();
    played.when("bag.explain", { productId: coat, ago: MINUTE }).ok().pass(10_000);
    played.when("session.end", { ago: 60_000 }).ok();
    expect(played.bag().products.get(coat)?.rounds.at(-1)?.to).toBe(START + MINUTE);
    played.when("session.correctTimes", { startedAt: instant(START - MINUTE), endedAt: instant(START - 1) }).ok();
    expect(played.bag().products.get(coat)?.rounds.at(-1)?.to).toBe(START);
  });
});

describe("any course of a show", () => {
  const Steps = fc.array(
    fc.record({
      act: fc.constantFrom(
        "explain",
        "explain",
        "endExplain",
        "interrupt",
        "resume",
        "take",
        "end",
        "reopen",
        "correct",
        "undo",
      ),
      gap: fc.integer({ min: 0, max: 40 }),
      ago: fc.constantFrom(0, 0, 10, 30),
      pick: fc.nat(),
    }),
    { maxLength: 25 },
  );

  function play(steps: Parameters<typeof course>[1]): Show {
    const { played, coat, scarf } = shopping();
    const cues = Array.from({ length: 8 }, (_none, n) => ({ cueId: `c${n}`, kind: "talk", title: `c${n}` }));
    for (const cue of cues) played.send("rundown.addCue", { cue }).ok();
    course(played, steps, [coat, scarf]);
    return played;
  }

  function course(
    played: Show,
    steps: readonly { act: string; gap: number; ago: number; pick: number }[],
    products: readonly string[],
  ): void {
    for (const { act, gap, ago: seconds, pick } of steps) {
      played.pass(gap * 1_000);
      const ago = seconds * 1_000;
      if (act === "explain") played.send("bag.explain", { productId: products[pick % products.length], ago });
      else if (act === "endExplain") played.send("bag.endExplain", { ago });
      else if (act === "take") played.send("rundown.take", { ago });
      else if (act === "reopen") played.send("session.reopen", {});
      else if (act === "undo") played.send("tape.undo", { seq: 1 + (pick % played.log.length) });
      else if (act === "correct") played.send("session.correctTimes", { endedAt: played.now - (pick % 60) * 1_000 });
      else played.send(`session.${act}`, { ago });
      if (pick % 4 === 0) sold(played, (played.now - START) / MINUTE, 100);
    }
  }

  it("[FIG14] [RUN17] the live fold, the lean fold and the rebuilt one agree, and each second counts as the session says", () => {
    fc.assert(
      fc.property(Steps, (steps) => {
        const played = play(steps);
        expectLeanViewsEqual(played);
        expectRebuilt(played);
        const { interruptions, endedAt } = Object(played.slice("control", "session"));
        const isOff = (at: number) =>
          (endedAt !== null && at >= endedAt) ||
          interruptions.some((gap: { from: number; to: number | null }) => at >= gap.from && at < (gap.to ?? Infinity));
        // Second by second, against the session's own word.
        const counted = (from: number, to: number | null): number => {
          let ms = 0;
          for (let at = from; at < (to ?? played.now); at += 1_000) if (!isOff(at)) ms += 1_000;
          return ms;
        };
        for (const row of rounds(played)) expect(explainedMs([row], played.now)).toBe(counted(row.from, row.to));
        for (const cue of rows<Cue>(played, "cues"))
          if (cue.from !== null) expect(elapsedMs(cue, played.now)).toBe(counted(cue.from, cue.to));
      }),
      { seed: 20_261_111, numRuns: 150 },
    );
  });

  it("[RUN17] gaps lie within their span, in order and apart", () => {
    const air = {
      interruptions: [
        { from: instant(10), to: instant(20) },
        { from: instant(30), to: instant(40) },
      ],
      endedAt: instant(35),
    };
    expect(gapsIn({ from: instant(15), to: null }, air)).toEqual([
      { from: 15, to: 20 },
      { from: 30, to: 40 },
      { from: 40, to: null },
    ]);
    expect(gapsIn({ from: instant(0), to: instant(33) }, air)).toEqual([
      { from: 10, to: 20 },
      { from: 30, to: 33 },
    ]);
    expect(gapsIn({ from: instant(21), to: instant(29) }, air)).toEqual([]);
    expect(
      coveredMs(
        [
          { from: 5, to: 9 },
          { from: 0, to: 6 },
          { from: 20, to: null },
        ],
        2,
        30,
      ),
    ).toBe(17);
  });
});
