import { expect, test } from "vitest";
import { engine } from "#domain/ops/index.ts";
import zhCN from "../strings/zh-CN.json";
import {
  fieldOf,
  pricesAfter,
  pricesSet,
  tapePath,
  toldLateMs,
  undoneSeqs,
  UNDOABLE,
  unitsIn,
  UNSHOWN,
} from "./tape-entry.ts";

const onTape = engine.ops.flatMap((op) => Object.keys(op.events).filter((type) => !op.quiet?.includes(type)));

test("what can be undone is what the rules have a way back for", () => {
  const ways = engine.ops.flatMap((op) => Object.keys(op.undo ?? {}));
  expect([...UNDOABLE].toSorted()).toEqual(ways.toSorted());
});

test("every event that comes onto the tape has words", () => {
  const silent = onTape.filter((type) => {
    if (UNSHOWN.has(type)) return false;
    const words = tapePath(type, {}).reduce<unknown>((node, key) => fieldOf(node, key), zhCN.tape);
    return (
      typeof words !== "string" &&
      typeof fieldOf(words, "other") !== "string" &&
      typeof fieldOf(words, "on") !== "string"
    );
  });
  expect(silent).toEqual([]);
});

test("an act told late says how late, a release how many, and what was undone is known", () => {
  expect(toldLateMs(20_000, { evidence: { happenedAt: 10_000 } })).toBe(10_000);
  expect(toldLateMs(20_000, { to: { evidence: { happenedAt: 19_000 } } })).toBe(1_000);
  expect(toldLateMs(20_000, {})).toBe(0);
  expect(unitsIn({ stock: [{ units: 30 }, { units: 20 }] })).toBe(50);
  expect(undoneSeqs([{ type: "tape.undone.v1", data: { seq: 7 } }, null])).toEqual(new Set([7]));
});

test("an opened sale tells all its prices, also those that stood before and those changed since", () => {
  const price = (skuId: string, from: number | null, to: number) => ({ skuId, from: { fen: from }, to: { fen: to } });
  const standing = [
    { skuId: "s", liveFen: 29_900 },
    { skuId: "m", liveFen: 39_900 },
  ];
  const opened = { productId: "p", prices: [] };
  expect(pricesAfter(opened, [], standing)).toEqual([29_900, 39_900]);
  const later = [{ prices: [price("s", 19_900, 25_900)] }, { prices: [price("s", 25_900, 29_900)] }, null];
  expect(pricesAfter(opened, later, standing)).toEqual([19_900, 39_900]);
  const one = { productId: "p", prices: [price("m", null, 35_900)] };
  expect(pricesAfter(one, later, standing)).toEqual([19_900, 35_900]);
  expect(pricesSet({ prices: [price("s", 1, 9_900), price("m", 1, 19_900)] })).toEqual([9_900, 19_900]);
  expect(pricesSet({})).toEqual([]);
});
