import { expect, test } from "vitest";
import { durationMs, instant } from "#domain/units.ts";
import { matchLengths } from "./measured-match.ts";

const MINUTE = 60_000;

type Fields = { readonly title?: string; readonly productId?: string | null; readonly originId?: string };

function planned(cueId: string, { title = cueId, productId = null, originId = cueId }: Fields = {}) {
  const state: "waiting" | "done" = "waiting";
  return { cueId, originId, title, productId, plannedMs: durationMs(5 * MINUTE), state };
}

/** Ran from one minute of its show to another. */
function ran(cueId: string, [from, to]: readonly [number, number], fields: Fields = {}) {
  const times = { from: instant(from * MINUTE), to: instant(to * MINUTE), pauses: [], gaps: [] };
  return { ...planned(cueId, fields), state: "done" as const, ...times };
}

const product = (productId: string, linkNo: number, name: string, platformId: string | null = null) => ({
  productId,
  linkNo,
  name,
  platformId,
});

const minutesOf = (match: ReturnType<typeof matchLengths>) =>
  match.rows.map(({ cueId, measuredMs }) => [cueId, measuredMs === null ? null : measuredMs / MINUTE]);

test("a product is found again by the platform's id, or by link number and name together", () => {
  const plan = {
    sessionId: "s1",
    products: [product("a", 7, "示例外套", "P1"), product("b", 2, "示例 围巾"), product("c", 3, "示例帽")],
    cues: [planned("c1", { productId: "a" }), planned("c2", { productId: "b" }), planned("c3", { productId: "c" })],
  };
  const rehearsal = {
    sessionId: "s2",
    products: [product("x", 1, "外套旧名", "P1"), product("y", 2, "示例围巾"), product("z", 9, "示例帽")],
    cues: [
      ran("r1", [0, 8], { productId: "x" }),
      ran("r2", [8, 11], { productId: "y" }),
      ran("r3", [11, 12], { title: "9 · 示例帽", productId: "z" }),
    ],
  };
  const match = matchLengths(plan, rehearsal);
  expect(minutesOf(match)).toEqual([
    ["c1", 8],
    ["c2", 3],
    ["c3", null],
  ]);
  expect(match.leftOver).toEqual([{ title: "9 · 示例帽", measuredMs: MINUTE }]);
});

test("rounds of a product are matched in the order they were on, and each length is used once", () => {
  const products = [product("a", 1, "示例外套", "P1")];
  const plan = {
    sessionId: "s1",
    products,
    cues: ["c1", "c2", "c3"].map((cueId) => planned(cueId, { productId: "a" })),
  };
  const cues = [ran("late", [20, 22], { productId: "a" }), ran("early", [0, 6], { productId: "a" })];
  expect(minutesOf(matchLengths(plan, { sessionId: "s2", products, cues }))).toEqual([
    ["c1", 6],
    ["c2", 2],
    ["c3", null],
  ]);
});

test("a cue without a product is found by its title, and never by a product's", () => {
  const products = [product("a", 1, "开场")];
  const plan = {
    sessionId: "s1",
    products,
    cues: [planned("c1", { title: "开场 " }), planned("c2", { title: "休息" })],
  };
  const cues = [ran("r1", [0, 4], { title: "开场", productId: "a" }), ran("r2", [4, 7], { title: "休息" })];
  expect(minutesOf(matchLengths(plan, { sessionId: "s2", products, cues }))).toEqual([
    ["c1", null],
    ["c2", 3],
  ]);
});

test("products that the plan does not have match nothing, not even each other", () => {
  const plan = { sessionId: "s1", products: [], cues: [planned("c1", { productId: "gone" })] };
  const cues = [ran("r1", [0, 4], { productId: "x" })];
  const match = matchLengths(plan, { sessionId: "s2", products: [], cues });
  expect(minutesOf(match)).toEqual([["c1", null]]);
  expect(match.leftOver).toHaveLength(1);
});

test("within the same show a round to come takes the length of what it brings back; what is over stays", () => {
  const first = ran("c1", [0, 6], { title: "讲外套" });
  const again = planned("c9", { title: "外套返场", originId: "c1" });
  const timed = { ...again, from: null, to: null, pauses: [], gaps: [] };
  const plan = { sessionId: "s1", products: [], cues: [first, again] };
  expect(minutesOf(matchLengths(plan, { ...plan, cues: [first, timed] }))).toEqual([["c9", 6]]);
});

test("lengths come without pauses and in whole seconds", () => {
  const cue = ran("r1", [0, 4], { title: "休息" });
  const pauses = [{ from: instant(MINUTE), to: instant(2 * MINUTE + 400) }];
  const plan = { sessionId: "s1", products: [], cues: [planned("c1", { title: "休息" })] };
  const [row] = matchLengths(plan, { sessionId: "s2", products: [], cues: [{ ...cue, pauses }] }).rows;
  expect(row?.measuredMs).toBe(3 * MINUTE);
});
