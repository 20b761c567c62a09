import { effectsInputOf, groupPushesOf, ShowRecord } from "#domain/effects/from-show.ts";
import type { EffectsInput } from "#domain/effects/report.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import type { ViewState } from "../../session/view-state.ts";

/**
 * From the review's view to what the estimate takes. The slice `acts` holds the acts of the whole show, where the tape ends with the last 200; what was
 * taken back is not in it, and neither is what data told of sales: that stands at the products.
 */
export function effectsInput(last: ViewState): EffectsInput | undefined {
  const { session, series, roundFigures, acts, products, pushes } = slicesOf(last);
  return effectsInputOf(
    ShowRecord.parse({
      ...session,
      at: last.at,
      series: [...series.values()],
      rounds: [...roundFigures.values()],
      tape: [...acts.values()].toSorted((a, b) => a.seq - b.seq),
      seenOnSale: [...products.values()].flatMap(({ productId, saleState: { value, evidence } }) => {
        if (evidence?.via !== "data" || value === "notYet") return [];
        // Sold out by now: since when it was on sale is not told, that it was, is.
        return [{ productId, at: value === "onSale" ? evidence.happenedAt : 0 }];
      }),
      groupPushes: groupPushesOf([...pushes.values()]),
    }),
  );
}
