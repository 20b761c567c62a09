import type { AudienceSampled } from "../ops/audience.ts";
import type { BuyerKind, Entry, Traffic } from "../order-item.ts";
import type { Posting } from "../order-postings.ts";
import type { Shift } from "../ops/session.ts";
import { addLedgers, amountsOf, EMPTY_LEDGER, isEmpty, moneyOf, post, postGoods, type Ledger } from "./ledger.ts";
import { clickToPay, gpm, missing, perBuyer, perOrder, watchToPay } from "./figure.ts";
import { minuteKey, minuteOf } from "./pace.ts";
import { bestOf, SAMPLE_SOURCES, type SampleSource } from "./sample-source.ts";
import { emptyMinute, postInMinute, sampleInMinute, type MinuteRow } from "./series.ts";

/**
 * The fold of a show's money and audience. Totals are replaced, the maps are changed in place with new rows: a map of 1,440 minutes is
 * not copied for each of 500 orders a second. So a state belongs to one fold, as all states do.
 */

type Clicks = { readonly exposures: number; readonly clicks: number };
export type ClicksBySource = { readonly [S in SampleSource]?: Clicks | undefined };

/** Of one product, by the platform's id; `null`: orders that name no product. */
export type ProductFigures = {
  readonly productId: string | null;
  readonly ledger: Ledger;
  readonly audience: ClicksBySource;
};
/** Its product is known to the bag; sources may contradict each other there. */
export type SkuFigures = { readonly skuId: string | null; readonly ledger: Ledger };
export type ShiftFigures = { readonly shift: Shift; readonly ledger: Ledger };

export type ShowFigures = {
  readonly total: Ledger;
  readonly byTraffic: { readonly [T in Traffic]: Ledger };
  readonly byEntry: { readonly [E in Entry]: Ledger };
  readonly byBuyer: { readonly [B in BuyerKind]: Ledger };
  readonly uncountedRefundFen: number;
  /** When orders were last heard of; log time. `null`: no source has sent one. */
  readonly ordersAt: number | null;
  readonly products: Map<string, ProductFigures>;
  readonly skus: Map<string, SkuFigures>;
  readonly minutes: Map<string, MinuteRow>;
  readonly shifts: Map<string, ShiftFigures>;
};

/** Row of what names no product or SKU. No platform id is empty. */
export const UNMATCHED = "";

export function emptyFigures(): ShowFigures {
  return {
    total: EMPTY_LEDGER,
    byTraffic: { private: EMPTY_LEDGER, public: EMPTY_LEDGER, unknown: EMPTY_LEDGER },
    byEntry: {
      room: EMPTY_LEDGER,
      groupLink: EMPTY_LEDGER,
      staffForward: EMPTY_LEDGER,
      productCard: EMPTY_LEDGER,
      video: EMPTY_LEDGER,
      other: EMPTY_LEDGER,
      unknown: EMPTY_LEDGER,
    },
    byBuyer: { new: EMPTY_LEDGER, returning: EMPTY_LEDGER, unknown: EMPTY_LEDGER },
    uncountedRefundFen: 0,
    ordersAt: null,
    products: new Map(),
    skus: new Map(),
    minutes: new Map(),
    shifts: new Map(),
  };
}

export function foldPosting(figures: ShowFigures, posting: Posting): ShowFigures {
  const { traffic, entry, buyer, orders } = posting;
  postProduct(figures, posting);
  const key = minuteKey(posting.at);
  const minute = figures.minutes.get(key) ?? emptyMinute(minuteOf(posting.at));
  figures.minutes.set(key, postInMinute(minute, posting));
  for (const [shiftId, row] of figures.shifts) {
    if (!isInShift(minute.minute, row.shift)) continue;
    figures.shifts.set(shiftId, { ...row, ledger: post(row.ledger, posting, orders) });
  }
  return {
    ...figures,
    total: post(figures.total, posting, orders),
    byTraffic: { ...figures.byTraffic, [traffic]: post(figures.byTraffic[traffic], posting, orders) },
    byEntry: { ...figures.byEntry, [entry]: post(figures.byEntry[entry], posting, orders) },
    byBuyer: { ...figures.byBuyer, [buyer]: post(figures.byBuyer[buyer], posting, orders) },
  };
}

/** Buyers belong to no product: a person may buy several, and counts once. */
function postProduct({ products, skus }: ShowFigures, posting: Posting): void {
  const { productId, skuId, productOrders } = posting;
  if (productOrders === 0 && posting.units === 0 && posting.fen === 0 && posting.discountFen === 0) return;
  const product = products.get(productId ?? UNMATCHED) ?? { productId, ledger: EMPTY_LEDGER, audience: {} };
  products.set(productId ?? UNMATCHED, { ...product, ledger: postGoods(product.ledger, posting, productOrders) });
  const sku = skus.get(skuId ?? UNMATCHED) ?? { skuId, ledger: EMPTY_LEDGER };
  skus.set(skuId ?? UNMATCHED, { ...sku, ledger: postGoods(sku.ledger, posting, 0) });
}

