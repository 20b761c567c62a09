import { z } from "zod";
import { CUE_KINDS } from "./cue.ts";
import { FenAmount, Id, PlatformId, text } from "./units.ts";

/** What a lesson (踩坑) makes run in later shows: a closed set of kinds with parameters (rules LES2–LES6). */

/** A product as later shows find it again: by the platform's id where it has one, else by name. */
export const ProductRef = z.object({ platformId: PlatformId.nullable(), name: text(120, 1) });
export type ProductRef = z.infer<typeof ProductRef>;

const minutes = z.int().min(1).max(600);

export const LessonRule = z.discriminatedUnion("kind", [
  /** A line of 开播检查. */
  z.object({ kind: z.literal("check"), line: text(200, 1) }),
  /** Not before this time of the day. `utcOffsetMin`: of the clock that the time was read from; 480 is Shanghai. */
  z.object({
    kind: z.literal("notBefore"),
    product: ProductRef,
    minuteOfDay: z.int().min(0).max(1_439),
    utcOffsetMin: z.int().min(-720).max(840).default(480),
  }),
  z.object({ kind: z.literal("notInFirst"), product: ProductRef, minutes }),
  /** Stock, put on sale and held back, in percent of the planned units. `product` null: each that has planned units. */
  z.object({ kind: z.literal("stockAtLeast"), product: ProductRef.nullable(), percent: z.int().min(1).max(1_000) }),
  z.object({ kind: z.literal("priceAtLeast"), product: ProductRef, fen: FenAmount }),
  /** A note on cues of a kind, or about a product, or both. */
  z.object({
    kind: z.literal("cueNote"),
    cueKind: z.enum(CUE_KINDS).nullable(),
    product: ProductRef.nullable(),
    note: text(200, 1),
  }),
]);
export type LessonRule = z.infer<typeof LessonRule>;
export type LessonRuleKind = LessonRule["kind"];

/** A lesson as a later show takes it over: a fact of that show's own log. */
export const AdoptedLesson = z.object({
  lessonId: Id,
  text: text(200, 1),
  rule: LessonRule,
  /** The show that wrote it. */
  from: z.object({ sessionId: Id, title: text(80) }),
});
export type AdoptedLesson = z.infer<typeof AdoptedLesson>;

const plain = (name: string) => name.toLowerCase().replace(/\s+/g, "");

/** Of rows, which are never changed in place: notes on cues are looked at with every order, by each of hundreds of products. */
const plainNames = new WeakMap<object, string>();

function plainName(product: { readonly name: string }): string {
  const known = plainNames.get(product);
  if (known !== undefined) return known;
  const name = plain(product.name);
  plainNames.set(product, name);
  return name;
}

/** The products that a reference means: those with its platform id, else those whose name has its words. */
export function productsMeant<P extends { readonly platformId: string | null; readonly name: string }>(
  ref: ProductRef,
  products: readonly P[],
): P[] {
  const known = ref.platformId === null ? [] : products.filter(({ platformId }) => platformId === ref.platformId);
  if (known.length > 0) return known;
  const wanted = plain(ref.name);
  return products.filter((product) => plainName(product).includes(wanted));
}
