import type { Minute, ProductFiguresRow, ProductRow, ShowSlices } from "../session/show-slices.ts";
import type { AxisStretch } from "./review-context.tsx";

/** What a stretch of the show came to. Pure. */

const MINUTE_MS = 60_000;

/** Sums over whole minutes, by when things happened: the figures of a show are kept by the minute. */
export type StretchSums = {
  /** The minutes that count: from the one the stretch begins in to the one it ends in. */
  readonly from: number;
  readonly to: number;
  readonly minutes: number;
  readonly paidFen: number;
  readonly orders: number;
  readonly units: number;
  /** Persons who paid for the first time in this show. */
  readonly newBuyers: number;
  readonly perMinuteFen: number;
  /** Of the minutes in which a source counted; `null`: none did. */
  readonly onlineMean: number | null;
  readonly onlineMax: number | null;
  readonly clicks: number | null;
};

export function stretchSums({ series }: Pick<ShowSlices, "series">, stretch: AxisStretch): StretchSums {
  const from = Math.floor(stretch.from / MINUTE_MS) * MINUTE_MS;
  const to = Math.ceil(stretch.to / MINUTE_MS) * MINUTE_MS;
  const rows = [...series.values()].filter(({ at }) => at >= from && at < to);
  const sum = (read: (row: Minute) => number) => rows.reduce((total, row) => total + read(row), 0);
  const online = rows.flatMap((row) => (row.online === null ? [] : [row.online]));
  const clicked = rows.flatMap((row) => (row.clicks === null ? [] : [row.clicks]));
  const minutes = (to - from) / MINUTE_MS;
  const paidFen = sum((row) => row.paidFen);
  return {
    from,
    to,
    minutes,
    paidFen,
    orders: sum((row) => row.orders),
    units: sum((row) => row.units),
    newBuyers: sum((row) => row.buyers),
    perMinuteFen: Math.round(paidFen / minutes),
    onlineMean: online.length === 0 ? null : Math.round(online.reduce((a, b) => a + b, 0) / online.length),
    onlineMax: online.length === 0 ? null : Math.max(...online),
    clicks: clicked.length === 0 ? null : clicked.reduce((a, b) => a + b, 0),
  };
}

export type ProductGain = {
  readonly key: string;
  readonly product: ProductRow | null;
  readonly paidFen: number;
  readonly units: number;
};

type Sold = Pick<ShowSlices, "productFigures" | "products">;

/** What each product was paid between two views of the show, best first: exact to the second, by when Kaibo learned of it. */
export function productGains(before: Pick<ShowSlices, "productFigures">, after: Sold): readonly ProductGain[] {
  const byPlatformId = new Map([...after.products.values()].map((row) => [row.platformId, row]));
  const paid = (row: ProductFiguresRow | undefined) => row?.paid ?? { fen: 0, units: 0 };
  return [...after.productFigures]
    .map(([key, row]): ProductGain => {
      const was = paid(before.productFigures.get(key));
      return {
        key,
        product: (row.productId === null ? null : byPlatformId.get(row.productId)) ?? null,
        paidFen: row.paid.fen - was.fen,
        units: row.paid.units - was.units,
      };
    })
    .filter(({ paidFen, units }) => paidFen !== 0 || units !== 0)
    .toSorted((a, b) => b.paidFen - a.paidFen);
}
