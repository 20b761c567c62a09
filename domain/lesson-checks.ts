import type { AutoLine } from "./auto-checks.ts";
import { poolOf, sellableOf, shopPrice, type Product } from "./bag/product.ts";
import { byPosition, type BagState } from "./bag/state.ts";
import { explains, type Cue } from "./cue.ts";
import { breachLineId } from "./lesson-line.ts";
import { productsMeant, type AdoptedLesson, type LessonRule } from "./lesson-rule.ts";
import { inOrder, type RundownState } from "./rundown-state.ts";

/** Plan checks of lessons (rule LES4): where the plan does what a lesson says it must not. Pure; words stand with the UI strings by `code`. */

export type PlanFacts = {
  readonly lessons: ReadonlyMap<string, AdoptedLesson>;
  readonly bag: Pick<BagState, "products">;
  readonly rundown: RundownState;
  readonly plannedStartAt: number;
};

export const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A time of the day means the one from this long before the show on: the evening's show at 00:30 has its 20:30 behind it. */
const DAY_BEFORE_MS = 6 * 60 * MINUTE_MS;

type Planned = { readonly cue: Cue; readonly startsAt: number };
/** `figure`: the higher, the better. */
export type Broken = { readonly code: string; readonly figure: number; readonly data: AutoLine["data"] };

export function lessonLines(facts: PlanFacts): AutoLine[] {
  if (facts.lessons.size === 0) return [];
  const products = byPosition(facts.bag.products);
  const course = { cues: plannedStarts(facts), plannedStartAt: facts.plannedStartAt };
  return [...facts.lessons.values()].flatMap((lesson) => [
    ...meantBy(lesson.rule, products).flatMap((product) => {
      const broken = brokenBy(lesson.rule, product, course);
      return broken ? [lessonLine(lesson, product, broken)] : [];
    }),
    ...unplannedLines(lesson, products),
  ]);
}

/** With the figure in its id: a lesson that was let pass at 20 units speaks up again at 10. */
export function lessonLine({ lessonId, text }: AdoptedLesson, product: Product, broken: Broken): AutoLine {
  const { productId, linkNo, name } = product;
  return {
    lineId: breachLineId(lessonId, productId, broken.figure),
    code: broken.code,
    data: { lessonId, text, productId, linkNo, product: name, ...broken.data },
  };
}

export function meantBy(rule: LessonRule, products: readonly Product[]): readonly Product[] {
  if (rule.kind === "check" || rule.kind === "cueNote") return [];
  return rule.product === null ? products : productsMeant(rule.product, products);
}

/** A rule on the stock of every product: those it can't be answered for, in one line. */
function unplannedLines({ lessonId, text, rule }: AdoptedLesson, products: readonly Product[]): AutoLine[] {
  if (rule.kind !== "stockAtLeast" || rule.product !== null) return [];
  const unplanned = products.filter(({ plannedUnits }) => plannedUnits === null);
  const [first] = unplanned;
  if (!first) return [];
  const { linkNo, name: product } = first;
  const data = { lessonId, text, count: unplanned.length, linkNo, product };
  return [{ lineId: breachLineId(lessonId, "unplanned", unplanned.length), code: "lessonStockUnplanned", data }];
}

type Course = { readonly cues: readonly Planned[]; readonly plannedStartAt: number };

function brokenBy(rule: LessonRule, product: Product, course: Course): Broken | null {
  switch (rule.kind) {
    case "notBefore":
      return tooEarly(product, course, {
        limitAt: clockOf(rule.minuteOfDay, rule.utcOffsetMin, course.plannedStartAt),
        code: "lessonNotBefore",
      });
    case "notInFirst":
      return tooEarly(product, course, {
        limitAt: course.plannedStartAt + rule.minutes * MINUTE_MS,
        code: "lessonNotInFirst",
        minutes: rule.minutes,
      });
    case "stockAtLeast":
      return tooFew(product, rule);
    case "priceAtLeast":
      return tooCheap(product, rule.fen);
    case "check":
    case "cueNote":
      return null;
  }
}

function tooEarly(
  { productId }: Product,
  { cues }: Course,
  { limitAt, code, ...more }: { readonly limitAt: number; readonly code: string; readonly minutes?: number },
): Broken | null {
  const early = cues.find(({ cue, startsAt }) => startsAt < limitAt && explains(cue, productId));
  if (!early) return null;
  const { cue, startsAt } = early;
  return {
    code,
    figure: Math.floor(startsAt / MINUTE_MS),
    data: { cueId: cue.cueId, cue: cue.title, startsAt, limitAt, ...more },
  };
}

function tooFew(product: Product, rule: Extract<LessonRule, { kind: "stockAtLeast" }>): Broken | null {
  const { plannedUnits } = product;
  // Where the rule is about every product, all of them that have none stand in one line.
  if (plannedUnits === null) return rule.product && { code: "lessonStockUnknown", figure: 0, data: {} };
  const have = sellableOf(product) + poolOf(product);
  const need = unitsNeeded(plannedUnits, rule.percent);
  return have < need ? { code: "lessonStock", figure: have, data: { have, need, plannedUnits } } : null;
}

export const unitsNeeded = (plannedUnits: number, percent: number): number => Math.ceil((plannedUnits * percent) / 100);

export function tooCheap({ skus }: Product, limitFen: number): Broken | null {
  const cheap = skus
    .map((sku) => ({ sku: sku.name, priceFen: shopPrice(sku) ?? sku.plannedFen }))
    .filter(({ priceFen }) => priceFen < limitFen)
    .toSorted((a, b) => a.priceFen - b.priceFen)[0];
  return cheap ? { code: "lessonPrice", figure: cheap.priceFen, data: { ...cheap, limitFen } } : null;
}

/** When each cue begins by the plan; a skipped one takes no time. */
function plannedStarts({ rundown, plannedStartAt }: PlanFacts): Planned[] {
  let at = plannedStartAt;
  return inOrder(rundown).flatMap((cue) => {
    if (cue.state === "skipped") return [];
    const startsAt = at;
    at += cue.plannedMs;
    return [{ cue, startsAt }];
  });
}

/** The instant of a time of the day in the show that begins at `startAt`. */
export function clockOf(minuteOfDay: number, utcOffsetMin: number, startAt: number): number {
  const first = startAt - DAY_BEFORE_MS;
  const local = first + utcOffsetMin * MINUTE_MS;
  const at = local - (local % DAY_MS) + minuteOfDay * MINUTE_MS - utcOffsetMin * MINUTE_MS;
  return at < first ? at + DAY_MS : at;
}

/** The cues that a note is for (rule LES5). */
export function cuesNoted(
  rule: Extract<LessonRule, { kind: "cueNote" }>,
  cues: readonly Cue[],
  products: readonly Product[],
): Cue[] {
  const meant = rule.product && productsMeant(rule.product, products);
  return cues.filter(
    (cue) =>
      (rule.cueKind === null || cue.kind === rule.cueKind) &&
      (meant === null || meant.some(({ productId }) => explains(cue, productId))),
  );
}
