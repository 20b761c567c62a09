import type { Measure } from "./measure.ts";
import type { MeasuredFigure } from "./measured-figures.ts";
import { meanPerExplainMinute } from "./metrics/figure.ts";
import type { ShownFigures } from "./ops/figures.ts";

/** The figures that an improvement may be measured by, read from what the slices show. Without schemas: pages use it too. */

export type MeasureFacts = {
  readonly figures: Pick<
    ShownFigures,
    "headline" | "paid" | "net" | "refunded" | "perBuyer" | "watchToPay" | "clickToPay" | "gpm" | "explained"
  >;
  readonly viewers: number | null;
  readonly interruptions: readonly { readonly from: number; readonly to: number | null }[];
  /** Until when the show is known; `null`: it goes on, and nobody says what time it is. */
  readonly until: number | null;
};

/** The figure of the whole show as known now; `null` when it can't be told. */
export function measured(figure: MeasuredFigure, facts: MeasureFacts): number | null {
  const { figures, viewers, interruptions, until } = facts;
  const { headline, paid, net, refunded, explained } = figures;
  const known = headline.source === "orders";
  switch (figure) {
    case "paidFen":
      return headline.paidFen;
    case "netFen":
      return known ? net.fen : null;
    case "orders":
      return headline.orders;
    case "viewers":
      return viewers;
    case "perBuyerFen":
      return figures.perBuyer.value;
    case "watchToPay":
      return figures.watchToPay.value;
    case "clickToPay":
      return figures.clickToPay.value;
    case "gpmFen":
      return figures.gpm.value;
    case "perExplainMinuteFen":
      return meanPerExplainMinute(explained, until).value;
    case "refundShare":
      return known && paid.fen > 0 ? Math.round((refunded.fen / paid.fen) * 1_000_000) / 1_000_000 : null;
    case "interruptedMs":
      return interruptions.reduce((sum, { from, to }) => sum + Math.max(0, (to ?? until ?? from) - from), 0);
  }
}

/** Whether the figure came out as the target said; `null` when it can't be told. */
export function reached(measure: Measure, value: number | null): boolean | null {
  if (measure.kind === "words" || value === null) return null;
  return measure.direction === "atLeast" ? value >= measure.target : value <= measure.target;
}
