import { expect, test } from "vitest";
import type { MethodRow } from "#domain/ops/method.ts";
import { ranked } from "./ranked.shape.ts";

const row = (methodId: string, score: number | null): MethodRow => ({
  methodId,
  kind: "other",
  title: methodId,
  feasible: null,
  impact: null,
  ease: null,
  cost: null,
  motive: "",
  ability: "",
  trigger: "",
  steps: null,
  carrier: "wecom",
  ownerId: null,
  note: "",
  chosen: false,
  score,
  h5: "allowed",
});

test("the best method stands first, equal ones share a rank, unscored ones have none", () => {
  const found = ranked([row("a", null), row("b", 40), row("c", 80), row("d", 40), row("e", 10)]);
  expect(found.map(({ method, rank }) => [method.methodId, rank])).toEqual([
    ["c", 1],
    ["b", 2],
    ["d", 2],
    ["e", 4],
    ["a", null],
  ]);
});
