import type { AutoLine } from "./auto-checks.ts";
import { poolOf, sellableOf, type Product } from "./bag/product.ts";
import type { BagState } from "./bag/state.ts";
import { clockOf, lessonLine, meantBy, MINUTE_MS, tooCheap, unitsNeeded, type Broken } from "./lesson-checks.ts";
import type { AdoptedLesson, LessonRule } from "./lesson-rule.ts";

/**
 * Plan checks of lessons on air (rule LES8): what the product that is explained now does against them, and any price on sale. Nothing is held up
 * by it. Pure; the words stand with the UI strings by `code`.
 */

export type AirFacts = {
  readonly lessons: ReadonlyMap<string, AdoptedLesson>;
  readonly bag: Pick<BagState, "products" | "explained">;
  readonly plannedStartAt: number;
  readonly startedAt: number;
};

export function lessonsBroken({ lessons, bag, plannedStartAt, startedAt }: AirFacts): AutoLine[] {
  if (lessons.size === 0) return [];
  const { products, explained } = bag;
  const now = [...products.values()].filter(({ productId }) => productId === explained?.productId);
  const buyable = [...products.values()].filter(({ saleState }) => saleState.value === "onSale");
  const times = { sinceAt: explained?.since ?? startedAt, plannedStartAt, startedAt };
  return [...lessons.values()].flatMap((lesson) =>
    meantBy(lesson.rule, lesson.rule.kind === "priceAtLeast" ? buyable : now).flatMap((product) => {
      const broken = brokenBy(lesson.rule, product, times);
      return broken ? [lessonLine(lesson, product, broken)] : [];
    }),
  );
}

type Times = Pick<AirFacts, "plannedStartAt" | "startedAt"> & { readonly sinceAt: number };

function brokenBy(rule: LessonRule, product: Product, times: Times): Broken | null {
  const { plannedStartAt, startedAt } = times;
  switch (rule.kind) {
    case "notBefore":
      return tooEarly(times, clockOf(rule.minuteOfDay, rule.utcOffsetMin, plannedStartAt));
    case "notInFirst":
      return tooEarly(times, startedAt + rule.minutes * MINUTE_MS);
    case "stockAtLeast":
      return tooFew(product, rule.percent);
    case "priceAtLeast":
      return tooCheap(product, rule.fen);
    case "check":
    case "cueNote":
      return null;
  }
}

function tooEarly({ sinceAt }: Times, limitAt: number): Broken | null {
  if (sinceAt >= limitAt) return null;
  return { code: "lessonAirTooEarly", figure: Math.floor(sinceAt / MINUTE_MS), data: { sinceAt, limitAt } };
}

/** Of all that there was: what is sold is no lack. */
function tooFew(product: Product, percent: number): Broken | null {
  const { plannedUnits, skus, noSku } = product;
  if (plannedUnits === null) return null;
  const gone = [...skus, noSku].reduce((sum, { sold, unpaidHold }) => sum + sold + unpaidHold, 0);
  const have = sellableOf(product) + poolOf(product) + gone;
  const need = unitsNeeded(plannedUnits, percent);
  return have < need ? { code: "lessonAirStock", figure: have, data: { have, need, plannedUnits } } : null;
}
