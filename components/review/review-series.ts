import { axisTop } from "../charts/minute-series.shape.ts";
import type { MinuteValues } from "../charts/time-axis.shape.ts";
import type { Minute, ShowSlices } from "../session/show-slices.ts";

/** The lines on the axis, from the slice `series`. Pure. */

export const SERIES = ["paid", "online", "clicks", "comments"] as const;
export type SeriesKey = (typeof SERIES)[number];

export type Series = {
  readonly values: MinuteValues;
  /** Of the plot, for this line alone. */
  readonly top: number;
  /** No source counted it in any minute. */
  readonly unknown: boolean;
};

const READ: { readonly [K in SeriesKey]: (minute: Minute) => number | null } = {
  paid: ({ paidFen }) => paidFen,
  online: ({ online }) => online,
  clicks: ({ clicks }) => clicks,
  comments: ({ comments }) => comments,
};

export type ReviewSeries = { readonly [K in SeriesKey]: Series } & {
  /** Of the paid money, fen: private alone, private and public; the rest is unknown. */
  readonly privateFen: MinuteValues;
  readonly knownFen: MinuteValues;
};

export function seriesOf({ series }: Pick<ShowSlices, "series">): ReviewSeries {
  const rows = [...series.values()];
  const of = (key: SeriesKey): Series => {
    const values = new Map(
      rows.flatMap((row) => {
        const value = READ[key](row);
        return value === null ? [] : [[row.at, value] as const];
      }),
    );
    return { values, top: axisTop(values.values()), unknown: values.size === 0 };
  };
  return {
    paid: of("paid"),
    online: of("online"),
    clicks: of("clicks"),
    comments: of("comments"),
    privateFen: new Map(rows.map(({ at, privateFen }) => [at, privateFen])),
    knownFen: new Map(rows.map(({ at, privateFen, publicFen }) => [at, privateFen + publicFen])),
  };
}
