import { explainedMs, perExplainMinute } from "#domain/metrics/figure.ts";
import type { Minute, ProductRow, RoundRow, ShowSlices } from "../../session/show-slices.ts";
import { bestMinute, peakOnline } from "#domain/report/half-hours.ts";

/** What stood out in a show, each with its time and the figure behind it. Pure. */

export type Highlight =
  | { readonly kind: "bestMinute"; readonly at: number; readonly fen: number }
  /** The round of explaining that sold most a minute. `perMinuteFen` over `ms` on air. */
  | {
      readonly kind: "bestRound";
      readonly at: number;
      readonly product: NamedProduct;
      readonly round: number;
      readonly perMinuteFen: number;
      readonly fen: number;
      readonly ms: number;
    }
  /** To the minute. */
  | { readonly kind: "targetPassed"; readonly at: number; readonly targetFen: number }
  | { readonly kind: "peakOnline"; readonly at: number; readonly value: number }
  | { readonly kind: "soldOut"; readonly at: number; readonly product: NamedProduct; readonly units: number | null };

export type NamedProduct = { readonly linkNo: number; readonly name: string };

export type HighlightSlices = Pick<ShowSlices, "series" | "roundFigures" | "productFigures"> & {
  readonly session: Pick<ShowSlices["session"], "startedAt" | "endedAt" | "targets">;
  readonly products: ReadonlyMap<string, Pick<ProductRow, "linkNo" | "name" | "platformId" | "saleState">>;
};

const SOLD_OUT_MAX = 5;

/** In the order of time. `now` ends what still runs. */
export function highlightsOf(show: HighlightSlices, now: number): readonly Highlight[] {
  const rows = [...show.series.values()].filter(({ at }) => isInShow(at, show.session));
  const best = bestMinute(rows);
  const peak = peakOnline(rows);
  const found: (Highlight | null)[] = [
    best && { kind: "bestMinute", ...best },
    bestRound(show, now),
    targetPassed(show),
    peak && { kind: "peakOnline", ...peak },
    ...soldOut(show),
  ];
  return found.filter((one) => one !== null).toSorted((a, b) => a.at - b.at);
}

const MINUTE_MS = 60_000;

/** The minute in which the show starts is its own. */
function isInShow(at: number, { startedAt, endedAt }: HighlightSlices["session"]): boolean {
  return startedAt !== null && at > startedAt - MINUTE_MS && (endedAt === null || at <= endedAt);
}

/** Rounds under half a minute say nothing yet, and one that sold nothing is none to name. */
function bestRound({ roundFigures, products }: HighlightSlices, now: number): Highlight | null {
  let best: { readonly row: RoundRow; readonly perMinuteFen: number } | null = null;
  for (const row of roundFigures.values()) {
    const { value } = perExplainMinute(row.paidFen, [row], now);
    if (value !== null && value > 0 && (best === null || value > best.perMinuteFen))
      best = { row, perMinuteFen: value };
  }
  const product = best && products.get(best.row.productId);
  if (!best || !product) return null;
  const { from, round, paidFen } = best.row;
  const { linkNo, name } = product;
  return {
    kind: "bestRound",
    at: from,
    product: { linkNo, name },
    round,
    perMinuteFen: best.perMinuteFen,
    fen: paidFen,
    ms: explainedMs([best.row], now),
  };
}

/** When the money that came in, minute by minute, reached the target; what was paid before the start counts. */
function targetPassed({ series, session }: HighlightSlices): Highlight | null {
  const targetFen = session.targets.paidFen;
  if (targetFen === null || targetFen <= 0) return null;
  let sum = 0;
  for (const { at, paidFen } of inOrder(series.values())) {
    sum += paidFen;
    if (sum >= targetFen) return { kind: "targetPassed", at, targetFen };
  }
  return null;
}

/** Those that are sold out still; the first ones, for they went fastest. */
function soldOut({ products, productFigures }: HighlightSlices): readonly Highlight[] {
  return [...products.values()]
    .flatMap(({ linkNo, name, platformId, saleState: { value, evidence } }) => {
      if (value !== "soldOut" || evidence === null) return [];
      const units = platformId === null ? null : (productFigures.get(platformId)?.paid.units ?? null);
      return [{ kind: "soldOut" as const, at: evidence.happenedAt, product: { linkNo, name }, units }];
    })
    .toSorted((a, b) => a.at - b.at)
    .slice(0, SOLD_OUT_MAX);
}

const inOrder = (rows: Iterable<Minute>): Minute[] => [...rows].toSorted((a, b) => a.at - b.at);
