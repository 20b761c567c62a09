import type { Figure } from "#domain/metrics/figure.ts";
import { day } from "../../format/time.ts";
import type { CouponRow, Figures, LotteryRow, ProductFiguresRow, ShowSlices } from "../../session/show-slices.ts";
import { halfHoursOf, peakOnline, type HalfHour } from "#domain/report/half-hours.ts";
import { highlightsOf, type Highlight, type HighlightSlices } from "./highlights.shape.ts";

/** What a show's report says, from the slices of the review and nothing else, so that it is there at once. Pure. */

/** What was to be reached: `share` of it, 1 is all. `null`: unknown, or no target. */
export type Progress = { readonly value: number | null; readonly target: number | null; readonly share: number | null };

/** How firm the figures are. `later`: days after the day of the end. */
export type Standing =
  | { readonly kind: "running"; readonly at: number }
  | { readonly kind: "tonight" }
  | { readonly kind: "later"; readonly days: number }
  | { readonly kind: "settled"; readonly at: number };

export type ReportProduct = {
  /** `null`: orders that name no product of the show. */
  readonly product: { readonly linkNo: number; readonly name: string } | null;
  readonly fen: number;
  readonly units: number;
  readonly refundedFen: number;
  /** Of all goods paid. */
  readonly share: number;
};

export type Split = { readonly key: string; readonly fen: number; readonly share: number };

export type Report = {
  readonly title: string;
  readonly rehearsal: boolean;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Up to when it counts: the last event that it knows. */
  readonly asOf: number;
  readonly standing: Standing;
  readonly source: Figures["headline"]["source"];
  readonly paid: Progress;
  readonly orders: Progress;
  readonly viewers: Progress;
  /** `null`: no orders, totals alone. */
  readonly net: { readonly fen: number; readonly refundedFen: number } | null;
  readonly perBuyer: Figure;
  readonly watchToPay: Figure;
  readonly gpm: Figure;
  readonly peakOnline: { readonly at: number; readonly value: number } | null;
  readonly likes: number | null;
  readonly comments: number | null;
  readonly follows: number | null;
  readonly buyers: {
    readonly total: number;
    readonly parts: readonly {
      readonly key: "new" | "returning" | "unknown";
      readonly count: number;
      readonly share: number;
    }[];
  } | null;
  /** Of paid money; those without any are left out. */
  readonly traffic: readonly Split[];
  readonly entries: readonly Split[];
  readonly products: readonly ReportProduct[];
  /** Products with sales beside `products`. */
  readonly otherProducts: { readonly count: number; readonly fen: number };
  readonly coupons: readonly ReportCoupon[];
  readonly lotteries: readonly ReportLottery[];
  readonly highlights: readonly Highlight[];
  readonly halfHours: readonly HalfHour[];
};

export type ReportCoupon = Pick<CouponRow, "couponId" | "title" | "discount" | "pushes"> & {
  readonly pushedAt: number;
  /** Shop coupons: as the shop said last; `null`: it said nothing. */
  readonly total: number | null;
  readonly claimed: number | null;
  readonly used: number | null;
};

export type ReportLottery = Pick<LotteryRow, "lotteryId" | "title" | "carrier"> & {
  readonly openedAt: number;
  readonly prizes: readonly { readonly name: string; readonly count: number }[];
  /** `null`: the platform counts them. */
  readonly entries: number | null;
  readonly winners: number;
  readonly cancelled: boolean;
};

/** What the report reads. Of products and offers a shared link is given no more than this. */
export type ReportSlices = HighlightSlices &
  Pick<ShowSlices, "figures" | "audience"> & {
    readonly session: Pick<ShowSlices["session"], "title" | "rehearsal" | "startedAt" | "endedAt" | "targets">;
    readonly settlement?: { readonly at: number } | null;
    readonly coupons: ReadonlyMap<
      string,
      Pick<
        CouponRow,
        "couponId" | "carrier" | "title" | "discount" | "pushes" | "pushed" | "total" | "claimed" | "used" | "shop"
      >
    >;
    readonly lotteries: ReadonlyMap<
      string,
      Pick<LotteryRow, "lotteryId" | "carrier" | "title" | "prizes" | "state" | "openedAt" | "entries" | "winners">
    >;
  };

export const TOP_PRODUCTS = 10;

