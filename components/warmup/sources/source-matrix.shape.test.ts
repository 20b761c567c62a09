import { expect, test } from "vitest";
import type { FunnelRow } from "#domain/source/effect.ts";
import type { Source } from "#domain/source/state.ts";
import { fen } from "#domain/units.ts";
import { shareOf, sourceMatrix } from "./source-matrix.shape.ts";

const source = (sourceId: string, part: Partial<Source>): Source => ({
  sourceId,
  code: sourceId,
  kind: "store",
  name: sourceId,
  costFen: null,
  targetSignups: null,
  ownerId: null,
  wecomCodeId: null,
  note: "",
  archived: false,
  opened: 0,
  joined: 0,
  ...part,
});
const told = (sourceId: string, signedUp: number): FunnelRow => ({
  sourceId,
  signedUp,
  invited: 0,
  watched: 0,
  orders: 0,
  paidOrders: 0,
  paidFen: 0,
  refundFen: 0,
});
const rows = (sources: readonly Source[], signups: Readonly<Record<string, number>>, hasBegun = true) => ({
  hasBegun,
  sources: new Map(sources.map((row) => [row.sourceId, row])),
  funnels: new Map(Object.entries(signups).map(([id, signedUp]) => [id, told(id, signedUp)])),
});

test("sources stand under their kind, with sums for each kind and for all", () => {
  const matrix = sourceMatrix(
    rows([source("a", { opened: 10 }), source("b", { kind: "poster", opened: 5 }), source("c", { opened: 1 })], {
      a: 3,
      c: 1,
    }),
    false,
  );
  expect(matrix.kinds.map(({ kind, lines, total }) => [kind, lines.length, total.funnel.opened])).toEqual([
    ["store", 2, 11],
    ["poster", 1, 5],
  ]);
  expect(matrix.total.funnel).toMatchObject({ opened: 16, signedUp: 4 });
});

test("a sign-up's cost counts only sources whose cost is known", () => {
  const priced = source("a", { costFen: fen(90_000) });
  const { total, kinds } = sourceMatrix(rows([priced, source("b", {})], { a: 30, b: 1_000 }), false);
  expect(total.perSignupFen).toBe(3_000);
  expect(kinds[0]?.lines.map(({ perSignupFen }) => perSignupFen)).toEqual([3_000, null]);
});

test("without sign-ups there is no cost of one, and without a target no share of it", () => {
  const { total } = sourceMatrix(rows([source("a", { costFen: fen(100) })], {}), false);
  expect(total).toMatchObject({ costFen: 100, perSignupFen: null, targetSignups: null });
  expect(shareOf(5, 0)).toBeNull();
  expect(shareOf(5, null)).toBeNull();
});

test("before the show nobody knows of watching or buying, and as soon as somebody did it is said", () => {
  const before = rows([source("a", {}), source("b", {})], { a: 3 }, false);
  const unknown = { watched: null, orders: null, paidFen: null };
  expect(sourceMatrix(before, false).total.funnel).toMatchObject(unknown);
  expect(sourceMatrix(before, false).kinds[0]?.lines[1]?.funnel).toMatchObject(unknown);
  before.funnels.set("a", { ...told("a", 3), paidOrders: 2, paidFen: 9_900 });
  expect(sourceMatrix(before, false).total.funnel).toMatchObject({ watched: null, orders: 2, paidFen: 9_900 });
  const since = sourceMatrix({ ...before, hasBegun: true }, false);
  expect(since.kinds[0]?.lines[1]?.funnel).toMatchObject({ watched: 0, orders: 0, paidFen: 0 });
});

test("retired sources stand there only when asked for", () => {
  const all = rows([source("a", { archived: true }), source("b", {})], {});
  expect(sourceMatrix(all, false).sources).toBe(1);
  expect(sourceMatrix(all, true).sources).toBe(2);
});

test("whoever came by no source's link stands beside them, and in no sum of sources", () => {
  const matrix = sourceMatrix(rows([source("a", {})], { a: 2, _invite: 30, _none: 0 }), false);
  expect(matrix.elsewhere.map(({ way, funnel }) => [way, funnel.signedUp])).toEqual([["invite", 30]]);
  expect(matrix.total.funnel.signedUp).toBe(2);
});
