import { sql, type SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { reportShows } from "../schema/show-totals.ts";

/** Over how many shows a moving mean goes, the show itself included. */
const MEAN_OVER = 4;

export type TotalsRow = typeof reportShows.$inferSelect & {
  /** Of the figure asked for, over the last shows of the room of the same kind that are over; `null` where none of them knows it. */
  readonly mean: number | null;
  /** Rows that fit, on all pages. */
  readonly total: number;
};

/** Columns that a table can be sorted by. */
export const TOTALS_COLUMNS = {
  startedAt: reportShows.startedAt,
  title: reportShows.title,
  durationMs: reportShows.durationMs,
  paidFen: reportShows.paidFen,
  refundedFen: reportShows.refundedFen,
  netFen: reportShows.netFen,
  orders: reportShows.orders,
  buyers: reportShows.buyers,
  perOrderFen: reportShows.perOrderFen,
  gpmFen: reportShows.gpmFen,
  watchToPay: reportShows.watchToPay,
  perExplainMinuteFen: reportShows.perExplainMinuteFen,
  privateShare: reportShows.privateShare,
  firstHourFen: reportShows.firstHourFen,
  bestMinuteFen: reportShows.bestMinuteFen,
  viewers: reportShows.viewers,
} as const;
export type TotalsColumn = keyof typeof TOTALS_COLUMNS;
/** What a moving mean can be of. */
export type MeanColumn = Exclude<TotalsColumn, "startedAt" | "title">;

export type TotalsFilter = {
  readonly roomId: string;
  readonly rehearsal: boolean;
  /** Started at or after, and before; ms UTC. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly sort: TotalsColumn;
  readonly descending: boolean;
  readonly meanOf: MeanColumn;
  readonly limit: number;
  readonly offset: number;
};

/** Shows of a room in one query. What is unknown comes last, whichever way it is sorted. */
export async function showTotals(db: Database, filter: TotalsFilter): Promise<TotalsRow[]> {
  const { roomId, rehearsal, from, to, sort, descending, meanOf, limit, offset } = filter;
  const of = TOTALS_COLUMNS[meanOf];
  // Over all shows of the room, then cut to the period: its first show has shows before it too.
  const rows = db.$with("rows").as(
    db
      .select({
        sessionId: reportShows.sessionId,
        mean: sql<number | null>`case when ${reportShows.endedAt} is not null then
          avg(${of}) over (
            partition by ${reportShows.endedAt} is not null order by ${reportShows.startedAt}, ${reportShows.sessionId} rows between ${sql.raw(String(MEAN_OVER - 1))} preceding and current row
          ) end::float8`.as("mean"),
      })
      .from(reportShows)
      .where(sql`${reportShows.roomId} = ${roomId} and ${reportShows.rehearsal} = ${rehearsal}`),
  );
  const column: SQL = sql`${TOTALS_COLUMNS[sort]} ${sql.raw(descending ? "desc" : "asc")} nulls last`;
  const found = await db
    .with(rows)
    .select({ show: reportShows, mean: rows.mean, total: sql<number>`(count(*) over ())::int`.as("total") })
    .from(reportShows)
    .innerJoin(rows, sql`${rows.sessionId} = ${reportShows.sessionId}`)
    .where(
      sql.join(
        [
          sql`true`,
          ...(from === undefined ? [] : [sql`${reportShows.startedAt} >= ${from}`]),
          ...(to === undefined ? [] : [sql`${reportShows.startedAt} < ${to}`]),
        ],
        sql` and `,
      ),
    )
    .orderBy(column, sql`${reportShows.startedAt} desc`, reportShows.sessionId)
    .limit(limit)
    .offset(offset);
  return found.map(({ show, mean, total }) => ({ ...show, mean, total }));
}