/** `at`: of the last event; `now`: the reader's clock. `null`: the show has not begun. */
export function reportOf(
  show: ReportSlices,
  { at, now }: { readonly at: number; readonly now: number },
): Report | null {
  const { session, figures, audience } = show;
  const { title, rehearsal, startedAt, endedAt, targets } = session;
  if (startedAt === null) return null;
  const { headline } = figures;
  const hasOrders = headline.source === "orders";
  const until = endedAt ?? at;
  const onAir = [...show.series.values()].filter((row) => row.at > startedAt - 60_000 && row.at <= until);
  return {
    title,
    rehearsal,
    startedAt,
    endedAt,
    asOf: at,
    standing: standingOf(show, { at, now }),
    source: headline.source,
    paid: progress(headline.paidFen, targets.paidFen),
    orders: progress(headline.orders, targets.orders),
    viewers: progress(audience.viewers?.value ?? null, targets.audience),
    net: hasOrders ? { fen: figures.net.fen, refundedFen: figures.refunded.fen } : null,
    perBuyer: figures.perBuyer,
    watchToPay: figures.watchToPay,
    gpm: figures.gpm,
    peakOnline: peakOnline(onAir),
    likes: audience.likes?.value ?? null,
    comments: audience.comments?.value ?? null,
    follows: audience.follows?.value ?? null,
    buyers: hasOrders && figures.buyers.total > 0 ? buyersOf(figures) : null,
    traffic: hasOrders ? splitOf(figures.traffic, ["private", "public", "unknown"]) : [],
    entries: hasOrders ? splitOf(figures.entry, null).filter(({ key }) => key !== "unknown") : [],
    ...productsOf(show),
    coupons: couponsOf(show),
    lotteries: lotteriesOf(show),
    highlights: highlightsOf(show, until),
    halfHours: hasOrders ? halfHoursOf(show, until) : [],
  };
}

function progress(value: number | null, target: number | null): Progress {
  return { value, target, share: value === null || !target ? null : value / target };
}

const DAY_MS = 86_400_000;

function standingOf(
  { session: { endedAt }, settlement }: ReportSlices,
  { at, now }: { at: number; now: number },
): Standing {
  if (endedAt === null) return { kind: "running", at };
  if (settlement) return { kind: "settled", at: settlement.at };
  // A rehearsal's clock may be ahead of the reader's.
  const days = Math.round((Date.parse(day(Math.max(now, endedAt))) - Date.parse(day(endedAt))) / DAY_MS);
  return days < 1 ? { kind: "tonight" } : { kind: "later", days };
}

function buyersOf({ buyers }: Figures): Report["buyers"] {
  const keys = ["new", "returning", "unknown"] as const;
  const parts = keys.map((key) => ({ key, count: buyers[key], share: buyers[key] / buyers.total }));
  return { total: buyers.total, parts: parts.filter(({ count }) => count > 0) };
}

/** In the order of `keys`; without: the largest first. */
function splitOf(
  parts: Readonly<Record<string, { readonly paidFen: number }>>,
  keys: readonly string[] | null,
): Split[] {
  const total = Object.values(parts).reduce((sum, { paidFen }) => sum + paidFen, 0);
  const split = (keys ?? Object.keys(parts)).flatMap((key) => {
    const fen = parts[key]?.paidFen ?? 0;
    return fen > 0 ? [{ key, fen, share: fen / total }] : [];
  });
  return keys ? split : split.toSorted((a, b) => b.fen - a.fen);
}

function productsOf({ productFigures, products }: ReportSlices): Pick<Report, "products" | "otherProducts"> {
  const byPlatform = new Map(
    [...products.values()].flatMap((row) => (row.platformId === null ? [] : [[row.platformId, row] as const])),
  );
  const sold = [...productFigures.values()].filter(({ paid }) => paid.fen > 0).toSorted(byMoney);
  const total = sold.reduce((sum, { paid }) => sum + paid.fen, 0);
  const rows = sold.map(({ productId, paid, refunded }): ReportProduct => {
    const found = productId === null ? undefined : byPlatform.get(productId);
    return {
      product: found ? { linkNo: found.linkNo, name: found.name } : null,
      fen: paid.fen,
      units: paid.units,
      refundedFen: refunded.fen,
      share: paid.fen / total,
    };
  });
  const rest = rows.slice(TOP_PRODUCTS);
  return {
    products: rows.slice(0, TOP_PRODUCTS),
    otherProducts: { count: rest.length, fen: rest.reduce((sum, { fen }) => sum + fen, 0) },
  };
}

const byMoney = (a: ProductFiguresRow, b: ProductFiguresRow) => b.paid.fen - a.paid.fen || b.paid.units - a.paid.units;

/** Those that were pushed. */
function couponsOf({ coupons }: ReportSlices): ReportCoupon[] {
  return [...coupons.values()]
    .flatMap(({ couponId, carrier, title, discount, pushes, pushed, total, claimed, used, shop }) => {
      if (pushed === null) return [];
      const counts =
        carrier === "own"
          ? { total, claimed, used }
          : { total: shop?.issued ?? total, claimed: shop?.received ?? null, used: shop?.used ?? null };
      return [{ couponId, title, discount, pushes, pushedAt: pushed.happenedAt, ...counts }];
    })
    .toSorted((a, b) => a.pushedAt - b.pushedAt);
}

/** Those that were opened. */
function lotteriesOf({ lotteries }: ReportSlices): ReportLottery[] {
  return [...lotteries.values()]
    .flatMap(({ lotteryId, carrier, title, prizes, state, openedAt, entries, winners }) => {
      if (openedAt === null) return [];
      return [
        {
          lotteryId,
          title,
          carrier,
          openedAt,
          prizes: prizes.map(({ name, count }) => ({ name, count })),
          entries: carrier === "ownDraw" ? entries : null,
          winners: winners.length,
          cancelled: state === "cancelled",
        },
      ];
    })
    .toSorted((a, b) => a.openedAt - b.openedAt);
}