export function foldSample(figures: ShowFigures, sampled: AudienceSampled): ShowFigures {
  const { source, happenedAt, products } = sampled;
  const key = minuteKey(happenedAt);
  figures.minutes.set(key, sampleInMinute(figures.minutes.get(key) ?? emptyMinute(minuteOf(happenedAt)), sampled));
  for (const { productId, exposures, clicks } of products) {
    const row = figures.products.get(productId) ?? { productId, ledger: EMPTY_LEDGER, audience: {} };
    figures.products.set(productId, { ...row, audience: addClicks(row.audience, source, { exposures, clicks }) });
  }
  return figures;
}

export function foldComment(figures: ShowFigures, happenedAt: number): ShowFigures {
  const key = minuteKey(happenedAt);
  const row = figures.minutes.get(key) ?? emptyMinute(minuteOf(happenedAt));
  figures.minutes.set(key, { ...row, comments: row.comments + 1 });
  return figures;
}

/** FIG6: shifts are sums of their whole minutes, so that they come out the same whether they were set before or after the orders. */
export function foldShifts(figures: ShowFigures, shifts: readonly Shift[]): ShowFigures {
  figures.shifts.clear();
  for (const shift of shifts) {
    let ledger = EMPTY_LEDGER;
    for (const row of figures.minutes.values()) {
      if (isInShift(row.minute, shift)) ledger = addLedgers(ledger, row.ledger);
    }
    figures.shifts.set(shift.shiftId, { shift, ledger });
  }
  return figures;
}

function isInShift(minute: number, { from, to }: Shift): boolean {
  return minute >= minuteOf(from) && minute < minuteOf(to);
}

function addClicks(clicks: ClicksBySource, source: SampleSource, { exposures, clicks: more }: Clicks): ClicksBySource {
  const old = clicks[source];
  return { ...clicks, [source]: { exposures: (old?.exposures ?? 0) + exposures, clicks: (old?.clicks ?? 0) + more } };
}

/** What the slices show, for those who read them. */
export type ProductFiguresRow = NonNullable<ReturnType<typeof shownProduct>>;
export type SkuFiguresRow = NonNullable<ReturnType<typeof shownSku>>;
export type ShiftFiguresRow = ReturnType<typeof shownShift>;

/** A row of `productFigures`: money of the goods, without freight. Not shown when all that was in it has moved elsewhere. */
export function shownProduct({ productId, ledger, audience }: ProductFigures) {
  if (isEmpty(ledger) && Object.keys(audience).length === 0) return undefined;
  const best = bestOf(audience, (of) => of);
  return {
    productId,
    ...amountsOf(ledger, "goods"),
    exposures: best?.value.exposures ?? null,
    clicks: best?.value.clicks ?? null,
    clickSource: best?.source ?? null,
    clickToPay: clickToPay(ledger.paid.orders, best?.value.clicks ?? null),
  };
}

export function shownSku({ skuId, ledger }: SkuFigures) {
  if (isEmpty(ledger)) return undefined;
  const { placed, unpaid, paid, cancelled, refunded, net } = amountsOf(ledger, "goods");
  const part = ({ units, fen }: { readonly units: number; readonly fen: number }) => ({ units, fen });
  return {
    skuId,
    placed: part(placed),
    unpaid: part(unpaid),
    paid: part(paid),
    cancelled: part(cancelled),
    refunded: part(refunded),
    net: part(net),
  };
}

/** Without unpaid and net: what is placed in one shift may be paid or refunded in another. */
export function shownShift({ shift, ledger }: ShiftFigures) {
  const { placed, paid, refunded } = amountsOf(ledger, "all");
  return { from: shift.from, to: shift.to, hosts: shift.hosts, placed, paid, refunded, buyers: ledger.buyers };
}

/** Paid money and orders as they head the screens: from orders when any source has sent one, else as typed or measured in total (FIG3). */
export type Headline = {
  readonly paidFen: number | null;
  readonly orders: number | null;
  /** `null`: nobody knows. */
  readonly source: "orders" | SampleSource | null;
  readonly at: number | null;
};

type Total = { readonly value: number; readonly source: SampleSource; readonly at: number } | null;

