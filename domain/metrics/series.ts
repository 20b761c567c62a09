import type { AudienceSampled } from "../ops/audience.ts";
import type { Posting } from "../order-postings.ts";
import { EMPTY_LEDGER, isEmpty, moneyOf, post, type Ledger } from "./ledger.ts";
import { addCounters, bestOf, type Counter, type Counters, type SampleSource } from "./sample-source.ts";

/** What happened in one minute, by when it happened, not by when it became known. Rows are replaced, never changed. */

type MinuteAudience = {
  readonly counters: Counters;
  /** Of products by name, added up. */
  readonly exposures: number | undefined;
  readonly clicks: number | undefined;
  /** The last sample of the minute. */
  readonly online: { readonly at: number; readonly sampleId: string; readonly value: number } | undefined;
};

export type MinuteRow = {
  /** Start of the minute. */
  readonly minute: number;
  readonly ledger: Ledger;
  /** Paid money, freight included. */
  readonly privateFen: number;
  readonly publicFen: number;
  /** Comments noted one by one. */
  readonly comments: number;
  readonly audience: { readonly [S in SampleSource]?: MinuteAudience | undefined };
};

export function emptyMinute(minute: number): MinuteRow {
  return { minute, ledger: EMPTY_LEDGER, privateFen: 0, publicFen: 0, comments: 0, audience: {} };
}

export function postInMinute(row: MinuteRow, posting: Posting): MinuteRow {
  const paidFen = posting.kind === "paid" ? posting.fen + posting.freightFen : 0;
  return {
    ...row,
    ledger: post(row.ledger, posting, posting.orders),
    privateFen: row.privateFen + (posting.traffic === "private" ? paidFen : 0),
    publicFen: row.publicFen + (posting.traffic === "public" ? paidFen : 0),
  };
}

export function sampleInMinute(row: MinuteRow, sampled: AudienceSampled): MinuteRow {
  const { source, sampleId, happenedAt, gauges, added, products } = sampled;
  const old = row.audience[source];
  const before = old?.online;
  const isLast =
    gauges.online !== undefined &&
    (!before || happenedAt > before.at || (happenedAt === before.at && sampleId > before.sampleId));
  const sums = products.length === 0 ? undefined : sumOf(products);
  const now: MinuteAudience = {
    counters: addCounters(old?.counters ?? {}, added),
    exposures: sums ? (old?.exposures ?? 0) + sums.exposures : old?.exposures,
    clicks: sums ? (old?.clicks ?? 0) + sums.clicks : old?.clicks,
    online: isLast ? { at: happenedAt, sampleId, value: gauges.online ?? 0 } : before,
  };
  return { ...row, audience: { ...row.audience, [source]: now } };
}

export function sumOf(products: AudienceSampled["products"]): { readonly exposures: number; readonly clicks: number } {
  let exposures = 0;
  let clicks = 0;
  for (const product of products) {
    exposures += product.exposures;
    clicks += product.clicks;
  }
  return { exposures, clicks };
}

/** A row of the slice `series`. `null`: no source counted it in this minute. Within a row each count is of one source, the best that has it. */
export function shownMinute(row: MinuteRow) {
  const { ledger } = row;
  if (isEmpty(ledger) && row.comments === 0 && Object.keys(row.audience).length === 0) return undefined;
  const count = (counter: Counter) => bestOf(row.audience, (of) => of.counters[counter])?.value ?? null;
  return {
    at: row.minute,
    placedFen: moneyOf(ledger.placed),
    paidFen: moneyOf(ledger.paid),
    privateFen: row.privateFen,
    publicFen: row.publicFen,
    orders: ledger.paid.orders,
    units: ledger.paid.units,
    buyers: ledger.buyers,
    refundedFen: moneyOf(ledger.refunded),
    online: bestOf(row.audience, (of) => of.online?.value)?.value ?? null,
    entered: count("entered"),
    left: count("left"),
    views: count("views"),
    likes: count("likes"),
    shares: count("shares"),
    follows: count("follows"),
    comments: row.comments > 0 ? row.comments : count("comments"),
    exposures: bestOf(row.audience, (of) => of.counters.exposures ?? of.exposures)?.value ?? null,
    clicks: bestOf(row.audience, (of) => of.counters.clicks ?? of.clicks)?.value ?? null,
  };
}

export type SeriesRow = NonNullable<ReturnType<typeof shownMinute>>;
