import { foundProducts, type KnownProduct } from "#domain/bag/same-products.ts";
import { heldLengths } from "#domain/copied-cues.ts";
import type { MeasuredShow } from "../plan/measured-show.ts";

/** What a copy of cues would do, before it is done. Pure; lengths in ms. */

type SourceCue = MeasuredShow["cues"][number];

export type ChoiceRow = {
  readonly cueId: string;
  readonly title: string;
  readonly plannedMs: number;
  /** `null`: it was not held, passed over in seconds, or is not over. */
  readonly measuredMs: number | null;
  /** The product that the other show lacks. */
  readonly lacks: MissingProduct | null;
};
export type MissingProduct = { readonly productId: string; readonly linkNo: number; readonly name: string };

export function choiceRows(source: MeasuredShow, target: { readonly products: readonly KnownProduct[] }): ChoiceRow[] {
  const held = heldLengths(source.cues);
  const found = foundProducts(target.products, source.products);
  const products = new Map(source.products.map((product) => [product.productId, product]));
  return source.cues.map(({ cueId, title, plannedMs, productId }) => {
    const lacking = productId !== null && !found.has(productId) ? productId : null;
    const product = lacking === null ? undefined : products.get(lacking);
    return {
      cueId,
      title,
      plannedMs,
      measuredMs: held.get(cueId) ?? null,
      lacks:
        lacking === null ? null : { productId: lacking, linkNo: product?.linkNo ?? 0, name: product?.name ?? title },
    };
  });
}

/** Cues that were on in a stretch of time. */
export function cuesWithin(cues: readonly SourceCue[], { from, to }: { from: number; to: number }): string[] {
  return cues.flatMap((cue) =>
    cue.from !== null && cue.from < to && (cue.to ?? Number.POSITIVE_INFINITY) > from ? [cue.cueId] : [],
  );
}

/** Each missing product once, in the order of the cues. */
export function missingOf(rows: readonly ChoiceRow[]): MissingProduct[] {
  return [...new Map(rows.flatMap(({ lacks }) => (lacks ? [[lacks.productId, lacks] as const] : []))).values()];
}
