import { describe, expect, it } from "vitest";
import { engine } from "#domain/ops/index.ts";
import { show, type Show } from "#tests/support/given.ts";
import { createLongShow } from "#tests/support/long-show.ts";
import { brings, person, system } from "#tests/support/signing-up.ts";
import { decodeFold, encodeFold } from "./fold-codec.ts";
import { Fold, type FoldData } from "./fold.ts";
import { assembly, piecesOf } from "./fold-pieces.ts";

const weightOf = (value: unknown): number =>
  typeof value === "object" && value !== null
    ? 1 +
      [...(value instanceof Map ? value.entries() : Object.entries(value))].flat().reduce((s, v) => s + weightOf(v), 0)
    : 1;

/** As the pieces come back from bytes: nothing of the original in them. */
function through(root: object, weightMax: number) {
  const assembled = assembly();
  const pieces = [...piecesOf(root, weightMax)];
  for (const piece of pieces) assembled.add(structuredClone(piece));
  return { back: assembled.root, pieces };
}

describe("a fold in pieces", () => {
  const root = {
    nothing: null,
    text: "文".repeat(500),
    list: Array.from({ length: 40 }, (_none, at) => (at % 7 === 0 ? Array.from({ length: 30 }, () => at) : at)),
    persons: new Map(
      Array.from({ length: 50 }, (_none, at) => [
        `p${at}`,
        at % 9 === 0 ? new Map(Array.from({ length: 60 }, (_n, key) => [key, { at }])) : { at, tags: new Set([at]) },
      ]),
    ),
    seen: new Set(Array.from({ length: 70 }, (_none, at) => `s${at}`)),
    words: Uint32Array.from({ length: 3_000 }, (_none, at) => at * 3),
    empty: { map: new Map(), list: [], words: new Uint32Array(0) },
  };

  it.each([1, 3, 20, 100, 100_000])("is the same when it is put together again, entries in their order (%i)", (max) => {
    const { back } = through(root, max);
    expect(back).toEqual(root);
    expect(JSON.stringify(back, ordered)).toBe(JSON.stringify(root, ordered));
  });

  it("has no piece that weighs much more than asked for", () => {
    const { pieces } = through(
      { big: new Map(Array.from({ length: 5_000 }, (_none, at) => [at, { a: at, b: [at] }])) },
      100,
    );
    expect(pieces.length).toBeGreaterThan(50);
    for (const { values } of pieces) expect(weightOf(values)).toBeLessThan(400);
  });

  it.each([
    ["of small pieces", (fold: Fold) => through(fold.data, 40).back as FoldData],
    ["of bytes", (fold: Fold) => decodeFold(encodeFold(fold.data))],
  ])("goes on like the one that it was made of, out %s", async (_how, again) => {
    const show = createLongShow("s1");
    const whole = new Fold(engine);
    for (const row of show.rows(1_500)) whole.add(row);
    const back = new Fold(engine, await again(whole));
    for (const row of show.rows(1_500)) {
      whole.add(row);
      back.add(row);
    }
    expect(back.state).toEqual(whole.state);
    expect(back.table.data).toEqual(whole.table.data);
  });

  it.each([40, 15_000])("[LDB2] ranks go on where they stood, out of pieces of %i", (weightMax) => {
    const log = crowded().log.map((event) => ({ ...event, commandHash: "" }));
    const half = Math.floor(log.length / 2);
    const whole = new Fold(engine);
    for (const event of log.slice(0, half)) whole.add(event);
    const back = new Fold(engine, through(whole.data, weightMax).back as FoldData);
    for (const event of log.slice(half)) for (const fold of [whole, back]) fold.add(event);
    expect(back.state).toEqual(whole.state);
  });
});

/** Some who bring some, one of them from two phones. */
function crowded(): Show {
  const played = show().live();
  for (let n = 0; n < 60; n += 1) {
    brings(played, `p${n % 7}`, `f${n}`);
    if (n % 9 === 0) played.when("signup.cancel", {}, person(`f${n}`)).ok();
    if (n === 40) played.when("person.merge", { from: "p3", into: "p5", why: "同一微信" }, system).ok();
    played.pass(700);
  }
  return played;
}

function ordered(_key: string, value: unknown): unknown {
  if (value instanceof Map || value instanceof Set) return [...value];
  return value;
}
