import { controlRow } from "../bag/rows.ts";
import type { BagState } from "../bag/state.ts";
import { shownMinute } from "../metrics/series.ts";
import { shownProduct, type shownFigures } from "../metrics/show-figures.ts";
import { gaugeOf, type AudienceState } from "../ops/audience.ts";
import { figuresShown, type FiguresState } from "../ops/figures.ts";
import type { SessionState } from "../ops/session.ts";
import type { Minute } from "./half-hours.ts";

/** What a report says of a show, as screens have it in their slices. */
export type ReportFacts = {
  readonly session: Pick<SessionState, "title" | "rehearsal" | "targets" | "startedAt" | "endedAt">;
  readonly figures: Pick<
    ReturnType<typeof shownFigures>,
    "headline" | "unpaid" | "refunded" | "net" | "buyers" | "perBuyer" | "traffic"
  >;
  readonly audience: { readonly [G in "online" | "viewers"]: { readonly value: number } | null };
  /** By the start of the minute as text. */
  readonly series: ReadonlyMap<string, Minute>;
  /** By the platform's product id. */
  readonly productFigures: ReadonlyMap<
    string,
    { readonly productId: string | null; readonly paid: { readonly fen: number; readonly units: number } }
  >;
  readonly products: ReadonlyMap<string, ReportProduct>;
};

export type ReportProduct = {
  readonly linkNo: number;
  readonly name: string;
  readonly platformId: string | null;
  readonly saleState: { readonly value: string };
  readonly sellable: number;
};

type Seen = {
  readonly session: SessionState;
  readonly figures: FiguresState;
  readonly audience: AudienceState;
  readonly bag: BagState;
};

/** The same from the states of the ops. */
export function reportFacts({ session, figures, audience, bag }: Seen): ReportFacts {
  return {
    session,
    figures: figuresShown({ own: figures, audience }),
    audience: { online: gaugeOf(audience, "online"), viewers: gaugeOf(audience, "viewers") },
    series: shown(figures.show.minutes, shownMinute),
    productFigures: shown(figures.show.products, shownProduct),
    products: new Map([...bag.products].map(([productId, product]) => [productId, controlRow(product)])),
  };
}

function shown<Row, Shown>(rows: ReadonlyMap<string, Row>, show: (row: Row) => Shown | undefined): Map<string, Shown> {
  return new Map(
    [...rows].flatMap(([key, row]) => {
      const found = show(row);
      return found === undefined ? [] : [[key, found] as const];
    }),
  );
}