export function headlineOf({ total, ordersAt }: ShowFigures, paid: Total, orders: Total): Headline {
  if (ordersAt !== null)
    return { paidFen: moneyOf(total.paid), orders: total.paid.orders, source: "orders", at: ordersAt };
  const lead = paid ?? orders;
  if (!lead) return { paidFen: null, orders: null, source: null, at: null };
  // Of another source, the number of orders would not belong to this money.
  const together = orders?.source === lead.source ? orders : null;
  return {
    paidFen: paid?.value ?? null,
    orders: together?.value ?? null,
    source: lead.source,
    at: Math.min(lead.at, together?.at ?? Infinity),
  };
}

/** What sources count of the whole room, without naming the product. */
export type RoomClicks = {
  readonly [S in SampleSource]?: { readonly [K in keyof Clicks]?: number | undefined } | undefined;
};

/**
 * FIG16: exposures or clicks in the whole room, of the best source that knows: as it counts the room, else its products added up.
 */
function roomTotal(figures: ShowFigures, room: RoomClicks, of: keyof Clicks): SourcedCount | null {
  const byProducts: { [S in SampleSource]?: number } = {};
  for (const { audience } of figures.products.values()) {
    for (const source of SAMPLE_SOURCES) {
      const counted = audience[source];
      if (counted) byProducts[source] = (byProducts[source] ?? 0) + counted[of];
    }
  }
  const known = Object.fromEntries(SAMPLE_SOURCES.map((source) => [source, room[source]?.[of] ?? byProducts[source]]));
  return bestOf<number, number>(known, (count) => count) ?? null;
}

type SourcedCount = { readonly value: number; readonly source: SampleSource };

/** Of the audience: persons, views, exposures and clicks; `null` where no source knows. */
export type Watched = { readonly viewers: number | null; readonly views: number | null; readonly room: RoomClicks };

/** The value slice `figures`. */
export function shownFigures(figures: ShowFigures, headline: Headline, { viewers, views, room }: Watched) {
  const { total } = figures;
  const known = headline.source === "orders";
  const clicked = clickedProducts(figures);
  return {
    headline,
    ...amountsOf(total, "all"),
    freightFen: total.paid.freightFen,
    discountFen: total.paid.discountFen,
    uncountedRefundFen: figures.uncountedRefundFen,
    buyers: {
      total: total.buyers,
      new: figures.byBuyer.new.buyers,
      returning: figures.byBuyer.returning.buyers,
      unknown: figures.byBuyer.unknown.buyers,
    },
    /** Paid orders that name no buyer: they are missing in `buyers`. */
    ordersWithoutBuyer: total.paid.orders - total.namedOrders,
    perBuyer: known ? perBuyer(total.namedFen, total.buyers) : missing("noOrders"),
    perOrder: headline.paidFen === null ? missing("noOrders") : perOrder(headline.paidFen, headline.orders ?? 0),
    watchToPay: known ? watchToPay(total.buyers, viewers) : missing("noOrders"),
    exposures: roomTotal(figures, room, "exposures"),
    clicks: roomTotal(figures, room, "clicks"),
    clickToPay: known ? clickToPay(clicked.orders, clicked.clicks) : missing("noOrders"),
    gpm: headline.paidFen === null ? missing("noOrders") : gpm(headline.paidFen, views),
    traffic: {
      private: brief(figures.byTraffic.private),
      public: brief(figures.byTraffic.public),
      unknown: brief(figures.byTraffic.unknown),
    },
    entry: {
      room: brief(figures.byEntry.room),
      groupLink: brief(figures.byEntry.groupLink),
      staffForward: brief(figures.byEntry.staffForward),
      productCard: brief(figures.byEntry.productCard),
      video: brief(figures.byEntry.video),
      other: brief(figures.byEntry.other),
      unknown: brief(figures.byEntry.unknown),
    },
  };
}

/**
 * Orders and clicks of the products of which clicks are known: an order without its click would raise the share. Clicks that name no product
 * are left out for the same reason (FIG5).
 */
function clickedProducts({ products }: ShowFigures): { readonly orders: number; readonly clicks: number | null } {
  let orders = 0;
  let clicks: number | null = null;
  for (const { ledger, audience } of products.values()) {
    const best = bestOf(audience, (of) => of.clicks);
    if (!best) continue;
    orders += ledger.paid.orders;
    clicks = (clicks ?? 0) + best.value;
  }
  return { orders, clicks };
}

function brief(ledger: Ledger) {
  return {
    placedFen: moneyOf(ledger.placed),
    paidFen: moneyOf(ledger.paid),
    orders: ledger.paid.orders,
    units: ledger.paid.units,
    buyers: ledger.buyers,
    refundedFen: moneyOf(ledger.refunded),
  };
}
